"""What a row of incidents adds to its place: days, category, severity, how it came to light, what it
counts.

Rows that count something other than incidents (cleared, persons, deaths …) are kept and never added to
them.
"""

import pandas as pd

from errors import MissingColumns
from geo.findings import Finding
from geo.frames import MEASURES
from geo.reading.columns import TableColumns
from geo.reading.read import Table
from geo.rows.fact_cells import by_word, note, read_counts, read_days, read_text, read_words, with_none
from geo.rows.measure_words import read_measure

SEVERITY_WORDS = by_word({
    "it_nghiem_trong": ("less serious", "minor"),
    "nghiem_trong": ("serious",),
    "rat_nghiem_trong": ("very serious",),
    "dac_biet_nghiem_trong": ("specially serious", "extremely serious"),
})  # fmt: skip
KNOWN_BY_WORDS = by_word({
    "reported": ("bao tin", "to giac", "tin bao", "tin bao, to giac", "to giac, tin bao", "to giac tin bao",
                 "nguoi dan bao", "quan chung bao", "nguoi dan bao tin", "quan chung bao tin", "trinh bao",
                 "kien nghi khoi to", "to giac, bao tin", "nhan dan to giac", "nguoi dan to giac"),
    "discovered": ("phat hien", "bat qua tang", "qua tang", "pham toi qua tang", "cong an phat hien",
                   "tu phat hien", "truc tiep phat hien", "co quan phat hien", "luc luong phat hien",
                   "tuan tra phat hien", "luc luong cong an phat hien", "dau tranh", "trinh sat"),
})  # fmt: skip


def build_incidents(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    """One row per input row and count column, in input order."""
    frame = table.frame
    days = read_days(table, columns, findings)
    told = placed.assign(
        start=days["start"],
        end=days["end"],
        category=read_text(frame, columns.category),
        severity=read_words(table, columns.severity, SEVERITY_WORDS, "UnknownSeverity", findings),
        known_by=read_words(table, columns.known_by, KNOWN_BY_WORDS, "UnknownKnownBy", findings),
        measure=_read_measures(table, columns.measure, findings),
        unit=read_text(frame, columns.unit),
        qualifier="",
    )
    if not columns.counts:
        if columns.longitude is None:
            _check_events(table, columns, placed)
            findings.append(Finding("RowsCounted", "warning", table.file, "", {"n": len(frame)}))
        return told.assign(n=1.0)
    parts = []
    for count in columns.counts:
        n, qualifier = read_counts(table, count.column, columns, findings)
        part = told.assign(n=n, qualifier=qualifier)
        if count.category is not None:
            part["category"] = count.category
        if count.measure != "occurred":
            part["measure"] = count.measure
        if count.unit is not None:
            part["unit"] = count.unit
        if count.period is not None:
            part["start"], part["end"] = pd.Timestamp(count.period.start), pd.Timestamp(count.period.end)
        parts.append(part)
    wide = pd.concat(parts, ignore_index=True)
    for name in ("category", "unit"):
        wide[name] = with_none(wide[name])
    return wide.sort_values("row", kind="stable", ignore_index=True)


def _check_events(table: Table, columns: TableColumns, placed: pd.DataFrame) -> None:
    """A table that lists every ward once is no list of incidents: its counts were not found."""
    joined = placed["ward_code"].dropna()
    is_dated = columns.date is not None or columns.start is not None or columns.category is not None
    if len(joined) > 1 and joined.is_unique and not is_dated:
        names = ", ".join(str(column) for column in table.frame.columns)
        raise MissingColumns("count", file=table.file, columns=names)


def _read_measures(table: Table, column: str | None, findings: list[Finding]) -> pd.Series:
    """What each row counts; `occurred` where the file does not say, `other` for words not understood."""
    text = read_text(table.frame, column)
    named = text.map(lambda said: said if said in MEASURES else read_measure(said), na_action="ignore")
    unknown = text.notna() & named.isna()
    note("UnknownMeasure", text, unknown, f"{table.file}:{column}", findings)
    return named.astype(object).where(named.notna(), "occurred").mask(unknown, "other")
