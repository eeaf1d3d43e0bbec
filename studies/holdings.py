"""Everything the store holds of one area, in memory, and the questions it can answer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo.frames import Joined, Kind, Period, Wards
from geo.measure import Measured, Question, measure
from layers.shapes import make_shapes, simplify
from layers.spec import MapShapes
from store.records import Area, Dataset
from store.repository import Store

KINDS: tuple[Kind, ...] = ("incidents", "cameras", "population", "status")
SCREEN_TOLERANCE_M = 12.0
LONGEST_MONTH_DAYS = 31


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

    def measure(self, question: Question) -> Measured:
        return measure(self.wards, self.facts, question)


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
    rows = [fact.rows[["start", "end"]].dropna() for fact in holdings.of_kind("incidents")]
    rows = [frame for frame in rows if len(frame)]
    if not rows:
        return []
    days = pd.concat(rows)
    first, last = days["start"].min().date(), days["end"].max().date()
    finest = int((days["end"] - days["start"]).dt.days.max()) + 1
    spans = [12] if finest > LONGEST_MONTH_DAYS else [12, 3, 1]
    return [period for months in spans for period in _tile(first, last, months)]


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
    """Whether the dated incidents reach from the period's first day to its last."""
    rows = [fact.rows[["start", "end"]].dropna() for fact in holdings.of_kind("incidents")]
    days = pd.concat(rows) if rows else pd.DataFrame({"start": [], "end": []})
    if not len(days):
        return False
    margin = pd.Timedelta(days=3)
    return bool(
        days["start"].min() <= pd.Timestamp(period.start) + margin
        and days["end"].max() >= pd.Timestamp(period.end) - margin
    )


def find_last_day(holdings: Holdings) -> dt.date | None:
    """The last day that any dated incident reaches; None when none is dated."""
    ends = [fact.rows["end"].max() for fact in holdings.of_kind("incidents")]
    known = [end for end in ends if pd.notna(end)]
    return max(known).date() if known else None


def like_periods(periods: Sequence[Period], period: Period) -> list[Period]:
    """Periods of the same kind, for breaks that hold in all of them."""
    return [other for other in periods if abs(other.n_days - period.n_days) <= 3]
