"""What the columns of a wide table may stand for, read from their headers: a proposal for a person.

Two header rows arrive as one: "Trộm cắp – Xảy ra", "Tháng 9 – Số vụ". Totals beside their parts, rates and
comparisons are left out of the proposal, for they would be counted twice.
"""

import re
from dataclasses import replace

import pandas as pd

from errors import BadOption, SeveralChoices
from geo.categories import find_sums
from geo.frames import Period
from geo.names import strip_accents
from geo.periods import CALENDARS, Label
from geo.reading.columns import CountColumn, TableColumns, find_column, is_mostly_numbers, is_taken, is_total
from geo.reading.days import read_text
from geo.reading.read import Table
from geo.rows.measure_words import read_measure, read_unit

BETWEEN = re.compile(r"\s+[-–—/|]\s+|\s*[–—|]\s*")
UNDER_UNIT = re.compile(r"\b(tháng|quý|năm) – (\d{1,4}|i{1,3}|iv)(?![^\s/–])", re.I)
DERIVED = re.compile(r"%|\b(ty le|so sanh|so voi|tang|giam|cung ky|chenh lech|stt|tt|so tt|rate|change)\b")


def propose_counts(columns: TableColumns, table: Table) -> tuple[CountColumn, ...]:
    """Every number column that no other role has, with the category, period, measure and unit its header
    tells. Never applied by itself.

    columns: what is known already; `calendar` and `default_year` complete the labels of months.
    Raises SeveralChoices("calendar") for such labels without a calendar, BadOption("default_year") without
    a year.
    """
    headers = list(table.frame.columns)
    known = replace(
        columns,
        counts=(),
        key=columns.key or find_column(headers, "code"),
        name=columns.name or find_column(headers, "name"),
        parent=columns.parent or find_column(headers, "parent"),
    )
    found = [
        read_header(str(column), known, file=table.file)
        for column in table.frame.columns
        if _may_count(str(column), table.frame[column], known)
    ]
    return tuple(count for count in found if not _is_sum(count, found))


def _is_sum(count: CountColumn, found: list[CountColumn]) -> bool:
    """A total, or a column without a category, beside categories of the same measure and period; and a whole
    series ("phạm pháp hình sự") beside offences of it."""
    if count.category is not None and not is_total(count.category):
        beside = [other for other in found if (other.measure, other.period) == (count.measure, count.period)]
        return count.category in find_sums(other.category for other in beside if other.category)
    return any(
        other.category is not None
        and not is_total(other.category)
        and (other.measure, other.period) == (count.measure, count.period)
        for other in found
    )


def _may_count(column: str, cells: pd.Series, known: TableColumns) -> bool:
    if is_taken(column, known) or DERIVED.search(strip_accents(column)):
        return False
    return not pd.api.types.is_datetime64_any_dtype(cells) and is_mostly_numbers(cells)


def read_header(header: str, known: TableColumns, *, file: str) -> CountColumn:
    """The meaning of one header; what is neither a measure nor a period is the category."""
    category, measure, period = [], None, None
    for part in BETWEEN.split(UNDER_UNIT.sub(r"\1 \2", header)):
        named = read_measure(part)
        label = read_text(part.strip())
        if isinstance(label, Label):
            period = _days_of(label, header, known, file)
        elif named is not None and measure is None:
            measure = named
        elif part.strip():
            category.append(part.strip())
    return CountColumn(header, " – ".join(category) or None, period, measure or "occurred", read_unit(header))


def _days_of(label: Label, header: str, known: TableColumns, file: str) -> Period:
    label = label.in_year(known.default_year)
    if label.year is None:
        raise BadOption("default_year", file=file, column=header)
    if known.calendar is None and not label.plain:
        choices = ", ".join(CALENDARS)
        raise SeveralChoices("calendar", file=file, column=header, seen=header, choices=choices)
    return label.days(known.calendar or "civil")
