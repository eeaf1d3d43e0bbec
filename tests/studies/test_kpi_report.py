"""Every target at its level: what people stated, what the program counted, and what nobody knows."""

import datetime as dt
import json
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.question import EVERY_CRIME, Selection
from i18n.messages import load_words
from planning.kpi import assess
from planning.models import CrimeModel
from planning.papers import Document, Figure
from planning.programme import TargetArea
from planning.targets import Observation, Target
from store.opening import open_store
from store.repository import Store
from studies.joined_file import to_json, write_all
from studies.kpi_assessing import assess_between
from studies.kpi_file import as_json, plan_kpi_file
from studies.kpi_lines import list_reported, write_levels
from studies.kpi_notes import list_fates
from studies.kpi_report import bound_passed, count_lights
from studies.programme_listing import ProgrammeFile
from tests.grid_city import make_counts, year
from tests.mau import VERSION
from tests.mau_2025 import NEW_VERSION, make_crosswalk, make_new_wards
from tests.studies.promised_city import (
    CLEARED,
    FAILED,
    FALL,
    KEPT,
    MODELS,
    PASS_60,
    PASSED,
    RELAPSED,
    STAY_85,
    TODAY,
    UNDER_WAY,
    keep_programme,
    look,
    look_at,
    make_area,
    make_programme,
    start_catalogue,
    stated,
    step,
)
from tests.studies.watched_city import every, keep, months, tabulate

