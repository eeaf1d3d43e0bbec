"""What may stand beside what: the rules a joined file must meet before it is kept."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from errors import NotComparable
from geo.frames import Joined, Period
from store.records import Dataset


def find_period(joined: Joined) -> Period | None:
    """From the first to the last known day of its incidents; None without dates or for other kinds."""
    if joined.kind != "incidents":
        return None
    days = pd.concat([joined.rows["start"], joined.rows["end"]]).dropna()
    return None if days.empty else Period(days.min().date(), days.max().date())


def check_version(joined: Joined, area_version: str | None, *, file_name: str) -> None:
    """Ward codes were re-used: a row joined on one boundary version says nothing about another."""
    if joined.version and area_version and joined.version != area_version:
        raise NotComparable("version", file=file_name, given=joined.version, known=area_version)


def is_outside(period: Period, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether no day of a period lies among those in which boundaries were in force."""
    return bool((first and period.end < first) or (last and period.start > last))


def check_days_in_force(
    joined: Joined, period: Period | None, first: dt.date | None, last: dt.date | None, *, file_name: str
) -> None:
    """Incidents counted wholly outside the days of these boundaries were counted on others: without a word on
    their version, codes that were re-used would join them to the wrong wards. Places join as they lie."""
    if joined.version or joined.by_place or period is None:
        return
    if is_outside(period, first, last):
        raise NotComparable(
            "days_of_other_version",
            file=file_name,
            start=period.start,
            end=period.end,
            first=first or "…",
            last=last or "…",
        )


def check_same_wards(joined: Joined, other: Joined, *, file_name: str, other_name: str) -> None:
    """Figures that are counted once per ward: those of two files would be added."""
    told, known = (
        set(fact.rows.loc[fact.rows["outcome"] == "joined", "ward_code"]) for fact in (joined, other)
    )
    if both := sorted(told & known):
        raise NotComparable("same_wards", file=file_name, other=other_name, n=len(both), seen=both[0])


def check_overlap(
    joined: Joined, period: Period | None, others: Sequence[Dataset], *, file_name: str
) -> None:
    """Incidents of the same days in two active files might be counted twice."""
    if joined.kind == "incidents":
        _refuse_overlap(period, others, file_name=file_name)


def check_days(entry: Dataset, others: Sequence[Dataset]) -> None:
    """The same for a file that is kept already."""
    if entry.kind == "incidents":
        start, end = entry.period_start, entry.period_end
        period = Period(start, end) if start and end else None
        _refuse_overlap(period, others, file_name=entry.file_name)


def _refuse_overlap(period: Period | None, others: Sequence[Dataset], *, file_name: str) -> None:
    for other in others:
        if period is None or other.period_start is None or other.period_end is None:
            raise NotComparable("undated", file=file_name, other=other.file_name)
        if period.start <= other.period_end and other.period_start <= period.end:
            raise NotComparable(
                "overlap",
                file=file_name,
                start=period.start,
                end=period.end,
                other=other.file_name,
                other_start=other.period_start,
                other_end=other.period_end,
            )
