"""Two people editing one record: the second is told, sees both, loses nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import IntegrityError

from errors import ChangedMeanwhile
from planning.scenario import Scenario
from store.engine import reading, writing
from store.opening import open_store
from store.plan_records import Kept
from store.plan_tables import plan_revision
from store.repository import Store
from store.tables import metadata
from tests.store.plans import (
    STEPS,
    make_approval,
    make_area,
    make_areas,
    make_catalogue,
    make_model,
    make_programme,
    make_scenario,
)

ROOT = Path(__file__).resolve().parents[2]

APPROVE_AND_HANG = """
import sys
from sqlalchemy import event
from store.opening import open_store
from tests.store.plans import make_approval, make_areas, make_programme

store = open_store(sys.argv[1])

@event.listens_for(store.engine, "after_cursor_execute")
def hang(connection, cursor, statement, *_):
    if statement.startswith("INSERT INTO plan_step"):
        print("half-way", flush=True)
        sys.stdin.read()

store.approve_scenario(int(sys.argv[2]), 1, make_approval(), make_programme(), make_areas())
"""

Rows = dict[str, list[Any]]


def see(store: Store) -> Rows:
    """Every row of every table."""
    with reading(store.engine) as connection:
        tables = metadata.sorted_tables
        return {
            table.name: list(connection.execute(select(table).order_by(*table.primary_key)))
            for table in tables
        }


@pytest.fixture
def other(url: str, store: Store) -> Iterator[Store]:
    """The same database, opened by somebody else."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def draft(store: Store, area_id: int) -> Kept[Scenario]:
    store.keep_catalogue(make_catalogue())
    return store.keep_scenario(make_scenario(area_id), by="Lan")


Change = Callable[[Store, str, int], object]


def list_changes(store: Store, area_id: int) -> dict[str, tuple[int, Change]]:
    """By kind, a record of one revision and a way to change it, going on from a revision."""
    scenario = store.keep_scenario(make_scenario(area_id)).id
    programme = store.keep_programme(make_programme()).id
    area = store.keep_target_area(programme, make_area()).id
    model = store.keep_model(make_model()).id
    return {
        "scenario": (
            scenario,
            lambda at, by, base: at.keep_scenario(
                make_scenario(area_id, note=by), by=by, record_id=scenario, base_revision=base
            ),
        ),
        "programme": (
            programme,
            lambda at, by, base: at.keep_programme(
                make_programme(note=by), by=by, record_id=programme, base_revision=base
            ),
        ),
        "target_area": (
            area,
            lambda at, by, base: at.keep_target_area(
                programme, make_area(note=by), by=by, record_id=area, base_revision=base
            ),
        ),
        "model": (
            model,
            lambda at, by, base: at.keep_model(
                make_model(note=by), by=by, record_id=model, base_revision=base
            ),
        ),
    }


@pytest.mark.parametrize("kind", ["scenario", "programme", "target_area", "model"])
def test_the_second_to_go_on_from_one_revision_is_told_and_can_go_on_from_the_other(
    store: Store, other: Store, area_id: int, kind: str
) -> None:
    record_id, change = list_changes(store, area_id)[kind]
    change(store, "Lan", 1)
    before = see(store)
    with pytest.raises(ChangedMeanwhile) as caught:
        change(other, "Minh", 1)
    assert see(store) == before
    facts = dict(caught.value.facts)
    at = facts.pop("at")
    assert facts == {"kind": kind, "record_id": record_id, "revision": 2, "by": "Lan"}
    assert caught.value.reason == ""
    change(other, "Minh", 2)
    revisions = getattr(store, f"list_{kind}_revisions")(record_id)
    assert [(kept.revision, kept.content.note, kept.by) for kept in revisions] == [
        (3, "Minh", "Minh"),
        (2, "Lan", "Lan"),
        (1, "", ""),
    ]
    assert revisions[1].at == at


@pytest.mark.parametrize("kind", ["scenario", "programme", "target_area", "model"])
def test_a_change_that_does_not_say_what_it_goes_on_from_is_a_bug_of_the_caller(
    store: Store, area_id: int, kind: str
) -> None:
    _, change = list_changes(store, area_id)[kind]
    with pytest.raises(ValueError, match="goes on from"):
        change(store, "Lan", None)  # type: ignore[arg-type]


