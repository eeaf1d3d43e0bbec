"""The days before and the days of work of a target area, one way for all that is counted of it."""

import datetime as dt
from typing import Literal

from geo.frames import Period
from planning.lifecycle import entered_on
from store.plan_records import KeptArea

Phase = Literal["before", "after"]


def find_windows(kept: KeptArea) -> dict[Phase, Period]:
    """The days before and the days of work; a side whose days are not told, or end before they begin, is not
    there. Days of work that the area does not tell are those of its steps. Work that was taken up again may
    have begun after the end that its last assessment told; it has no side until that is mended."""
    area, steps = kept.content, kept.taken
    start = area.start or entered_on(steps, "dang_chuyen_hoa")
    end = area.end or entered_on(steps, "chuyen_hoa_thanh_cong") or entered_on(steps, "chua_dat")
    days: dict[Phase, tuple[dt.date | None, dt.date | None]] = {
        "before": (area.base_start, area.base_end),
        "after": (start, end),
    }
    return {
        phase: Period(first, last)
        for phase, (first, last) in days.items()
        if first is not None and last is not None and first <= last
    }
