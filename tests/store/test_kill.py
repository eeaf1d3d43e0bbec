"""A program killed at any moment of an import leaves the store as before or as after, never in between."""

import multiprocessing
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.engine import reading
from store.opening import open_store
from store.tables import metadata
from tests.store.cluster import Cluster
from tests.store.importer import N_ROWS, import_and_tell, make_new
from tests.store.six_wards import make_population, make_wards

SEED = 20_240_301
# A server that starts anew for each child is started once, with everything imported.
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.store.importer"])

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
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }
        files = metadata.tables["dataset"].c
        listed = connection.execute(select(files.sha256, files.revision, files.is_active).order_by(files.id))
        datasets = [(sha256, revision, active) for sha256, revision, active in listed]
        sqlite = store.engine.dialect.name == "sqlite"
        sound = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar()) if sqlite else "ok"
    revision = store.revision()
    store.close()
    return revision, counts, datasets, sound


def run_and_kill(url: str, phase: str, wait_s: float) -> dict[str, float]:
    """Kill an import so long after it told the phase; when it told each phase, counted from its start."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=import_and_tell, args=(url, theirs), daemon=True)
    process.start()
    theirs.close()
    told = {ours.recv(): time.monotonic()}
    deadline = told["start"]
    while "done" not in told:
        if phase in told:
            deadline = told[phase] + wait_s
            if not ours.poll(max(0.0, deadline - time.monotonic())):
                break
        told[ours.recv()] = time.monotonic()
    process.kill()
    process.join()
    ours.close()
    return {name: moment - told["start"] for name, moment in told.items()}


def kill_often(make_url: Callable[[int], str], n_rounds: int) -> list[str]:
    """Half of the kills fall anywhere in the import, half into its end, where the file itself changes."""
    url = make_url(0)
    before = see(url)
    moments = run_and_kill(url, "done", 0.0)
    after = see(url)
    assert (before[0], after[0]) == (2, 3)
    assert (before[1]["population"], after[1]["population"]) == (2, 2 + N_ROWS)
    assert after[2] == [("old", 1, False), ("new", 2, True)]
    chance = random.Random(SEED)
    outcomes = []
    for round_ in range(1, n_rounds + 1):
        url = make_url(round_)
        if round_ % 2:
            run_and_kill(url, "start", chance.uniform(0, moments["commit"]))
        else:
            run_and_kill(url, "commit", chance.uniform(0, 2 * (moments["done"] - moments["commit"])))
        left = see(url)
        assert left in (before, after)
        outcomes.append("before" if left == before else "after")
    url = make_url(n_rounds + 1)
    run_and_kill(url, "start", 0.0)
    assert see(url) == before
    store = open_store(url)
    store.keep(1, make_new(), file_name="new.csv", sha256="new", findings=(), replace=True)
    store.close()
    assert see(url) == after
    return outcomes


@pytest.mark.slow
def test_fifty_kills_leave_a_file_as_before_or_as_after(tmp_path: Path) -> None:
    original = tmp_path / "original.sqlite"
    fill(f"sqlite:///{original}")

    def make_url(round_: int) -> str:
        copy = tmp_path / f"{round_}.sqlite"
        shutil.copyfile(original, copy)
        return f"sqlite:///{copy}"

    outcomes = kill_often(make_url, 50)
    assert len(outcomes) == 50
    assert "before" in outcomes


@pytest.mark.slow
@pytest.mark.postgresql
def test_ten_kills_leave_a_shared_store_as_before_or_as_after(cluster: Cluster) -> None:
    original = cluster.make_database()
    fill(original)
    urls = []

    def make_url(_round: int) -> str:
        urls.append(cluster.make_database(original.rsplit("/", 1)[1]))
        return urls[-1]

    outcomes = kill_often(make_url, 10)
    for url in (*urls, original):
        cluster.drop_database(url)
    assert len(outcomes) == 10
    assert "before" in outcomes
