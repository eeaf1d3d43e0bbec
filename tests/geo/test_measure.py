"""Joined facts become measures. Expected values are worked out by hand on the six wards."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BadOption, NoData
from geo import indicators as ind
from geo.frames import Joined, Period
from geo.measure import Measured, measure
from geo.question import Question, Selection
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from tests.mau import CODES, RESIDENTS, make_table, make_wards, middle

WARDS = make_wards()
NAN = float("nan")


def year(n: int) -> Period:
    return Period(dt.date(n, 1, 1), dt.date(n, 12, 31), str(n))


def facts(cells: dict[str, list[object]], kind: str = "incidents", *, complete: bool = False) -> Joined:
    joined, _, _ = join_table(
        WARDS,
        make_table(cells),
        kind,
        TableColumns(),
        version="mau-2022",
        complete=complete,  # type: ignore[arg-type]
    )
    return joined


def counts(by_year: dict[int, list[object]]) -> Joined:
    cells: dict[str, list[object]] = {"ma_xa": [], "nam": [], "so_vu": []}
    for when, numbers in by_year.items():
        listed = [(code, n) for code, n in zip(CODES, numbers, strict=True) if n is not None]
        cells["ma_xa"] += [code for code, _ in listed]
        cells["nam"] += [str(when)] * len(listed)
        cells["so_vu"] += [str(n) for _, n in listed]
    return facts(cells)


def column(measured: Measured, key: str) -> list[object]:
    return list(measured.frame[key])


def test_counts_rates_and_change_of_the_six_wards() -> None:
    given_facts = counts({2021: [0, 4, 16, 9, 25, 10], 2022: [1, 9, 16, 4, 36, 40]})
    measured = measure(WARDS, [given_facts], Question(year(2022), year(2021)))
    assert column(measured, "n_incidents") == [1, 9, 16, 4, 36, 40]
    assert column(measured, "incidents_per_10k") == [10.0, 45.0, 40.0, 8.0, 36.0, 20.0]
    assert column(measured, "n_incidents_difference") == [1, 5, 0, -5, 11, 30]
    # z = 2(√now − √before): 2(1−0), 2(3−2), 0, 2(2−3), 2(6−5), 2(6.3246−3.1623)
    np.testing.assert_allclose(measured.frame["incidents_z"], [2, 2, 0, -2, 2, 6.3246], atol=1e-4)
    np.testing.assert_allclose(
        measured.frame["incidents_change_pct"], [NAN, 125, 0, -55.5556, 44, 300], atol=1e-4
    )
    np.testing.assert_allclose(
        measured.frame["incidents_per_km2"], np.array([1, 9, 16, 4, 36, 40]) / 1.213, rtol=1e-3
    )
    assert measured.tallies["incidents"]["n"]["given"] == 106
    assert measured.tallies["incidents"]["not_selected"] == {"n": 64.0}


def test_a_ward_that_no_table_lists_is_unknown_and_stays_so_in_every_rate() -> None:
    measured = measure(WARDS, [counts({2022: [1, None, 0, 4, 5, 6]})], Question(year(2022)))
    assert measured.frame["n_incidents"].isna().tolist() == [False, True, False, False, False, False]
    assert measured.frame["incidents_per_10k"].isna().tolist() == [False, True, False, False, False, False]
    assert measured.frame.at["00003", "incidents_per_10k"] == 0.0


def test_a_ward_that_no_point_hit_is_zero() -> None:
    (x, y), (u, v) = middle("00001"), middle("00002")
    points = facts({"longitude": [x, x, u], "latitude": [y, y, v]})
    assert column(measure(WARDS, [points], Question()), "n_incidents") == [2, 1, 0, 0, 0, 0]


def test_unknown_residents_make_the_rate_unknown_never_zero() -> None:
    wards = make_wards()
    wards.frame["population"] = [NAN, 0.0, *RESIDENTS[2:]]
    measured = measure(wards, [counts({2022: [1, 2, 4, 5, 10, 20]})], Question(year(2022)))
    assert measured.frame["incidents_per_10k"].isna().tolist() == [True, True, False, False, False, False]
    assert column(measured, "incidents_per_10k")[2:] == [10.0] * 4


def test_change_columns_need_both_periods() -> None:
    measured = measure(WARDS, [counts({2021: [1] * 6, 2022: [1] * 6})], Question(year(2022)))
    assert "n_incidents_difference" not in measured.frame


def test_a_population_table_fills_in_and_its_gaps_keep_what_the_boundaries_said() -> None:
    table = facts({"ma_xa": ["00001", "00002"], "dan_so": ["500", ""]}, kind="population")
    measured = measure(WARDS, [table, counts({2022: [1] * 6})], Question(year(2022)))
    assert column(measured, "population") == [500.0, *RESIDENTS[1:]]


def test_one_category_of_a_long_table_and_silence_about_it_is_zero_where_the_ward_reported() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001", "00002"], "loai_vu": ["Trộm cắp", "Ma túy", "Ma túy"],
        "so_vu": ["3", "2", "7"], "nam": ["2022"] * 3})  # fmt: skip
    measured = measure(WARDS, [joined], Question(year(2022), chosen=Selection(category="Trộm cắp")))
    np.testing.assert_array_equal(measured.frame["n_incidents"], [3, 0, NAN, NAN, NAN, NAN])


def test_rows_that_straddle_the_period_are_left_out_and_reported() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001"], "so_vu": ["3", "9"],
        "tu_ngay": ["1/3/2022", "15/6/2022"], "den_ngay": ["31/3/2022", "14/7/2022"]})  # fmt: skip
    measured = measure(WARDS, [joined], Question(Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30))))
    assert column(measured, "n_incidents")[0] == 3
    assert [(f.code, f.facts["n"]) for f in measured.findings] == [("PeriodStraddled", 1)]


def test_a_period_in_which_no_row_lies_whole_is_refused() -> None:
    asked = Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30))
    with pytest.raises(NoData) as refusal:
        measure(WARDS, [counts({2022: [1] * 6})], Question(asked))
    assert (refusal.value.reason, refusal.value.facts["n"]) == ("straddled", 6)


def test_cleared_cases_persons_and_damage_are_never_added_to_incidents() -> None:
    joined = facts({
        "ma_xa": ["00001"] * 4, "nam": ["2022"] * 4, "so_vu": ["10", "8", "3", "500"],
        "chi_tieu": ["xảy ra", "khám phá", "đối tượng", "thiệt hại"]})  # fmt: skip
    measured = measure(WARDS, [joined], Question(year(2022)))
    assert column(measured, "n_incidents")[0] == 10
    assert measured.tallies["incidents"]["n"]["given"] == 10
    assert measured.tallies["incidents"]["not_selected"] == {
        "n": 0.0, "cleared": 8.0, "damage": 500.0, "persons": 3.0}  # fmt: skip
    assert [(f.code, f.seen) for f in measured.findings] == [("OtherMeasures", "cleared, persons, damage")]


def test_a_file_of_cleared_cases_alone_has_no_incidents_in_any_period() -> None:
    joined = facts({"ma_xa": ["00001"], "nam": ["2022"], "so_vu": ["8"], "chi_tieu": ["khám phá"]})
    with pytest.raises(NoData):
        measure(WARDS, [joined], Question(year(2022)))


def test_rough_numbers_of_incidents_are_told() -> None:
    joined = facts({"ma_xa": ["00001", "00002"], "nam": ["2022"] * 2, "so_vu": ["trên 20", "3"]})
    measured = measure(WARDS, [joined], Question(year(2022)))
    assert [(f.code, f.seen) for f in measured.findings] == [("QualifiedIncidents", "Phường Một ≥ 20")]


def months(first: str, last: str) -> Joined:
    named = [str(month) for month in pd.period_range(first, last, freq="M")]
    return facts({"ma_xa": ["00001"] * len(named), "thang": [*named], "so_vu": ["2"] * len(named)})


def test_an_unfinished_year_is_compared_with_the_same_months_of_the_year_before() -> None:
    measured = measure(WARDS, [months("2021-01", "2022-09")], Question(year(2022), year(2021)))
    row = measured.row("00001")
    assert (row["n_incidents"], row["n_incidents_previous"], row["n_incidents_difference"]) == (18, 18, 0)
    asked = measured.question
    assert (asked.asked, asked.period, asked.previous) == (
        year(2022),
        Period(dt.date(2022, 1, 1), dt.date(2022, 9, 30), "2022"),
        Period(dt.date(2021, 1, 1), dt.date(2021, 9, 30)),
    )
    (cut,) = measured.findings
    assert (cut.code, cut.facts["reached"]) == ("PeriodCut", dt.date(2022, 9, 30))
    assert (cut.facts["previous_start"], cut.facts["previous_end"]) == (
        dt.date(2021, 1, 1),
        dt.date(2021, 9, 30),
    )


def test_eleven_months_are_not_a_year() -> None:
    measured = measure(WARDS, [months("2021-01", "2022-11")], Question(year(2022), year(2021)))
    assert measured.row("00001")["n_incidents_previous"] == 22


def test_an_unfinished_period_is_not_compared_with_the_one_just_before() -> None:
    half = (
        Period(dt.date(2022, 7, 1), dt.date(2022, 12, 31)),
        Period(dt.date(2022, 1, 1), dt.date(2022, 6, 30)),
    )
    measured = measure(WARDS, [months("2021-01", "2022-09")], Question(*half))
    assert "n_incidents_previous" not in measured.frame
    assert [f.code for f in measured.findings] == ["PeriodNotCovered"]


def test_a_ward_with_fewer_months_than_the_others_is_reported() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001", "00002"], "thang": ["2022-01", "2022-02", "2022-01"],
        "so_vu": ["1", "1", "1"]})  # fmt: skip
    measured = measure(WARDS, [joined], Question(year(2022)))
    assert [(f.code, f.seen) for f in measured.findings] == [("PartsMissing", "Phường Hòa Bình")]


def test_the_same_incidents_as_table_and_as_points_are_counted_once() -> None:
    x, y = middle("00001")
    points = facts({"longitude": [x] * 3, "latitude": [y] * 3, "ngay": ["05/03/2022"] * 3})
    table = counts({2022: [3, 0, 0, 0, 0, 0]})
    measured = measure(WARDS, [table, points], Question(year(2022)))
    assert column(measured, "n_incidents") == [3, 0, 0, 0, 0, 0]
    assert measured.tallies["incidents"]["n"]["given"] == 3


def test_camera_density_working_and_reach() -> None:
    (x, y), (u, v) = middle("00001"), middle("00002")
    cameras = facts({
        "longitude": [x, x, u, u], "latitude": [y, y, v, v],
        "trang_thai": ["hoạt động", "hỏng", "hoạt động", ""]}, kind="cameras")  # fmt: skip
    # 0.0004° of latitude is 44 m, 0.0006° is 66 m: one incident inside 50 m of each camera, one outside.
    incidents = facts({"longitude": [x, x, u], "latitude": [y + 0.0004, y + 0.0006, v]})
    measured = measure(WARDS, [incidents, cameras], Question())
    assert column(measured, "n_cameras") == [2, 2, 0, 0, 0, 0]
    np.testing.assert_array_equal(measured.frame["n_cameras_working"], [1, NAN, 0, 0, 0, 0])
    np.testing.assert_array_equal(measured.frame["incident_reach_pct"], [50, 100, NAN, NAN, NAN, NAN])
    np.testing.assert_array_equal(measured.frame["incidents_per_camera"], [1, 0.5, NAN, NAN, NAN, NAN])
    assert column(measured, "cameras_per_1k") == [2.0, 1.0, 0.0, 0.0, 0.0, 0.0]
    assert [f.code for f in measured.findings] == ["WorkingUnknown"]


def test_status_is_the_registers_and_unlisted_is_unknown_unless_the_list_is_complete() -> None:
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001", "00001", "00002"], "nam": ["2021", "2022", "2021"],
        "tinh_trang": ["được lựa chọn", "đang chuyển hóa", "chưa đạt"]}  # fmt: skip
    asked = Question(year(2022))
    open_list = measure(WARDS, [facts(cells, kind="status")], asked)
    closed_list = measure(WARDS, [facts(cells, kind="status", complete=True)], asked)
    assert column(open_list, "status") == ["dang_chuyen_hoa", None, None, None, None, None]
    assert column(closed_list, "status") == ["dang_chuyen_hoa", *["khong_thuoc_dien"] * 5]
    assert open_list.status_year == 2022


def test_the_top_fifth_of_six_wards_is_two_and_zero_is_never_in_it() -> None:
    n = pd.Series([5.0, 9.0, 9.0, 1.0, 0.0, NAN])
    # five wards have a count: the first place sets the bar, and both with 9 stand level with it
    assert ind.is_top_fifth(n).tolist()[:5] == [False, True, True, False, False]
    assert ind.is_top_fifth(n).isna().tolist() == [False] * 5 + [True]
    assert ind.is_top_fifth(pd.Series([0.0, 0.0])).tolist() == [False, False]
    six = ind.is_top_fifth(pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    assert six.tolist() == [False, False, False, False, True, True]


def test_levels_of_concentration_over_four_years() -> None:
    by_year = {
        2019: [9, 1, 1, 1, 8, 1],
        2020: [9, 1, 1, 1, 8, 1],
        2021: [9, 1, 1, 1, 8, 1],
        2022: [9, 8, 1, 1, 2, None],
    }
    measured = measure(WARDS, [counts(by_year)], Question(year(2022), year(2021)))
    # 2022: five wards counted, the bar is the first place (9): only ward 1 is on top now.
    assert column(measured, "hotspot_level") == ["ca_hai", "khong", "khong", "khong", "k_trong_n_ky", None]
    assert list(measured.history.columns) == ["2019-01-01", "2020-01-01", "2021-01-01", "2022-01-01"]
    assert [ind.persistence_k(n) for n in (1, 2, 3, 4)] == [0, 2, 3, 3]


def test_the_gap_is_many_incidents_and_few_cameras_by_thirds() -> None:
    n, density = pd.Series([1.0, 2, 3, 4, 5, 6]), pd.Series([1.0, 1, 1, 1, 9, 0.5])
    bars = ind.find_gap_bars(n, density)
    assert bars == ind.GapBars(n_incidents=5.0, cameras_per_km2=1.0)
    assert ind.camera_gap(n, density, bars).tolist() == [0, 0, 0, 0, 0, 1]
    assert ind.find_gap_bars(n[:2], density[:2]) is None
    assert ind.camera_gap(pd.Series([NAN]), pd.Series([1.0]), bars).isna().all()


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_z_rises_with_the_count_and_changes_sign_when_the_periods_are_swapped(now: int, before: int) -> None:
    z = ind.change_z(pd.Series([float(now)]), pd.Series([float(before)]))[0]
    back = ind.change_z(pd.Series([float(before)]), pd.Series([float(now)]))[0]
    assert z == pytest.approx(-back)
    assert np.sign(z) == np.sign(now - before)


def test_the_same_days_of_another_year_follow_the_leap_day() -> None:
    assert Period(dt.date(2024, 2, 1), dt.date(2024, 2, 29)).shift_years(-1).end == dt.date(2023, 2, 28)
    assert Period(dt.date(2023, 2, 1), dt.date(2023, 2, 28)).shift_years(1).end == dt.date(2024, 2, 29)
    assert Period(dt.date(2022, 12, 15), dt.date(2023, 1, 14)).shift_years(-1) == Period(
        dt.date(2021, 12, 15), dt.date(2022, 1, 14)
    )


def test_a_period_without_data_and_undated_files_are_refused() -> None:
    with pytest.raises(NoData) as refusal:
        measure(WARDS, [counts({2022: [1] * 6})], Question(year(2030)))
    assert (refusal.value.reason, refusal.value.facts["start"]) == ("period", dt.date(2022, 1, 1))
    with pytest.raises(NoData) as refusal:
        measure(WARDS, [facts({"ma_xa": ["00001"], "so_vu": ["1"]})], Question(year(2022)))
    assert refusal.value.reason == "undated"


def test_rows_without_a_date_are_told_when_a_period_is_asked() -> None:
    joined = facts({"ma_xa": ["00001", "00002"], "nam": ["2022", ""], "so_vu": ["1", "5"]})
    measured = measure(WARDS, [joined], Question(year(2022)))
    assert [(f.code, f.facts) for f in measured.findings] == [("Undated", {"n": 5.0, "rows": 1})]


def test_a_comparison_with_a_half_covered_period_is_not_made() -> None:
    months = ["2021-11", "2021-12", *[f"2022-{month:02d}" for month in range(1, 13)]]
    joined = facts({"ma_xa": ["00001"] * 14, "thang": list(months), "so_vu": ["1"] * 14})
    measured = measure(WARDS, [joined], Question(year(2022), year(2021)))
    assert "incidents_z" not in measured.frame
    assert [(f.code, f.seen) for f in measured.findings] == [("PeriodNotCovered", "2021-01-01..2021-12-31")]


def test_a_comparison_without_a_period_is_refused() -> None:
    with pytest.raises(BadOption):
        measure(WARDS, [counts({2022: [1] * 6})], Question(None, year(2021)))


def test_events_on_single_days_are_no_missing_reports() -> None:
    joined = facts({"ten_xa": ["Phường Một", "Phường Một", "Phường 5"], "loai_vu": ["a", "b", "a"],
                    "ngay": ["05/03/2022", "06/03/2022", "07/03/2022"]})  # fmt: skip
    assert measure(WARDS, [joined], Question(year(2022))).findings == ()


def test_where_a_third_of_the_wards_has_no_camera_those_are_the_few() -> None:
    n, density = pd.Series([10.0, 9, 1, 1, 1, 1]), pd.Series([0.0, 2, 0, 3, 4, 5])
    bars = ind.find_gap_bars(n, density)
    assert bars is not None
    assert ind.camera_gap(n, density, bars).tolist() == [1, 0, 0, 0, 0, 0]


def test_two_states_of_one_ward_in_one_year_are_no_answer() -> None:
    cells: dict[str, list[object]] = {
        "ma_xa": ["00001", "00001", "00002"], "nam": ["2022"] * 3,
        "tinh_trang": ["tốt", "chưa đạt", "tốt"]}  # fmt: skip
    measured = measure(WARDS, [facts(cells, kind="status")], Question(year(2022)))
    assert column(measured, "status")[:2] == [None, "tot"]
    assert [f.code for f in measured.findings] == ["StatusConflict"]


def test_an_unreadable_state_or_a_lost_row_never_becomes_out_of_scope() -> None:
    listed = facts({"ma_xa": ["00001", "00002"], "nam": ["2022"] * 2, "tinh_trang": ["tốt", "đang khảo sát"]},
                   kind="status", complete=True)  # fmt: skip
    assert column(measure(WARDS, [listed], Question(year(2022))), "status")[:3] == [
        "tot",
        None,
        "khong_thuoc_dien",
    ]
    lost = facts({"ma_xa": ["00001", "99999"], "nam": ["2022"] * 2, "tinh_trang": ["tốt", "tốt"]},
                 kind="status", complete=True)  # fmt: skip
    measured = measure(WARDS, [lost], Question(year(2022)))
    assert column(measured, "status") == ["tot", *[None] * 5]
    assert [f.code for f in measured.findings] == ["ListNotComplete"]


def test_a_year_that_the_register_does_not_hold_is_told() -> None:
    listed = facts({"ma_xa": ["00001"], "nam": ["2022"], "tinh_trang": ["tốt"]}, kind="status")
    measured = measure(WARDS, [listed], Question(year(2023)))
    assert measured.frame["status"].isna().all()
    assert [f.code for f in measured.findings] == ["StatusYearMissing"]


def test_one_or_two_incidents_are_never_many() -> None:
    bars = ind.find_gap_bars(pd.Series([1.0, 2, 0, 0, 0, 0]), pd.Series([0.1, 0.1, 1, 2, 3, 4]))
    assert bars is not None
    assert bars.n_incidents == 3.0


def test_groups_severity_and_ways_are_columns_only_where_told() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001", "00002", "00003", "00004"], "so_vu": ["3", "2", "4", "0", "6"],
        "loai_vu": ["Trộm cắp", "Ma túy", "Việc khác", "Ma túy", ""],
        "muc_do": ["rất nghiêm trọng", "đặc biệt nghiêm trọng", "nghiêm trọng", "", ""],
        "nguon_tin": ["tố giác", "phát hiện", "", "", ""]})  # fmt: skip
    measured = measure(WARDS, [joined], Question())
    frame = measured.frame
    np.testing.assert_array_equal(frame["n_incidents"], [5, 4, 0, 6, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_social"], [3, 0, 0, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_drugs"], [2, 0, 0, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_ungrouped"], [0, 4, 0, 6, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_serious"], [5, 0, 0, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_reported"], [3, NAN, 0, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_discovered"], [2, NAN, 0, NAN, NAN, NAN])
    assert not {"n_incidents_economic", "n_incidents_traffic", "n_cleared", "clearance_pct"} & set(frame)
    assert [(f.code, f.facts["n"]) for f in measured.findings] == [
        ("SeverityUntold", 6.0),
        ("KnownByUntold", 10.0),
    ]


def test_a_file_without_categories_severity_or_ways_has_none_of_their_columns() -> None:
    frame = measure(WARDS, [counts({2022: [1] * 6})], Question(year(2022))).frame
    assert [key for key in map(str, frame) if key.startswith("n_incidents")] == ["n_incidents"]


def test_clearance_is_cleared_of_occurred_in_the_same_period_and_may_pass_a_hundred() -> None:
    joined = facts({
        "ma_xa": ["00001", "00001", "00002", "00002", "00003", "00004", "00004"],
        "nam": ["2022"] * 6 + ["2021"], "so_vu": ["10", "8", "2", "3", "5", "4", "4"],
        "chi_tieu": ["xảy ra", "khám phá"] * 2 + ["xảy ra"] * 2 + ["khám phá"]})  # fmt: skip
    measured = measure(WARDS, [joined], Question(year(2022)))
    np.testing.assert_array_equal(measured.frame["n_cleared"], [8, 3, NAN, NAN, NAN, NAN])
    np.testing.assert_array_equal(measured.frame["clearance_pct"], [80, 150, NAN, NAN, NAN, NAN])
    assert [(f.code, f.seen) for f in measured.findings] == [
        ("OtherMeasures", "cleared"), ("ClearanceOver100", "Phường Hòa Bình")]  # fmt: skip


def test_clearance_is_of_the_chosen_category_alone() -> None:
    joined = facts({
        "ma_xa": ["00001"] * 4, "nam": ["2022"] * 4, "so_vu": ["10", "5", "4", "4"],
        "loai_vu": ["Trộm cắp", "Trộm cắp", "Ma túy", "Ma túy"],
        "chi_tieu": ["xảy ra", "khám phá"] * 2})  # fmt: skip
    asked = Question(year(2022), chosen=Selection(category="Trộm cắp"))
    assert measure(WARDS, [joined], asked).frame.at["00001", "clearance_pct"] == 50
    assert measure(WARDS, [joined], Question(year(2022))).frame.at["00001", "n_cleared"] == 9


def test_clearances_of_another_file_are_told_and_set_beside_nothing() -> None:
    cleared = facts({"ma_xa": ["00001"], "nam": ["2022"], "so_vu": ["8"], "chi_tieu": ["khám phá"]})
    measured = measure(WARDS, [counts({2022: [9] * 6}), cleared], Question(year(2022)))
    assert "clearance_pct" not in measured.frame
    assert [(f.code, f.facts) for f in measured.findings] == [("ClearedApart", {"n": 8.0})]


def test_parts_of_the_cameras_are_shares_of_those_installed() -> None:
    cameras = facts({
        "ma_xa": ["00001", "00002", "00003"], "so_camera": ["10", "4", "0"],
        "dang_hoat_dong": ["8", "4", "0"], "ket_noi": ["5", "", "0"]}, kind="cameras")  # fmt: skip
    rows = cameras.rows.assign(
        n_live=[2.0, 1.0, 0.0], stored_days=[30.0, 29.0, NAN], n_stored=[NAN, NAN, 0.0]
    )
    measured = measure(WARDS, [replace(cameras, rows=rows)], Question())
    expected = {
        "n_cameras_connected": [5, NAN, 0, NAN, NAN, NAN],
        "cameras_connected_pct": [50, NAN, NAN, NAN, NAN, NAN],
        "n_cameras_live": [2, 1, 0, NAN, NAN, NAN], "cameras_live_pct": [20, 25, NAN, NAN, NAN, NAN],
        "n_cameras_stored": [10, 0, 0, NAN, NAN, NAN], "cameras_stored_pct": [100, 0, NAN, NAN, NAN, NAN],
        "cameras_working_pct": [80, 100, NAN, NAN, NAN, NAN]}  # fmt: skip
    for key, values in expected.items():
        np.testing.assert_array_equal(measured.frame[key], values, err_msg=key)
    assert [(f.code, f.seen) for f in measured.findings] == [("ConnectedUnknown", "Phường Hòa Bình")]


def test_cameras_that_tell_only_their_number_have_no_parts_but_working() -> None:
    cameras = facts({"ma_xa": ["00001"], "so_camera": ["10"]}, kind="cameras")
    frame = measure(WARDS, [cameras], Question()).frame
    assert [key for key in map(str, frame) if key.startswith(("n_cameras", "cameras_"))] == [
        "n_cameras", "n_cameras_working", "cameras_working_pct", "cameras_per_km2",
        "cameras_per_1k"]  # fmt: skip


def test_reach_at_three_distances_and_what_no_camera_sees() -> None:
    (x, y), (u, v) = middle("00001"), middle("00002")
    cameras = facts({"longitude": [x], "latitude": [y], "trang_thai": ["hoạt động"]}, kind="cameras")
    # 0.0001° of latitude is 11 m: at 11, 44, 66 and 133 m of the camera, and one far away in ward 2.
    far = [0.0001, 0.0004, 0.0006, 0.0012]
    incidents = facts({"longitude": [x] * 4 + [u], "latitude": [y + step for step in far] + [v]})
    frame = measure(WARDS, [incidents, cameras], Question()).frame
    np.testing.assert_array_equal(frame["incident_reach_25_pct"], [25, 0, NAN, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["incident_reach_pct"], [50, 0, NAN, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["incident_reach_100_pct"], [75, 0, NAN, NAN, NAN, NAN])
    np.testing.assert_array_equal(frame["n_incidents_unseen"], [2, 1, 0, 0, 0, 0])
    table = counts({2022: [4, 1, 3, 0, 0, 0]})
    counted = measure(WARDS, [table, incidents, cameras], Question()).frame
    np.testing.assert_array_equal(counted["n_incidents_unseen"], [2, 1, NAN, 0, 0, 0])
