"""Cells of a list of models as a model needs them. What cannot be read is unknown, with a finding."""

import datetime as dt

import pandas as pd

from geo.findings import Finding
from geo.reading.cells import is_percent, refuse_unclear_marks, to_number, to_qualified_number
from geo.reading.days import to_days
from geo.reading.persons import find_person_text
from geo.reading.read import Table
from geo.rows.fact_cells import by_word, note, note_bad, read_text, read_words
from studies.model_editing import COUNTS

TEXTS = ("name", "place", "kind", "assessed_by", "measure", "unit", "as_of", "overlaps", "source", "note")
SAID = by_word({
    "yes": ("co", "x", "1", "1.0", "hieu qua", "hoat dong hieu qua", "tot", "true"),
    "no": ("khong", "0", "0.0", "chua", "chua hieu qua", "khong hieu qua", "false"),
})  # fmt: skip
JUDGED = {"yes": True, "no": False}
LEVELS = by_word({
    "province": ("tinh", "thanh pho", "tinh thanh pho", "cap tinh", "cap tinh, thanh pho"),
    "district": ("huyen", "quan", "thi xa", "cap huyen", "cap quan", "cap huyen, quan, thi xa"),
    "ward": ("xa", "phuong", "thi tran", "cap xa", "cap phuong", "cap phuong, xa"),
    "area": ("thon", "ap", "khu vuc", "khom", "to dan pho", "khu dan cu", "dia ban"),
})  # fmt: skip


def read_cells(
    table: Table, columns: dict[str, str], findings: list[Finding], *, decimal_mark: str | None = None
) -> pd.DataFrame:
    """TEXTS ("" empty), level ("" not told), COUNTS and value (None unknown), qualifier, text, effective,
    assessed_on, started, start, end (None not told), is_personal (its name or its result names a person),
    objects on the table's index."""
    read: dict[str, list[object]] = {}
    named = pd.Series(False, index=table.frame.index)
    for name in TEXTS:
        cells, personal = _read_text(table, columns.get(name), findings)
        read[name] = list(cells)
        if name in ("name", "measure"):
            named |= personal
    level = read_words(table, columns.get("level"), LEVELS, "LevelUnclear", findings)
    said = read_words(table, columns.get("effective"), SAID, "JudgementUnclear", findings)
    read["level"] = [word or "" for word in level]
    read["effective"] = [JUDGED.get(word) for word in said]
    for name in COUNTS:
        read[name] = _read_count(table, columns.get(name), findings, decimal_mark)
    read |= _read_values(table, columns.get("value"), findings, decimal_mark)
    read["unit"] = [own or told for own, told in zip(read["unit"], read.pop("percent"), strict=True)]
    for name in ("assessed_on", "started", "start"):
        read[name] = _read_days(table, columns.get(name), "start", findings)
    read["end"] = _read_days(table, columns.get("end"), "end", findings)
    read["is_personal"] = list(named)
    index = table.frame.index
    return pd.DataFrame({name: pd.Series(cells, index, dtype=object) for name, cells in read.items()})


def _read_text(table: Table, column: str | None, findings: list[Finding]) -> tuple[pd.Series, pd.Series]:
    """The texts, those that name a person left out, and which these were."""
    return _drop_persons(table, column, read_text(table.frame, column).fillna(""), findings)


def _drop_persons(
    table: Table, column: str | None, cells: pd.Series, findings: list[Finding]
) -> tuple[pd.Series, pd.Series]:
    """The finding shows none of them."""
    personal = cells.map(lambda cell: find_person_text(cell) is not None).astype(bool)
    if personal.any():
        facts: dict[str, object] = {"n": int(personal.sum())}
        findings.append(Finding("PersonCell", "warning", f"{table.file}:{column}", "", facts))
    return cells.astype(object).mask(personal, ""), personal


def _read_count(
    table: Table, column: str | None, findings: list[Finding], decimal_mark: str | None
) -> list[object]:
    if column is None:
        return [None] * len(table.frame)
    cells, where = table.frame[column], f"{table.file}:{column}"
    if decimal_mark is None:
        refuse_unclear_marks(cells, file=table.file, column=column)
    numbers, bad, grouped = to_number(cells, decimal_mark=decimal_mark)
    note_bad(cells, bad, where, findings)
    note("ThousandsMark", cells, grouped, where, findings)
    note("NegativeCount", cells, numbers < 0, where, findings)
    return [float(number) if number >= 0 else None for number in numbers]


def _read_values(
    table: Table, column: str | None, findings: list[Finding], decimal_mark: str | None
) -> dict[str, list[object]]:
    """`trên 700` is 700 and ">="; `41 %` is 41 with that unit; `hàng chục lượt` stays words."""
    if column is None:
        blank = {"value": None, "qualifier": "=", "text": "", "percent": ""}
        return {name: [value] * len(table.frame) for name, value in blank.items()}
    cells, where = table.frame[column], f"{table.file}:{column}"
    if decimal_mark is None:
        refuse_unclear_marks(cells, file=table.file, column=column)
    percent = is_percent(cells)
    plain = cells.astype(object).where(~percent, cells.astype(str).str.rstrip(" %"))
    numbers, qualifiers = to_qualified_number(plain, decimal_mark=decimal_mark)
    grouped = to_number(plain, decimal_mark=decimal_mark)[2]
    note("ThousandsMark", cells, grouped, where, findings)
    note("NegativeCount", cells, numbers < 0, where, findings)
    told = read_text(table.frame, column).fillna("").where(numbers.isna(), "")
    texts, _ = _drop_persons(table, column, told, findings)
    return {
        "value": [float(number) if number >= 0 else None for number in numbers],
        "qualifier": [
            "text" if words else rough or "=" for words, rough in zip(texts, qualifiers, strict=True)
        ],
        "text": list(texts),
        "percent": ["%" if each else "" for each in percent],
    }


def _read_days(table: Table, column: str | None, side: str, findings: list[Finding]) -> list[object]:
    """The first or the last day of what a cell names: "2022" is a year."""
    if column is None:
        return [None] * len(table.frame)
    cells, where = table.frame[column], f"{table.file}:{column}"
    days = to_days(cells, calendar="civil", file=table.file, column=column)
    note("NotADate", cells, days["bad"], where, findings)
    note("SerialDates", cells, days["form"] == "serial", where, findings, "info")
    return [_as_day(day) for day in days[side]]


def _as_day(day: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(day) else day.date()
