"""What a clerk changes in an area's record, and what another person wrote meanwhile stays."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BadOption
from i18n.messages import load_words
from planning.catalogue_file import read_catalogue
from planning.papers import Document
from planning.programme import Meeting, Step
from planning.targets import Observation
from store.plan_records import KeptArea, KeptStep
from studies.area_editing import (
    FIELDS,
    Beside,
    Edit,
    apply_edit,
    check_meeting,
    check_observation,
    check_step_offices,
    compare_versions,
    find_edit,
    write_meeting,
)
from studies.area_steps import find_last, list_grades, list_instead, list_next, list_steps
from studies.evidence_words import ObservationRow, write_line, write_observation
from tests.studies.conftest import BOUNDARIES
from tests.studies.promised_city import PASSED, make_area, stated, step
from tests.studies.watched_city import WRITTEN

VI = load_words("vi")
CATALOGUE = read_catalogue(BOUNDARIES.parent / "planning" / "catalogue.toml")
BASE = make_area(types=("loai_1",), responsible="Công an phường", note="cũ")
MINE = stated("gangs", 0.0, stated_on=dt.date(2022, 12, 1))
THEIRS = stated("tips_received", 20.0)
REVIEW = Meeting("review_6", dt.date(2022, 7, 1), Document("Biên bản", "4/BB"), "đúng hạn")


def test_an_edit_holds_only_what_was_changed() -> None:
    typed = {name: getattr(BASE, name) for name in FIELDS} | {"note": "mới"}
    assert find_edit(BASE, typed) == Edit({"note": "mới"})
    assert find_edit(BASE, {"note": "cũ", "types": ("loai_1",)}).is_empty


def test_an_end_before_the_start_is_refused_also_where_only_one_was_typed() -> None:
    with pytest.raises(BadOption) as refused:
        find_edit(BASE, {"end": dt.date(2021, 1, 1)})
    assert refused.value.reason == "area_days"
    assert VI.error(refused.value) == (
        "Ngày kết thúc (01/01/2021) đứng trước ngày bắt đầu (01/01/2022). Hãy kiểm tra lại hai ngày rồi lưu."
    )
    assert find_edit(BASE, {"end": None}) == Edit({"end": None})


TEXTS = st.text("abc", max_size=3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    name: st.lists(TEXTS, max_size=2).map(tuple) for name in ("types", "reasons", "measures")
} | {"responsible": TEXTS, "note": TEXTS}
OBSERVATIONS = st.lists(st.sampled_from([MINE, THEIRS, stated("released_residents", None)]), max_size=3)


@given(st.fixed_dictionaries({}, optional=VALUES), st.fixed_dictionaries({}, optional=VALUES), OBSERVATIONS)
def test_an_edit_over_another_version_takes_nothing_from_it(
    mine: dict[str, Any], theirs: dict[str, Any], added: list[Observation]
) -> None:
    edit = replace(find_edit(BASE, mine), observations=tuple(added))
    newest = apply_edit(BASE, Edit(theirs, observations=(THEIRS,), meetings=(REVIEW,)))
    merged = apply_edit(newest, edit)
    for name in FIELDS:
        assert getattr(merged, name) == edit.fields.get(name, getattr(newest, name))
    assert set(merged.observations) == {THEIRS, *added}
    assert merged.meetings == (REVIEW,)
    assert apply_edit(merged, edit) == merged


def test_a_figure_is_taken_off_and_the_others_stay() -> None:
    held = replace(BASE, observations=(MINE, THEIRS))
    assert apply_edit(held, Edit(removed=(MINE,))).observations == (THEIRS,)


def test_two_versions_stand_side_by_side_part_by_part() -> None:
    edit = Edit({"note": "của tôi", "types": ("loai_1", "loai_4")}, observations=(MINE,))
    theirs = replace(
        BASE, note="của họ", responsible="Công an quận", observations=(THEIRS,), meetings=(REVIEW,),
        comparison=("00002",),
    )  # fmt: skip
    assert compare_versions(BASE, edit, theirs, CATALOGUE, VI) == [
        Beside(
            "Loại",
            "Loại 1: tội phạm về trật tự xã hội và tệ nạn xã hội; Loại 4: tội phạm về ma túy",
            "Loại 1: tội phạm về trật tự xã hội và tệ nạn xã hội",
        ),
        Beside("Đơn vị phụ trách", "", "Công an quận"),
        Beside("Ghi chú", "của tôi", "của họ"),
        Beside(
            "Số liệu",
            "số băng nhóm trong và sau chuyển hóa: 0 (Công an phường, 01/12/2022)",
            "số tin tiếp nhận trong và sau chuyển hóa: 20 (Công an phường)",
        ),
        Beside("Hội nghị", "", "Sơ kết 6 tháng, 01/07/2022; Biên bản số 4/BB; đúng hạn"),
        Beside("Mục khác", "", "có thay đổi ở phần không có trong biểu mẫu này"),
    ]


def test_a_part_that_both_changed_alike_is_no_difference() -> None:
    edit = Edit({"note": "mới"}, removed=(MINE,))
    rows = compare_versions(BASE, edit, replace(BASE, note="mới"), CATALOGUE, VI)
    assert [(row.name, row.yours[:6], row.theirs) for row in rows] == [("Số liệu", "gỡ số ", "không thêm gì")]


def test_an_emptied_part_is_said_to_be_empty() -> None:
    (row,) = compare_versions(BASE, Edit({"end": None}), BASE, CATALOGUE, VI)
    assert row == Beside("Kết thúc", "để trống", "31/12/2022")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (stated("gangs", None, qualifier="text"), "observation_words"),
        (stated("gangs", -1.0), "observation_value"),
        (stated("gangs", 1.0, start=dt.date(2022, 2, 1), end=dt.date(2022, 1, 1)), "observation_days"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(told: Observation, reason: str) -> None:
    with pytest.raises(BadOption) as refused:
        check_observation(told)
    assert refused.value.reason == reason
    assert "Hãy" in VI.error(refused.value)


def test_an_office_is_named_and_never_a_person() -> None:
    for told in ({"responsible": "Nguyễn Văn An"}, {"responsible": "Đội 3, Trần Thị Bình"}):
        with pytest.raises(BadOption) as refused:
            find_edit(BASE, told)
        assert refused.value.reason == "names_person"
    with pytest.raises(BadOption) as refused:
        check_observation(replace(MINE, stated_by="Nguyễn Văn An"))
    assert VI.error(refused.value).startswith("Mục «Nơi xác nhận")
    with pytest.raises(BadOption):
        check_step_offices(replace(PASSED[0], actor="Nguyễn Văn An"))
    assert check_step_offices(PASSED[0]) == PASSED[0]


def test_a_figure_that_was_asked_for_and_is_not_known_is_taken() -> None:
    asked = stated("gangs", None)
    assert check_observation(asked) == asked
    assert write_line(asked, VI) == "số băng nhóm trong và sau chuyển hóa: chưa rõ (Công an phường)"


def test_a_meeting_of_no_kind_is_refused() -> None:
    with pytest.raises(BadOption):
        check_meeting(Meeting("", None))
    assert check_meeting(REVIEW) == REVIEW
    assert write_meeting(Meeting("họp dân", None), CATALOGUE, VI) == "họp dân, ngày họp: chưa có thông tin"


def test_a_figure_is_written_with_its_qualifier_days_and_source() -> None:
    told = stated(
        "incidents",
        700.0,
        "before",
        qualifier=">=",
        start=dt.date(2021, 1, 1),
        source="BC 3",
        note="tạm tính",
    )
    assert write_observation(told, VI) == ObservationRow(
        "số vụ", "trước chuyển hóa", "từ 700 trở lên", "từ 01/01/2021", "Công an phường", "BC 3", "tạm tính"
    )
    in_words = stated("tự đặt", None, "", qualifier="text", note="hàng chục")
    assert write_line(in_words, VI) == "tự đặt: hàng chục (Công an phường)"


def kept(*steps: Step) -> KeptArea:
    taken = tuple(KeptStep(each, WRITTEN, "Thư ký") for each in steps)
    return KeptArea(1, 1, 1, BASE, taken, WRITTEN, "")


def test_only_the_allowed_steps_are_offered() -> None:
    assert list_next(kept()) == ("de_xuat", "duoc_lua_chon", "dang_chuyen_hoa")
    assert list_next(kept(*PASSED)) == ("duy_tri",)
    assert list_instead(kept(*PASSED)) == ("chuyen_hoa_thanh_cong", "chua_dat")
    assert list_instead(kept(PASSED[0])) == ("de_xuat", "duoc_lua_chon", "dang_chuyen_hoa")
    assert (list_instead(kept()), find_last(kept())) == ((), None)


def test_grades_are_offered_only_with_states_that_have_them() -> None:
    assert [grade.key for grade in list_grades(("chuyen_hoa_thanh_cong", "chua_dat"), CATALOGUE)] == [
        "tot", "dat", "chua_dat",
    ]  # fmt: skip
    assert [grade.key for grade in list_grades(("chua_dat",), CATALOGUE)] == ["chua_dat"]
    assert list_grades(("duy_tri",), CATALOGUE) == []
    assert list_grades(("chua_dat",), None) == []


def test_a_corrected_step_stays_struck_beside_the_one_that_corrects_it() -> None:
    wrong = step("chua_dat", grade="chua_dat")
    right = replace(step("chuyen_hoa_thanh_cong", grade="tot"), corrects=1, note="nhập nhầm")
    area = kept(PASSED[0], wrong, right)
    first, struck, last = list_steps(area, CATALOGUE, VI)
    assert (first.number, first.is_struck, first.grade) == ("Bước 1", False, "")
    assert (struck.number, struck.is_struck) == ("Bước 2 (đã đính chính)", True)
    assert (last.number, last.grade, last.note) == (
        "Bước 3, đính chính bước 2", "Chuyển hóa tốt", "Ghi chú: nhập nhầm",
    )  # fmt: skip
    assert last.taken == "chuyển hóa thành công, 31/12/2022"
    assert last.document == "Căn cứ: Quyết định số 9/QĐ-BCĐ ngày 31/12/2022 của Ban Chỉ đạo 138"
    assert last.written == f"Thư ký ghi vào ngày {VI.date(WRITTEN.astimezone().date())}"
    assert (find_last(area), list_next(area)) == (2, ("duy_tri",))
