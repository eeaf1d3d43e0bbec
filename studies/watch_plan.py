"""Which months an area is watched in, and which tell the level it is held against."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo.frames import Period
from geo.periods import tile
from planning.lifecycle import entered_on
from store.plan_records import KeptArea
from studies.following import Chain, Told, Unit, find_calendar_of, list_months
from studies.windows import find_windows

FEWEST_LEVEL_MONTHS = 3

LevelOf = Literal["work", "base", ""]


@dataclass(frozen=True)
class Plan:
    """months: whole months since the area was put under maintenance, as many as are watched and have gone by.
    cut_first: the month it happened in, None where it was that month's first day. work, base: whole months of
    the area's work and of its base period, before the watch."""

    months: tuple[Period, ...]
    cut_first: Period | None
    work: tuple[Period, ...]
    base: tuple[Period, ...]

    @property
    def needed(self) -> tuple[Period, ...]:
        """Every month that something is asked of."""
        return (*self.months, *self.work, *self.base)


@dataclass(frozen=True)
class Level:
    """Incidents a month (NaN unknown), what they are the mean of, and of how many months with figures."""

    mean: float
    of: LevelOf
    n_months: int


def make_plan(kept: KeptArea, chain: Chain, *, today: dt.date, of_months: int) -> Plan:
    """In the calendar of the figures, over the area's own `find_windows`. Of an area that has been under
    maintenance or has left the register, see `planning.lifecycle`."""
    steps, windows = kept.taken, find_windows(kept)
    left = entered_on(steps, "duy_tri") or entered_on(steps, "ra_khoi_dien")
    assert left is not None, "an area under watch has entered that state"
    touched = tile(left, max(left, today), "month", find_calendar_of(chain))
    whole = [month for month in touched if month.start >= left and month.end < today]
    return Plan(
        tuple(whole[:of_months]),
        touched[0] if touched[0].start < left else None,
        _list_before(chain, windows.get("after"), left),
        _list_before(chain, windows.get("before"), left),
    )


def _list_before(chain: Chain, window: Period | None, left: dt.date) -> tuple[Period, ...]:
    if window is None:
        return ()
    return tuple(month for month in list_months(chain, window.start, window.end) if month.end < left)


def find_level(plan: Plan, unit: Unit, told: Mapping[Period, Told | None]) -> Level:
    """The mean of the months of work that have figures; of the base period where those are fewer than
    FEWEST_LEVEL_MONTHS; unknown where these are fewer too."""
    sides: tuple[tuple[LevelOf, tuple[Period, ...]], ...] = (("work", plan.work), ("base", plan.base))
    for of, periods in sides:
        counts = pd.Series([unit.count(told[month]) for month in periods], dtype=float).dropna()
        if len(counts) >= FEWEST_LEVEL_MONTHS:
            return Level(float(counts.mean()), of, len(counts))
    return Level(math.nan, "", 0)
