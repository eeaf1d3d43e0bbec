"""Cells of a list of proposals as a proposal needs them. What cannot be read is unknown, with a finding."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.findings import Finding, list_examples
from geo.names import fold
from geo.reading.cells import refuse_unclear_marks, to_code, to_number
from geo.reading.days import to_days
from geo.reading.read import Table
from geo.rows.fact_cells import by_word, note, note_bad, read_text, read_words
from planning.catalogue import Named
from studies.person_guard import names_person
from studies.proposals_columns import ProposalColumns

SAID = by_word({
    "yes": ("co", "x", "1", "1.0", "true", "dung", "co de xuat", "de xuat", "y"),
    "no": ("khong", "0", "0.0", "false", "chua", "khong de xuat", "chua de xuat", "n"),
})  # fmt: skip
BETWEEN = re.compile(r"[\s,;+.&/]+|\bvà\b|\band\b")
TYPE_WORDS = re.compile(r"\b(loại|loai|type)\b")
NUMBER = re.compile(r"\d+")


def find_silent(table: Table, columns: ProposalColumns) -> pd.Series:
    """Rows that tell nothing although a column asks whether they propose. Without one each row proposes."""
    if columns.proposed is None:
        return pd.Series(False, index=table.frame.index)
    cells = [read_text(table.frame, column).isna() for column in columns.told]
    return pd.Series(np.logical_and.reduce(cells), index=table.frame.index)


def read_cells(
    table: Table,
    columns: ProposalColumns,
    types: Sequence[Named],
    findings: list[Finding],
    *,
    decimal_mark: str | None = None,
) -> pd.DataFrame:
    """proposed, unit, reason, types, cost (None unknown), recognised_on (None unknown) and area_label of each
    row, objects on the table's index."""
    said = read_words(table, columns.proposed, SAID, "ProposedUnclear", findings)
    texts = {name: _read_text(table, getattr(columns, name), findings) for name in ("unit", "reason")}
    texts["area_label"] = _read_text(table, columns.area_label, findings, is_place=True)
    read: dict[str, list[object]] = {
        "proposed": [word != "no" for word in said],
        **{name: list(cells) for name, cells in texts.items()},
        "types": list(read_types(table, columns.types, types, findings)),
        "cost": list(_read_costs(table, columns, decimal_mark, findings)),
        "recognised_on": list(_read_recognised(table, columns.recognised_on, findings)),
    }
    return pd.DataFrame(
        {name: pd.Series(cells, table.frame.index, dtype=object) for name, cells in read.items()}
    )


def _read_text(
    table: Table, column: str | None, findings: list[Finding], *, is_place: bool = False
) -> pd.Series:
    """Text that names no person; a cell that does is not taken in, nor shown."""
    cells = read_text(table.frame, column).fillna("").astype(object)
    known = {cell: bool(cell) and names_person(cell, is_place=is_place) for cell in cells.unique()}
    named = cells.map(known).astype(bool)
    if named.any():
        facts: dict[str, object] = {"n": int(named.sum())}
        findings.append(Finding("PersonCell", "warning", f"{table.file}:{column}", facts=facts))
    return cells.mask(named, "")


def _read_costs(
    table: Table, columns: ProposalColumns, decimal_mark: str | None, findings: list[Finding]
) -> list[float | None]:
    """Million đồng. Negative and unreadable cells are unknown."""
    if columns.cost is None:
        return [None] * len(table.frame)
    cells, where = table.frame[columns.cost], f"{table.file}:{columns.cost}"
    if decimal_mark is None:
        refuse_unclear_marks(cells, file=table.file, column=columns.cost)
    numbers, bad, grouped = to_number(cells, decimal_mark=decimal_mark)
    note_bad(cells, bad, where, findings)
    note("ThousandsMark", cells, grouped, where, findings)
    note("NegativeCost", cells, numbers < 0, where, findings)
    if columns.in_millions is None and numbers.notna().any():
        findings.append(Finding("CostUnitAssumed", "warning", where, list_examples(cells[numbers.notna()])))
    scale = 1.0 if columns.in_millions is None else columns.in_millions
    return [round(number * scale, 6) if number >= 0 else None for number in numbers]


def _read_recognised(table: Table, column: str | None, findings: list[Finding]) -> list[object]:
    """The first day of what a cell names: "2022" and "tháng 5/2022" tell no day of their own."""
    if column is None:
        return [None] * len(table.frame)
    cells, where = table.frame[column], f"{table.file}:{column}"
    days = to_days(cells, calendar="civil", file=table.file, column=column)
    note("NotADate", cells, days["bad"], where, findings)
    note("SerialDates", cells, days["form"] == "serial", where, findings, "info")
    is_span = days["start"].notna() & (days["start"] != days["end"])
    note("RecognisedRoughly", cells, is_span, where, findings, "info")
    return [None if pd.isna(day) else day.date() for day in days["start"]]


def read_types(
    table: Table, column: str | None, types: Sequence[Named], findings: list[Finding]
) -> list[tuple[str, ...]]:
    """Keys in the catalogue's order. "1,3" typed into a spreadsheet may have become the number 1.3."""
    if column is None:
        return [()] * len(table.frame)
    cells = read_text(pd.DataFrame({column: to_code(table.frame[column])}), column)
    known, order = _list_words(types), [named.key for named in types]
    read: list[tuple[str, ...]] = []
    unknown: list[bool] = []
    for cell in cells:
        keys = [known.get(word) for word in _split(cell, known)] if cell else []
        unknown.append(None in keys)
        read.append(tuple(sorted({key for key in keys if key}, key=order.index)))
    is_unknown = pd.Series(unknown, index=cells.index, dtype=bool)
    note("UnknownAreaType", cells, is_unknown, f"{table.file}:{column}", findings)
    return read


def _list_words(types: Sequence[Named]) -> dict[str, str]:
    """Folded word -> key: the key, the name, and the number that stands in either."""
    known: dict[str, str] = {}
    for named in types:
        number = NUMBER.search(named.key) or NUMBER.search(named.name)
        after = fold(named.name).partition(":")[2].strip()
        told = [
            fold(named.key),
            fold(named.name),
            *([after] if after else []),
            *([number[0]] if number else []),
        ]
        known |= dict.fromkeys(told, named.key)
    return known


def _split(cell: str, known: dict[str, str]) -> list[str]:
    """A name may hold a comma, so whole names go before single words."""
    words: list[str] = []
    for part in (part for part in re.split(r"\s*[;\n]\s*", fold(cell)) if part):
        if part in known:
            words.append(part)
        else:
            plain = TYPE_WORDS.sub(" ", part)
            words += [word.lstrip("0") or "0" for word in BETWEEN.split(plain) if word]
    return words