def test_of_many_writing_at_the_same_moment_one_is_first_and_all_others_are_told(
    store: Store, other: Store, draft: Kept[Scenario]
) -> None:
    n = 6
    start = Barrier(n)

    def write(place: int) -> str:
        at = (store, other)[place % 2]
        start.wait()
        try:
            at.keep_scenario(
                replace(draft.content, note=str(place)), by=str(place), record_id=draft.id, base_revision=1
            )
        except ChangedMeanwhile as told:
            return str(told.facts["by"])
        return f"kept {place}"

    with ThreadPoolExecutor(n) as pool:
        said = list(pool.map(write, range(n)))
    (winner,) = [answer.removeprefix("kept ") for answer in said if answer.startswith("kept")]
    assert sorted(said) == sorted([f"kept {winner}", *[winner] * (n - 1)])
    assert [kept.content.note for kept in store.list_scenario_revisions(draft.id)] == [winner, ""]


def test_of_two_approvals_at_the_same_moment_one_holds(
    store: Store, other: Store, draft: Kept[Scenario]
) -> None:
    start = Barrier(2)

    def approve(at: Store, key: str) -> bool:
        start.wait()
        try:
            at.approve_scenario(draft.id, 1, make_approval(), make_programme(key), make_areas())
        except ChangedMeanwhile as told:
            return told.reason != "unsigned"
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(approve, (store, other), ("a", "b"))) == [False, True]
    assert (len(store.list_programmes()), len(store.list_target_areas())) == (1, 2)


def test_of_two_steps_at_the_same_moment_one_is_taken(store: Store, other: Store) -> None:
    store.keep_catalogue(make_catalogue())
    target = store.keep_target_area(store.keep_programme(make_programme()).id, make_area()).id
    start = Barrier(2)

    def take(at: Store) -> bool:
        start.wait()
        try:
            at.take_step(target, STEPS[0], seen=0)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, (store, other))) == [False, True]
    assert store.load_target_area(target).taken == STEPS[:1]


def test_an_approved_scenario_is_reopened_by_one_person_only(
    store: Store, other: Store, draft: Kept[Scenario]
) -> None:
    store.approve_scenario(draft.id, 1, make_approval(), make_programme(), make_areas())
    reopened = store.keep_scenario(replace(draft.content, reopens=draft.id, version=2), by="Lan")
    reopened = store.keep_scenario(
        replace(reopened.content, n=3), by="Lan", record_id=reopened.id, base_revision=1
    )
    with pytest.raises(ChangedMeanwhile) as caught:
        other.keep_scenario(replace(draft.content, reopens=draft.id, version=2, n=1), by="Minh")
    assert (caught.value.facts["record_id"], caught.value.facts["by"]) == (reopened.id, "Lan")


def test_the_table_itself_holds_a_revision_once(store: Store, draft: Kept[Scenario]) -> None:
    row = {"record_id": draft.id, "revision": 1, "content": {}, "added_at": draft.at, "added_by": "x"}
    with pytest.raises(IntegrityError), writing(store.engine) as connection:
        connection.execute(insert(plan_revision).values(row))
    assert store.list_scenario_revisions(draft.id) == [draft]


@pytest.mark.parametrize("place", ["plan_revision", "plan_record", "plan_step", "event"])
def test_an_approval_that_fails_anywhere_leaves_everything_as_it_was(
    store: Store, draft: Kept[Scenario], place: str
) -> None:
    before = see(store)

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(f"INSERT INTO {place}"):
            raise RuntimeError("the disk is on fire")

    event.listen(store.engine, "after_cursor_execute", fail)
    with pytest.raises(RuntimeError, match="fire"):
        store.approve_scenario(draft.id, 1, make_approval(), make_programme(), make_areas())
    event.remove(store.engine, "after_cursor_execute", fail)
    assert see(store) == before
    store.approve_scenario(draft.id, 1, make_approval(), make_programme(), make_areas())
    assert len(store.list_target_areas()) == 2


def test_an_approval_killed_half_way_leaves_everything_as_it_was(
    store: Store, draft: Kept[Scenario], url: str
) -> None:
    before = see(store)
    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", APPROVE_AND_HANG, url, str(draft.id)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as approver:
        assert approver.stdout is not None
        assert approver.stdout.readline() == "half-way\n"
        approver.kill()
    assert see(store) == before
    store.approve_scenario(draft.id, 1, make_approval(), make_programme(), make_areas())
    assert len(store.list_target_areas()) == 2