VI = load_words("vi")
FELL = {year(2021): every(100), year(2022): every(100, w1=50)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        start_catalogue(opened)
        yield opened


def test_results_that_nobody_told_are_unknown_and_not_failed(example: Store) -> None:
    report = look(example, "can-tho-2022")
    transformed, stay = report.lines
    assert (transformed.target.key, transformed.assessment.light) == ("transformed", "unknown")
    assert (transformed.assessment.needed, transformed.assessment.denominator) == (6, 9.0)
    assert stay.assessment.light == "unknown"
    assert report.passed is not None
    assert (report.passed.cohort.n_known, report.passed.cohort.n_reported) == (0, 9)
    programme, cohort = write_levels(report, VI)
    assert programme.rows[0].row.light == "chưa đủ căn cứ"
    assert programme.rows[0].row.needed == "ít nhất 6 trong 9 địa bàn"
    assert programme.notes[1] == (
        "9 địa bàn chưa có văn bản kết luận: kết quả chưa có thông tin, không tính là chưa đạt."
    )
    assert cohort.notes[1].startswith(
        "9 địa bàn báo cáo là đã chuyển hóa nhưng không nêu tên: không theo dõi"
    )


def test_figures_for_the_whole_are_shown_as_they_were_reported(example: Store) -> None:
    report = look(example, "can-tho-2021")
    assert report.lines == ()
    assert [(row.measure, row.shown) for row in list_reported(report, VI)] == [
        ("Địa bàn chuyển hóa thành công", "9"),
        ("Trong đó: chuyển hóa tốt", "6"),
    ]


def test_the_unnamed_areas_are_told_under_every_table(example: Store) -> None:
    (programme, _) = write_levels(look(example, "thanh-hoa-2023"), VI)
    assert "84 địa bàn khác: chưa có thông tin." in programme.notes


def test_incidents_are_counted_from_the_kept_files_on_both_sides(store: Store) -> None:
    keep(store, tabulate(FELL))
    line = look_at(store, FALL)
    assert (line.assessment.light, line.assessment.value) == ("met", -50.0)
    assert line.observations == (
        Observation(
            "incidents", 100.0, "before", start=dt.date(2021, 1, 1), end=dt.date(2021, 12, 31),
            counted_by="program", source="Bảng tháng",
        ),
        Observation(
            "incidents", 50.0, "after", start=dt.date(2022, 1, 1), end=dt.date(2022, 12, 31),
            counted_by="program", source="Bảng tháng",
        ),
    )  # fmt: skip


def test_the_fall_to_be_expected_stands_beside_the_promised_one(store: Store) -> None:
    keep(store, tabulate({year(2021): every(100, w1=200), year(2022): every(100)}))
    look_at(store, FALL)
    (table,) = write_levels(look(store), VI)
    # m = 116.67, v = 1666.67, A = 1550: expected 116.67 + 0.93·83.33 = 194.17 of 200
    assert table.rows[0].remark == (
        "Với 200 vụ, giảm 5 % xảy ra ngẫu nhiên khoảng 30 % số lần. Chỉ tiêu là giảm 5 %; không làm gì, "
        "1 nơi nhiều vụ nhất cũng thường giảm khoảng 3 % ở kỳ sau (hồi quy về trung bình)."
    )
    assert table.notes == (
        "Số vụ do phần mềm đếm từ tệp đã nạp (mọi tội phạm); nơi đã có số do người báo cáo thì dùng số ấy.",
    )


def test_what_people_stated_goes_first_and_the_difference_is_told(store: Store) -> None:
    keep(store, tabulate(FELL))
    own = (stated("incidents", 90.0, "before"), stated("incidents", 80.0))
    line = look_at(store, FALL, area=make_area(observations=own))
    assert (line.assessment.denominator, line.assessment.numerator) == (90.0, 80.0)
    assert line.assessment.differing == ("incidents",)
    (table,) = write_levels(look(store), VI)
    assert "Số chương trình đếm khác số đã báo cáo ở: số vụ" in table.rows[0].remark
    assert table.rows[0].basis[1:3] == (
        "số vụ trong và sau chuyển hóa: 80 (Công an phường)",
        "số vụ trước chuyển hóa: 100 (01/01/2021 – 31/12/2021; phần mềm tổng hợp, Bảng tháng)",
    )


def test_a_stated_side_is_not_set_against_a_count_that_disagrees_with_it(store: Store) -> None:
    keep(store, tabulate({year(2021): every(30), year(2022): every(29)}))
    line = look_at(store, FALL, area=make_area(observations=(stated("incidents", 100.0, "before"),)))
    assert line.is_mixed
    assert (line.assessment.light, line.assessment.missing) == ("unknown", ("incidents",))
    (table,) = write_levels(look(store), VI)
    assert table.rows[0].remark.startswith("Một phía do người báo cáo, phía kia do phần mềm đếm")


def test_a_stated_side_that_the_count_confirms_is_set_against_the_other(store: Store) -> None:
    keep(store, tabulate(FELL))
    line = look_at(store, FALL, area=make_area(observations=(stated("incidents", 100.0, "before"),)))
    assert not line.is_mixed
    assert (line.assessment.light, line.assessment.value) == ("met", -50.0)


def test_days_that_figures_do_not_reach_stay_unknown_and_what_is_needed_is_told(store: Store) -> None:
    keep(store, tabulate({year(2021): every(100)}))
    line = look_at(store, FALL)
    assert (line.assessment.light, line.assessment.denominator) == ("unknown", 100.0)
    assert math.isnan(line.assessment.numerator)
    assert line.assessment.needed == 95
    (table,) = write_levels(look(store), VI)
    assert table.notes[1] == (
        "Chưa đếm đủ số vụ vì số liệu trong kho chưa phủ hết kỳ gốc hoặc thời gian chuyển hóa: "
        "P. Một, Q. Đông."
    )


def test_months_are_counted_whole_and_the_days_counted_are_kept(store: Store) -> None:
    keep(store, tabulate(dict.fromkeys(months("2021-01", 24), every(10))))
    line = look_at(store, FALL, area=make_area(start=dt.date(2022, 2, 11)))
    after = line.observations[1]
    assert (after.value, after.start, after.end) == (100.0, dt.date(2022, 3, 1), dt.date(2022, 12, 31))
    # 120 in 365 days, 100 in 306: by equal days a fall of 0.6 %
    assert (line.assessment.light, line.assessment.days) == ("not_met", (365, 306))
    assert look(store).counted[line.area.id if line.area else 0].is_cut


@pytest.mark.parametrize(
    ("area", "gap"),
    [
        (make_area(hamlet="Tổ 3"), "part"),
        (make_area(version="khac"), "no_boundaries"),
        (make_area(base_start=None), "no_days"),
        (make_area(base_start=dt.date(2019, 1, 1), base_end=dt.date(2019, 12, 31)), "no_figures"),
    ],
)
def test_what_cannot_be_counted_is_named_with_its_reason(store: Store, area: TargetArea, gap: str) -> None:
    keep(store, tabulate(FELL))
    line = look_at(store, FALL, area=area)
    assert line.assessment.light == "unknown"
    assert [counted.gap for counted in look(store).counted.values()] == [gap]
    (table,) = write_levels(look(store), VI)
    assert any("P. Một" in note for note in table.notes)


def test_a_divided_ward_is_not_guessed(store: Store) -> None:
    old = keep(store, tabulate({year(2021): every(100)}))
    counts = dict.fromkeys(("00001", "00003", "00005"), 100.0)
    new = tabulate({year(2022): counts}, version=NEW_VERSION)
    store.keep_crosswalk(old, keep(store, new, wards=make_new_wards(), key="moi"), make_crosswalk())
    line = look_at(store, FALL, area=make_area(5))
    assert line.observations == ()
    assert [counted.gap for counted in look(store).counted.values()] == ["divided"]


def test_a_register_counts_its_own_group_where_files_tell_it_apart(store: Store) -> None:
    thefts = make_counts(FELL, category="Trộm cắp tài sản")
    drugs = make_counts({year(2021): every(10), year(2022): every(90)}, category="Ma túy")
    rows = pd.concat([thefts.rows, drugs.rows], ignore_index=True)
    keep(store, replace(thefts, rows=rows.assign(row=range(len(rows))), version=VERSION))
    line = look_at(store, FALL)
    assert (line.assessment.denominator, line.assessment.numerator) == (100.0, 50.0)
    assert [each.chosen for each in look(store).counted.values()] == [Selection(group="social")]
    keep_programme(
        store, make_programme("antt-2022", targets=(FALL,), register="ANTT"), (make_area(), UNDER_WAY)
    )
    report = look(store, "antt-2022")
    assert (report.lines[0].assessment.denominator, report.lines[0].assessment.numerator) == (110.0, 140.0)
    assert [each.chosen for each in report.counted.values()] == [EVERY_CRIME]


def test_nothing_is_counted_that_no_target_asks_for(store: Store) -> None:
    keep(store, tabulate(FELL))
    look_at(store, MODELS)
    assert look(store).counted == {}


def test_made_up_figures_mark_the_report(store: Store) -> None:
    fact = tabulate(FELL)
    keep(store, replace(fact, source=replace(fact.source, illustrative=True)))
    look_at(store, FALL)
    report = look(store)
    assert report.is_illustrative
    assert "từ dữ liệu minh họa" in write_levels(report, VI)[0].notes[-1]


@pytest.mark.parametrize(
    ("effective", "started", "light"),
    [
        (True, dt.date(2022, 3, 1), "met"),
        (True, dt.date(2020, 3, 1), "not_met"),
        (True, None, "unknown"),
        (None, dt.date(2022, 3, 1), "unknown"),
        (False, dt.date(2022, 3, 1), "not_met"),
    ],
)
def test_a_model_counts_only_where_it_was_found_to_work(
    store: Store, effective: bool | None, started: dt.date | None, light: str
) -> None:
    told = {"place": "Phường Một, Thành phố Mẫu", "ward_code": "00001", "version": VERSION}
    store.keep_model(CrimeModel("Camera", "ward", effective=effective, started=started, **told))
    store.keep_model(
        CrimeModel(
            "Nơi khác", "ward", "Phường 5, Thành phố Mẫu", ward_code="00005", version=VERSION, effective=True
        )
    )
    assert look_at(store, MODELS).assessment.light == light


def test_a_share_of_the_counted_incidents_is_of_the_days_of_work(store: Store) -> None:
    keep(store, tabulate(FELL))
    line = look_at(store, CLEARED, area=make_area(observations=(stated("cleared", 45.0),)))
    assert (line.assessment.light, line.assessment.value) == ("met", 90.0)


def keep_nine(store: Store, n_passed: int, n_failed: int) -> None:
    """Nine selected, six of them named."""
    taken = [*[PASSED] * n_passed, *[FAILED] * n_failed, *[UNDER_WAY] * (6 - n_passed - n_failed)]
    areas = [(make_area(place), steps) for place, steps in enumerate(taken, start=1)]
    keep_programme(store, make_programme(targets=(PASS_60,), n_selected=9), *areas)


@pytest.mark.parametrize(
    ("n_passed", "n_failed", "light"),
    [(0, 0, "unknown"), (6, 0, "met"), (5, 1, "unknown"), (2, 3, "unknown"), (2, 4, "not_met")],
)
def test_six_of_nine_are_needed_and_silence_decides_nothing(
    store: Store, n_passed: int, n_failed: int, light: str
) -> None:
    keep_nine(store, n_passed, n_failed)
    (line,) = look(store).lines
    assert (line.assessment.light, line.assessment.needed) == (light, 6)


def test_a_result_without_a_signed_paper_does_not_count(store: Store) -> None:
    (kept,) = keep_programme(store, make_programme(n_selected=2), (make_area(), PASSED))
    told = ProgrammeFile(make_programme(n_selected=2), (kept,), (), None)
    assert bound_passed(told) == (1, 2)
    plain = step("chuyen_hoa_thanh_cong", grade="dat", document=Document("Báo cáo"))
    unsigned = replace(kept, steps=(*kept.steps[:-1], replace(kept.steps[-1], step=plain)))
    assert bound_passed(replace(told, areas=(unsigned,))) is None


COUNTS = st.integers(0, 12)


@given(least=COUNTS, open_=COUNTS, failed=COUNTS, pct=st.integers(0, 100), sign=st.sampled_from([">=", ">"]))
def test_a_light_holds_whatever_the_open_ones_turn_out_to_be(
    least: int, open_: int, failed: int, pct: int, sign: str
) -> None:
    target = Target("t", "t", "programme", "share_pct", sign, pct, "transformed", "selected")  # type: ignore[arg-type]
    whole = Observation("selected", float(least + open_ + failed))
    found = assess_between(target, [whole], "transformed", (least, least + open_)).assessment.light
    possible = {
        assess(target, [whole, Observation("transformed", float(n))]).light
        for n in range(least, least + open_ + 1)
    }
    assert found == (possible.pop() if len(possible) == 1 else "unknown")


def keep_cohort(store: Store) -> None:
    """2022: kept, relapsed, silent, failed; 2023 of the same place: passed late and kept; 2021 unnamed."""
    taken = (KEPT, RELAPSED, PASSED, FAILED)
    keep_programme(
        store,
        make_programme(targets=(STAY_85,), n_selected=4),
        *((make_area(place), steps) for place, steps in enumerate(taken, start=1)),
    )
    late = (
        step("dang_chuyen_hoa", "2023-01-05"),
        step("chuyen_hoa_thanh_cong", "2023-12-20", "tot"),
        step("duy_tri", "2024-01-02"),
    )
    keep_programme(store, make_programme("mau-2023", targets=(STAY_85,), n_selected=1), (make_area(6), late))
    reported = Figure("transformed", "Địa bàn", 7.0, "địa bàn", level="district", place="Thành phố Mẫu")
    keep_programme(store, make_programme("mau-2021", figures=(reported,)))


def test_a_cohort_tells_unknown_and_unnamed_areas_apart(store: Store) -> None:
    keep_cohort(store)
    report = look(store)
    assert report.passed is not None
    cohort = report.passed.cohort
    assert (cohort.n_known, cohort.n_kept, cohort.n_relapsed, cohort.n_unknown) == (3, 1, 1, 1)
    assert cohort.n_reported == 7
    assert (report.passed.first, report.passed.last) == (dt.date(2021, 1, 1), dt.date(2022, 12, 31))
    # at most two of three, and three are needed
    assert report.lines[0].assessment.light == "not_met"
    (table,) = write_levels(report, VI)
    assert table.notes == (
        "Trong 3 địa bàn đã chuyển hóa từ 01/01/2021 đến 31/12/2022: 1 không phức tạp trở lại, 1 phức tạp "
        "trở lại, 1 chưa rõ (33 %).",
        "Trong 2 địa bàn đã rõ: 50 % không phức tạp trở lại. Nếu tính cả nơi chưa rõ, tỷ lệ nằm giữa 33 % "
        "và 67 %.",
        "7 địa bàn báo cáo là đã chuyển hóa nhưng không nêu tên: không theo dõi được, để riêng, không tính "
        "vào tỷ lệ.",
    )
    assert [(row.name, row.fate) for row in list_fates(report.passed, VI)] == [
        ("P. Một, Q. Đông", "không phức tạp trở lại"),
        ("P. Hòa Bình, Q. Đông", "phức tạp trở lại"),
        ("X. Tân Thới, Q. Đông", "chưa rõ"),
    ]


def test_a_cohort_is_of_the_years_asked(store: Store) -> None:
    keep_cohort(store)
    passed = look(store, years=(2023, 2023)).passed
    assert passed is not None
    assert [row.ward_code for row in passed.cohort.rows] == ["00006"]
    assert (passed.cohort.kept_share, passed.cohort.n_reported) == (1.0, 0)


def test_an_open_fate_leaves_the_share_unknown_and_says_so(store: Store) -> None:
    areas = ((make_area(1), KEPT), (make_area(2), PASSED))
    keep_programme(store, make_programme(targets=(STAY_85,), n_selected=2), *areas)
    report = look(store)
    assert report.lines[0].observations[-1].qualifier == ">="
    assert report.lines[0].assessment.light == "unknown"
    assert (
        write_levels(report, VI)[0].rows[0].remark == "Còn địa bàn chưa rõ kết quả, nên chưa kết luận được."
    )


def test_where_every_area_failed_there_is_nothing_to_keep(store: Store) -> None:
    keep_programme(store, make_programme(targets=(STAY_85,), n_selected=1), (make_area(), FAILED))
    (line,) = look(store).lines
    assert line.assessment.light == "not_applicable"
    assert write_levels(look(store), VI)[0].rows[0].row.needed == ""


def test_an_area_of_another_register_or_place_is_no_part_of_a_cohort(store: Store) -> None:
    keep_programme(store, make_programme(targets=(STAY_85,), n_selected=1), (make_area(1), KEPT))
    keep_programme(store, make_programme("antt-2022", register="ANTT"), (make_area(2), KEPT))
    keep_programme(store, make_programme("xa-2022", place="Thành phố Khác"), (make_area(3), KEPT))
    passed = look(store).passed
    assert passed is not None
    assert [row.ward_code for row in passed.cohort.rows] == ["00001"]


@pytest.mark.parametrize(("made_up", "codes"), [(False, ["00001", "00003"]), (True, ["00002"])])
def test_what_was_made_up_is_no_part_of_a_real_cohort_nor_the_reverse(
    store: Store, made_up: bool, codes: list[str]
) -> None:
    reported = Figure("transformed", "Địa bàn", 7.0, "địa bàn", level="district", place="Thành phố Mẫu")
    for illustrative, key, place in ((False, "that-2022", 1), (True, "gia-2022", 2), (False, "that-2023", 3)):
        told = {"targets": (STAY_85,), "illustrative": illustrative, "n_selected": 1}
        keep_programme(store, make_programme(key, **told), (make_area(place), KEPT))
    keep_programme(store, make_programme("gia-2021", figures=(reported,), illustrative=True))
    passed = look(store, "gia-2022" if made_up else "that-2022").passed
    assert passed is not None
    assert [row.ward_code for row in passed.cohort.rows] == codes
    assert passed.cohort.n_reported == (7 if made_up else 0)


def test_a_made_up_return_does_not_undo_a_real_result(store: Store) -> None:
    keep_programme(store, make_programme(targets=(STAY_85,), n_selected=1), (make_area(1), KEPT))
    again = (step("duoc_lua_chon", "2024-02-01"),)
    keep_programme(store, make_programme("gia-2024", illustrative=True), (make_area(1), again))
    passed = look(store).passed
    assert passed is not None
    assert [row.fate for row in passed.cohort.rows] == ["kept"]


def test_an_area_is_followed_through_a_change_of_boundaries(store: Store) -> None:
    old = keep(store, tabulate({year(2021): every(1)}))
    store.keep_crosswalk(old, keep(store, wards=make_new_wards(), key="moi"), make_crosswalk())
    keep_programme(store, make_programme(targets=(STAY_85,), n_selected=1), (make_area(3), KEPT))
    again = (step("duoc_lua_chon", "2024-02-01"),)
    keep_programme(
        store, make_programme("mau-2024"), (make_area(3, ward_code="00003", version=NEW_VERSION), again)
    )
    passed = look(store).passed
    assert passed is not None
    assert [(row.fate, row.told_on) for row in passed.cohort.rows] == [("relapsed", dt.date(2024, 2, 1))]


def test_lights_are_counted_in_all_and_by_area(store: Store) -> None:
    keep(store, tabulate(FELL))
    kept = keep_programme(
        store,
        make_programme(targets=(FALL, PASS_60), n_selected=2),
        (make_area(1), PASSED),
        (make_area(2), PASSED),
    )
    lights = count_lights(look(store))
    assert lights.counts == {"met": 2, "not_met": 1}
    assert {id_: dict(counts) for id_, counts in lights.by_area.items()} == {
        kept[0].id: {"met": 1},
        kept[1].id: {"not_met": 1},
    }


def test_the_workbook_has_a_sheet_per_level_and_text_stays_text(store: Store, tmp_path: Path) -> None:
    areas = ((make_area(1, ward_name="=1+1"), KEPT), (make_area(2), PASSED))
    keep_programme(store, make_programme(targets=(FALL, PASS_60, STAY_85), n_selected=2), *areas)
    write_all(plan_kpi_file(look(store), tmp_path / "a.xlsx", VI))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        "Từng địa bàn",
        "Cả chương trình",
        "Không phức tạp trở lại",
        "Địa bàn theo dõi",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    told = [cell.value for cell in cells]
    caution = "Nhận xét từng chỉ tiêu theo số liệu, không phải mức đánh giá"
    assert any(str(text).startswith(caution) for text in told)
    assert "=1+1, Q. Đông" in told


def test_json_has_null_for_what_is_not_known(store: Store) -> None:
    look_at(store, FALL)
    told = json.loads(to_json(as_json(look(store))))
    (target,) = told["targets"]
    assert (target["light"], target["value"], target["chance"]) == ("unknown", None, None)
    assert (target["area"]["ward_code"], target["missing"]) == ("00001", ["incidents"])
    assert (told["as_of"], told["cohort"]) == (TODAY.isoformat(), None)
