"""Of the areas of a programme's place that passed in some years, how many are not complex again.

Silence is not success: whoever passed and was never told of since is unknown, and areas that a report counts
without naming them are told apart, in no share.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planning.cohort import PASSED, Cohort, CohortArea, Followed, follow, tally
from planning.lifecycle import apply_corrections
from planning.model_shares import lies_in
from planning.programme import Programme
from planning.unnamed import count_unnamed
from store.plan_records import Kept, KeptArea
from store.repository import Store

Years = tuple[int, int]


@dataclass(frozen=True)
class Passed:
    """cohort: of the areas that passed from `first` to `last`, as known on `as_of`. areas: those it follows,
    by id. is_settled: every selected area of these programmes has a name and a result."""

    cohort: Cohort
    first: dt.date
    last: dt.date
    as_of: dt.date
    areas: Mapping[int, KeptArea]
    is_settled: bool

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest number that are not complex again; a relapse told by a larger ward is an
        estimate."""
        cohort = self.cohort
        return cohort.n_kept, cohort.n_kept + cohort.n_unknown + cohort.n_estimated


def follow_passed(store: Store, kept: Kept[Programme], today: dt.date, years: Years | None = None) -> Passed:
    """The cohort of a programme: areas of its register in its place, its own and other programmes'. What was
    made up says nothing of what is real, nor the reverse.

    years: first and last year of passing, both in. None: from the oldest of these programmes to the end of
    its own year, or to the day on which its last area passed.
    """
    programmes = {
        each.id: each.content
        for each in store.list_programmes()
        if each.content.illustrative == kept.content.illustrative
    }
    mine = {id_: told for id_, told in programmes.items() if _belongs(id_, told, kept)}
    register = kept.content.register
    on_register = [
        area
        for area in store.list_target_areas()
        if (told := programmes.get(area.programme_id)) is not None and told.register == register
    ]
    areas = [area for area in on_register if area.programme_id in mine]
    first, last = _find_days(kept, mine.values(), areas, years)
    crosswalks = [store.load_crosswalk(each.id) for each in store.list_crosswalks()]
    found = follow(
        [_as_followed(area, programmes[area.programme_id]) for area in on_register],
        crosswalks,
        first=first,
        last=last,
        as_of=today,
    )
    by_id = {area.id: area for area in areas}
    rows = [row for row in found.rows if row.area_id in by_id]
    n_reported = _count_reported(mine, rows, by_id, first, last)
    return Passed(
        cohort=tally(rows, n_reported=n_reported),
        first=first,
        last=last,
        as_of=today,
        areas=by_id,
        is_settled=all(_is_settled(told, id_, areas) for id_, told in mine.items()),
    )


def _belongs(id_: int, told: Programme, kept: Kept[Programme]) -> bool:
    if id_ == kept.id:
        return True
    register = kept.content.register
    return bool(register) and told.register == register and lies_in(told.place, kept.content.place)


def _find_days(
    kept: Kept[Programme], programmes: Iterable[Programme], areas: Sequence[KeptArea], years: Years | None
) -> tuple[dt.date, dt.date]:
    if years is not None:
        return dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)
    passed = [
        step.on
        for area in areas
        if area.programme_id == kept.id
        for step in apply_corrections(area.taken)
        if step.to == PASSED
    ]
    first = min(told.year for told in programmes)
    return dt.date(first, 1, 1), max([dt.date(kept.content.year, 12, 31), *passed])


def _as_followed(area: KeptArea, programme: Programme) -> CohortArea:
    told = area.content
    return CohortArea(area.id, told.ward_code, told.version, programme.register, area.taken, told.hamlet)


def _count_reported(
    programmes: Mapping[int, Programme],
    rows: Sequence[Followed],
    areas: Mapping[int, KeptArea],
    first: dt.date,
    last: dt.date,
) -> int:
    """Year by year: a name of one year does not stand for an unnamed area of another."""
    n = 0
    for year in {told.year for told in programmes.values()}:
        ids = {id_ for id_, told in programmes.items() if told.year == year}
        n_named = sum(areas[row.area_id].programme_id in ids for row in rows)
        n += count_unnamed([programmes[id_] for id_ in sorted(ids)], first, last, n_named=n_named)
    return n


def _is_settled(told: Programme, id_: int, areas: Sequence[KeptArea]) -> bool:
    mine = [area for area in areas if area.programme_id == id_]
    if told.n_selected is None or len(mine) < told.n_selected:
        return False
    judged = (PASSED, "chua_dat")
    return all(any(step.to in judged for step in apply_corrections(area.taken)) for area in mine)
