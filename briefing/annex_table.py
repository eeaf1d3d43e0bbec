"""What one sheet of an annex holds, as plain data."""

import datetime as dt
import re
from dataclasses import dataclass

FORMULA = re.compile(r"(?:SUM|SUMPRODUCT|R\d+C\d+|\d+(?:\.\d+)?|[-+*/(),:])+")


@dataclass(frozen=True)
class Formula:
    """What the reader's spreadsheet reckons, without "=". `R0C0` is the first cell of the table's first row.

    Only SUM, SUMPRODUCT, numbers, cells of the same table and signs may stand in it, else ValueError: no text
    that comes from data can pass.
    """

    text: str

    def __post_init__(self) -> None:
        if not FORMULA.fullmatch(self.text):
            raise ValueError(f"not a formula that an annex may hold: {self.text!r}")


Cell = str | float | int | dt.date | Formula | None


@dataclass(frozen=True)
class AnnexTable:
    """One sheet.

    sheet: its name (made safe and distinct); title: above the table. rows: as long as heads; None and NaN are
    unknown and shown as "–", "" is a cell that holds nothing. decimals: per column, None (or no tuple) for
    whole numbers as they are and one decimal otherwise. groups: (text, columns) of a row above the heads, ""
    for columns without a group. notes: below the table. is_signed: the signature lines stand below.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    sheet: str = ""
    decimals: tuple[int | None, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()
    is_signed: bool = False

    def __post_init__(self) -> None:
        wrong = [place for place, row in enumerate(self.rows) if len(row) != len(self.heads)]
        if wrong:
            raise ValueError(f"{self.title}: rows {wrong} are not as long as the heads")
        if self.decimals and len(self.decimals) != len(self.heads):
            raise ValueError(f"{self.title}: decimals are not as many as the heads")
        if self.groups and sum(width for _, width in self.groups) != len(self.heads):
            raise ValueError(f"{self.title}: groups are not as wide as the heads")
