"""Every write is written down, and only what happened."""

import pytest

from errors import NotComparable
from geo.frames import BoundaryVersion, Source
from geo.matching.aliases import Alias
from store.records import EVENTS
from store.repository import Store
from tests.store.extras import ROAD_SOURCE, VISITORS, make_roads, make_weights
from tests.store.plans import (
    PROPOSALS,
    make_approval,
    make_areas,
    make_catalogue,
    make_model,
    make_programme,
    make_scenario,
)
from tests.store.six_wards import make_cameras, make_crosswalk, make_incidents, make_wards


def keep_cameras(store: Store, area_id: int, **more: object) -> int:
    plain: dict[str, object] = {"file_name": "c.csv", "sha256": "c", "findings": (), "replace": False}
    return store.keep(area_id, make_cameras(), **(plain | more))  # type: ignore[arg-type]


def test_each_kind_of_write_tells_who_did_what_to_which_thing(store: Store) -> None:
    old = store.keep_boundaries(make_wards(), key="mau", title="Mẫu", by="Lan")
    validity = BoundaryVersion("mau-2024", basis="NQ 1")
    store.keep_boundaries(make_wards(), key="mau", title="Mẫu", validity=validity, by="Lan")
    later = make_wards(version="mau-2025", source=Source(sha256="later"))
    new = store.keep_boundaries(later, key="mau", title="Mẫu")
    first = keep_cameras(store, old, by="Minh")
    store.settle(first, by="Minh")
    store.settle(first, False, by="Lan")
    store.remove_dataset(first, by="Lan")
    store.keep_aliases(old, [Alias("an hoa", "00002")], by="Lan")
    store.remove_alias(old, Alias("an hoa", "00002"), by="Lan")
    crosswalk_id = store.keep_crosswalk(old, new, make_crosswalk(), by="Lan")
    weights_id = store.keep_harm_weights(None, make_weights(), by="Minh")
    store.remove_harm_weights(weights_id, by="Lan")
    store.keep_visitor_wards(old, VISITORS, by="Lan")
    store.keep_roads(old, make_roads(), source=ROAD_SOURCE, sha256="r", by="Minh")
    store.keep_catalogue(make_catalogue(), by="Lan")
    scenario = store.keep_scenario(make_scenario(old), by="Minh").id
    programme = store.approve_scenario(
        scenario, 1, make_approval(), make_programme(), make_areas()[:1], by="Lan"
    )
    (target,) = (kept.id for kept in store.list_target_areas())
    model = store.keep_model(make_model(), by="Minh").id
    proposals = store.keep_proposals(old, 2025, PROPOSALS, by="Minh")
    told = [(event.what, event.object_id, event.who) for event in reversed(store.list_events())]
    assert told == [
        ("area.kept", old, "Lan"),
        ("area.dated", old, "Lan"),
        ("area.kept", new, ""),
        ("dataset.kept", first, "Minh"),
        ("dataset.settled", first, "Minh"),
        ("dataset.unsettled", first, "Lan"),
        ("dataset.removed", first, "Lan"),
        ("aliases.kept", old, "Lan"),
        ("alias.removed", old, "Lan"),
        ("crosswalk.kept", crosswalk_id, "Lan"),
        ("weights.kept", weights_id, "Minh"),
        ("weights.removed", weights_id, "Lan"),
        ("visitors.kept", old, "Lan"),
        ("roads.kept", old, "Minh"),
        ("catalogue.kept", scenario - 1, "Lan"),
        ("scenario.kept", scenario, "Minh"),
        ("scenario.kept", scenario, "Lan"),
        ("programme.kept", programme, "Lan"),
        ("area.target_kept", target, "Lan"),
        ("area.step_taken", target, "Lan"),
        ("area.step_taken", target, "Lan"),
        ("scenario.approved", scenario, "Lan"),
        ("model.kept", model, "Minh"),
        ("proposals.kept", proposals, "Minh"),
    ]
    assert {what for what, _, _ in told} | {"store.restored"} == set(EVENTS)
    assert store.revision() == len(told)


def test_an_event_tells_the_file_and_what_it_took_the_place_of(store: Store, area_id: int) -> None:
    first = keep_cameras(store, area_id)
    keep_cameras(store, area_id, file_name="d.csv", sha256="d", supersedes=first)
    (event,) = store.list_events(1)
    assert event.detail == {
        "file": "d.csv",
        "sha256": "d",
        "kind": "cameras",
        "n_rows": 2,
        "superseded": [first],
    }
    assert str(event.at.tzinfo) == "UTC"


def test_what_is_refused_or_changes_nothing_is_no_event(store: Store, area_id: int) -> None:
    keep_cameras(store, area_id)
    before = store.list_events()
    keep_cameras(store, area_id)
    store.remove_alias(area_id, Alias("x", "00001"))
    with pytest.raises(NotComparable):
        store.keep(
            area_id, make_incidents(version="v2"), file_name="i", sha256="i", findings=(), replace=False
        )
    assert store.list_events() == before


def test_the_newest_events_come_first_and_no_more_than_asked_for(store: Store, area_id: int) -> None:
    for sha256 in ("1", "2", "3"):
        keep_cameras(store, area_id, sha256=sha256)
    assert [event.detail["sha256"] for event in store.list_events(2)] == ["3", "2"]
