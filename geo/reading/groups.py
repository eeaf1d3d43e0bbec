"""Rows under district headings, and the totals that belong to them.

A total covers the rows from one place to another; where that cannot be told it covers all.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from geo.names import fold, parse_unit
from geo.reading.columns import find_column
from geo.reading.grid import is_empty
from geo.reading.row_kinds import Labels, SortedRows, Texts, has_figures, list_others
from geo.reading.row_words import WIDE_TYPES, Heading, read_heading, read_scope

PARENT_HEADING = "parent_heading"
GRAND = re.compile(r"(?:[a-zđ]\s*[.)]\s*)?(?:tổng (?:số|cộng)|toàn|cả|grand)\b")
OTHER_SUM = re.compile(
    r"cùng kỳ|năm trước|kỳ trước|luỹ kế|lũy kế|so với|tăng|giảm|tỷ lệ|tỉ lệ|trung bình|bình quân"
)
Range = tuple[int, int]


@dataclass(frozen=True)
class Total:
    """A sum that a clerk wrote. line: in the sheet. scope: the district it names, None for all or unknown.
    cells: by column. rows: the first row of the table it covers and the one after the last; None: the rows
    whose own parent is the scope; an empty range covers nothing that could be added up."""

    line: int
    label: str
    scope: str | None
    cells: dict[str, object]
    rows: Range | None


@dataclass(frozen=True)
class Block:
    heading: Heading
    place: int
    rows: Range


@dataclass(frozen=True)
class GroupedRows:
    """parents: the district's heading above each row, "" where none is; None when there is no use for it."""

    parents: Texts | None
    totals: tuple[Total, ...]


@dataclass
class Reader:
    """One pass over the rows. is_below: districts stand under their wards, as sums do."""

    body: pd.DataFrame
    sorted: SortedRows
    labels: Labels
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        is_ward = self.sorted.kinds == "ward"
        self.before = np.concatenate(([0], np.cumsum(is_ward)))
        self.all: Range = (0, int(is_ward.sum()))
        places = [int(place) for place in np.flatnonzero(self.sorted.kinds == "heading")]
        for place, stop in pairwise([*places, len(self.body)]):
            heading = read_heading(self.sorted.texts[place], self.sorted.orders[place])
            assert heading is not None
            rows = (int(self.before[place]), int(self.before[stop]))
            is_wide = heading.type in WIDE_TYPES and (rows[0] == rows[1] or len(places) == 1)
            is_last = rows[0] == self.all[1] and len(places) == 1
            if is_wide or is_last:
                heading, rows = Heading(None, heading.type), self.all
            self.blocks.append(Block(heading, place, rows))
        self.is_below = (
            len(places) > 1 and self.before[places[0]] > 0 and self.before[places[-1]] == self.all[1]
        )
        if self.is_below:
            starts = [0, *(int(self.before[place]) for place in places)]
            self.blocks = [
                replace(block, rows=rows) for block, rows in zip(self.blocks, pairwise(starts), strict=True)
            ]

    def list_parents(self) -> Texts:
        parents = np.full(len(self.body), "", dtype=object)
        for block in reversed(self.blocks) if self.is_below else self.blocks:
            covered = slice(None, block.place) if self.is_below else slice(block.place, None)
            parents[covered] = block.heading.parent or ""
        return parents

    def list_totals(self) -> list[Total]:
        totals = []
        for place in np.flatnonzero(np.isin(self.sorted.kinds, ("total", "heading"))):
            block = next((block for block in self.blocks if block.place == place), None)
            if block is None:
                totals.append(self._make(int(place), *self._cover(int(place))))
            elif has_figures(list_others(self.body, block.place, self.labels)):
                totals.append(self._make(block.place, block.heading.parent, block.rows))
        return totals

    def _make(self, place: int, scope: str | None, rows: Range | None) -> Total:
        row = self.body.iloc[place]
        cells = {str(column): cell for column, cell in row.items() if not is_empty(cell)}
        return Total(int(self.body.index[place]), str(self.sorted.texts[place]), scope, cells, rows)

    def _cover(self, place: int) -> tuple[str | None, Range | None]:
        label = fold(str(self.sorted.texts[place]))
        if OTHER_SUM.search(label):
            return None, (0, 0)
        scope = read_scope(str(self.sorted.texts[place]))
        if scope is not None:
            return self._cover_named(place, scope)
        here = int(self.before[place])
        block = next((block for block in reversed(self.blocks) if block.place < place), None)
        if here == 0 and block is None:
            return None, self.all
        if here == self.all[1] and self._ends_table(place, label):
            return None, self.all
        if block is not None and block.rows != self.all:
            return block.heading.parent, block.rows
        return self._read_parent_above(place), (self._last_mark(place), here)

    def _cover_named(self, place: int, scope: str) -> tuple[str | None, Range | None]:
        unit = parse_unit(scope)
        for block in self.blocks:
            if block.heading.parent and parse_unit(block.heading.parent).core == unit.core:
                return scope, block.rows
        if unit.type in WIDE_TYPES:
            return None, self.all
        if self.labels.parent is not None:
            return scope, None
        return scope, (self._last_mark(place), int(self.before[place]))

    def _ends_table(self, place: int, label: str) -> bool:
        """Whether a total under the last ward is the grand one."""
        totals = np.flatnonzero(self.sorted.kinds == "total")
        same = [p for p in totals if p != place and fold(str(self.sorted.texts[p])) == label]
        if same:
            return False
        return GRAND.match(label) is not None or not (totals > place).any()

    def _last_mark(self, place: int) -> int:
        marks = np.flatnonzero(np.isin(self.sorted.kinds[:place], ("total", "heading")))
        return int(self.before[marks[-1]]) if len(marks) else 0

    def _read_parent_above(self, place: int) -> str | None:
        wards = np.flatnonzero(self.sorted.kinds[:place] == "ward")
        if self.labels.parent is None or not len(wards):
            return None
        cell = self.body.iloc[wards[-1]][self.labels.parent]
        return None if is_empty(cell) else str(cell)


def group_rows(body: pd.DataFrame, rows: SortedRows, labels: Labels) -> GroupedRows:
    reader = Reader(body, rows, labels)
    parents = reader.list_parents()
    taken = [column for column in (labels.name, labels.code) if column]
    is_own = find_column([*body.columns, PARENT_HEADING], "parent", taken=taken) != PARENT_HEADING
    is_useful = not is_own and any(block.heading.parent for block in reader.blocks)
    return GroupedRows(parents if is_useful else None, tuple(reader.list_totals()))
