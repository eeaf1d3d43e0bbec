"""One place through its boundary versions: which areas follow each other, and which one a period is of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.frames import Period
from store.records import Area, KeptCrosswalk
from studies.holdings import Holdings, is_covered


@dataclass(frozen=True)
class Place:
    """areas: the same territory on one boundary version after another, the oldest first.
    crosswalks[i] leads from areas[i] to areas[i + 1]."""

    areas: tuple[Area, ...]
    crosswalks: tuple[KeptCrosswalk, ...] = ()

    @property
    def current(self) -> Area:
        """The area whose boundaries are in force."""
        return self.areas[-1]


@dataclass(frozen=True)
class DatedPeriod:
    """A period that can be asked, and the areas (places in `Place.areas`) whose incidents fall into it.

    is_whole: the data of one of them reach all of it.
    """

    period: Period
    owners: tuple[int, ...]
    is_whole: bool

    @property
    def spans_versions(self) -> bool:
        """Part of it was counted on old boundaries, part on new ones."""
        return len(self.owners) > 1


def list_places(areas: Sequence[Area], crosswalks: Iterable[KeptCrosswalk]) -> list[Place]:
    """Areas in the order given, each with those that its crosswalks lead to; an area that another one leads
    to has no line of its own."""
    by_id = {area.id: area for area in areas}
    following = {kept.old_area_id: kept for kept in crosswalks if kept.new_area_id in by_id}
    reached = {kept.new_area_id for kept in following.values()}
    places = []
    for area in areas:
        if area.id in reached:
            continue
        chain, steps = [area], list[KeptCrosswalk]()
        while (step := following.get(chain[-1].id)) and by_id[step.new_area_id] not in chain:
            chain.append(by_id[step.new_area_id])
            steps.append(step)
        places.append(Place(tuple(chain), tuple(steps)))
    return places


def find_place(places: Sequence[Place], area_id: str) -> Place:
    """The place that an area belongs to; the first one for an unknown area."""
    return next((place for place in places if area_id in {str(area.id) for area in place.areas}), places[0])


def merge_periods(listed: Sequence[Sequence[Period]], holdings: Sequence[Holdings]) -> list[DatedPeriod]:
    """The periods of all versions in one list: the longest kind first, within a kind the newest.

    listed: what `list_periods` gives for each of the holdings.
    """
    days = {(period.start, period.end): period for periods in listed for period in periods}
    merged = []
    for key, period in days.items():
        owners = tuple(
            place
            for place, periods in enumerate(listed)
            if any((other.start, other.end) == key for other in periods)
        )
        whole = any(is_covered(holdings[place], period) for place in owners)
        merged.append(DatedPeriod(period, owners, whole))
    return sorted(merged, key=lambda dated: (-_round_days(dated.period), -dated.period.start.toordinal()))


def _round_days(period: Period) -> int:
    """Months of 28 to 31 days are one kind, so are quarters and years."""
    return round(period.n_days / 30.4)


def find_default(periods: Sequence[DatedPeriod]) -> DatedPeriod | None:
    """The newest period that the data reach all of, of the longest kind that has one; else the newest."""
    return next((dated for dated in periods if dated.is_whole), periods[0] if periods else None)


def pick_area(holdings: Sequence[Holdings], dated: DatedPeriod | None, *, in_force: bool) -> int | None:
    """Which area (its place among the versions) a period is shown on; None: on the boundaries in force, with
    what was counted on older ones carried there.

    in_force: the reader wants today's boundaries. A period that spans versions can only be seen there.
    """
    with_facts = [place for place, held in enumerate(holdings) if held.of_kind("incidents")]
    owners = dated.owners if dated else tuple(with_facts)
    last = len(holdings) - 1
    if len(owners) > 1 or (in_force and owners and owners != (last,)):
        return None
    if owners:
        return owners[0]
    return next((place for place, held in enumerate(holdings) if held.facts), last)
