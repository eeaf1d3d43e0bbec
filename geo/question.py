"""What is asked of the facts."""

from dataclasses import dataclass

from geo.frames import Period

DEFAULT_RADIUS_M = 50.0


@dataclass(frozen=True)
class Question:
    """What is asked of the facts. previous None: no change columns. category None: all.

    asked: the whole period, where `period` is only the part of it that data reach so far and `previous` the
    same span of an earlier year.
    """

    period: Period | None = None
    previous: Period | None = None
    category: str | None = None
    radius_m: float = DEFAULT_RADIUS_M
    asked: Period | None = None
