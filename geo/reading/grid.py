"""A sheet as a grid of cells, before anybody knows which row names the columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo.findings import Finding, list_examples

LETTER = re.compile(r"[^\W\d_]")
Findings = tuple[Finding, ...]


@dataclass(frozen=True)
class Merge:
    """A block of cells shown as one; its value stands in the upper left. Rows and columns count from 0 in
    the grid, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """cells: RangeIndex columns; index: the line of each row in the sheet, counted from 1. merges: () where
    the format does not tell."""

    cells: pd.DataFrame
    merges: tuple[Merge, ...] = ()


def is_empty(cell: object) -> bool:
    """Nothing to see in the cell."""
    return cell is None or (not cell.strip() if isinstance(cell, str) else bool(cell != cell))


def is_word(cell: object) -> bool:
    """Text with a letter in it."""
    return isinstance(cell, str) and LETTER.search(cell) is not None


def one_line(cell: object) -> str:
    return "" if is_empty(cell) else " ".join(str(cell).split())


def name_columns(names: Sequence[object], file: str) -> tuple[list[str], Findings]:
    """Column names as text on one line, unnamed ones as `column_3`, repeated ones as `name_2`."""
    texts = [one_line(name) for name in names]
    unnamed = [f"column_{place}" for place, text in enumerate(texts, start=1) if not text]
    texts = [text or f"column_{place}" for place, text in enumerate(texts, start=1)]
    taken, distinct, repeated = set(texts), list[str](), list[str]()
    for text in texts:
        name, turn = text, 1
        while name in distinct or (turn > 1 and name in taken):
            turn += 1
            name = f"{text}_{turn}"
        if turn > 1:
            repeated.append(text)
        distinct.append(name)
    findings: Findings = ()
    if unnamed:
        findings += (Finding("UnnamedColumns", "info", file, list_examples(unnamed), {"file": file}),)
    if repeated:
        findings += (Finding("DuplicateColumns", "warning", file, list_examples(repeated), {"file": file}),)
    return distinct, findings
