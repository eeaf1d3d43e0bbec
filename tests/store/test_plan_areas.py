"""Several areas come under a programme together, or none of them does."""

import datetime as dt

import pytest

from errors import ForbiddenStep, NotComparable
from store.repository import Store
from tests.store.plans import STEPS, WORK, make_area, make_areas, make_catalogue, make_programme, make_step


def test_areas_are_kept_together_with_the_steps_they_have_taken(store: Store, area_id: int) -> None:
    store.keep_catalogue(make_catalogue())
    programme_id = store.keep_programme(make_programme()).id
    ids = store.keep_target_areas(programme_id, make_areas(), by="Lan")
    kept = store.list_target_areas(programme_id)
    assert [each.id for each in kept] == list(ids)
    assert [(each.content, each.taken, each.by) for each in kept] == [
        (make_area("00001"), STEPS, "Lan"), (make_area("00003"), STEPS, "Lan"),
    ]  # fmt: skip
    assert len({each.at for each in kept}) == 1
    assert store.keep_target_areas(programme_id, []) == ()


@pytest.mark.parametrize(
    ("last", "error", "reason"),
    [
        ((make_area("00001"), STEPS), NotComparable, "target_twice"),
        ((make_area("00002"), (*STEPS, make_step("duy_tri", "2024-05-01"))), ForbiddenStep, "not_next"),
        ((make_area("00002"), (make_step("de_xuat", "2999-01-01"),)), ForbiddenStep, "in_future"),
    ],
)
def test_one_area_that_is_refused_keeps_all_of_them_out(
    store: Store, area_id: int, last: tuple[object, object], error: type[Exception], reason: str
) -> None:
    store.keep_catalogue(make_catalogue())
    programme_id = store.keep_programme(make_programme()).id
    before = (store.revision(), len(store.list_events()))
    with pytest.raises(error) as caught:
        store.keep_target_areas(programme_id, [*make_areas(), last])  # type: ignore[list-item]
    assert caught.value.reason == reason  # type: ignore[attr-defined]
    assert store.list_target_areas(programme_id) == []
    assert (store.revision(), len(store.list_events())) == before


def test_an_area_goes_on_from_the_steps_it_came_with(store: Store, area_id: int) -> None:
    store.keep_catalogue(make_catalogue())
    programme_id = store.keep_programme(make_programme()).id
    (first, _) = store.keep_target_areas(programme_id, make_areas())
    assert store.take_step(first, WORK, seen=2).taken[-1].on == dt.date(2024, 3, 1)
