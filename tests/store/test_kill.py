"""A program killed at any moment of an import leaves the store as before or as after, never in between."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy import select as query

from store.engine import reading
from store.opening import open_store
from store.tables import metadata
from tests.store.cluster import Cluster
from tests.store.importer import N_ROWS, make_new
from tests.store.six_wards import make_population, make_wards

ROOT = Path(__file__).parent.parent.parent
SEED = 20_240_301
PATIENCE_S = 300.0

State = tuple[int, dict[str, int], list[tuple[str, int, bool]], str]


def fill(url: str) -> None:
    store = open_store(url)
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu")
    store.keep(1, make_population(), file_name="old.csv", sha256="old", findings=(), replace=False)
    store.close()


def see(url: str) -> State:
    """Revision, rows of every table, the files, and whether the file is sound."""
    store = open_store(url)
    with reading(store.engine) as connection:
        counts = {
            name: connection.execute(query(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
        files = metadata.tables["dataset"].c
        listed = connection.execute(query(files.sha256, files.revision, files.is_active).order_by(files.id))
        datasets = [(sha256, revision, active) for sha256, revision, active in listed]
        sqlite = store.engine.dialect.name == "sqlite"
        sound = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar()) if sqlite else "ok"
    revision = store.revision()
    store.close()
    return revision, counts, datasets, sound


class Importer:
    """The process that imports, heard line by line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.importer"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
        )  # fmt: skip
        self._unread = b""

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def run_and_kill(self, url: str, phase: str, wait_s: float, *, hold: bool = False) -> dict[str, float]:
        """Kill an import so long after it told the phase; what it told, each with its moment. It is killed
        before its time only when it has nothing more to tell."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{'hold' if hold else 'run'} {url}\n".encode())
        told: dict[str, float] = {}
        pid = 0
        while "done" not in told:
            left = told[phase] + wait_s - time.monotonic() if phase in told else PATIENCE_S
            heard = self._hear(max(0.0, left))
            if heard is None:
                assert phase in told, f"nothing told after {list(told)}"
                break
            name, moment, process, *why = heard
            assert name != "failed", why
            told[name], pid = float(moment), int(process)
        os.kill(pid, signal.SIGKILL)
        while (heard := self._hear(PATIENCE_S)) and heard[0] != "ended":
            told[heard[0]] = float(heard[1])
        assert heard, "the killed import never ended"
        return told

    def _hear(self, timeout_s: float) -> list[str] | None:
        """The next line's words; None when nothing is told in time."""
        assert self._process.stdout is not None
        deadline = time.monotonic() + timeout_s
        while b"\n" not in self._unread:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return None
            more = os.read(self._process.stdout.fileno(), 65_536)
            assert more, "the importer ended by itself"
            self._unread += more
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode().split(" ", 3)


@pytest.fixture
def importer() -> Iterator[Importer]:
    started = Importer()
    yield started
    started.close()


def kill_often(importer: Importer, make_url: Callable[[int], str], n_rounds: int) -> None:
    """One kill as the commit begins; of the others half fall anywhere before it, half into it, where the file
    itself changes."""
    url = make_url(0)
    before = see(url)
    moments = importer.run_and_kill(url, "done", 0.0)
    after = see(url)
    assert (before[0], after[0]) == (2, 3)
    assert (before[1]["population"], after[1]["population"]) == (2, 2 + N_ROWS)
    assert after[2] == [("old", 1, False), ("new", 2, True)]
    chance = random.Random(SEED)
    for round_ in range(1, n_rounds):
        url = make_url(round_)
        if round_ % 2:
            importer.run_and_kill(url, "start", chance.uniform(0, moments["commit"] - moments["start"]))
        else:
            importer.run_and_kill(url, "commit", chance.uniform(0, 2 * (moments["done"] - moments["commit"])))
        assert see(url) in (before, after)
    url = make_url(n_rounds)
    importer.run_and_kill(url, "commit", 0.0, hold=True)
    assert see(url) == before
    store = open_store(url)
    store.keep(1, make_new(), file_name="new.csv", sha256="new", findings=(), replace=True)
    store.close()
    assert see(url) == after


@pytest.mark.slow
def test_fifty_kills_leave_a_file_as_before_or_as_after(importer: Importer, tmp_path: Path) -> None:
    original = tmp_path / "original.sqlite"
    fill(f"sqlite:///{original}")

    def make_url(round_: int) -> str:
        copy = tmp_path / f"{round_}.sqlite"
        shutil.copyfile(original, copy)
        return f"sqlite:///{copy}"

    kill_often(importer, make_url, 50)


@pytest.mark.slow
@pytest.mark.postgresql
def test_ten_kills_leave_a_shared_store_as_before_or_as_after(importer: Importer, cluster: Cluster) -> None:
    original = cluster.make_database()
    fill(original)
    urls = []

    def make_url(_round: int) -> str:
        urls.append(cluster.make_database(original.rsplit("/", 1)[1]))
        return urls[-1]

    kill_often(importer, make_url, 10)
    for url in (*urls, original):
        cluster.drop_database(url)
