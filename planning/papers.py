"""The papers and figures that decisions and reports rest on. Text is the committee's own, shown as text."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

Qualifier = Literal["=", ">=", "<=", "~", "text"]
Level = Literal["province", "district", "ward", "area", ""]
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True)
class Document:
    """A decision, plan or report as it is cited.

    number: "" where it is not known. title: what it is ("Kế hoạch", "Quyết định", its subject). issued_by:
    the body that signed, as it names itself. issued_on: None where not told.
    """

    title: str = ""
    number: str = ""
    issued_by: str = ""
    issued_on: dt.date | None = None

    @property
    def is_named(self) -> bool:
        """Whether it could be found again: who issued it, and its number or title."""
        return bool(self.issued_by.strip() and (self.number.strip() or self.title.strip()))


@dataclass(frozen=True)
class Figure:
    """One reported number with all that makes it one.

    key: groups like figures ("tips_received"). measure, unit, text: the reader's words, from the data. value
    None: not told (never 0); with qualifier "text" the words stand in `text` ("hàng chục lượt"). start, end:
    days it is of; as_of: the day it held, for a stock; period: the source's own words where it gives no days,
    never turned into days. level and place: whom it was reported for; it is never spread further down.
    overlaps: a word that figures share which may count one thing twice, so they are never added up. source:
    the paper it was read in; stated_on its date.
    """

    key: str
    measure: str
    value: float | None
    unit: str
    qualifier: Qualifier = "="
    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    as_of: dt.date | None = None
    level: Level = ""
    place: str = ""
    source: str = ""
    stated_on: dt.date | None = None
    overlaps: str = ""
    note: str = ""
    period: str = ""

    def __post_init__(self) -> None:
        if self.qualifier == "text" and not self.text:
            raise ValueError(f"{self.key}: a quantity in words needs its words")
