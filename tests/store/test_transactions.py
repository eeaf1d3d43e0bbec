"""A write is whole or not at all, and readers see one state."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import event

from geo.frames import Joined
from store.opening import open_store
from store.repository import Store
from tests.store.six_wards import make_cameras, make_population

ROOT = Path(__file__).resolve().parents[2]

IMPORT_AND_HANG = """
import sys
from sqlalchemy import event
from store.opening import open_store
from tests.store.test_transactions import make_long

store = open_store(sys.argv[1])

@event.listens_for(store.engine, "after_cursor_execute")
def hang(connection, cursor, statement, *_):
    if statement.startswith("INSERT INTO population"):
        print(cursor.execute("SELECT count(*) FROM population").fetchone()[0], flush=True)
        sys.stdin.read()

store.keep(1, make_long(), file_name="b.csv", sha256="b", findings=(), replace=True)
"""


def make_long(n_rows: int = 15_000) -> Joined:
    rows = make_population().rows.iloc[[0] * n_rows].reset_index(drop=True)
    return Joined("population", rows)


def see(store: Store) -> tuple[int, list[str], pd.DataFrame]:
    entries = [entry.sha256 for entry in store.list_datasets(1)]
    return store.revision(), entries, pd.concat([joined.rows for joined in store.load(1, "population")])


@pytest.fixture
def kept(store: Store, area_id: int) -> Store:
    store.keep(area_id, make_population(), file_name="a.csv", sha256="a", findings=(), replace=True)
    return store


@pytest.mark.parametrize("n_chunks_before", [0, 1])
def test_a_failure_in_the_middle_leaves_the_store_as_it_was(kept: Store, n_chunks_before: int) -> None:
    before = see(kept)
    chunks = []

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO population"):
            chunks.append(statement)
            if len(chunks) > n_chunks_before:
                raise RuntimeError("the disk is on fire")

    event.listen(kept.engine, "before_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="fire"):
        kept.keep(1, make_long(), file_name="b.csv", sha256="b", findings=(), replace=True)
    event.remove(kept.engine, "before_cursor_execute", fail)
    assert len(chunks) == n_chunks_before + 1
    after = see(kept)
    assert after[:2] == before[:2] == (2, ["a"])
    pd.testing.assert_frame_equal(after[2], before[2])
    kept.keep(1, make_long(), file_name="b.csv", sha256="b", findings=(), replace=True)
    assert see(kept)[:2] == (3, ["b"])


def test_a_program_killed_in_the_middle_leaves_the_store_as_it_was(kept: Store, url: str) -> None:
    before = see(kept)
    kept.close()
    with subprocess.Popen(
        [sys.executable, "-c", IMPORT_AND_HANG, url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as importer:
        assert importer.stdout is not None
        assert importer.stdout.readline() == "10002\n"
        importer.kill()
    reopened = open_store(url)
    after = see(reopened)
    with reopened.engine.connect() as connection:
        n_stray = connection.exec_driver_sql("SELECT count(*) FROM population WHERE dataset_id <> 1").scalar()
    reopened.close()
    assert n_stray == 0
    assert after[:2] == before[:2] == (2, ["a"])
    pd.testing.assert_frame_equal(after[2], before[2])


def test_a_reader_is_not_held_up_by_a_writer_and_sees_the_state_before(kept: Store) -> None:
    seen = []

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO population"):
            with ThreadPoolExecutor(1) as pool:
                seen.append(pool.submit(see, kept).result(timeout=60)[:2])

    event.listen(kept.engine, "after_cursor_execute", look)
    kept.keep(1, make_population(), file_name="b.csv", sha256="b", findings=(), replace=True)
    event.remove(kept.engine, "after_cursor_execute", look)
    assert seen == [(2, ["a"])]
    assert see(kept)[:2] == (3, ["b"])


def test_threads_writing_at_once_all_succeed(store: Store, area_id: int) -> None:
    def write(i: int) -> int:
        return store.keep(
            area_id, make_cameras(), file_name=f"{i}.csv", sha256=str(i), findings=(), replace=False
        )

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(write, range(24)))
    assert sorted(ids) == list(range(1, 25))
    assert store.revision() == 25
    assert len(store.load(area_id, "cameras")) == 24
