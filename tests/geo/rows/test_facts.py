"""A table's rows become facts: guessed columns, refusals, and given = joined + left over."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, MissingColumns, NothingMatched, SeveralChoices
from geo.frames import Joined, Period
from geo.reading.columns import CountColumn, TableColumns, parse_count_option
from geo.rows.facts import join_table
from tests.mau import CODES, NAMES, PARENTS, make_table, make_wards, middle

WARDS = make_wards()
YEAR_2022 = Period(dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def join(
    cells: dict[str, list[object]], kind: str = "incidents", **options: object
) -> tuple[Joined, list[str], dict[str, str]]:
    given_columns = options.pop("columns", TableColumns())
    table = make_table(cells)
    joined, findings, guessed = join_table(WARDS, table, kind, given_columns, version="mau-2022", **options)  # type: ignore[arg-type]
    return joined, [finding.code for finding in findings], guessed


def test_a_clerks_table_is_read_by_its_headers_and_the_guesses_are_told() -> None:
    joined, codes, guessed = join(
        {
            "Mã xã": list(CODES),
            "Tên xã": list(NAMES),
            "Quận, huyện": list(PARENTS),
            "Số vụ": ["3", "0", "", "4", "5", "6"],
        }
    )
    assert guessed == {"key": "Mã xã", "name": "Tên xã", "parent": "Quận, huyện", "count": "Số vụ"}
    assert codes == []
    tally = joined.tally()
    assert (tally["given"], tally["joined"]) == (18.0, 18.0)
    assert joined.rows["n"].isna().tolist() == [False, False, True, False, False, False]


def test_two_count_columns_are_refused_with_both_names() -> None:
    with pytest.raises(SeveralChoices) as refusal:
        join({"ma_xa": list(CODES), "so_vu": ["1"] * 6, "so_vu_kham_pha": ["1"] * 6})
    assert refusal.value.facts["choices"] == "so_vu, so_vu_kham_pha"


def test_a_wide_table_is_never_guessed() -> None:
    with pytest.raises(SeveralChoices) as refusal:
        join({"ma_xa": list(CODES), "trom_cap": ["1"] * 6, "cuop_giat": ["2"] * 6})
    assert refusal.value.facts["choices"] == "trom_cap, cuop_giat"


def test_a_wide_table_is_read_when_its_columns_are_told() -> None:
    columns = TableColumns(counts=tuple(map(parse_count_option, ("a=Trộm cắp@2021", "b=Trộm cắp@2022"))))
    joined, _, _ = join({"ma_xa": ["00001", "00002"], "a": ["1", "2"], "b": ["3", "4"]}, columns=columns)
    shown = joined.rows[["row", "ward_code", "n", "category"]].assign(year=joined.rows["start"].dt.year)
    assert shown.to_numpy().tolist() == [
        [0, "00001", 1.0, "Trộm cắp", 2021], [0, "00001", 3.0, "Trộm cắp", 2022],
        [1, "00002", 2.0, "Trộm cắp", 2021], [1, "00002", 4.0, "Trộm cắp", 2022],
    ]  # fmt: skip
    assert joined.tally_rows()["given"] == 2


def test_a_total_beside_its_parts_is_refused_unless_one_category_is_asked() -> None:
    table: dict[str, list[object]] = {
        "ma_xa": ["00001"] * 3,
        "loai_vu": ["Trộm cắp", "Cướp giật", "Tổng số"],
        "so_vu": ["1", "2", "3"],
    }
    with pytest.raises(SeveralChoices) as refusal:
        join(table)
    assert refusal.value.reason == "total"
    assert join(table, only="Trộm cắp")[0].rows["n"].tolist() == [1.0, 2.0, 3.0]


def test_points_win_over_a_ward_column_unless_the_key_is_named() -> None:
    table: dict[str, list[object]] = {
        "ward": ["00006", "00006"],
        "lon": [middle("00001")[0]] * 2,
        "lat": [middle("00001")[1]] * 2,
    }
    by_place, _, _ = join(table)
    by_key, _, _ = join(table, columns=TableColumns(key="ward"))
    assert by_place.rows["ward_code"].tolist() == ["00001"] * 2
    assert by_key.rows["ward_code"].tolist() == ["00006"] * 2
    assert (by_place.by_place, by_key.by_place) == (True, False)


def test_points_in_metres_are_carried_to_degrees() -> None:
    # EPSG:5897 E585000 N1110000 lies at 105.77719769, 10.03655956 (published parameters), far outside.
    joined, _, _ = join(
        {"x": ["585000", "500500"], "y": ["1110000", "1106500"]},
        columns=TableColumns(longitude="x", latitude="y"), points_crs="EPSG:5897",
    )  # fmt: skip
    assert joined.rows["outcome"].tolist() == ["outside", "joined"]
    np.testing.assert_allclose(joined.rows.loc[0, ["longitude", "latitude"]].astype(float),
                               [105.77719769, 10.03655956], atol=1e-7)  # fmt: skip


def test_text_and_negative_counts_are_unknown_with_a_finding_and_a_thousands_dot_is_told() -> None:
    joined, codes, _ = join({"ma_xa": ["00001", "00002", "00003"], "so_vu": ["nhiều", "-3", "1.209"]})
    assert codes == ["NotANumber", "ThousandsMark", "NegativeCount"]
    np.testing.assert_array_equal(joined.rows["n"], [np.nan, np.nan, 1209.0])


def test_nothing_matched_is_refused() -> None:
    with pytest.raises(NothingMatched):
        join({"ma_xa": ["99999"], "so_vu": ["1"]})


def test_a_table_without_a_ward_column_is_refused_with_its_columns() -> None:
    with pytest.raises(MissingColumns) as refusal:
        join({"a": ["1"], "b": ["2"]})
    assert refusal.value.facts["columns"] == "a, b"


def test_one_coordinate_without_the_other_is_refused() -> None:
    with pytest.raises(MissingColumns) as refusal:
        join({"lon": ["105"], "ghi_chu": ["x"]})
    assert refusal.value.reason == "coordinates"


def test_rows_without_a_count_column_are_counted_one_by_one() -> None:
    joined, codes, _ = join({"ten_xa": ["P. Hòa Bình", "P. Hòa Bình", "X. Lạ"], "loai_vu": ["a", "b", "c"]})
    assert "RowsCounted" in codes
    assert joined.tally() == {"given": 3.0, "joined": 2.0, "ambiguous": 0.0, "unmatched": 1.0, "outside": 0.0,
                              "no_location": 0.0}  # fmt: skip


def test_cameras_keep_their_qualifier_and_unknown_state() -> None:
    joined, codes, guessed = join(
        {"ma_xa": ["00001", "00002"], "so_camera": ["trên 700", "12"], "dang_hoat_dong": ["", "9"]},
        kind="cameras",
    )
    assert codes == []
    assert guessed["working"] == "dang_hoat_dong"
    assert joined.rows[["n", "qualifier"]].to_numpy().tolist() == [[700.0, ">="], [12.0, ""]]
    np.testing.assert_array_equal(joined.rows["n_working"], [np.nan, 9.0])


def test_camera_points_tell_their_state_in_words() -> None:
    x, y = middle("00001")
    joined, codes, _ = join(
        {"longitude": [x] * 4, "latitude": [y] * 4, "trang_thai": ["hoạt động", "Hỏng", "", "lạ"]},
        kind="cameras",
    )
    assert codes == ["NotANumber"]
    np.testing.assert_array_equal(joined.rows["n_working"], [1.0, 0.0, np.nan, np.nan])


def test_status_words_of_the_programme_are_understood_and_others_reported() -> None:
    joined, codes, _ = join(
        {"ma_xa": list(CODES), "nam": ["2022"] * 6,
         "tinh_trang": ["đang chuyển hóa", "Đang chuyển hoá", "tốt", "không thuộc diện", "", "lạ"]},
        kind="status",
    )  # fmt: skip
    assert joined.rows["status"].tolist() == ["dang_chuyen_hoa"] * 2 + ["tot", "khong_thuoc_dien", None, None]
    assert joined.rows["year"].tolist() == [2022.0] * 6
    assert codes == ["UnknownStatus"]


def test_population_needs_its_column() -> None:
    joined, _, guessed = join({"ma_xa": ["00001"], "dan_so": ["12345"]}, kind="population")
    assert joined.rows["n"].tolist() == [12345.0]
    assert guessed["value"] == "dan_so"
    with pytest.raises(MissingColumns):
        join({"ma_xa": ["00001"], "a": ["1"]}, kind="population")


def test_the_option_for_wide_columns_is_parsed_in_all_its_forms() -> None:
    assert parse_count_option("C") == CountColumn("C")
    assert parse_count_option("C=Ma túy") == CountColumn("C", "Ma túy")
    assert parse_count_option("C=Ma túy@2022") == CountColumn("C", "Ma túy", Period(*_year(2022), "2022"))
    assert parse_count_option("C=@2022").category is None


def _year(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*CODES, *NAMES, "lạ", None]), st.integers(0, 99)), min_size=1, max_size=40
    )
)
def test_given_always_equals_joined_plus_left_over(rows: list[tuple[str | None, int]]) -> None:
    keys = [key for key, _ in rows] + ["00001"]
    counts = [str(n) for _, n in rows] + ["0"]
    joined, _, _ = join({"ma_xa": keys, "so_vu": counts})
    tally = joined.tally()
    assert tally["given"] == sum(n for _, n in rows)
    assert tally["given"] == sum(value for outcome, value in tally.items() if outcome != "given")
    assert joined.tally_rows()["given"] == len(keys)
    assert isinstance(joined.rows, pd.DataFrame)


def test_coordinates_with_three_decimals_are_not_taken_for_thousands() -> None:
    joined, codes, _ = join({"longitude": ["105.005"], "latitude": ["10.005"]})
    assert joined.rows["ward_code"].tolist() == ["00001"]
    assert codes == []


def test_a_column_of_running_numbers_gives_way_to_the_names() -> None:
    joined, _, guessed = join(
        {"id": ["6", "5", "4"], "ten_xa": ["Phường Một", "P. Hòa Bình", "Phường 5"], "so_vu": ["1", "2", "3"]}
    )
    assert guessed["key"] == "ten_xa"
    assert joined.rows["ward_code"].tolist() == ["00001", "00002", "00005"]


def test_one_stray_dash_does_not_turn_counts_into_rows() -> None:
    joined, codes, _ = join({"ma_xa": list(CODES), "so_luong": ["5", "3", "-", "0", "7", "2"]})
    assert codes == ["NotANumber"]
    np.testing.assert_array_equal(joined.rows["n"], [5, 3, np.nan, 0, 7, 2])


def test_a_table_of_every_ward_once_without_counts_is_refused() -> None:
    with pytest.raises(MissingColumns) as refusal:
        join({"ma_xa": list(CODES), "ghi_chu": ["a"] * 6})
    assert refusal.value.reason == "count"


@pytest.mark.parametrize("total", ["Tổng số vụ", "Tổng", "CỘNG", "Total", "tất cả"])
def test_a_total_is_known_by_its_words_and_extortion_is_not_one(total: str) -> None:
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001"] * 2,
        "loai_vu": ["Trộm cắp", total],
        "so_vu": ["1", "2"],
    }
    with pytest.raises(SeveralChoices):
        join(cells)
    assert join(cells | {"loai_vu": ["Trộm cắp", "Tống tiền"]})[0].tally()["given"] == 3


def test_wide_counts_with_a_total_or_without_a_meaning_are_refused() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "a": ["1"], "t": ["1"]}
    for told in (("a=Trộm@2022", "t=Tổng@2022"), ("a", "t")):
        with pytest.raises(SeveralChoices):
            join(cells, columns=TableColumns(counts=tuple(map(parse_count_option, told))))


def test_an_unknown_category_is_refused_with_those_on_file() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "loai_vu": ["Trộm cắp"], "so_vu": ["1"]}
    assert join(cells, only="TRỘM CẮP")[0].tally()["joined"] == 1
    with pytest.raises(BadOption) as refusal:
        join(cells, only="Ma túy")
    assert refusal.value.facts["choices"] == "Trộm cắp"


def test_a_ward_listed_twice_is_never_added_up_for_population_or_cameras() -> None:
    for kind, column in (("population", "dan_so"), ("cameras", "so_camera")):
        with pytest.raises(SeveralChoices) as refusal:
            join({"ma_xa": ["00001", "00001"], column: ["10", "20"]}, kind=kind)
        assert refusal.value.reason == "repeated"


def test_two_population_columns_are_refused() -> None:
    with pytest.raises(SeveralChoices) as refusal:
        join({"ma_xa": ["00001"], "dan_so_2009": ["1"], "dan_so_2019": ["2"]}, kind="population")
    assert refusal.value.facts["choices"] == "dan_so_2009, dan_so_2019"


def test_empty_coordinate_columns_leave_the_key_in_charge() -> None:
    joined, _, _ = join({"ma_xa": ["00001"], "lon": [""], "lat": [""], "so_vu": ["4"]})
    assert joined.rows["ward_code"].tolist() == ["00001"]
    assert not joined.by_place


def test_bare_months_beside_a_year_are_months_of_that_year_in_the_calendar_told() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "nam": ["2022"], "thang": ["3"], "so_vu": ["4"]}
    with pytest.raises(SeveralChoices) as refusal:
        join(cells)
    assert (refusal.value.reason, refusal.value.facts["column"]) == ("calendar", "thang")
    for calendar, start, end in (("civil", (3, 1), (3, 31)), ("police", (2, 15), (3, 14))):
        joined, codes, guessed = join(cells, columns=TableColumns(calendar=calendar))  # type: ignore[arg-type]
        assert codes == []
        assert guessed["year"] == "nam"
        assert joined.rows.loc[0, "start"] == pd.Timestamp(2022, *start)
        assert joined.rows.loc[0, "end"] == pd.Timestamp(2022, *end)


def test_a_label_without_any_year_is_no_date_and_a_year_that_is_told_mends_it() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "ky": ["Quý II"], "so_vu": ["4"]}
    joined, codes, _ = join(cells)
    assert codes == ["NotADate"]
    assert joined.rows["start"].isna().all()
    joined, codes, _ = join(cells, columns=TableColumns(calendar="police", default_year=2022))
    assert codes == []
    assert joined.rows.loc[0, "end"] == pd.Timestamp(2022, 6, 14)


def test_plain_months_are_civil_and_say_so_unless_a_calendar_is_told() -> None:
    cells: dict[str, list[object]] = {"ma_xa": ["00001"], "thang": ["2022-03"], "so_vu": ["4"]}
    joined, findings, _ = join_table(
        WARDS, make_table(cells), "incidents", TableColumns(), version="mau-2022"
    )
    assert joined.rows.loc[0, "start"] == pd.Timestamp(2022, 3, 1)
    assert [(f.code, f.severity, f.where, f.seen) for f in findings] == [
        ("CalendarAssumed", "info", "bang.csv:thang", "2022-03")
    ]
    joined, codes, _ = join(cells, columns=TableColumns(calendar="police"))
    assert (codes, joined.rows.loc[0, "start"]) == ([], pd.Timestamp(2022, 2, 15))


def test_spreadsheet_serials_in_a_date_column_are_dates_and_are_told() -> None:
    joined, codes, _ = join({"ma_xa": ["00001"], "ngay": [44635], "so_vu": ["4"]})
    assert codes == ["SerialDates"]
    assert joined.rows.loc[0, "start"] == pd.Timestamp(2022, 3, 15)


def test_first_and_last_day_stand_in_two_columns() -> None:
    joined, codes, guessed = join(
        {
            "ma_xa": ["00001", "00002", "00003", "00004"],
            "Từ ngày": ["15/8/2021", "15/8/2021", "15/8/2021", ""],
            "Đến ngày": ["14/9/2021", "14/9/2020", "", ""],
            "so_vu": ["1", "2", "3", "4"],
        }
    )
    assert (guessed["start"], guessed["end"]) == ("Từ ngày", "Đến ngày")
    assert "date" not in guessed
    assert codes == ["NotADate"]
    assert joined.rows["start"].tolist()[0] == pd.Timestamp(2021, 8, 15)
    assert joined.rows["end"].tolist()[0] == pd.Timestamp(2021, 9, 14)
    assert joined.rows[["start", "end"]].isna().all(axis=1).tolist() == [False, True, True, True]
    with pytest.raises(MissingColumns) as refusal:
        join({"ma_xa": ["00001"], "a": ["15/8/2021"], "so_vu": ["1"]}, columns=TableColumns(start="a"))
    assert (refusal.value.reason, refusal.value.facts["column"]) == ("days", "a")


def test_an_incident_row_keeps_severity_how_it_came_to_light_measure_unit_and_qualifier() -> None:
    joined, codes, guessed = join(
        {
            "ma_xa": ["00001"] * 4,
            "loai_vu": ["a", "b", "c", "d"],
            "Mức độ": ["Rất nghiêm trọng", "ít nghiêm trọng", "", "hơi nặng"],
            "Nguồn phát hiện": ["Tố giác", "bắt quả tang", "", "tự nhiên"],
            "Chỉ tiêu": ["Xảy ra", "Khám phá", "", "Hòa giải"],
            "Đơn vị tính": ["vụ", "vụ", "", "cuộc"],
            "so_vu": ["trên 700", "12", "khoảng 5", "3"],
        }
    )
    assert codes == ["UnknownSeverity", "UnknownKnownBy", "UnknownMeasure"]
    assert {role: guessed[role] for role in ("severity", "known_by", "measure", "unit")} == {
        "severity": "Mức độ",
        "known_by": "Nguồn phát hiện",
        "measure": "Chỉ tiêu",
        "unit": "Đơn vị tính",
    }
    kept = joined.rows[["severity", "known_by", "measure", "unit", "qualifier", "n"]]
    assert kept.to_numpy().tolist() == [
        ["rat_nghiem_trong", "reported", "occurred", "vụ", ">=", 700.0],
        ["it_nghiem_trong", "discovered", "cleared", "vụ", "", 12.0],
        [None, None, "occurred", None, "~", 5.0],
        [None, None, "other", "cuộc", "", 3.0],
    ]


def test_a_file_that_says_nothing_of_measures_counts_what_occurred() -> None:
    joined, _, _ = join({"ma_xa": ["00001"], "so_vu": ["4"]})
    assert joined.rows[["severity", "known_by", "unit"]].isna().all(axis=None)
    assert (joined.rows.loc[0, "measure"], joined.rows.loc[0, "qualifier"]) == ("occurred", "")


def test_columns_of_a_wide_table_may_differ_by_their_measure_alone() -> None:
    counts = (CountColumn("a"), CountColumn("b", measure="cleared", unit="vụ"))
    joined, _, _ = join({"ma_xa": ["00001"], "a": ["5"], "b": ["3"]}, columns=TableColumns(counts=counts))
    assert joined.rows[["measure", "unit", "n"]].to_numpy().tolist() == [
        ["occurred", None, 5.0],
        ["cleared", "vụ", 3.0],
    ]


def test_a_guessed_count_of_cleared_cases_is_not_taken_for_incidents() -> None:
    joined, _, guessed = join({"ma_xa": ["00001"], "Số vụ khám phá": ["3"]})
    assert guessed["count"] == "Số vụ khám phá"
    assert joined.rows["measure"].tolist() == ["cleared"]


def test_the_measure_may_end_the_option_for_wide_columns() -> None:
    assert parse_count_option("C=Ma túy#cleared") == CountColumn("C", "Ma túy", measure="cleared")
    assert parse_count_option("C#persons") == CountColumn("C", measure="persons")
    assert parse_count_option("Số #1=Ma túy") == CountColumn("Số #1", "Ma túy")
    assert parse_count_option("Số #1") == CountColumn("Số #1")
    with pytest.raises(BadOption) as refusal:
        parse_count_option("C=Ma túy#clered")
    assert (refusal.value.reason, refusal.value.facts["value"]) == ("measure", "clered")


def test_lost_zeros_are_named_as_the_reason_when_nothing_matched() -> None:
    with pytest.raises(NothingMatched) as refusal:
        join({"ma_xa": [1, 2], "so_vu": ["1", "2"]})
    assert refusal.value.reason == "lost_zeros"


def test_more_working_than_installed_cameras_are_reported() -> None:
    _, codes, _ = join({"ma_xa": ["00001"], "so_camera": ["12"], "dang_hoat_dong": ["13"]}, kind="cameras")
    assert codes == ["MoreWorking"]


def test_fractions_in_a_column_of_counts_are_told() -> None:
    cells: dict[str, list[object]] = {"Mã xã": ["00001", "00002"], "Số vụ": [850, 1.209]}
    _, codes, _ = join(cells)
    assert "FractionalCount" in codes
    damage = TableColumns(counts=(CountColumn("Số vụ", measure="damage"),))
    assert "FractionalCount" not in join(cells, columns=damage)[1]
