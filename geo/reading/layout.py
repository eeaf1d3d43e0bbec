"""From a sheet as a clerk made it to a table of wards, with what was taken out kept or told.

Titles, column numbers, district headings, totals, blank rows, notes and signatures are no wards. Without a
column of wards nothing below the header is judged, and every row stays.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import UnreadableFile
from geo.findings import EXAMPLES, Finding, list_examples
from geo.names import fold, parse_unit
from geo.reading.columns import find_column
from geo.reading.grid import Findings, Grid, is_empty, is_word, name_columns, one_line
from geo.reading.groups import PARENT_HEADING, Total, group_rows
from geo.reading.header_rows import BETWEEN, HeaderRows
from geo.reading.row_kinds import Labels, SortedRows, sort_rows
from geo.reading.row_words import WARD_TYPES, sort_words

__all__ = ["PARENT_HEADING", "Layout", "Total", "lay_out"]

HEADER_ROWS = 50
SAMPLE_WARDS = 200
FIRST_WORDS = 3


@dataclass(frozen=True)
class Layout:
    """frame: one row per ward as it stood in the sheet, RangeIndex. lines: of those rows in the sheet.
    totals: the sums that stood among them."""

    frame: pd.DataFrame
    lines: tuple[int, ...]
    totals: tuple[Total, ...]
    findings: Findings


def lay_out(grid: Grid, *, file: str) -> Layout:
    """The table in a grid. Raises UnreadableFile (no_rows) when no ward stands below the header."""
    body, places, findings = _take_header(grid, file)
    body, filled = _fill_merged(body, places, grid, file)
    findings += filled
    labels = _find_labels(body)
    if labels is None:
        return _finish(body, (), findings)
    rows = sort_rows(body, labels)
    _refuse_second_table(body, rows, labels, file)
    grouped = group_rows(body, rows, labels)
    is_ward = rows.kinds == "ward"
    _check_all_kept(body, rows)
    if not is_ward.any():
        raise UnreadableFile("no_rows", file=file)
    findings += _tell(body, rows, file, is_column=grouped.parents is not None)
    frame = body if is_ward.all() else body[is_ward]
    if grouped.parents is not None:
        frame = frame.assign(**{PARENT_HEADING: grouped.parents[is_ward]})
    return _finish(frame, grouped.totals, findings)


def _refuse_second_table(body: pd.DataFrame, rows: SortedRows, labels: Labels, file: str) -> None:
    """The header again and the same wards once more below it: another table, whose figures must not be added
    to these. A header repeated on each printed page is none."""
    texts = [fold(str(text)) for text in rows.texts]
    header = fold(str(labels.name or labels.code))
    if labels.details or header not in texts:
        return
    place = texts.index(header)
    above, below = [text for text in texts[:place] if text], set(texts[place + 1 :]) - {"", header}
    if len(set(above)) == len(above) and set(above) & below:
        raise UnreadableFile("two_tables", file=file, line=int(body.index[place]))


def _finish(frame: pd.DataFrame, totals: tuple[Total, ...], findings: Findings) -> Layout:
    return Layout(frame.reset_index(drop=True), tuple(frame.index.tolist()), totals, findings)


def _check_all_kept(body: pd.DataFrame, rows: SortedRows) -> None:
    """Wards + headings + totals + notes + signatures + blank rows = rows under the header."""
    known = ("ward", "heading", "total", "note", "signature", "blank")
    counts = {kind: int((rows.kinds == kind).sum()) for kind in known}
    if sum(counts.values()) != len(body):
        raise AssertionError(f"rows were lost: {len(body)} under the header, accounted {counts}")


def _take_header(grid: Grid, file: str) -> tuple[pd.DataFrame, list[int], Findings]:
    """The rows below the header up to the last that holds something, indexed by line, and the places of
    their columns in the grid; columns without a name and without a cell go."""
    cells = grid.cells
    header = HeaderRows(cells.head(HEADER_ROWS).to_numpy(dtype=object), grid.merges, file)
    names, findings = header.names(), _tell_header(header, file)
    stop = header.stop
    if header.numbers_below():
        facts: dict[str, object] = {"file": file, "line": int(cells.index[stop])}
        findings += (Finding("ColumnNumbersSkipped", "info", file, "", facts),)
        stop += 1
    body = cells.iloc[stop:]
    body = body.iloc[: _count_until_blank(body)]
    if not len(body):
        raise UnreadableFile("no_rows", file=file)
    used = [p for p, name in enumerate(names) if name or not body.iloc[:, p].map(is_empty).all()]
    distinct, more = name_columns([names[place] for place in used], file)
    return body.iloc[:, used].set_axis(distinct, axis=1), used, findings + more


def _tell_header(header: HeaderRows, file: str) -> Findings:
    findings: Findings = ()
    titles = [one_line(cell) for cell in header.top[: header.start].ravel() if not is_empty(cell)]
    if titles:
        facts: dict[str, object] = {"file": file, "n": header.start}
        shown = [title for title in titles if sort_words(title) != "signature"]
        findings += (Finding("HeaderSkipped", "info", file, list_examples(shown), facts),)
    joined = [name for name in header.names() if BETWEEN in name]
    if header.stop - header.start > 1 and joined:
        facts = {"file": file, "n": header.stop - header.start}
        findings += (Finding("HeaderJoined", "info", file, list_examples(joined), facts),)
    return findings


def _count_until_blank(body: pd.DataFrame) -> int:
    """Rows up to the last one that holds something."""
    last = len(body)
    while last and all(is_empty(cell) for cell in body.iloc[last - 1]):
        last -= 1
    return last


def _fill_merged(
    body: pd.DataFrame, places: list[int], grid: Grid, file: str
) -> tuple[pd.DataFrame, Findings]:
    """A ward, its code or its district merged over several rows is said of each; figures never are."""
    columns = [str(column) for column in body.columns]
    keys = [find_column(columns, role) for role in ("parent", "name", "code")]
    by_place = {places[columns.index(key)]: key for key in keys if key is not None}
    first, filled = len(grid.cells) - len(grid.cells.loc[body.index[0] :]), dict[str, list[object]]()
    n_filled = 0
    for merge in grid.merges:
        column, above = by_place.get(merge.left), merge.top - first
        below = range(above + 1, min(merge.bottom - first + 1, len(body)))
        if column is None or above < 0 or not below:
            continue
        cells = filled.setdefault(column, body[column].tolist())
        cells[below.start : below.stop] = [cells[above]] * len(below)
        n_filled += len(below)
    if not n_filled:
        return body, ()
    columns_filled = {column: pd.Series(cells, body.index, dtype=object) for column, cells in filled.items()}
    facts: dict[str, object] = {"file": file, "n": n_filled}
    finding = Finding("MergedFilled", "info", file, list_examples(filled), facts)
    return body.assign(**columns_filled), (finding,)


def _find_labels(body: pd.DataFrame) -> Labels | None:
    """The columns that tell what a row is; None when no column names wards."""
    columns = [str(column) for column in body.columns]
    name = find_column(columns, "name")
    code = find_column(columns, "code", taken=[name] if name else [])
    name = name or (None if code else _find_ward_names(body))
    if name is None and code is None:
        return None
    keys = [column for column in (name, code) if column]
    details = [find_column(columns, role, taken=keys) for role in ("category", "date")]
    parent, order = find_column(columns, "parent", taken=keys), find_column(columns, "order")
    left = columns[: min(columns.index(key) for key in keys)][:2]
    beside = tuple(c for c in left if c not in (parent, order, *details))
    return Labels(name, code, order, parent, beside, tuple(column for column in details if column))


def _find_ward_names(body: pd.DataFrame) -> str | None:
    """The first column whose cells mostly begin with a ward's type."""
    for column in body.columns:
        texts = [cell for cell in body[column].head(SAMPLE_WARDS) if is_word(cell)]
        typed = sum(parse_unit(str(text)).type in WARD_TYPES for text in texts)
        if typed > 1 and typed * 2 >= len(texts):
            return str(column)
    return None


def _tell(body: pd.DataFrame, rows: SortedRows, file: str, *, is_column: bool) -> Findings:
    """What was taken out. Of notes only the first words, of signatures none: they may name a person."""
    headings = "HeadingsToColumn" if is_column else "HeadingsLeftOut"
    findings: Findings = ()
    for kind, code in (
        ("heading", headings), ("total", "TotalsTaken"), ("blank", "BlankRows"), ("note", "NotesLeftOut"),
        ("signature", "SignatureLeftOut"),
    ):  # fmt: skip
        places = np.flatnonzero(rows.kinds == kind)
        if not len(places):
            continue
        lines = list_examples(body.index[places], most=3 * EXAMPLES)
        seen = "" if kind in ("blank", "signature") else list_examples(rows.texts[places])
        if kind == "note":
            seen = list_examples(_list_first_words(rows.texts[places]))
        facts: dict[str, object] = {"file": file, "n": len(places), "lines": lines}
        findings += (Finding(code, "info", file, seen, facts),)
    return findings


def _list_first_words(texts: np.ndarray) -> list[str]:
    said = [str(text) for text in texts if sort_words(str(text)) == "note"]
    return [" ".join(text.partition(":")[0].split()[:FIRST_WORDS]) + "…" for text in said]
