"""One programme as it stands on a day: its areas, their results, what is due, and what is not known.

A state comes from papers, never from counts. An area that no paper has judged has no result: it has not
failed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planning.dues import DueItem, list_due
from planning.lifecycle import GRADED_STATES, apply_corrections
from planning.places import Ground, Trail, follow_place, relate
from planning.programme import Programme, State, Step, TargetArea
from planning.targets import Light
from store.plan_records import Kept, KeptArea
from store.repository import Store
from studies.programme_listing import ProgrammeFile, gather_programme

PASSED: State = "chuyen_hoa_thanh_cong"


@dataclass(frozen=True)
class Elsewhere:
    """A later step of the same ground under another programme of the register: its area, state, from when.
    ground: how the two belong together."""

    programme: Programme
    area: TargetArea
    state: State
    on: dt.date
    ground: Ground


@dataclass(frozen=True)
class Results:
    """How many named areas papers found transformed, found not, or have not judged; by_grade: the keys they
    gave to the first two; n_unnamed: selected ones nothing is known of; n_early: not judged, but reported as
    reached before the end."""

    n_passed: int
    n_failed: int
    n_open: int
    n_unnamed: int
    n_early: int
    by_grade: Mapping[str, int]


@dataclass(frozen=True)
class Lights:
    """How many targets stand under which light. by_area: of each area's own, by id of the kept area."""

    counts: Mapping[Light, int]
    by_area: Mapping[int, Mapping[Light, int]]


@dataclass(frozen=True)
class Followed:
    """elsewhere: by id of the kept area. dues: of all areas, those without a day last."""

    kept: Kept[Programme]
    told: ProgrammeFile
    today: dt.date
    results: Results
    elsewhere: Mapping[int, Elsewhere]
    dues: tuple[DueItem, ...]

    @property
    def programme(self) -> Programme:
        return self.told.programme

    @property
    def areas(self) -> tuple[KeptArea, ...]:
        return self.told.areas

    @property
    def is_whole(self) -> bool:
        """Whether every selected area has a name."""
        return self.programme.n_selected is not None and self.programme.n_selected == len(self.areas)


def list_newest(store: Store) -> list[Kept[Programme]]:
    """Programmes, the newest year first, within a year in the order they were kept."""
    return sorted(store.list_programmes(), key=lambda kept: (-kept.content.year, kept.id))


def pick_first(store: Store, programmes: Sequence[Kept[Programme]]) -> Kept[Programme]:
    """The newest programme with areas on boundaries that are kept here; else the newest."""
    at_home = {area.programme_id for area in store.list_target_areas() if area.content.area_id is not None}
    return next((kept for kept in programmes if kept.id in at_home), programmes[0])


def follow(store: Store, kept: Kept[Programme], today: dt.date) -> Followed:
    """Everything of one programme. Without a catalogue nothing is due."""
    told = gather_programme(store, kept.content.key)
    dues = [
        item
        for area in told.areas
        if told.catalogue
        for item in list_due(area.id, area.content, area.taken, kept.content, told.catalogue, today)
    ]
    dues.sort(key=lambda item: (item.on is None, item.on or today))
    return Followed(kept, told, today, count_results(told), find_elsewhere(store, kept, told), tuple(dues))


def find_judged(steps: Sequence[Step]) -> Step | None:
    """The last step that a grade came with; None before there is one."""
    graded = [step for step in apply_corrections(steps) if step.to in GRADED_STATES]
    return graded[-1] if graded else None


def count_results(told: ProgrammeFile) -> Results:
    """Of the named areas; the others are only counted."""
    judged = {kept.id: find_judged(kept.taken) for kept in told.areas}
    found = [step for step in judged.values() if step is not None]
    n_passed = sum(step.to == PASSED for step in found)
    early = [kept for kept in told.areas if kept.content.reached_early_on and judged[kept.id] is None]
    return Results(
        n_passed=n_passed,
        n_failed=len(found) - n_passed,
        n_open=len(told.areas) - len(found),
        n_unnamed=told.n_unknown,
        n_early=len(early),
        by_grade=Counter(step.grade for step in found),
    )


def find_elsewhere(store: Store, kept: Kept[Programme], told: ProgrammeFile) -> dict[int, Elsewhere]:
    """By id of the kept area, the latest step of the same ground under another programme of its register,
    where it is later than the area's own last one.

    Ground is followed through the store's crosswalks; a hamlet is only ever the same hamlet. A programme of
    no register has none beside it, and a made-up one says nothing of a real one.
    """
    programmes = {each.id: each.content for each in store.list_programmes()}
    beside = {
        id_: programme
        for id_, programme in programmes.items()
        if id_ != kept.id
        and programme.register
        and programme.register == kept.content.register
        and (kept.content.illustrative or not programme.illustrative)
    }
    others = [area for area in store.list_target_areas() if area.programme_id in beside and area.steps]
    if not others:
        return {}
    crosswalks = [store.load_crosswalk(each.id) for each in store.list_crosswalks()]
    trails = {
        area.id: follow_place(area.content.ward_code, area.content.version, crosswalks)
        for area in (*told.areas, *others)
    }
    found = {area.id: _find_latest(area, others, trails, beside) for area in told.areas}
    return {id_: latest for id_, latest in found.items() if latest is not None}


def _find_latest(
    area: KeptArea,
    others: Iterable[KeptArea],
    trails: Mapping[int, Trail],
    beside: Mapping[int, Programme],
) -> Elsewhere | None:
    own = apply_corrections(area.taken)
    later = [
        Elsewhere(beside[other.programme_id], other.content, step.to, step.on, ground)
        for other in others
        if other.content.hamlet == area.content.hamlet
        and (ground := relate(trails[area.id], trails[other.id])) is not None
        for step in apply_corrections(other.taken)[-1:]
        if not own or step.on > own[-1].on
    ]
    return max(later, key=lambda each: each.on, default=None)
