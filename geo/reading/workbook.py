"""The cells of a workbook, read in a process of its own.

A spreadsheet with one stray cell in its last corner, or a broken .xls, can make the reader ask for more
memory than there is; that must not end the dashboard.
"""

import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from errors import TooLarge, UnreadableFile
from geo.reading import archive, workbook_cells
from geo.reading.grid import Merge

SECONDS = 120
FAILED = 1


@dataclass(frozen=True)
class Sheet:
    """A visible sheet. rows: equally long, "" where blank; first_line: where the first row stands in the
    sheet, counted from 1. first_column: the same from 0."""

    name: str
    rows: list[list[object]]
    merges: tuple[Merge, ...]
    first_line: int = 1
    first_column: int = 0


def read_sheets(path: Path) -> list[Sheet]:
    """Visible sheets in the workbook's order. Raises UnreadableFile (corrupt, wrong_ending: locked) or
    TooLarge (zip, sheet)."""
    if path.suffix.lower() != ".xls":
        archive.check_zip(path)
    command = [sys.executable, "-I", str(Path(workbook_cells.__file__)), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise TooLarge("sheet", file=path.name) from error
    if done.returncode == workbook_cells.CORRUPT:
        raise UnreadableFile("corrupt", file=path.name)
    if done.returncode == workbook_cells.LOCKED:
        raise UnreadableFile("wrong_ending", file=path.name)
    if done.returncode == FAILED and b"MemoryError" not in done.stderr:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    if done.returncode != 0:
        raise TooLarge("sheet", file=path.name)
    return [_place(*sheet) for sheet in pickle.loads(done.stdout)]  # noqa: S301 - written by our own process


def _place(
    name: str,
    start: tuple[int, int] | None,
    rows: list[list[object]],
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] | None,
) -> Sheet:
    line, column = start or (0, 0)
    merges = tuple(
        Merge(top - line, left - column, bottom - line, right - column)
        for (top, left), (bottom, right) in ranges or ()
        if top >= line and left >= column
    )
    return Sheet(name, rows, tuple(sorted(merges, key=lambda m: (m.top, m.left))), line + 1, column)
