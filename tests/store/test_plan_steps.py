"""A target area goes on by steps that the lifecycle allows; none is ever changed or taken away."""

import datetime as dt
from dataclasses import replace

import pytest

from errors import ChangedMeanwhile, ForbiddenStep, NoData
from planning.catalogue import Grade
from store.engine import reading
from store.plan_tables import plan_step
from store.repository import Store
from tests.store.plans import STEPS, WORK, make_area, make_catalogue, make_programme, make_step

GOOD = make_step("chuyen_hoa_thanh_cong", "2024-12-20", grade="tot")


@pytest.fixture
def target(store: Store) -> int:
    store.keep_catalogue(make_catalogue())
    programme_id = store.keep_programme(make_programme()).id
    return store.keep_target_area(programme_id, make_area()).id


def test_steps_are_kept_in_order_with_who_wrote_them_down(store: Store, target: int) -> None:
    first = store.take_step(target, STEPS[0], seen=0, by="Lan")
    assert first.taken == STEPS[:1]
    noted = replace(STEPS[1], note="theo\0 tờ trình")
    second = store.take_step(target, noted, seen=1, by="Minh")
    assert second.taken == (STEPS[0], replace(noted, note="theo tờ trình"))
    assert [kept.by for kept in second.steps] == ["Lan", "Minh"]
    assert second.steps[0] == first.steps[0]
    assert store.load_target_area(target) == second
    event = store.list_events(1)[0]
    assert (event.what, event.object_id, event.who) == ("area.step_taken", target, "Minh")
    assert event.detail == {"position": 1, "to": "duoc_lua_chon", "on": "2024-02-11", "corrects": None}


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (GOOD, "not_next"),
        (replace(STEPS[0], actor=""), "no_actor"),
        (make_step("de_xuat", "9999-12-31"), "in_future"),
        (replace(STEPS[0], grade="tot"), "grade_not_here"),
    ],
)
def test_a_forbidden_step_changes_nothing(store: Store, target: int, step: object, reason: str) -> None:
    before = store.revision()
    with pytest.raises(ForbiddenStep) as caught:
        store.take_step(target, step, seen=0)  # type: ignore[arg-type]
    assert caught.value.reason == reason
    assert (store.revision(), store.load_target_area(target).steps) == (before, ())


def test_a_correction_stands_beside_what_it_corrects(store: Store, target: int) -> None:
    store.take_step(target, STEPS[0], seen=0)
    mended = make_step("de_xuat", "2024-01-06", note="nhầm ngày", corrects=0)
    assert store.take_step(target, mended, seen=1).taken == (STEPS[0], mended)


def test_no_step_is_taken_without_a_catalogue(store: Store) -> None:
    programme_id = store.keep_programme(make_programme()).id
    target = store.keep_target_area(programme_id, make_area()).id
    with pytest.raises(NoData) as caught:
        store.take_step(target, STEPS[0], seen=0)
    assert caught.value.reason == "catalogue"


def test_a_step_is_judged_by_the_catalogue_in_force_on_its_day(store: Store, target: int) -> None:
    """`tot` was a grade until the end of November; `gioi` is one since."""
    renamed = (Grade("gioi", "Giỏi", "chuyen_hoa_thanh_cong"),)
    store.keep_catalogue(make_catalogue("2024-12-01", grades=renamed))
    for seen, step in enumerate((*STEPS, WORK)):
        store.take_step(target, step, seen=seen)
    with pytest.raises(ForbiddenStep) as caught:
        store.take_step(target, GOOD, seen=3)
    assert caught.value.reason == "grade_unknown"
    november = replace(GOOD, on=dt.date(2024, 11, 30))
    assert store.take_step(target, november, seen=3).taken[-1] == november


def test_a_step_before_every_catalogue_is_judged_by_the_earliest(store: Store, target: int) -> None:
    store.keep_catalogue(make_catalogue("2025-01-01", grades=()))
    early = [replace(step, on=dt.date(2020, 1, 1)) for step in (*STEPS, WORK, GOOD)]
    for seen, step in enumerate(early):
        store.take_step(target, step, seen=seen)
    assert store.load_target_area(target).taken == tuple(early)


@pytest.mark.parametrize("seen", [0, 2])
def test_who_has_not_seen_the_last_step_is_told_of_it(store: Store, target: int, seen: int) -> None:
    kept = store.take_step(target, STEPS[0], seen=0, by="Lan")
    before = store.revision()
    with pytest.raises(ChangedMeanwhile) as caught:
        store.take_step(target, STEPS[1], seen=seen, by="Minh")
    facts = {"kind": "target_area", "record_id": target, "revision": 1, "by": "Lan", "at": kept.steps[0].at}
    assert (caught.value.reason, caught.value.facts) == ("step", facts)
    assert store.revision() == before


def test_steps_are_never_changed_when_the_area_is(store: Store, target: int) -> None:
    store.take_step(target, STEPS[0], seen=0)
    area = store.load_target_area(target)
    content = replace(area.content, responsible="Công an thành phố")
    changed = store.keep_target_area(area.programme_id, content, record_id=target, base_revision=1)
    assert (changed.steps, changed.revision) == (area.steps, 2)
    with reading(store.engine) as connection:
        assert len(connection.execute(plan_step.select()).all()) == 1
