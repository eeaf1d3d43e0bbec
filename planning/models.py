"""Models of the movement ("mô hình"): what they are, where, how many take part, and what they report.

Counters of one model may count one event twice, so nothing here is ever added up.
"""

import datetime as dt
from dataclasses import dataclass

from planning.papers import Figure, Level


@dataclass(frozen=True)
class CrimeModel:
    """One model or family of models. n_units, n_members, n_premises: how many groups, people taking part,
    registered premises, each None where not told. effective: whether its assessor says it works well ("hoạt
    động hiệu quả"), None not assessed; assessed_by, assessed_on: who and when. figures: its reported results.
    started: built or strengthened on that day, None not told.
    """

    name: str
    level: Level
    place: str
    kind: str = ""
    ward_code: str = ""
    version: str = ""
    n_units: float | None = None
    n_members: float | None = None
    n_premises: float | None = None
    effective: bool | None = None
    assessed_by: str = ""
    assessed_on: dt.date | None = None
    started: dt.date | None = None
    figures: tuple[Figure, ...] = ()
    source: str = ""
    as_of: str = ""
    note: str = ""
    illustrative: bool = False
