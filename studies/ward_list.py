"""A clerk's list of wards, one row each: read, and every row held against the wards it may mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from errors import NothingMatched
from geo.findings import Finding
from geo.frames import Wards
from geo.matching.aliases import Alias
from geo.matching.match import match_keys
from geo.reading.columns import TableColumns, guess_place
from geo.reading.read import Table, list_layers, read_table
from geo.rows.facts import prefer_name


@dataclass(frozen=True)
class WardList:
    """matched: of each row ward_code and outcome, as `geo.matching.match.match_keys` tells. taken: the
    columns that name the ward."""

    table: Table
    matched: pd.DataFrame
    taken: tuple[str | None, ...]
    findings: tuple[Finding, ...]

    @property
    def headers(self) -> list[str]:
        return [str(column) for column in self.table.frame.columns]

    @property
    def lines(self) -> Sequence[int]:
        """Where each row stands in its sheet, counted from 1."""
        return self.table.lines or range(1, len(self.table.frame) + 1)


def read_ward_list(
    path: Path,
    wards: Wards,
    aliases: Sequence[Alias] = (),
    *,
    sheet: str | None = None,
    encoding: str | None = None,
) -> WardList:
    """The first sheet unless one is named. Raises what reading a table raises, MissingColumns, NotComparable,
    and NothingMatched when not one row found its ward."""
    sheets = list_layers(path)
    first = sheets[0] if len(sheets) > 1 else None
    table = read_table(path, sheet=sheet or first, encoding=encoding)
    place = guess_place(table.frame, TableColumns(by_key=True), file=table.file, points=False)
    place = prefer_name(wards, table, TableColumns(), place)
    names = table.frame[place.name] if place.name else None
    parents = table.frame[place.parent] if place.parent else None
    assert place.key is not None
    matched, remarks = match_keys(
        wards, table.frame[place.key], names=names, parents=parents, aliases=aliases, where=table.file
    )
    if not (matched["outcome"] == "joined").any():
        raise NothingMatched("by_key", file=table.file, n=len(matched), column=place.key)
    taken = (place.key, place.name, place.parent)
    return WardList(table, matched, taken, (*table.findings, *remarks))
