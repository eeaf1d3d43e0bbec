"""What may stand beside what: the rules a joined file must meet before it is kept."""

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


def check_overlap(
    joined: Joined, period: Period | None, others: Sequence[Dataset], *, file_name: str
) -> None:
    """Incidents of the same days in two active files might be counted twice."""
    if joined.kind != "incidents":
        return
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
