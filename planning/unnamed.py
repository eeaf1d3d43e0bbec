"""Areas that reports count as passed without naming them: told beside a cohort, never part of its shares."""

import datetime as dt
from collections.abc import Sequence

from planning.papers import LEVELS, Figure, Level
from planning.programme import Programme

TRANSFORMED = "transformed"


def count_unnamed(
    programmes: Sequence[Programme],
    first: dt.date,
    last: dt.date,
    *,
    n_named: int = 0,
    key: str = TRANSFORMED,
) -> int:
    """How many areas the programmes report as passed between two days, beyond the n_named that are on record;
    never below 0.

    Only exact figures of that key count. A figure without days of its own is of its programme's year; one
    whose days reach beyond those asked is left out. Of one place and the same days the one stated last
    counts; and only figures of the highest level told, because a province's number holds its districts'.
    """
    exact = sorted(
        (
            (figure, programme)
            for programme in programmes
            for figure in programme.figures
            if figure.key == key and figure.qualifier == "=" and figure.value is not None
        ),
        key=lambda pair: pair[0].stated_on or dt.date.min,
    )
    latest: dict[tuple[Level, str, dt.date, dt.date], float] = {}
    for figure, programme in exact:
        since, until = _find_days(figure, programme)
        if first <= since and until <= last and figure.value is not None:
            level, place = figure.level or programme.level, figure.place or programme.place
            latest[level, place, since, until] = figure.value
    highest = min((LEVELS.index(level) for level, _, _, _ in latest), default=0)
    n_told = sum(value for (level, _, _, _), value in latest.items() if LEVELS.index(level) == highest)
    return max(0, int(n_told) - n_named)


def _find_days(figure: Figure, programme: Programme) -> tuple[dt.date, dt.date]:
    days = [day for day in (figure.start, figure.end, figure.as_of) if day]
    if not days:
        days = [dt.date(programme.year, 1, 1), dt.date(programme.year, 12, 31)]
    return min(days), max(days)
