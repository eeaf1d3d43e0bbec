"""What is planned is kept as given, revision by revision, and an approved scenario is fixed for ever."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import update

from errors import ForbiddenStep, NoData, NotComparable, StoreNewer
from geo.findings import Finding
from planning.programme import TargetArea
from planning.scenario import Scenario
from store.engine import writing
from store.plan_records import Kept
from store.plan_tables import plan_revision
from store.repository import Store
from tests.store.plans import (
    PROPOSALS,
    STEPS,
    WORK,
    make_approval,
    make_area,
    make_areas,
    make_catalogue,
    make_model,
    make_programme,
    make_scenario,
)

NOT_THERE = 99


def what(store: Store) -> list[str]:
    return [event.what for event in reversed(store.list_events())]


def approve(store: Store, kept: Kept[Scenario], key: str = "mau-2025", by: str = "Lan") -> int:
    return store.approve_scenario(
        kept.id, kept.revision, make_approval(), make_programme(key), make_areas(), by=by
    )


@pytest.fixture
def draft(store: Store, area_id: int) -> Kept[Scenario]:
    store.keep_catalogue(make_catalogue())
    return store.keep_scenario(make_scenario(area_id), by="Lan")


def test_a_scenario_is_its_revisions_the_newest_holds(store: Store, draft: Kept[Scenario]) -> None:
    first = draft.content
    second = replace(first, n=3, weights=(("so_vu", 1 / 3),), note="sửa\0")
    kept = store.keep_scenario(second, by="Minh", record_id=draft.id, base_revision=1)
    assert kept.content == replace(second, note="sửa")
    assert store.load_scenario(draft.id) == kept
    told = [(each.revision, each.content, each.by) for each in store.list_scenario_revisions(draft.id)]
    assert told == [(2, kept.content, "Minh"), (1, first, "Lan")]
    assert kept.at.tzinfo == dt.UTC
    assert kept.at > draft.at


def test_a_revision_that_says_the_same_changes_nothing(store: Store, draft: Kept[Scenario]) -> None:
    area = store.keep_target_area(store.keep_programme(make_programme()).id, make_area())
    model = store.keep_model(make_model())
    before = (store.revision(), store.list_events())
    store.keep_scenario(draft.content, by="Minh", record_id=draft.id, base_revision=1)
    store.keep_programme(make_programme(), by="Minh", record_id=area.programme_id, base_revision=1)
    store.keep_programme(make_programme(), by="Minh")
    store.keep_target_area(area.programme_id, make_area(), record_id=area.id, base_revision=1)
    store.keep_model(make_model(), record_id=model.id, base_revision=1)
    assert store.keep_model(make_model()).id == model.id
    store.keep_catalogue(make_catalogue())
    assert (store.revision(), store.list_events()) == before


def test_scenarios_are_listed_by_their_boundaries(store: Store, area_id: int, draft: Kept[Scenario]) -> None:
    other = store.keep_scenario(make_scenario(area_id, name="Phương án 2", copied_from=draft.id))
    assert [kept.id for kept in store.list_scenarios(area_id)] == [draft.id, other.id]
    assert store.list_scenarios() == [draft, other]
    assert store.list_scenarios(NOT_THERE) == []
    with pytest.raises(NoData) as caught:
        store.keep_scenario(make_scenario(NOT_THERE))
    assert caught.value.reason == "area"


def test_a_locked_scenario_is_only_unlocked(store: Store, draft: Kept[Scenario]) -> None:
    locked = store.keep_scenario(replace(draft.content, is_locked=True), record_id=draft.id, base_revision=1)
    for is_locked in (True, False):
        with pytest.raises(NotComparable) as caught:
            store.keep_scenario(
                replace(draft.content, n=5, is_locked=is_locked), record_id=draft.id, base_revision=2
            )
        assert (caught.value.reason, caught.value.facts["name"]) == ("locked", "Phương án 1")
    assert store.load_scenario(draft.id) == locked
    opened = store.keep_scenario(draft.content, record_id=draft.id, base_revision=2)
    assert (opened.revision, opened.content) == (3, draft.content)


def test_a_locked_scenario_may_be_approved(store: Store, draft: Kept[Scenario]) -> None:
    locked = store.keep_scenario(replace(draft.content, is_locked=True), record_id=draft.id, base_revision=1)
    approve(store, locked)
    assert store.load_scenario(draft.id).content.approval == make_approval()


def test_approving_fixes_the_scenario_and_starts_its_programme(store: Store, draft: Kept[Scenario]) -> None:
    programme_id = approve(store, draft)
    fixed = store.load_scenario(draft.id)
    assert fixed.content == replace(draft.content, is_locked=True, approval=make_approval())
    programme = store.load_programme(programme_id)
    assert programme.content == make_programme(scenario_id=draft.id)
    areas = store.list_target_areas(programme_id)
    assert [(kept.content, kept.taken, kept.by) for kept in areas] == [
        (make_area("00001"), STEPS, "Lan"),
        (make_area("00003"), STEPS, "Lan"),
    ]
    event = next(event for event in store.list_events() if event.what == "scenario.approved")
    assert (event.object_id, event.who) == (draft.id, "Lan")
    assert event.detail == {"name": "Phương án 1", "number": "12/QĐ-UBND", "programme_id": programme_id}


def test_an_approved_scenario_is_neither_changed_nor_approved_again(
    store: Store, draft: Kept[Scenario]
) -> None:
    approve(store, draft)
    fixed = store.load_scenario(draft.id)
    before = store.revision()
    for attempt in (
        lambda: store.keep_scenario(draft.content, record_id=draft.id, base_revision=2),
        lambda: store.keep_scenario(
            replace(fixed.content, is_locked=False), record_id=draft.id, base_revision=2
        ),
        lambda: approve(store, fixed, "mau-2026"),
    ):
        with pytest.raises(NotComparable) as caught:
            attempt()
        assert (caught.value.reason, caught.value.facts["number"]) == ("approved", "12/QĐ-UBND")
    assert store.load_scenario(draft.id) == fixed
    assert store.revision() == before


def test_an_approval_comes_in_by_approving_alone(store: Store, area_id: int, draft: Kept[Scenario]) -> None:
    forged = replace(draft.content, approval=make_approval(), is_locked=True)
    for record_id, base in ((None, None), (draft.id, 1)):
        with pytest.raises(ValueError, match="approve_scenario"):
            store.keep_scenario(forged, record_id=record_id, base_revision=base)
    assert store.list_scenarios() == [draft]


def test_an_approved_scenario_is_reopened_as_its_next_version(store: Store, draft: Kept[Scenario]) -> None:
    next_version = replace(draft.content, reopens=draft.id, version=2, n=3)
    with pytest.raises(NotComparable) as caught:
        store.keep_scenario(next_version)
    assert caught.value.reason == "not_approved"
    approve(store, draft)
    with pytest.raises(ValueError, match="next version"):
        store.keep_scenario(replace(next_version, version=3))
    reopened = store.keep_scenario(next_version)
    assert (reopened.id != draft.id, reopened.revision, reopened.content) == (True, 1, next_version)
    with pytest.raises(ValueError, match="keeps its version"):
        store.keep_scenario(replace(next_version, version=1), record_id=reopened.id, base_revision=1)
    approve(store, reopened, "mau-2025-b")
    assert [kept.content.approval is None for kept in store.list_scenarios()] == [False, False]


def test_an_approval_with_a_forbidden_step_leaves_nothing(store: Store, draft: Kept[Scenario]) -> None:
    before = store.revision()
    areas = [*make_areas(), (make_area("00005"), (STEPS[1], WORK))]
    with pytest.raises(ForbiddenStep) as caught:
        store.approve_scenario(draft.id, 1, make_approval(), make_programme(), areas)
    assert caught.value.reason == "taken_over_note"
    assert (store.load_scenario(draft.id), store.list_programmes()) == (draft, [])
    assert (store.list_target_areas(), store.revision()) == ([], before)


def test_a_programme_is_found_by_its_key_and_keeps_it(store: Store) -> None:
    first = store.keep_programme(make_programme(), by="Lan")
    assert store.find_programme("mau-2025") == first == store.load_programme(first.id)
    assert store.find_programme("none") is None
    with pytest.raises(NotComparable) as caught:
        store.keep_programme(make_programme(name="Khác"))
    assert (caught.value.reason, caught.value.facts) == ("programme_key", {"key": "mau-2025"})
    with pytest.raises(NotComparable) as caught:
        store.keep_programme(make_programme("khac"), record_id=first.id, base_revision=1)
    assert caught.value.reason == "programme_renamed"
    second = store.keep_programme(make_programme(note="sửa"), record_id=first.id, base_revision=1)
    assert store.list_programmes() == [second]
    assert store.list_programme_revisions(first.id) == [second, first]


def test_a_programme_kept_whole_is_kept_once(store: Store, area_id: int) -> None:
    store.keep_catalogue(make_catalogue())
    areas = make_areas(area_id)
    programme_id = store.keep_programme_whole(make_programme(), areas, by="Lan")
    before = store.revision()
    assert store.keep_programme_whole(make_programme(), areas) == programme_id
    assert store.revision() == before
    for programme, others in (
        (make_programme(note="khác"), areas),
        (make_programme(), areas[:1]),
        (make_programme(), [*areas, (make_area("00005"), ())]),
        (make_programme(), [(areas[0][0], STEPS[:1]), areas[1]]),
    ):
        with pytest.raises(NotComparable) as caught:
            store.keep_programme_whole(programme, others)
        assert caught.value.reason == "programme_key"
    assert store.revision() == before


def test_a_programme_kept_whole_is_known_again_after_people_worked_on_it(store: Store) -> None:
    store.keep_catalogue(make_catalogue())
    programme_id = store.keep_programme_whole(make_programme(), make_areas())
    first, _ = store.list_target_areas(programme_id)
    store.take_step(first.id, WORK, seen=2)
    store.keep_target_area(
        programme_id, replace(first.content, note="x"), record_id=first.id, base_revision=1
    )
    store.keep_target_area(programme_id, make_area("00005"))
    store.keep_programme(make_programme(note="x"), record_id=programme_id, base_revision=1)
    before = store.revision()
    assert store.keep_programme_whole(make_programme(), make_areas()) == programme_id
    assert store.revision() == before
    assert len(store.list_target_areas(programme_id)) == 3


def test_a_target_area_is_its_revisions_under_its_programme(store: Store, area_id: int) -> None:
    one, two = (store.keep_programme(make_programme(key)).id for key in ("a", "b"))
    first = store.keep_target_area(one, make_area(area_id=area_id), by="Lan")
    store.keep_target_area(two, make_area())
    content = replace(first.content, sub_plan_on=dt.date(2024, 3, 1))
    second = store.keep_target_area(one, content, by="Minh", record_id=first.id, base_revision=1)
    assert (second.id, second.revision, second.programme_id) == (first.id, 2, one)
    assert (second.content, second.steps, second.by) == (content, (), "Minh")
    assert store.list_target_areas(one) == [second] == [store.load_target_area(first.id)]
    assert len(store.list_target_areas()) == 2
    told = [(kept.revision, kept.content) for kept in store.list_target_area_revisions(first.id)]
    assert told == [(2, content), (1, first.content)]
    with pytest.raises(ValueError, match="its programme"):
        store.keep_target_area(two, make_area("00005"), record_id=first.id, base_revision=2)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "target_twice"),
        ({"ward_name": "Phường khác tên"}, "target_twice"),
        ({"ward_code": "00005", "version": "mau-2025", "area_id": 1}, "target_version"),
    ],
)
def test_a_place_is_refused_twice_or_on_other_boundaries(
    store: Store, area_id: int, changes: dict[str, object], reason: str
) -> None:
    assert area_id == 1
    programme_id = store.keep_programme(make_programme()).id
    store.keep_target_area(programme_id, make_area(area_id=1))
    store.keep_target_area(programme_id, make_area(area_id=1, hamlet="Ấp 2"))
    third = store.keep_target_area(programme_id, make_area("00003"))
    wanted = replace(make_area(), **changes)  # type: ignore[arg-type]
    for record_id, base in ((None, None), (third.id, 1)):
        with pytest.raises(NotComparable) as caught:
            store.keep_target_area(programme_id, wanted, record_id=record_id, base_revision=base)
        assert caught.value.reason == reason
    assert len(store.list_target_areas()) == 3


def test_a_ward_that_the_boundaries_do_not_have_is_a_bug_of_the_caller(store: Store, area_id: int) -> None:
    programme_id = store.keep_programme(make_programme()).id
    strangers: list[TargetArea] = [
        make_area("99999", area_id=area_id),
        make_area(area_id=area_id, comparison=("99999",)),
    ]
    for stranger in strangers:
        with pytest.raises(ValueError, match="99999"):
            store.keep_target_area(programme_id, stranger)
    assert store.list_target_areas() == []


def test_models_are_kept_revision_by_revision(store: Store) -> None:
    first = store.keep_model(make_model(), by="Lan")
    other = store.keep_model(make_model(place="Phường Một"))
    second = store.keep_model(make_model(effective=True), record_id=first.id, base_revision=1)
    assert store.list_models() == [second, other]
    assert store.list_model_revisions(first.id) == [second, first]


def test_catalogues_stand_by_the_day_they_came_into_force(store: Store) -> None:
    later = store.keep_catalogue(make_catalogue("2025-01-01"), by="Lan")
    earlier = store.keep_catalogue(make_catalogue("2024-01-01"))
    assert store.list_catalogues() == [earlier, later]
    changed = store.keep_catalogue(make_catalogue("2025-01-01", watch_months=12))
    assert (changed.id, changed.revision) == (later.id, 2)
    assert store.list_catalogues() == [earlier, changed]


def test_proposals_are_kept_as_a_whole_list_for_a_year(store: Store, area_id: int) -> None:
    assert (store.load_proposals(area_id, 2025), store.list_proposal_revisions(area_id, 2025)) == ((), [])
    remark = Finding("Proposal", "info", "d.xlsx:3", "Ô Môn", {"n": 2})
    told = {"file_name": "d.xlsx", "sha256": "d", "findings": [remark]}
    kept = store.keep_proposals(area_id, 2025, PROPOSALS, **told, by="Lan")  # type: ignore[arg-type]
    revision = store.revision()
    assert store.keep_proposals(area_id, 2025, PROPOSALS, **told) == kept  # type: ignore[arg-type]
    assert store.revision() == revision
    assert store.load_proposals(area_id, 2025) == PROPOSALS
    assert store.keep_proposals(area_id, 2025, PROPOSALS[:1]) == kept
    assert store.keep_proposals(area_id, 2026, PROPOSALS) != kept
    newest, first = store.list_proposal_revisions(area_id, 2025)
    assert (newest.content.proposals, newest.content.file_name) == (PROPOSALS[:1], "")
    assert (first.content.proposals, first.content.findings, first.by) == (PROPOSALS, (remark,), "Lan")


def test_proposals_name_wards_of_these_boundaries_once(store: Store, area_id: int) -> None:
    with pytest.raises(ValueError, match="twice"):
        store.keep_proposals(area_id, 2025, [PROPOSALS[0], replace(PROPOSALS[0], unit="x")])
    with pytest.raises(ValueError, match="99999"):
        store.keep_proposals(area_id, 2025, [replace(PROPOSALS[0], ward_code="99999")])
    with pytest.raises(NoData):
        store.keep_proposals(NOT_THERE, 2025, [])
    assert store.load_proposals(area_id, 2025) == ()


def test_what_is_not_there_is_said_by_its_kind(store: Store, draft: Kept[Scenario]) -> None:
    """A record of another kind is not there either."""
    asked = (
        ("scenario", store.load_scenario),
        ("scenario", store.list_scenario_revisions),
        ("programme", store.load_programme),
        ("programme", store.list_programme_revisions),
        ("target_area", store.load_target_area),
        ("target_area", store.list_target_area_revisions),
        ("model", store.list_model_revisions),
    )
    for kind, ask in asked:
        for record_id in (NOT_THERE,) if kind == "scenario" else (NOT_THERE, draft.id):
            with pytest.raises(NoData) as caught:
                ask(record_id)  # type: ignore[operator]
            assert (caught.value.reason, caught.value.facts) == (kind, {"record_id": record_id})
    with pytest.raises(NoData):
        store.keep_target_area(draft.id, make_area())


def test_what_a_newer_program_wrote_is_refused_not_trimmed(store: Store, draft: Kept[Scenario]) -> None:
    with writing(store.engine) as connection:
        mine = plan_revision.c.record_id == draft.id
        content = connection.execute(plan_revision.select().where(mine)).one().content
        connection.execute(update(plan_revision).where(mine).values(content=content | {"mascot": "gấu"}))
    with pytest.raises(StoreNewer) as caught:
        store.load_scenario(draft.id)
    assert (caught.value.reason, caught.value.facts) == ("content", {"kind": "Scenario", "seen": "mascot"})


def test_each_write_is_told_with_who_and_what(store: Store, area_id: int, draft: Kept[Scenario]) -> None:
    store.keep_model(make_model(), by="Minh")
    store.keep_proposals(area_id, 2025, PROPOSALS, by="Minh")
    before = len(store.list_events())
    programme_id = approve(store, draft)
    first, second = (kept.id for kept in store.list_target_areas(programme_id))
    assert what(store)[:before] == [
        "area.kept",
        "catalogue.kept",
        "scenario.kept",
        "model.kept",
        "proposals.kept",
    ]
    told = [(event.what, event.object_id) for event in reversed(store.list_events())][before:]
    assert told == [
        ("scenario.kept", draft.id),
        ("programme.kept", programme_id),
        ("area.target_kept", first),
        ("area.step_taken", first),
        ("area.step_taken", first),
        ("area.target_kept", second),
        ("area.step_taken", second),
        ("area.step_taken", second),
        ("scenario.approved", draft.id),
    ]
    assert {event.who for event in store.list_events(len(told))} == {"Lan"}
    assert store.revision() == before + len(told)
