"""Of the areas that passed in some years, how many are not complex again: kept, relapsed, unknown.

Silence is not success: an area of which nothing was told since it passed is unknown. After a boundary change
an area is followed to where its ward went; that a larger new ward is on the register again does not prove
that the old area is, so such a relapse is marked as estimated, and a divided ward is never guessed at.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from geo.versions.crosswalk import Crosswalk
from planning.lifecycle import apply_corrections
from planning.places import Ground, Trail, follow_place, relate
from planning.programme import State, Step

Fate = Literal["kept", "relapsed", "unknown"]
Why = Literal["own", "same", "larger", "divided", "not_in_crosswalk", "no_news", "proposed"]
PASSED: State = "chuyen_hoa_thanh_cong"
AGAIN: tuple[State, ...] = ("phuc_tap_tro_lai", "duoc_lua_chon", "dang_chuyen_hoa")
KEPT: tuple[State, ...] = ("duy_tri", "ra_khoi_dien")
GROUNDS: tuple[tuple[Ground, Why], ...] = (("same", "same"), ("larger", "larger"), ("part", "divided"))


@dataclass(frozen=True)
class CohortArea:
    """One target area as it is followed: which, where, on which register, and all its steps."""

    area_id: int
    ward_code: str
    version: str
    register: str
    steps: tuple[Step, ...]
    hamlet: str = ""


@dataclass(frozen=True)
class Followed:
    """One line of the mapping table. passed_on: the first time in the years asked. why: what the fate rests
    on; `larger` is an estimate. told_on: the day of the step that tells it, None where none does. told_by:
    ids of the areas that tell it. now: (version, ward code) where its ward lies, several when divided."""

    area_id: int
    ward_code: str
    version: str
    passed_on: dt.date
    fate: Fate
    why: Why
    told_on: dt.date | None
    told_by: tuple[int, ...]
    now: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cohort:
    """n_known: areas that passed and are on record, each record counted, so two of one place are two; kept +
    relapsed + unknown. n_estimated: of the relapsed, those told by a ward that is not the same ground.
    n_reported: passed by a report that does not name them, so nobody can follow them; outside every share.
    """

    n_known: int
    n_kept: int
    n_relapsed: int
    n_unknown: int
    n_reported: int
    n_estimated: int = 0
    rows: tuple[Followed, ...] = field(default=(), repr=False)

    @property
    def kept_share(self) -> float:
        """kept / (kept + relapsed), 0 to 1; NaN where neither is known."""
        return _share(self.n_kept, self.n_kept + self.n_relapsed)

    @property
    def unknown_share(self) -> float:
        return _share(self.n_unknown, self.n_known)

    @property
    def bounds(self) -> tuple[float, float]:
        """The share if every unknown area had relapsed, and if every unknown or estimated one were kept."""
        most = self.n_kept + self.n_unknown + self.n_estimated
        return _share(self.n_kept, self.n_known), _share(most, self.n_known)


def follow(
    areas: Sequence[CohortArea],
    crosswalks: Sequence[Crosswalk] = (),
    *,
    first: dt.date,
    last: dt.date,
    as_of: dt.date,
    n_reported: int = 0,
) -> Cohort:
    """What became of the areas that passed between two days (both in), as it was known on the day `as_of`.

    areas: all on record, also those that did not pass: a later area on the same ground and register tells of
    a relapse by being selected, worked on or named complex again. An area that relapsed once stays relapsed
    here, whatever it reached since. Kept is what entered maintenance or left the register and is not back.
    Boundaries are followed from old to new as far as the crosswalks lead. n_reported: see `planning.unnamed`.
    """
    trails = {area.area_id: follow_place(area.ward_code, area.version, crosswalks) for area in areas}
    known = {area.area_id: _steps_until(area, as_of) for area in areas}
    rows = []
    for area in areas:
        passed = [step.on for step in known[area.area_id] if step.to == PASSED and first <= step.on <= last]
        if passed:
            told = _tell(area, passed[0], areas, known, trails)
            where = (area.area_id, area.ward_code, area.version, passed[0])
            rows.append(Followed(*where, *told, now=trails[area.area_id].now))
    return tally(rows, n_reported=n_reported)


def tally(rows: Sequence[Followed], *, n_reported: int = 0) -> Cohort:
    """The cohort that these areas make."""
    fates = [row.fate for row in rows]
    return Cohort(
        n_known=len(rows),
        n_kept=fates.count("kept"),
        n_relapsed=fates.count("relapsed"),
        n_unknown=fates.count("unknown"),
        n_reported=n_reported,
        n_estimated=sum(row.why == "larger" and row.fate == "relapsed" for row in rows),
        rows=tuple(rows),
    )


def _tell(
    area: CohortArea,
    passed_on: dt.date,
    areas: Sequence[CohortArea],
    known: dict[int, tuple[Step, ...]],
    trails: dict[int, Trail],
) -> tuple[Fate, Why, dt.date | None, tuple[int, ...]]:
    """Fate, what it rests on, the day that tells it and the areas that do."""
    steps = known[area.area_id]
    after = steps[[(step.to, step.on) for step in steps].index((PASSED, passed_on)) + 1 :]
    own = [step.on for step in after if step.to in AGAIN]
    if own:
        return "relapsed", "own", own[0], (area.area_id,)
    found: dict[Ground, list[tuple[dt.date, int]]] = {}
    for other in areas:
        ground = _share_ground(area, other, trails)
        days = [step.on for step in known[other.area_id] if step.to in AGAIN and step.on > passed_on]
        if ground and days:
            found.setdefault(ground, []).append((days[0], other.area_id))
    for ground, why in GROUNDS:
        if told := sorted(found.get(ground, ())):
            fate: Fate = "unknown" if why == "divided" else "relapsed"
            return fate, why, told[0][0], tuple(area_id for _, area_id in told)
    if trails[area.area_id].is_lost:
        return "unknown", "not_in_crosswalk", None, ()
    if not after:
        return "unknown", "no_news", None, ()
    if after[-1].to in KEPT:
        return "kept", "own", after[-1].on, (area.area_id,)
    return "unknown", "proposed", after[-1].on, (area.area_id,)


def _share_ground(area: CohortArea, other: CohortArea, trails: dict[int, Trail]) -> Ground | None:
    """Of two areas of one register. Two hamlets of different names share none; a hamlet and a whole ward do,
    but are not the same."""
    if other.area_id == area.area_id or other.register != area.register:
        return None
    if area.hamlet and other.hamlet and area.hamlet != other.hamlet:
        return None
    ground = relate(trails[area.area_id], trails[other.area_id])
    return "larger" if ground == "same" and area.hamlet != other.hamlet else ground


def _steps_until(area: CohortArea, as_of: dt.date) -> tuple[Step, ...]:
    return tuple(step for step in apply_corrections(area.steps) if step.on <= as_of)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
