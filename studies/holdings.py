"""Everything the store holds of one area, in memory, and the questions it can answer."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from geo.categories import GROUPS, group_of
from geo.counting import count_by_ward, find_reach, find_span, pick_counted, select_period
from geo.frames import Joined, Kind, Period, Wards, find_occurred
from geo.harm import HarmWeights
from geo.measure import Measured, measure
from geo.periods import POLICE_DAY, Calendar, Unit, before, cut_both, recognise, same_span, tile
from geo.question import Question, Selection
from layers.shapes import make_shapes, simplify
from layers.spec import MapShapes
from store.records import Area, Dataset
from store.repository import Store
from studies.harm import pick_weights

KINDS: tuple[Kind, ...] = ("incidents", "cameras", "population", "status")
SCREEN_TOLERANCE_M = 12.0
# A row longer than that lies in no such period; every period lies in a year or is asked by its days.
LONGEST_DAYS: dict[Unit, float] = {"year": math.inf, "half": 184, "quarter": 92, "month": 31}
MARGIN = dt.timedelta(days=3)


@dataclass(frozen=True)
class Holdings:
    """One area: wards, outlines for drawing, facts, and the files they came in.

    harm_weights: the committee's tables, those for every area before the area's own. visitor_wards: codes of
    wards where residents are the wrong denominator. Roads are not held: see `studies.intake_roads`.
    """

    area: Area
    wards: Wards
    shapes: MapShapes
    facts: tuple[Joined, ...]
    datasets: tuple[Dataset, ...]
    harm_weights: tuple[HarmWeights, ...] = ()
    visitor_wards: frozenset[str] = frozenset()

    def of_kind(self, kind: Kind) -> list[Joined]:
        return [fact for fact in self.facts if fact.kind == kind]

    @cached_property
    def span(self) -> Period | None:
        """From the first to the last day that dated incidents reach; None when none is dated."""
        span = find_span(self.of_kind("incidents"))
        return None if span is None else Period(*span)

    def measure(self, question: Question) -> Measured:
        weights = pick_weights(self.harm_weights, question.period)
        measured = measure(self.wards, self.facts, question, weights)
        return replace(measured, visitor_wards=self.visitor_wards)

    def count(self, period: Period, chosen: Selection) -> pd.Series:
        """Incidents per ward and nothing else, counted as `measure` counts them."""
        counted = pick_counted(self.of_kind("incidents"), period, chosen)
        return count_by_ward(self.wards.frame.index, counted, period, chosen)


def load_holdings(store: Store, area_id: int) -> Holdings:
    """All of an area. Raises NoData when there is no such area."""
    wards = store.load_wards(area_id)
    area = next(area for area in store.list_areas() if area.id == area_id)
    facts = tuple(fact for kind in KINDS for fact in store.load(area_id, kind))
    shapes = make_shapes(wards)
    return Holdings(
        area,
        wards,
        shapes,
        facts,
        tuple(store.list_datasets(area_id)),
        harm_weights=tuple(kept.weights for kept in store.list_harm_weights(area_id)),
        visitor_wards=frozenset(each.ward_code for each in store.list_visitor_wards(area_id)),
    )


def lighten(shapes: MapShapes) -> MapShapes:
    """Outlines for the screen: half a pixel of a full view is not worth sending."""
    return simplify(shapes, SCREEN_TOLERANCE_M)


def list_groups(holdings: Holdings, period: Period | None) -> dict[str, float]:
    """Incidents of the period (None for any) by group, of all groups on file, in the order of GROUPS."""
    on_file = {group_of(text) for text in list_categories(holdings)}
    sums = _sum_categories(holdings, period)
    return {
        group: float(sum(n for text, n in sums.items() if group_of(str(text)) == group))
        for group in GROUPS
        if group in on_file
    }


def list_categories(holdings: Holdings) -> list[str]:
    """Categories of incidents on file, the most frequent first."""
    return [str(category) for category in _sum_categories(holdings, None).index]


def _sum_categories(holdings: Holdings, period: Period | None) -> pd.Series:
    incidents = holdings.of_kind("incidents")
    counted = [fact for fact in incidents if not fact.by_place] or incidents
    rows = [fact.rows.loc[select_period(fact, period), ["category", "n"]].dropna() for fact in counted]
    if not rows:
        return pd.Series(dtype=float)
    return pd.concat(rows).groupby("category")["n"].sum().sort_values(ascending=False)


def list_periods(holdings: Holdings, calendar: Calendar = "civil") -> list[Period]:
    """Periods of a calendar that can be asked: years, then halves, quarters and months where rows are that
    fine; newest first. Empty when no incident is dated.
    """
    if holdings.span is None:
        return []
    lengths = [row_lengths(fact).max() for fact in holdings.of_kind("incidents")]
    coarsest = max(length for length in lengths if pd.notna(length))
    units = [unit for unit, longest in LONGEST_DAYS.items() if coarsest <= longest]
    first, last = holdings.span.start, holdings.span.end
    return [period for unit in units for period in tile(first, last, unit, calendar)[::-1]]


def row_lengths(fact: Joined) -> pd.Series:
    """Days of each dated incident row."""
    rows = fact.rows.loc[find_occurred(fact.rows), ["start", "end"]].dropna()
    return (rows["end"] - rows["start"]).dt.days + 1


def find_calendar(holdings: Holdings) -> Calendar:
    """The calendar of the rows on file: `police` when every row longer than a day begins on the 15th."""
    starts = [
        fact.rows.loc[lengths[lengths > 1].index, "start"].dt.day
        for fact in holdings.of_kind("incidents")
        if len(lengths := row_lengths(fact))
    ]
    starts = [days for days in starts if len(days)]
    return "police" if starts and all((days == POLICE_DAY).all() for days in starts) else "civil"


def find_previous(period: Period, compare: str) -> Period:
    """`year`: the same days a year before. `before`: as many whole months, or days, just before."""
    return same_span(period, 1) if compare == "year" else before(period)


def ask_periods(
    holdings: Holdings, period: Period | None, compare: str
) -> tuple[Period | None, Period | None, Period | None]:
    """(period, previous, asked) of a question. previous is None where the data do not cover both. An
    unfinished period is cut to the days on file and set beside the same span a year before; then `asked` is
    the whole of it."""
    if period is None:
        return None, None, None
    previous = find_previous(period, compare)
    if is_covered(holdings, period):
        return period, previous if is_covered(holdings, previous) else None, None
    reach = find_reach(holdings.of_kind("incidents"), period)
    if reach is None or reach[0] > period.start + MARGIN or reach[1] >= period.end:
        return period, None, None
    both = cut_both(period, previous, reach[1])
    return (*both, period) if both and is_covered(holdings, both[1]) else (period, None, None)


def is_covered(holdings: Holdings, period: Period) -> bool:
    """Whether the dated incidents reach from the period's first day to its last, give or take a few quiet
    days at either end."""
    span = holdings.span
    return span is not None and span.start <= period.start + MARGIN and span.end >= period.end - MARGIN


def find_default(holdings: Holdings, periods: Sequence[Period]) -> Period | None:
    """The newest period that the data cover, of the longest kind that has one; else the newest."""
    covered = (period for period in periods if is_covered(holdings, period))
    return next(covered, periods[0] if periods else None)


def like_periods(periods: Sequence[Period], period: Period) -> list[Period]:
    """Periods of the same kind, for breaks that hold in all of them."""
    return [other for other in periods if abs(other.n_days - period.n_days) <= 3]


def list_like(holdings: Holdings, period: Period) -> list[Period]:
    """Periods of the same kind in the period's own calendar, newest first."""
    found = recognise(period)
    return like_periods(list_periods(holdings, found[0] if found else "civil"), period)
