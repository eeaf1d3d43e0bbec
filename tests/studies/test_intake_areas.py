"""A committee's list on its way under its programme: with the steps that are told, whole or not at all."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from errors import BadOption, NoData, NothingMatched
from i18n.messages import LANGUAGES, load_words
from planning.lifecycle import grade_of, state_of
from planning.papers import Document
from planning.programme import Programme, TargetArea
from planning.taken_over import Listed
from store.opening import open_store
from store.plan_records import Kept
from store.repository import Store
from studies.area_words import list_cells, write_rows
from studies.intake import receive
from studies.intake_areas import (
    AreasTrial,
    check_typed,
    import_areas,
    keep_areas,
    load_catalogue,
    make_area,
    try_areas,
)
from studies.report import describe
from tests.mau import VERSION, make_wards, write_wards
from tests.studies.test_cli import done, refused

TODAY = dt.date(2025, 6, 1)
PLAN = Document("Kế hoạch", "12/KH", "Ban Chỉ đạo 138", dt.date(2024, 2, 11))
PROGRAMME = Programme(
    "mau-2024", "Chuyển hóa 2024", "district", "Quận Đông", "ANTT", 2024, PLAN, n_selected=3
)
HEAD = "Mã xã|Từ ngày|Tình trạng|Ngày tình trạng|Mức|Văn bản|Ngày văn bản|Cơ quan ban hành"
PASSED = "00001|1/3/2024|đạt|20/12/2024|Đạt|45/QĐ|20/12/2024|Ban Chỉ đạo 138"
NO_PAPER = "00002|1/3/2024|đạt|20/12/2024|Đạt|||"
WORDS = load_words("vi")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        opened.keep_boundaries(make_wards(), key="mau", title="Mẫu")
        yield opened


@pytest.fixture
def programme(store: Store) -> Kept[Programme]:
    return store.keep_programme(PROGRAMME)


def write(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "danh sách.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def attempt(store: Store, programme: Kept[Programme], path: Path) -> AreasTrial:
    return try_areas(store, programme, 1, receive([path]), WORDS, today=TODAY)


def test_areas_come_in_as_far_as_they_are_told_and_say_what_is_not(
    store: Store, programme: Kept[Programme], tmp_path: Path
) -> None:
    trial = attempt(store, programme, write(tmp_path, PASSED, NO_PAPER))
    assert store.list_target_areas() == []
    assert keep_areas(store, programme.id, trial.areas, by="Lan")
    passed, open_one = store.list_target_areas(programme.id)
    assert [step.to for step in passed.taken] == ["duoc_lua_chon", "dang_chuyen_hoa", "chuyen_hoa_thanh_cong"]
    assert (grade_of(passed.taken), passed.taken[-1].document.number) == ("dat", "45/QĐ")
    assert (passed.taken[0].on, passed.taken[0].document) == (dt.date(2024, 2, 11), PLAN)
    assert "«danh sách.csv»" in passed.taken[0].note
    assert (passed.content.note, passed.by) == ("", "Lan")
    assert (passed.content.version, passed.content.area_id) == (VERSION, 1)
    assert (state_of(open_one.taken), grade_of(open_one.taken)) == ("dang_chuyen_hoa", "")
    assert open_one.content.note == (
        "Tình trạng được nêu là «chuyển hóa thành công» ngày 20/12/2024; chưa ghi nhận vì chưa có đủ văn bản "
        "công nhận kết quả (số, ngày, cơ quan ban hành)."
    )
    (finding,) = trial.findings
    assert (finding.code, finding.seen, finding.facts["n"]) == ("AreaStateUntold", "Phường Hòa Bình", 1)


def test_a_state_without_a_day_is_one_remark_and_the_area_stays_chosen(
    store: Store, programme: Kept[Programme], tmp_path: Path
) -> None:
    trial = attempt(store, programme, write(tmp_path, "00001|đạt", "00002|đạt", head="Mã xã|Tình trạng"))
    assert [state_of(steps) for _, steps in trial.areas] == ["duoc_lua_chon"] * 2
    (finding,) = trial.findings
    text = describe(finding, WORDS)["text"]
    assert text == (
        "danh sách.csv: 2 địa bàn chưa ghi nhận được đến tình trạng nêu trong danh sách vì chưa có ngày của "
        "tình trạng: Phường Một; Phường Hòa Bình."
    )


def test_the_same_list_again_changes_nothing_and_a_mended_row_comes_in(
    store: Store, programme: Kept[Programme], tmp_path: Path
) -> None:
    bad = "00003|1/3/2024|đạt|31/02/2024|Đạt|45/QĐ|20/12/2024|Ban Chỉ đạo 138"
    path = write(tmp_path, PASSED, bad)
    assert import_areas(store, path, "mau-2024", 1, WORDS, today=TODAY)[1]
    before = store.revision()
    trial, is_new = import_areas(store, path, "mau-2024", 1, WORDS, today=TODAY)
    assert (is_new, store.revision()) == (False, before)
    assert (trial.tally["known"], trial.tally["refused"], trial.tally["joined"]) == (1, 1, 0)
    mended = write(tmp_path, PASSED, bad.replace("31/02", "20/12"))
    import_areas(store, mended, "mau-2024", 1, WORDS, today=TODAY)
    kept = store.list_target_areas(programme.id)
    assert [(each.content.ward_code, each.revision, len(each.steps)) for each in kept] == [
        ("00001", 1, 3), ("00003", 1, 3),
    ]  # fmt: skip


def test_more_areas_than_the_document_chose_are_told(
    store: Store, programme: Kept[Programme], tmp_path: Path
) -> None:
    rows = ("00001|a", "00002|a", "00003|a", "00004|a")
    (finding,) = attempt(store, programme, write(tmp_path, *rows, head="Mã xã|Lý do")).findings
    assert (finding.code, finding.facts) == ("AreasMoreThanSelected", {"n": 4, "of": 3})


def test_a_list_without_its_programme_or_its_wards_leaves_the_store_as_it_was(
    store: Store, programme: Kept[Programme], tmp_path: Path
) -> None:
    before = store.revision()
    path = write(tmp_path, PASSED)
    for key, kind in ((None, BadOption), ("la", NoData)):
        with pytest.raises(kind):
            import_areas(store, path, key, 1, WORDS, today=TODAY)
    with pytest.raises(NothingMatched):
        import_areas(store, write(tmp_path, "99999|a", head="Mã xã|Lý do"), "mau-2024", 1, WORDS, today=TODAY)
    assert store.revision() == before


def test_a_typed_area_is_checked_and_takes_the_first_step(store: Store) -> None:
    typed = TargetArea("31150", "Phường An Bình", "Quận Ninh Kiều", "cu-2024", types=("loai_1",))
    check_typed(typed, Listed())
    catalogue = load_catalogue(store, 2024)
    (area, steps), lack = make_area(typed, Listed(), PROGRAMME, catalogue, WORDS, today=TODAY)
    assert (area, [step.to for step in steps], lack) == (typed, ["duoc_lua_chon"], "")
    for changes, reason in (
        ({"ward_code": ""}, "area_ward"),
        ({"version": ""}, "area_version"),
        ({"start": dt.date(2024, 3, 1), "end": dt.date(2024, 2, 1)}, "area_days"),
        ({"responsible": "Nguyễn Văn Mẫu"}, "names_person"),
        ({"reasons": ("trom_cap", "Trần Thị Mẫu, 1980")}, "names_person"),
        ({"hamlet": "0900000001"}, "names_person"),
    ):
        with pytest.raises(BadOption) as refusal:
            check_typed(replace(typed, **changes), Listed())  # type: ignore[arg-type]
        assert refusal.value.reason == reason
        for language in LANGUAGES:
            assert "{" not in load_words(language).error(refusal.value)
    check_typed(replace(typed, hamlet="Nguyễn Trãi", responsible="Công an phường Trần Phú"), Listed())
    with pytest.raises(BadOption):
        check_typed(typed, Listed(document=Document("", "1/QĐ", "Nguyễn Văn Mẫu", TODAY)))


def test_what_will_be_kept_is_shown_in_words(store: Store) -> None:
    catalogue = load_catalogue(store, 2024)
    typed = TargetArea(
        "00001", "Phường Một", "Quận Đông", VERSION, types=("loai_4",), start=dt.date(2024, 3, 1)
    )
    taken, _ = make_area(typed, Listed(), PROGRAMME, catalogue, WORDS, today=TODAY)
    assert list_cells(taken, catalogue, WORDS)[5:8] == ("01/03/2024 → –", "được lựa chọn, 11/02/2024", "–")
    tally = {"given": 3, "joined": 1, "known": 1, "ambiguous": 0, "unmatched": 0, "silent": 0, "refused": 1}
    assert write_rows(tally, WORDS) == (
        "Tệp có 3 dòng: 1 dòng đã nhận; 1 dòng đã có trong chương trình; 1 dòng có sai sót, chưa nhận."
    )


def test_the_command_line_takes_a_list_under_a_programme_that_is_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dong_lenh.sqlite"
    done("import", write_wards(tmp_path), "--as", "boundaries", "--version", VERSION, "--database", url)
    with closing(open_store(url)) as opened:
        opened.keep_programme(PROGRAMME)
    command = ("import", write(tmp_path, PASSED, NO_PAPER), "--as", "areas", "--database", url)
    assert "mau-2024" in refused(*command)
    assert "mau-2024" in refused(*command, "--programme", "khac")
    said = done(*command, "--programme", "mau-2024").splitlines()
    assert said[0] == "Đã giữ danh sách.csv: 2 địa bàn mới của chương trình mau-2024."
    assert "chưa có đủ văn bản công nhận" in said[1]
    assert said[-1] == "  Tệp có 2 dòng: 2 dòng đã nhận."
    assert "không có gì thay đổi" in done(*command, "--programme", "mau-2024")
    assert "chuyển hóa thành công" in done("programme", "show", "mau-2024", "--database", url)
