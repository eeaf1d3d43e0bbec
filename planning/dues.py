"""What is due for one area: its own plan, its reviews, the end of its maintenance.

Days count from the area's own days, never the programme's. An area whose days are not told has dues without a
day, not invented ones. A review counts as held only when a meeting names it by its key: one called "sơ kết"
may have been any of them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planning.catalogue import Catalogue, Due
from planning.lifecycle import GRADED_STATES, apply_corrections, entered_on, grade_of, state_of
from planning.programme import Programme, Step, TargetArea

DueState = Literal["late", "soon", "later", "done", "undated"]
SUB_PLAN = "sub_plan"
MAINTENANCE_END = "maintenance_end"
SOON_DAYS = 30
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class DueItem:
    """One thing due. area: the id given. on: the last day that is in time, None where the area's days are not
    told. state: `late` past and not done, `soon` within 30 days, `undated` not done and without a day."""

    area: int
    key: str
    on: dt.date | None
    state: DueState
    done_on: dt.date | None


def list_due(
    area_id: int,
    area: TargetArea,
    steps: Sequence[Step],
    programme: Programme,
    catalogue: Catalogue,
    today: dt.date,
) -> list[DueItem]:
    """What the catalogue asks of the area, by day, those without a day last.

    Work starts on the area's first day, else on the day it was entered as in progress. Nothing is due of an
    area that is only proposed. What counts from the start and falls after the area's last day, or after the
    day of its grade, is not due; what counts from maintenance is not due before that began. Done is: the
    sub-plan when it came in; `maintenance_end` when the area has left maintenance; everything else when the
    area or the programme held a meeting of that kind, not before the day that it counts from.
    """
    if state_of(steps) == "de_xuat":
        return []
    items = []
    for due in catalogue.dues:
        since = _find_since(due, area, steps)
        on = since and add_months(since, due.months)
        if due.after == "maintenance_start" and since is None:
            continue
        if due.after == "start" and on and _is_over(on, area, steps):
            continue
        done_on = _find_done(due, since, area, steps, programme, today)
        items.append(DueItem(area_id, due.key, on, _tell_state(on, done_on, today), done_on))
    return sorted(items, key=lambda item: (item.on is None, item.on or today))


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; the month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_after = dt.date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(day.year + years, month + 1, min(day.day, (first_after - DAY).day))


def _find_since(due: Due, area: TargetArea, steps: Sequence[Step]) -> dt.date | None:
    if due.after == "start":
        return area.start or entered_on(steps, "dang_chuyen_hoa")
    return area.end if due.after == "end" else entered_on(steps, "duy_tri")


def _is_over(on: dt.date, area: TargetArea, steps: Sequence[Step]) -> bool:
    """The day after the last one still counts: three months from 6 June end on 5 or 6 September."""
    graded = [entered_on(steps, state) for state in GRADED_STATES] if grade_of(steps) else []
    last_graded = max((day for day in graded if day), default=None)
    return any(on > end + DAY for end in (area.end, last_graded) if end)


def _find_done(
    due: Due,
    since: dt.date | None,
    area: TargetArea,
    steps: Sequence[Step],
    programme: Programme,
    today: dt.date,
) -> dt.date | None:
    if due.key == SUB_PLAN:
        return area.sub_plan_on
    if due.key == MAINTENANCE_END:
        meant = apply_corrections(steps)
        after = [step.on for last, step in pairwise(meant) if last.to == "duy_tri"]
        return after[-1] if after and state_of(steps) != "duy_tri" else None
    meetings = (*area.meetings, *programme.meetings)
    held = [meeting.held_on for meeting in meetings if meeting.kind == due.key and meeting.held_on]
    return min((day for day in held if (since or day) <= day <= today), default=None)


def _tell_state(on: dt.date | None, done_on: dt.date | None, today: dt.date) -> DueState:
    if done_on is not None:
        return "done"
    if on is None:
        return "undated"
    if on < today:
        return "late"
    return "soon" if on <= today + SOON_DAYS * DAY else "later"
