"""A sheet: a map with its table, its sentences, and what they rest on. Screen, paper and command line
show the same one."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from layers.spec import MapSpec

Tone = Literal["better", "worse", ""]


@dataclass(frozen=True)
class Sentence:
    """What the data say, in words; `**…**` is bold. key: the map that shows it."""

    text: str
    key: str = ""


@dataclass(frozen=True)
class Trace:
    """Where a number comes from, each line final text: how it is made, from what, of which days, on which
    boundaries, and where it misleads."""

    name: str
    formula: str
    source: str
    period: str
    boundaries: str
    caution: str


@dataclass(frozen=True)
class Tile:
    """One headline number: what, how many, beside what, and one sentence to read it by. trace: one click
    away; None for a number that stands in the data as it is."""

    label: str
    value: str
    beside: str = ""
    tone: Tone = ""
    sentence: str = ""
    trace: Trace | None = None


@dataclass(frozen=True)
class RankRow:
    """One ward in the list beside the map; every cell is final text.

    share: length of the bar, 0 to 1 (None for no bar). number: its place among the target areas.
    muted, muted_change: figures on too few incidents to be read alone.
    """

    ward_code: str
    place: str
    name: str
    parent: str
    value: str
    share: float | None
    n_incidents: str
    change: str
    number: int | None = None
    muted: bool = False
    muted_change: bool = False


@dataclass(frozen=True)
class Ranking:
    """The list that says in words what the map says in colour."""

    title: str
    value_title: str
    shows_incidents: bool
    shows_change: bool
    rows: tuple[RankRow, ...]
    note: str
    trace: Trace | None = None


@dataclass(frozen=True)
class NamedList:
    """Wards that an outline sets apart, by name, so that nothing is told by a line alone."""

    title: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """table: the wards with every measure, for XLSX and CSV (columns named for the reader)."""

    map: MapSpec
    table: pd.DataFrame
    headline: tuple[Sentence, ...]
    tiles: tuple[Tile, ...]
    ranking: Ranking
    lists: tuple[NamedList, ...]
    notes: tuple[str, ...]
    balance: str
    caption: str
