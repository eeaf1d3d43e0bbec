"""A committee's own programme and list, from the file to the store, on both kinds of store."""

import datetime as dt
from pathlib import Path

import pytest

from errors import ChangedMeanwhile, NotComparable
from i18n.messages import load_words
from planning.papers import Document
from store.repository import Store
from studies.intake import receive
from studies.intake_areas import import_areas, keep_areas, try_areas
from studies.programme_entry import keep_programme

TODAY = dt.date(2025, 6, 1)
WORDS = load_words("vi")
PLAN = Document("Kế hoạch", "1/KH", "Ban Chỉ đạo 138", dt.date(2024, 2, 11))
TYPED = {
    "key": "bay-2024", "name": "Chuyển hóa 2024", "level": "district", "place": "Quận A",
    "register": "MA_TUY", "year": 2024, "document": PLAN,
}  # fmt: skip
ROWS = ("Mã xã|Từ ngày|Tình trạng|Lý do", "00006|1/3/2024|đang chuyển hóa|vì thế", "00001|||vì thế")


def write(folder: Path) -> Path:
    path = folder / "bay.csv"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def test_a_programme_its_change_and_its_list_are_kept_alike(
    store: Store, area_id: int, tmp_path: Path
) -> None:
    first = keep_programme(store, TYPED, today=TODAY, by="Lan")
    keep_programme(store, {"n_selected": 2}, first, today=TODAY, by="Lan")
    with pytest.raises(ChangedMeanwhile):
        keep_programme(store, {"n_selected": 3}, first, today=TODAY, by="Minh")
    trial, is_new = import_areas(store, write(tmp_path), "bay-2024", area_id, WORDS, today=TODAY, by="Lan")
    assert (is_new, trial.findings) == (True, ())
    kept = store.list_target_areas(first.id)
    assert [(each.content.ward_name, [step.to for step in each.taken]) for each in kept] == [
        ("Phường Bảy", ["duoc_lua_chon", "dang_chuyen_hoa"]), ("Phường Một", ["duoc_lua_chon"]),
    ]  # fmt: skip
    assert store.load_programme(first.id).content.n_selected == 2


def test_a_list_that_somebody_else_kept_meanwhile_is_refused_whole(
    store: Store, area_id: int, tmp_path: Path
) -> None:
    programme = keep_programme(store, TYPED, today=TODAY)
    trial = try_areas(store, programme, area_id, receive([write(tmp_path)]), WORDS, today=TODAY)
    keep_areas(store, programme.id, trial.areas[1:])
    before = store.revision()
    with pytest.raises(NotComparable) as refusal:
        keep_areas(store, programme.id, trial.areas)
    assert (refusal.value.reason, refusal.value.facts["ward"]) == ("target_twice", "Phường Một")
    assert [each.content.ward_code for each in store.list_target_areas(programme.id)] == ["00001"]
    assert store.revision() == before
