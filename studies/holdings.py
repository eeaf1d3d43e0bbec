"""Everything the store holds of one area, in memory, and the questions it can answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geo.counting import count_by_ward, pick_counted
from geo.frames import Joined, Kind, Period, Wards
from geo.measure import Measured, Question, measure
from layers.shapes import make_shapes, simplify
from layers.spec import MapShapes
from store.records import Area, Dataset
from store.repository import Store

KINDS: tuple[Kind, ...] = ("incidents", "cameras", "population", "status")
SCREEN_TOLERANCE_M = 12.0
LONGEST_MONTH_DAYS = 31
MARGIN = dt.timedelta(days=3)


@dataclass(frozen=True)
class Holdings:
    """One area: wards, outlines for drawing, facts, and the files they came in."""

    area: Area
    wards: Wards
    shapes: MapShapes
    facts: tuple[Joined, ...]
    datasets: tuple[Dataset, ...]

    def of_kind(self, kind: Kind) -> list[Joined]:
        return [fact for fact in self.facts if fact.kind == kind]

    @cached_property
    def span(self) -> Period | None:
        """From the first to the last day that dated incidents reach; None when none is dated."""
        rows = [fact.rows[["start", "end"]].dropna() for fact in self.of_kind("incidents")]
        rows = [frame for frame in rows if len(frame)]
        if not rows:
            return None
        first, last = min(frame["start"].min() for frame in rows), max(frame["end"].max() for frame in rows)
        return Period(first.date(), last.date())

    def measure(self, question: Question) -> Measured:
        return measure(self.wards, self.facts, question)

    def count(self, period: Period, category: str | None) -> pd.Series:
        """Incidents per ward and nothing else, counted as `measure` counts them."""
        counted = pick_counted(self.of_kind("incidents"), period)
        return count_by_ward(self.wards.frame.index, counted, period, category)


def load_holdings(store: Store, area_id: int) -> Holdings:
    """All of an area. Raises NoData when there is no such area."""
    wards = store.load_wards(area_id)
    area = next(area for area in store.list_areas() if area.id == area_id)
    facts = tuple(fact for kind in KINDS for fact in store.load(area_id, kind))
    shapes = make_shapes(wards)
    return Holdings(area, wards, shapes, facts, tuple(store.list_datasets(area_id)))


def lighten(shapes: MapShapes) -> MapShapes:
    """Outlines for the screen: half a pixel of a full view is not worth sending."""
    return simplify(shapes, SCREEN_TOLERANCE_M)


def list_categories(holdings: Holdings) -> list[str]:
    """Categories of incidents on file, the most frequent first."""
    rows = [
        fact.rows[["category", "n"]].dropna() for fact in holdings.of_kind("incidents") if not fact.by_place
    ]
    rows = rows or [fact.rows[["category", "n"]].dropna() for fact in holdings.of_kind("incidents")]
    if not rows:
        return []
    sums = pd.concat(rows).groupby("category")["n"].sum().sort_values(ascending=False)
    return [str(category) for category in sums.index]


def list_periods(holdings: Holdings) -> list[Period]:
    """Periods that can be asked: years, then quarters and months where rows are that fine; newest first.

    Empty when no incident is dated.
    """
    if holdings.span is None:
        return []
    lengths = [(fact.rows["end"] - fact.rows["start"]).max() for fact in holdings.of_kind("incidents")]
    coarsest = max(length.days for length in lengths if pd.notna(length)) + 1
    tilings = [12] if coarsest > LONGEST_MONTH_DAYS else [12, 3, 1]
    return [period for months in tilings for period in _tile(holdings.span.start, holdings.span.end, months)]


def _tile(first: dt.date, last: dt.date, months: int) -> list[Period]:
    """Calendar periods of so many months that touch the data, newest first."""
    periods = []
    start = dt.date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        after = add_months(start, months)
        periods.append(Period(start, after - dt.timedelta(days=1)))
        start = after
    return periods[::-1]


def add_months(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def find_previous(period: Period, compare: str) -> Period:
    """`year`: the same days a year before. `before`: as many whole months, or days, just before."""
    if compare == "year":
        return period.shift_years(-1)
    after = period.end + dt.timedelta(days=1)
    if period.start.day == 1 and after.day == 1:
        months = (after.year - period.start.year) * 12 + after.month - period.start.month
        return Period(add_months(period.start, -months), period.start - dt.timedelta(days=1))
    end = period.start - dt.timedelta(days=1)
    return Period(end - dt.timedelta(days=period.n_days - 1), end)


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
