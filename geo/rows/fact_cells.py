"""Columns of a table as facts need them: counts with their qualifiers, days, texts and known words.

A cell that cannot be read becomes unknown, with a finding; no row is left out.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo.findings import Finding, Severity, list_examples
from geo.names import fold, strip_accents
from geo.periods import Unit
from geo.reading.cells import is_percent, refuse_unclear_marks, to_number, to_qualified_number
from geo.reading.columns import TableColumns, plain_header
from geo.reading.days import to_days
from geo.reading.read import Table
from geo.rows.totals import check_totals

UNIT_HEADERS: dict[str, Unit] = {
    "thang": "month", "month": "month", "kythang": "month", "quy": "quarter", "quarter": "quarter",
}  # fmt: skip


def note(
    code: str,
    cells: pd.Series,
    mask: pd.Series,
    where: str,
    findings: list[Finding],
    severity: Severity = "warning",
) -> None:
    """One finding for all cells under the mask, with examples; none for none."""
    if mask.any():
        findings.append(Finding(code, severity, where, list_examples(cells[mask]), {"n": int(mask.sum())}))


def note_bad(cells: pd.Series, bad: pd.Series, where: str, findings: list[Finding]) -> None:
    """Cells that should be numbers and are not."""
    note("NotANumber", cells, bad, where, findings)


def read_counts(
    table: Table, column: str, columns: TableColumns, findings: list[Finding]
) -> tuple[pd.Series, pd.Series]:
    """(count, qualifier): "trên 700" is 700 and ">=". Unreadable and negative cells are NaN, with a
    finding. Raises SeveralChoices("thousands") unless a person told the decimal mark."""
    cells, where = table.frame[column], f"{table.file}:{column}"
    mark = columns.decimal_mark
    if mark is None:
        refuse_unclear_marks(cells, file=table.file, column=column)
    numbers, bad, grouped = to_number(cells, decimal_mark=mark)
    qualifiers = pd.Series("", index=cells.index, dtype=object)
    if bad.any():
        rough, qualifiers[bad] = to_qualified_number(cells[bad], decimal_mark=mark)
        numbers = numbers.where(~bad, rough.reindex(cells.index))
        bad = bad & numbers.isna()
    percent = bad.copy()
    percent[bad] = is_percent(cells[bad])
    note("PercentCells", cells, percent, where, findings)
    note_bad(cells, bad & ~percent, where, findings)
    parent = table.frame[columns.parent] if columns.parent else None
    findings += check_totals(table, column, numbers, parent, decimal_mark=mark)
    note("ThousandsMark", cells, grouped, where, findings)
    note("NegativeCount", cells, numbers < 0, where, findings)
    if not any(count.column == column and count.measure == "damage" for count in columns.counts):
        note("FractionalCount", cells, numbers % 1 > 0, where, findings)
    return numbers.where(numbers >= 0), qualifiers


def read_text(frame: pd.DataFrame, column: str | None) -> pd.Series:
    """Text without outer spaces; None where a cell is empty or there is no column."""
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)
    cells = frame[column]
    if not isinstance(cells.dtype, pd.StringDtype):
        cells = cells.map(str, na_action="ignore")
    places, values = pd.factorize(cells)
    texts = np.array([*(str(value).strip() or None for value in values), None], dtype=object)
    return pd.Series(texts[places], index=frame.index, dtype=object)


def with_none(text: pd.Series) -> pd.Series:
    """Objects, with None for whatever is missing."""
    return text.astype(object).where(text.notna(), None)


def fold_words(text: pd.Series) -> pd.Series:
    """Folded, without accents, with single spaces for `_` and `-`."""
    return text.map(
        lambda said: " ".join(strip_accents(fold(said)).replace("_", " ").split()), na_action="ignore"
    )


def read_words(
    table: Table, column: str | None, keys: Mapping[str, str], code: str, findings: list[Finding]
) -> pd.Series:
    """The key that each cell's words mean; None where empty or unknown, the latter with a finding."""
    text = read_text(table.frame, column)
    found = fold_words(text).map(keys.get, na_action="ignore")
    found = with_none(found)
    note(code, text, text.notna() & found.isna(), f"{table.file}:{column}", findings)
    return found


def by_word(said: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """key -> its words, turned round; a key is a word for itself."""
    return {word: key for key, words in said.items() for word in (key.replace("_", " "), *words)}


def read_days(table: Table, columns: TableColumns, findings: list[Finding]) -> pd.DataFrame:
    """First and last day of each row: from one column, or from two. NaT where not told.

    Raises SeveralChoices("calendar") for labels whose calendar nobody told.
    """
    if columns.start and columns.end:
        first, last = (
            _read_column(table, column, columns, findings) for column in (columns.start, columns.end)
        )
        days = pd.DataFrame({"start": first["start"], "end": last["end"]})
        wrong = days.isna().any(axis=1) & ~days.isna().all(axis=1) | (days["end"] < days["start"])
        wrong &= ~(first["bad"] | last["bad"])
        both = read_text(table.frame, columns.start).fillna("") + " … "
        both += read_text(table.frame, columns.end).fillna("")
        note("NotADate", both, wrong, f"{table.file}:{columns.start}", findings)
        return days.mask(days.isna().any(axis=1) | (days["end"] < days["start"]))
    if columns.date is None:
        unknown = pd.Series(pd.NaT, index=table.frame.index, dtype="datetime64[us]")
        return pd.DataFrame({"start": unknown, "end": unknown})
    return _read_column(table, columns.date, columns, findings)[["start", "end"]]


def _read_column(table: Table, column: str, columns: TableColumns, findings: list[Finding]) -> pd.DataFrame:
    cells, where = table.frame[column], f"{table.file}:{column}"
    days = to_days(
        cells,
        calendar=columns.calendar,
        years=_read_years(table, columns),
        unit=UNIT_HEADERS.get(plain_header(column)),
        file=table.file,
        column=column,
    )
    note("NotADate", cells, days["bad"], where, findings)
    note("CalendarAssumed", cells, days["form"] == "plain", where, findings, "info")
    note("SerialDates", cells, days["form"] == "serial", where, findings, "info")
    return days


def _read_years(table: Table, columns: TableColumns) -> pd.Series | None:
    if columns.year is None and columns.default_year is None:
        return None
    default = np.nan if columns.default_year is None else float(columns.default_year)
    if columns.year is None:
        return pd.Series(default, index=table.frame.index)
    years = to_number(table.frame[columns.year].map(_bare_year))[0]
    return years.fillna(default)


def _bare_year(cell: object) -> object:
    """ "Năm 2021" in a year column is 2021."""
    return fold(cell).removeprefix("năm ") if isinstance(cell, str) else cell
