"""A backup holds all of a store, and gives it back on either database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal
from sqlalchemy import select

from errors import NotWritable, StoreNewer, StoreNotEmpty, StoreUnavailable
from geo.findings import Finding
from geo.frames import BoundaryVersion, Source
from geo.matching.aliases import Alias
from store.backup import restore_backup, write_backup
from store.engine import reading
from store.opening import open_file, open_store
from store.repository import Store
from store.tables import metadata
from tests.store.extras import ROAD_SOURCE, VISITORS, make_roads, make_weights
from tests.store.plans import (
    PROPOSALS,
    WORK,
    make_approval,
    make_areas,
    make_catalogue,
    make_model,
    make_programme,
    make_scenario,
)
from tests.store.six_wards import (
    make_crosswalk,
    make_incidents,
    make_population,
    make_status,
    make_told_cameras,
    make_told_incidents,
    make_wards,
)


def fill(store: Store) -> None:
    """Something of everything: two areas, every kind, revisions, settled and removed files."""
    validity = BoundaryVersion("mau-2024", pd.Timestamp("2020-02-01").date(), None, "NQ 1")
    area = store.keep_boundaries(make_wards(), key="mau", title="Mẫu", validity=validity, by="Lan")
    later = make_wards(version="mau-2025", source=Source(sha256="later"))
    next_area = store.keep_boundaries(later, key="mau-2025", title="Mẫu")
    ids = [
        store.keep(
            area,
            joined,
            file_name=f"{place}.csv",
            sha256=str(place),
            findings=[Finding("X", "info", f"{place}.csv:1", "Ô Môn", {"n": place})],
            replace=False,
            by="Lan",
        )
        for place, joined in enumerate(
            (make_told_incidents(), make_told_cameras(), make_population(), make_status())
        )
    ]
    store.settle(ids[0])
    corrected = make_incidents(n=8)
    store.keep(area, corrected, file_name="s.csv", sha256="s", findings=(), replace=False, supersedes=ids[0])
    store.remove_dataset(ids[2])
    store.keep_aliases(area, [Alias("an hoa", "00002", "quan a")])
    store.keep_crosswalk(area, next_area, make_crosswalk())
    store.keep_harm_weights(None, make_weights(), by="Lan")
    store.remove_harm_weights(store.keep_harm_weights(area, make_weights("2025-01-01")))
    store.keep_harm_weights(area, make_weights("2025-07-01"))
    store.keep_visitor_wards(area, VISITORS, by="Lan")
    store.keep_roads(area, make_roads(), source=ROAD_SOURCE, sha256="r", findings=[Finding("X", "info", "")])

    store.keep_catalogue(make_catalogue(), by="Lan")
    scenario = store.keep_scenario(make_scenario(area, budget=1 / 3), by="Lan")
    scenario = store.keep_scenario(make_scenario(area), record_id=scenario.id, base_revision=1)
    store.approve_scenario(scenario.id, 2, make_approval(), make_programme(), make_areas(area), by="Lan")
    store.keep_model(make_model())
    store.keep_proposals(area, 2025, PROPOSALS, findings=[Finding("X", "info", "")])


def assert_same_plans(store: Store, other: Store) -> None:
    for kept in store.list_scenarios():
        assert other.list_scenario_revisions(kept.id) == store.list_scenario_revisions(kept.id)
    assert other.list_scenarios() == store.list_scenarios()
    assert other.list_programmes() == store.list_programmes()
    assert other.list_target_areas() == store.list_target_areas()
    assert other.list_models() == store.list_models()
    assert other.list_catalogues() == store.list_catalogues()
    assert other.list_proposal_revisions(1, 2025) == store.list_proposal_revisions(1, 2025)


def assert_same(store: Store, other: Store) -> None:
    assert_same_plans(store, other)
    assert other.list_areas() == store.list_areas()
    for area in store.list_areas():
        assert_geodataframe_equal(other.load_wards(area.id).frame, store.load_wards(area.id).frame)
        assert other.list_aliases(area.id) == store.list_aliases(area.id)
        assert other.list_harm_weights(area.id) == store.list_harm_weights(area.id)
        assert other.list_visitor_wards(area.id) == store.list_visitor_wards(area.id)
        assert other.find_roads(area.id) == store.find_roads(area.id)
        roads = store.load_roads(area.id)
        if roads is not None:
            assert_geodataframe_equal(other.load_roads(area.id), roads)
        for active in (True, False):
            entries = store.list_datasets(area.id, active=active)
            assert other.list_datasets(area.id, active=active) == entries
            for entry in entries:
                rows = store.load_dataset(entry.id).rows
                assert_frame_equal(other.load_dataset(entry.id).rows, rows)
    crosswalks = store.list_crosswalks()
    assert other.list_crosswalks() == crosswalks
    for kept in crosswalks:
        assert_frame_equal(other.load_crosswalk(kept.id).rows, store.load_crosswalk(kept.id).rows)


def count_rows(store: Store) -> dict[str, int]:
    with reading(store.engine) as connection:
        return {name: len(connection.execute(select(table)).all()) for name, table in metadata.tables.items()}


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


@pytest.fixture
def backup(filled: Store, tmp_path: Path) -> Path:
    path = tmp_path / "sao lưu 100%?.sqlite"
    write_backup(filled, path)
    return path


def test_a_backup_is_one_file_that_is_itself_a_complete_store(filled: Store, backup: Path) -> None:
    beside = [path.name for path in backup.parent.iterdir() if path.name != "var"]
    assert beside == [backup.name]
    opened = open_file(backup)
    assert_same(filled, opened)
    assert (opened.revision(), opened.list_events()) == (filled.revision(), filled.list_events())
    assert count_rows(opened) == count_rows(filled)
    assert min(count_rows(opened).values()) > 0
    opened.close()


def test_a_backup_comes_back_frame_by_frame_into_a_file(filled: Store, backup: Path, tmp_path: Path) -> None:
    restored = restore_backup(backup, f"sqlite:///{tmp_path}/khác.sqlite", by="Minh")
    assert_same(filled, restored)
    event, *earlier = restored.list_events()
    assert (event.what, event.who, event.detail) == ("store.restored", "Minh", {"file": backup.name})
    assert earlier == filled.list_events()
    assert restored.revision() == filled.revision() + 1
    restored.close()


@pytest.mark.postgresql
def test_a_backup_comes_back_frame_by_frame_from_file_to_server_to_file(
    sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    first = open_store(sqlite_url)
    fill(first)
    write_backup(first, tmp_path / "1.sqlite")
    shared = restore_backup(tmp_path / "1.sqlite", postgresql_url)
    assert shared.engine.dialect.name == "postgresql"
    assert_same(first, shared)
    write_backup(shared, tmp_path / "2.sqlite")
    back = restore_backup(tmp_path / "2.sqlite", f"sqlite:///{tmp_path}/back.sqlite")
    assert_same(first, back)
    for store in (first, shared, back):
        store.close()


def test_work_goes_on_in_a_restored_store(backup: Path, url: str) -> None:
    store = restore_backup(backup, url, replace=True)
    n_before = len(store.list_datasets(1)) + len(store.list_datasets(1, active=False))
    kept = store.keep(
        1, make_population(), file_name="p.csv", sha256="p2", findings=(), replace=False, by="Lan"
    )
    assert kept == n_before + 1
    assert store.keep_boundaries(make_wards(), key="more", title="Thêm") > 2
    (*_, target) = store.list_target_areas()
    assert store.take_step(target.id, WORK, seen=2).taken[-1] == WORK
    known = {target.id, target.programme_id, *(kept.id for kept in store.list_models())}
    assert store.keep_scenario(make_scenario(1)).id > max(known)
    store.close()


def test_a_store_in_use_is_not_restored_over(filled: Store, backup: Path, url: str) -> None:
    before = (filled.revision(), count_rows(filled))
    with pytest.raises(StoreNotEmpty) as caught:
        restore_backup(backup, url)
    assert caught.value.reason == "store"
    assert (filled.revision(), count_rows(filled)) == before


def test_replacing_takes_out_all_that_was_there_and_raises_the_revision(
    filled: Store, backup: Path, url: str
) -> None:
    remembered = open_file(backup)
    filled.keep_boundaries(make_wards(), key="thêm", title="Thêm")
    filled.keep_aliases(1, [Alias("x", "00001")])
    revision = filled.revision()
    restore_backup(backup, url, replace=True).close()
    assert_same(remembered, filled)
    assert filled.revision() == revision + 1
    remembered.close()


def test_a_restore_that_fails_half_way_leaves_what_was_there(
    filled: Store, backup: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (filled.revision(), count_rows(filled))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("store.events.record", fail)
    with pytest.raises(RuntimeError, match="fire"):
        restore_backup(backup, url, replace=True)
    monkeypatch.undo()
    assert (filled.revision(), count_rows(filled)) == before
    assert filled.keep_boundaries(make_wards(), key="more", title="Thêm") > 2


def test_a_backup_overwrites_no_file(filled: Store, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(StoreNotEmpty) as caught:
        write_backup(filled, backup)
    assert (caught.value.reason, caught.value.facts) == ("file", {"file": str(backup)})
    assert backup.read_bytes() == before


def test_a_folder_that_is_not_there_is_said_so_and_not_made(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(NotWritable) as caught:
        write_backup(filled, tmp_path / "usb" / "b.sqlite")
    assert caught.value.facts["file"] == str(tmp_path / "usb" / "b.sqlite")
    assert not (tmp_path / "usb").exists()


@pytest.fixture
def sound(sqlite_url: str, tmp_path: Path) -> Path:
    store = open_store(sqlite_url)
    fill(store)
    write_backup(store, tmp_path / "sound.sqlite")
    store.close()
    return tmp_path / "sound.sqlite"


def refuse(path: Path) -> StoreUnavailable:
    target = path.parent / "new.sqlite"
    with pytest.raises(StoreUnavailable) as caught:
        restore_backup(path, f"sqlite:///{target}")
    assert not target.exists()
    assert caught.value.facts["url"] == str(path)
    return caught.value


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert refuse(tmp_path / "nothing.sqlite").reason == "backup_missing"
    assert refuse(tmp_path).reason == "backup_missing"


def test_a_torn_or_false_file_is_said_so(sound: Path) -> None:
    whole = sound.read_bytes()
    half = len(whole) // 2 // 4096 * 4096
    for torn in (b"khong phai co so du lieu" * 400, whole[:half], whole[:half] + bytes(4096) * 8):
        sound.write_bytes(torn)
        error = refuse(sound)
        assert error.reason == "backup_damaged"
        assert error.facts["seen"]


def test_a_backup_without_all_its_tables_or_with_strayed_rows_is_said_so(sound: Path) -> None:
    whole = sound.read_bytes()
    for harm, seen in (("DROP TABLE camera", "camera"), ("DELETE FROM dataset WHERE id = 2", "camera")):
        sound.write_bytes(whole)
        with closing(sqlite3.connect(sound)) as connection, connection:
            connection.execute(harm)
        error = refuse(sound)
        assert error.reason == "backup_damaged"
        assert seen in str(error.facts["seen"])


def test_another_programs_database_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "wards.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE gpkg_contents (table_name TEXT)")
    assert refuse(path).reason == "backup_foreign"


def test_an_empty_file_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    path.touch()
    assert refuse(path).reason == "backup_damaged"


def test_a_backup_of_a_newer_program_is_refused(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer) as caught:
        restore_backup(sound, f"sqlite:///{sound.parent}/new.sqlite")
    assert caught.value.facts == {"url": str(sound), "revision": "9999"}


def test_the_file_of_a_store_still_in_use_can_be_restored_as_it_stands(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = open_store(sqlite_url)
    fill(store)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    restored = restore_backup(path, f"sqlite:///{tmp_path}/new.sqlite")
    assert_same(store, restored)
    restored.close()
    store.close()


def test_writing_goes_on_while_a_backup_is_made_and_the_backup_is_of_one_moment(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store import copying

    revision = filled.revision()
    copy_rows = copying.copy_rows

    def write_meanwhile(*connections: object) -> None:
        copying_from = connections[0]
        copying_from.execute(select(metadata.tables["store_revision"])).all()  # type: ignore[attr-defined]
        filled.keep_aliases(1, [Alias("meanwhile", "00001")])
        copy_rows(*connections)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "copy_rows", write_meanwhile)
    write_backup(filled, tmp_path / "b.sqlite")
    opened = open_file(tmp_path / "b.sqlite")
    assert (opened.revision(), filled.revision()) == (revision, revision + 1)
    assert [alias.key for alias in opened.list_aliases(1)] == ["an hoa"]
    opened.close()
