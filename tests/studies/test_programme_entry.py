"""A programme typed in as its document tells it, then changed by two people."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from errors import AppError, BadOption, ChangedMeanwhile, NotComparable
from i18n.messages import LANGUAGES, load_words
from planning.papers import Document
from planning.programme import Programme
from store.opening import open_store
from store.repository import Store
from studies.intake_areas import load_catalogue
from studies.programme_entry import (
    FIELDS,
    check_programme,
    compare_versions,
    find_changes,
    find_targets,
    keep_programme,
    suggest_key,
)
from tests.studies.test_cli import done, refused

TODAY = dt.date(2024, 6, 1)
PLAN = Document("Kế hoạch", "12/KH-BCĐ138", "Ban Chỉ đạo 138", dt.date(2024, 2, 11))
TYPED: dict[str, Any] = {
    "key": "mau-2024-antt", "name": "Chuyển hóa địa bàn ANTT", "level": "district", "place": "Quận Đông",
    "register": "ANTT", "year": 2024, "document": PLAN, "start": dt.date(2024, 3, 1),
    "end": dt.date(2024, 12, 31), "n_selected": 3, "targets": (), "note": "",
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/kho.sqlite")) as opened:
        yield opened


def test_a_programme_is_kept_as_it_was_typed_and_the_catalogue_comes_with_it(store: Store) -> None:
    kept = keep_programme(store, TYPED, today=TODAY, by="Lan")
    assert (kept.content, kept.revision, kept.by) == (Programme(**TYPED), 1, "Lan")
    assert store.find_programme("mau-2024-antt") == kept
    assert len(store.list_catalogues()) == 1


def test_a_change_leaves_alone_what_the_form_does_not_ask(store: Store) -> None:
    first = keep_programme(store, TYPED, today=TODAY)
    told = replace(first.content, source="Báo", measures=("camera",))
    second = store.keep_programme(told, record_id=first.id, base_revision=1)
    third = keep_programme(store, {"n_selected": 5}, second, today=TODAY)
    assert third.content == replace(told, n_selected=5)
    assert keep_programme(store, {"n_selected": 5}, third, today=TODAY) == third


def test_the_second_of_two_is_told_sees_both_and_loses_nothing(store: Store) -> None:
    base = keep_programme(store, TYPED, today=TODAY)
    keep_programme(store, {"n_selected": 9, "name": "Tên của Lan"}, base, today=TODAY, by="Lan")
    mine = find_changes(base.content, TYPED | {"name": "Tên của Minh", "end": None})
    with pytest.raises(ChangedMeanwhile) as refusal:
        keep_programme(store, mine, base, today=TODAY, by="Minh")
    assert refusal.value.facts["by"] == "Lan"
    newest = store.load_programme(base.id)
    words, catalogue = load_words("vi"), load_catalogue(store, 2024)
    rows = compare_versions(base.content, mine, newest.content, catalogue, words)
    assert [(row.name, row.yours, row.theirs) for row in rows] == [
        ("Tên chương trình", "Tên của Minh", "Tên của Lan"),
        ("Đến ngày", "chưa nêu", "31/12/2024"),
        ("Số địa bàn được chọn", "", "9"),
    ]
    last = keep_programme(store, mine, newest, today=TODAY, by="Minh")
    assert (last.content.name, last.content.end, last.content.n_selected) == ("Tên của Minh", None, 9)
    assert [each.by for each in store.list_programme_revisions(base.id)] == ["Minh", "Lan", ""]


def test_a_code_in_use_or_changed_is_refused(store: Store) -> None:
    kept = keep_programme(store, TYPED, today=TODAY)
    before = store.revision()
    for typed, known, reason in (
        (TYPED, None, "programme_key"),
        (TYPED | {"name": "Khác"}, None, "programme_key"),
        ({"key": "khac"}, kept, "programme_renamed"),
    ):
        with pytest.raises(NotComparable) as refusal:
            keep_programme(store, typed, known, today=TODAY)
        assert refusal.value.reason == reason
    assert store.revision() == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": "Mẫu 2024"}, "programme_key"),
        ({"key": ""}, "programme_key"),
        ({"name": " "}, "programme_blank"),
        ({"level": ""}, "programme_blank"),
        ({"level": "xa"}, "programme_level"),
        ({"place": ""}, "programme_blank"),
        ({"register": ""}, "programme_blank"),
        ({"register": "QPAN"}, "programme_register"),
        ({"year": 24}, "programme_year"),
        ({"end": dt.date(2024, 1, 1)}, "programme_days"),
        ({"document": replace(PLAN, issued_by="")}, "programme_document"),
        ({"document": replace(PLAN, number="", title="")}, "programme_document"),
        ({"document": replace(PLAN, issued_on=dt.date(2024, 7, 1))}, "document_day"),
        ({"document": replace(PLAN, issued_by="Nguyễn Văn Mẫu")}, "names_person"),
        ({"note": "hỏi Nguyễn Văn Mẫu; Trần Thị Mẫu"}, "names_person"),
        ({"n_selected": -1}, "programme_n"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(
    store: Store, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadOption) as refusal:
        keep_programme(store, TYPED | changes, today=TODAY)
    assert refusal.value.reason == reason
    assert (store.list_programmes(), store.list_catalogues()) == ([], [])
    for language in LANGUAGES:
        words = load_words(language)
        assert words.has(f"error.BadOption.{reason}")
        assert "{" not in words.error(refusal.value)


def test_what_a_report_left_open_may_stay_open_while_something_else_is_changed() -> None:
    open_one = Programme("s2", "Thanh Hóa", "province", "Thanh Hóa", "ANTT", 2023, Document("Kế hoạch"))
    check_programme(open_one, today=TODAY, asked=["n_selected"])
    with pytest.raises(BadOption):
        check_programme(open_one, today=TODAY, asked=FIELDS)


@pytest.mark.parametrize(
    ("place", "taken", "key"),
    [
        ("Thành phố Cần Thơ", (), "thanh-pho-can-tho-2022-ttatxh"),
        ("Đắk Lắk", ("dak-lak-2022-ttatxh",), "dak-lak-2022-ttatxh-2"),
        ("Đắk Lắk", ("dak-lak-2022-ttatxh", "dak-lak-2022-ttatxh-2"), "dak-lak-2022-ttatxh-3"),
    ],
)
def test_a_code_is_suggested_in_plain_letters(place: str, taken: tuple[str, ...], key: str) -> None:
    assert suggest_key(place, 2022, "TTATXH", taken) == key


def test_the_command_line_enters_a_programme_with_a_target_set(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kho.sqlite"
    command = (
        "programme", "new", "mau-2023", "--name", "Chuyển hóa 2023", "--level", "province", "--place", "Mẫu",
        "--register", "TTATXH", "--year", "2023", "--issued-by", "Ban Chỉ đạo 138", "--database", url,
    )  # fmt: skip
    assert "số hoặc tên văn bản" in refused(*command)
    assert "Hãy chọn một trong: S0, S2, S3, chung" in refused(*command, "--number", "1/KH", "--targets", "S9")
    said = done(*command, "--number", "1/KH", "--issued-on", "11/02/2023", "--targets", "S0")
    assert said == "Đã lưu chương trình mau-2023: Chuyển hóa 2023.\n"
    shown = done("programme", "show", "mau-2023", "--database", url)
    assert "11/02/2023" in shown
    assert "60 %" in shown


def test_targets_of_an_unknown_set_are_an_error_that_can_be_said(store: Store) -> None:
    assert find_targets(store, 2024, "") == ()
    with pytest.raises(AppError) as refusal:
        find_targets(store, 2024, "S9")
    assert "S9" in load_words("en").error(refusal.value)
