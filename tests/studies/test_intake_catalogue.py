"""A committee's own catalogue on its way into the store, by page and by command line."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from errors import BrokenCatalogue, TooLarge, UnreadableFile
from i18n.messages import load_words
from planning.catalogue import Catalogue, Criterion, Named, Rule
from planning.catalogue_text import write_catalogue
from store.opening import open_store
from store.repository import Store
from studies.catalogue_words import list_changes, list_shelves, write_counts, write_file
from studies.follow import follow
from studies.intake import receive
from studies.intake_catalogue import find_kept_in_force, import_catalogue, keep_catalogue, try_catalogue
from tests.mau import make_wards
from tests.store.plans import make_areas, make_catalogue, make_programme
from tests.studies.test_cli import done, refused

WORDS = load_words("vi")
TODAY = dt.date(2025, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(f"sqlite:///{tmp_path}/kho.sqlite")
    opened.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    opened.keep_catalogue(make_catalogue())
    return opened


def write(folder: Path, catalogue: Catalogue) -> Path:
    path = folder / "danh mục.toml"
    path.write_text(write_file(catalogue, WORDS), encoding="utf-8")
    return path


def test_a_changed_catalogue_is_laid_beside_the_one_in_force_then_kept_by_name(
    store: Store, tmp_path: Path
) -> None:
    new = make_catalogue(
        "2025-01-01", name="Danh mục 2025", types=(Named("1", "Loại 1"), Named("2", "Loại 2"))
    )
    trial = try_catalogue(store, receive([write(tmp_path, new)]), TODAY)
    assert (trial.catalogue, trial.replaces, trial.will_hold) == (new, None, True)
    assert trial.beside is not None
    assert trial.beside.content.name == "Danh mục mẫu"
    assert list_changes(trial.changes, WORDS) == [
        ("Danh mục", "", "đổi Tên", "Danh mục mẫu", "Danh mục 2025"),
        ("Danh mục", "", "đổi Áp dụng từ", "01/01/2024", "01/01/2025"),
        ("Loại địa bàn", "2", "thêm", "", ""),
    ]
    assert len(store.list_catalogues()) == 1
    assert [keep_catalogue(store, trial, by="Ban Chỉ đạo") for _ in range(2)] == [True, False]
    kept = find_kept_in_force(store, TODAY)
    assert (kept.content, kept.by) == (new, "Ban Chỉ đạo")
    assert find_kept_in_force(store, dt.date(2024, 12, 31)).content.name == "Danh mục mẫu"


def test_one_from_the_same_day_is_the_next_revision_and_one_still_to_come_does_not_hold_yet(
    store: Store, tmp_path: Path
) -> None:
    same_day = try_catalogue(store, receive([write(tmp_path, make_catalogue(watch_months=18))]), TODAY)
    assert same_day.replaces is not None
    assert same_day.will_hold
    later = try_catalogue(store, receive([write(tmp_path, make_catalogue("2026-01-01"))]), TODAY)
    assert (later.replaces, later.will_hold) == (None, False)
    keep_catalogue(store, same_day)
    assert [(each.revision, each.content.watch_months) for each in store.list_catalogues()] == [(2, 18)]


def test_a_programme_already_issued_keeps_its_targets_and_steps(store: Store, tmp_path: Path) -> None:
    store.keep_programme_whole(make_programme(), make_areas())
    before = [(each.content, store.list_target_areas(each.id)) for each in store.list_programmes()]
    import_catalogue(store, write(tmp_path, make_catalogue("2025-01-01", target_sets=(), dues=())), TODAY)
    after = [(each.content, store.list_target_areas(each.id)) for each in store.list_programmes()]
    assert after == before
    (kept,) = store.list_programmes()
    assert follow(store, kept, TODAY).programme.targets == make_programme().targets


def test_remarks_tell_what_a_sound_catalogue_would_still_cause(store: Store, tmp_path: Path) -> None:
    store.keep_programme_whole(make_programme(), make_areas())
    plain = make_catalogue("2025-01-01")
    new = replace(
        plain,
        types=(),
        registers=(Named("ANTT", "An ninh"),),
        criteria=(Criterion("la", "cot_la", 100.0),),
        rules=(Rule("nhom", "at_least_per_group", "Nhóm", n=1, column="cot_khac"),),
    )
    found = try_catalogue(store, receive([write(tmp_path, new)]), TODAY).findings
    assert [(each.code, each.seen, each.facts.get("why")) for each in found] == [
        ("CriterionColumn", "cot_la", None),
        ("RuleColumn", "cot_khac", None),
        ("CatalogueKeyUsed", "TTATXH", "registers"),
        ("CatalogueKeyUsed", "1", "types"),
    ]
    of_later_years = replace(new, valid_from=dt.date(2026, 1, 1))
    found = try_catalogue(store, receive([write(tmp_path, of_later_years)]), TODAY).findings
    assert [each.code for each in found] == ["CriterionColumn", "RuleColumn"]
    shipped = try_catalogue(store, receive([write(tmp_path, plain)]), TODAY).findings
    assert [(each.code, each.facts) for each in shipped] == [("WeightsSum", {"total": 60.0})]


def test_a_broken_catalogue_names_the_place_and_leaves_the_store_as_it_was(
    store: Store, tmp_path: Path
) -> None:
    path, before = tmp_path / "sai.toml", store.revision()
    path.write_text(write_catalogue(make_catalogue()).replace("weight = 60", "weight = -1"), encoding="utf-8")
    with pytest.raises(BrokenCatalogue) as refusal:
        import_catalogue(store, path, TODAY)
    assert WORDS.error(refusal.value) == (
        "Tệp danh mục sai.toml: trọng số ở criteria[1].weight là -1.0. "
        "Trọng số phải từ 0 trở lên, và ít nhất một trọng số lớn hơn 0."
    )
    assert store.revision() == before


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_another_encoding_is_told_with_the_way_out(store: Store, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ma.toml"
    path.write_bytes(
        write_catalogue(make_catalogue(name="Đặt")).replace("ạ", "a").encode(encoding, "replace")
    )
    with pytest.raises(UnreadableFile) as refusal:
        import_catalogue(store, path, TODAY)
    assert refusal.value.reason == "catalogue_encoding"
    assert "UTF-8" in WORDS.error(refusal.value)


def test_a_mark_at_the_beginning_that_windows_writes_does_no_harm(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_text(write_catalogue(make_catalogue()), encoding="utf-8-sig")
    assert try_catalogue(store, receive([path]), TODAY).changes == ()


def test_a_file_too_large_for_a_catalogue_is_not_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "to.toml"
    path.write_bytes(b"#" * (2 * 1024 * 1024 + 1))
    with pytest.raises(TooLarge) as refusal:
        import_catalogue(store, path, TODAY)
    assert WORDS.error(refusal.value).startswith("Tệp to.toml nặng 2 MB; danh mục không quá 2 MB.")


def test_every_list_is_a_plain_table_with_its_count(store: Store) -> None:
    catalogue = make_catalogue()
    shelves = {shelf.key: shelf for shelf in list_shelves(catalogue, WORDS)}
    assert shelves["rules"].heads[:4] == ("Mã", "Tên", "Loại quy tắc", "Đang bật")
    assert shelves["rules"].rows == (
        ("moi_quan_1", "Mỗi quận 1", "mỗi nhóm ít nhất", "có", "1", "parent", "", ""),
    )
    assert shelves["criteria"].rows[0][2:5] == ("n_incidents", "60", "0")
    assert [row[:4] for row in shelves["target_sets"].rows] == [
        ("kh12", "KH 12", "", ""),
        ("kh12/giam_5", "Giảm 5 %", "giảm ít nhất 5 %", "từng địa bàn"),
    ]
    assert all(len(row) == len(shelf.heads) for shelf in shelves.values() for row in shelf.rows)
    assert write_counts(catalogue, WORDS).startswith("1 sổ, 1 loại địa bàn, 1 lý do")


def test_the_command_line_keeps_a_catalogue_and_says_what_differs(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/dong_lenh.sqlite"
    open_store(url).close()
    command = ("import", write(tmp_path, make_catalogue()), "--as", "catalogue", "--database", url)
    said = done(*command, "--by", "Ban Chỉ đạo").splitlines()
    assert said[0].startswith("Đã giữ danh mục.toml: danh mục «Danh mục mẫu», áp dụng từ 01/01/2024; 1 sổ,")
    assert "không có gì thay đổi" in done(*command)
    write(tmp_path, make_catalogue(watch_months=18, types=()))
    assert done(*command).splitlines()[-3:] == [
        "Khác danh mục đang áp dụng:",
        "- Danh mục: đổi Số tháng theo dõi, «24» thành «18»",
        "- Loại địa bàn: bỏ 1",
    ]
    (tmp_path / "danh mục.toml").write_text("name = ", encoding="utf-8")
    assert refused(*command).startswith("Tệp danh mục danh mục.toml không đúng cách viết TOML")
    assert refused("import", tmp_path / "mat.toml", "--as", "catalogue", "--database", url).startswith(
        "Không tìm thấy tệp mat.toml"
    )
