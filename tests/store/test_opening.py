"""A URL in, a Store out, or one of two errors."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from errors import StoreNewer, StoreUnavailable
from i18n.messages import load_words
from store import engine, opening
from store.opening import open_store
from store.tables import metadata
from tests.store.six_wards import make_wards

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write everywhere, so a test about permissions must not be root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_new_store_makes_its_folder_and_starts_at_revision_0(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b 100% đầy" / "kho.sqlite"
    store = open_store(f"sqlite:///{path}")
    assert (path.exists(), store.revision(), store.list_areas()) == (True, 0, [])
    store.close()


def test_what_was_kept_is_there_when_the_store_is_opened_again(url: str) -> None:
    first = open_store(url)
    area_id = first.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    first.close()
    second = open_store(url)
    assert [(area.id, area.title) for area in second.list_areas()] == [(area_id, "Mẫu")]
    assert second.revision() == 1
    second.close()


def test_every_connection_has_foreign_keys_a_busy_timeout_and_the_write_ahead_log(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    pragmas = ("journal_mode", "foreign_keys", "busy_timeout")
    with store.engine.connect() as one, store.engine.connect() as two:
        for connection in (one, two):
            values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
            assert values == ["wal", 1, 60_000]
    store.close()


def is_ours(_item: object, name: str | None, *_: object) -> bool:
    """Not PostGIS's own table, nor what only GIS staff read (tests/store/test_gis.py)."""
    return name not in (
        "spatial_ref_sys",
        "place",
        "ix_ward_geometry",
        "ix_road_geometry",
        "ix_incident_place",
        "ix_camera_place",
    )


def test_migrations_build_the_tables_that_the_program_uses(url: str) -> None:
    store = open_store(url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []
    store.close()


def test_a_relative_path_is_counted_from_the_project_wherever_the_program_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PROJECT", tmp_path / "project")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    open_store("sqlite:///var/kho.sqlite").close()
    assert (tmp_path / "project" / "var" / "kho.sqlite").exists()
    assert list(elsewhere.iterdir()) == []


def test_threads_may_open_the_same_new_store_at_once(url: str, tmp_path: Path) -> None:
    for same in (url, *(f"sqlite:///{tmp_path}/{attempt}.sqlite" for attempt in range(4))):
        with ThreadPoolExecutor(4) as pool:
            stores = list(pool.map(open_store, [same] * 4))
        assert [store.revision() for store in stores] == [0, 0, 0, 0]
        for store in stores:
            store.close()


def test_processes_may_open_the_same_new_store_at_once(url: str) -> None:
    program = (
        "import sys; from store.opening import open_store as o; sys.stdin.read(); o(sys.argv[1]).close()"
    )
    command = [sys.executable, "-c", program, url]
    processes = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    store = open_store(url)
    assert store.revision() == 0
    store.close()


def test_a_store_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kho.sqlite"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreNewer) as caught:
        open_store(f"sqlite:///{path}")
    assert caught.value.facts == {"url": f"sqlite:///{path}", "revision": "9999"}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_folder_that_may_not_be_written_to_is_said_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        path.chmod(0o555)
        with as_ordinary_user():
            for name in ("kho.sqlite", "var/kho.sqlite"):
                with pytest.raises(StoreUnavailable) as caught:
                    open_store(f"sqlite:///{folder}/{name}")
                assert caught.value.facts["url"] == f"sqlite:///{folder}/{name}"
        assert list(path.iterdir()) == []


def test_a_path_through_a_file_a_folder_or_a_torn_file_is_said_so(tmp_path: Path) -> None:
    torn = tmp_path / "torn.sqlite"
    torn.write_bytes(b"this is not a database" * 100)
    for path in (torn / "kho.sqlite", tmp_path, torn):
        with pytest.raises(StoreUnavailable) as caught:
            open_store(f"sqlite:///{path}")
        assert caught.value.facts["seen"]
    assert torn.read_bytes() == b"this is not a database" * 100


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "wards.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE gpkg_contents (table_name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable) as caught:
        open_store(f"sqlite:///{path}")
    assert caught.value.reason == "foreign"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    ["nowhere", "nodatabase://user:mật-khẩu@host/db", "mật-khẩu", "postgresql://user:mật-khẩu@host:cổng/db"],
)
def test_an_address_that_makes_no_sense_is_said_so_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url)
    assert caught.value.reason == "url"
    assert "mật-khẩu" not in str(caught.value)
    assert "mật-khẩu" not in load_words("vi").error(caught.value)


def test_a_store_lost_while_in_use_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "kho.sqlite"
    store = open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE ward")
    with pytest.raises(StoreUnavailable) as caught:
        store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert caught.value.facts == {"url": f"sqlite:///{path}", "seen": "no such table: ward"}
    assert store.list_areas() == []
    store.close()


def test_a_store_that_somebody_else_holds_too_long_is_said_so(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(sqlite_url).close()
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0)
    store = open_store(sqlite_url)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable) as caught:
            store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    assert (caught.value.reason, caught.value.facts["url"]) == ("busy", sqlite_url)
    store.close()


def test_a_file_that_was_torn_is_said_so_when_it_is_read(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    store = open_store(sqlite_url)
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    with closing(sqlite3.connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ward'").fetchone()[0]
    store.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"x" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable) as caught:
        store.load_wards(1)
    assert "malformed" in str(caught.value.facts["seen"])
    store.close()
