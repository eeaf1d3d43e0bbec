"""The calendar of a programme in words: what is late and by how long, what comes next.

Late says that the store has no record of it; it may have been done and not written down.
"""

import datetime as dt
from dataclasses import dataclass

from i18n.messages import Words
from planning.dues import DueItem, DueState
from studies.follow import Followed
from studies.watch_words import name_area

YEAR_DAYS, MANY_DAYS = 365, 730
SHOWN: tuple[DueState, ...] = ("late", "soon", "undated")
FOLDED: tuple[DueState, ...] = ("later", "done")


@dataclass(frozen=True)
class DueRow:
    """One kind of work with one last day, and the areas it is due of; cells are final text."""

    state: DueState
    name: str
    on: str
    told: str
    areas: str


def list_dues(followed: Followed, words: Words) -> tuple[list[DueRow], list[DueRow]]:
    """What is late, near or without a day, the longest overdue first; then what comes later or is done."""
    return _list_of(SHOWN, followed, words), _list_of(FOLDED, followed, words)


def _list_of(states: tuple[DueState, ...], followed: Followed, words: Words) -> list[DueRow]:
    catalogue = followed.told.catalogue
    kinds = [due.key for due in catalogue.dues] if catalogue else []
    alike = dict[tuple[int, dt.date, int, dt.date], list[DueItem]]()
    for item in followed.dues:
        if item.state in states:
            days = item.on or dt.date.max, kinds.index(item.key), item.done_on or dt.date.min
            alike.setdefault((states.index(item.state), *days), []).append(item)
    return [_write_row(items, followed, words) for _, items in sorted(alike.items())]


def _write_row(items: list[DueItem], followed: Followed, words: Words) -> DueRow:
    first = items[0]
    return DueRow(
        state=first.state,
        name=name_due(first.key, followed),
        on=words.date(first.on) if first.on else words("follow.no_due_day"),
        told="" if first.state == "undated" else _write_state(first, followed.today, words),
        areas=_name_areas(items, followed, words),
    )


def _name_areas(items: list[DueItem], followed: Followed, words: Words) -> str:
    ids = {item.area for item in items}
    if len(ids) == len(followed.areas) > 1:
        return words("follow.all_areas", n=len(ids))
    return "; ".join(name_area(kept.content, words) for kept in followed.areas if kept.id in ids)


def name_due(key: str, followed: Followed) -> str:
    """As the catalogue names it."""
    catalogue = followed.told.catalogue
    return next((due.name for due in catalogue.dues if due.key == key), key) if catalogue else key


def _write_state(item: DueItem, today: dt.date, words: Words) -> str:
    if item.state == "done":
        return words("follow.done_on", day=item.done_on)
    if item.on is None:
        return words("follow.no_due_day")
    return write_distance(item.on, today, words)


def write_distance(on: dt.date, today: dt.date, words: Words) -> str:
    """`trễ 12 ngày`, `còn 5 ngày`, `hôm nay`; by years where it is long ago."""
    n_days = (today - on).days
    if n_days >= MANY_DAYS:
        return words("follow.late_years", n=n_days // YEAR_DAYS)
    if n_days > 0:
        return words("follow.late_days", n=n_days)
    return words("follow.days_left", n=-n_days) if n_days else words("follow.due_today")


def write_due(item: DueItem, followed: Followed, words: Words) -> str:
    """`Sơ kết 6 tháng, P. An Bình, Q. Ninh Kiều: trễ 12 ngày`."""
    kept = next(kept for kept in followed.areas if kept.id == item.area)
    told = _write_state(item, followed.today, words)
    return words(
        "follow.due_of", due=name_due(item.key, followed), area=name_area(kept.content, words), told=told
    )


def find_next(area_id: int, followed: Followed, words: Words) -> str:
    """What an area has to do first."""
    asked = [item for item in followed.dues if item.area == area_id]
    left = [item for item in asked if item.state != "done"]
    if not left:
        return words("follow.next_none" if asked else "follow.next_nothing")
    item = left[0]
    if item.on is None:
        return words("follow.next_undated", due=name_due(item.key, followed))
    told = _write_state(item, followed.today, words)
    return words("follow.next", due=name_due(item.key, followed), day=item.on, told=told)
