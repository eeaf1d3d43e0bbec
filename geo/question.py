"""What is asked of the facts."""

from dataclasses import dataclass

from geo.frames import Period

DEFAULT_RADIUS_M = 50.0
KNOWN_BY = ("reported", "discovered")


@dataclass(frozen=True)
class Selection:
    """Which incidents count. Everything None: every crime, so neither traffic accidents nor fires.

    category: as the files name it. group: key of categories.GROUPS. severity: key of frames.SEVERITIES.
    known_by: one of KNOWN_BY. Each that is given narrows the others.
    """

    category: str | None = None
    group: str | None = None
    severity: str | None = None
    known_by: str | None = None


EVERY_CRIME = Selection()


@dataclass(frozen=True)
class Question:
    """What is asked of the facts. previous None: no change columns. chosen: which incidents.

    asked: the whole period, where `period` is only the part of it that data reach so far and `previous` the
    same span of an earlier year.
    """

    period: Period | None = None
    previous: Period | None = None
    chosen: Selection = EVERY_CRIME
    radius_m: float = DEFAULT_RADIUS_M
    asked: Period | None = None
