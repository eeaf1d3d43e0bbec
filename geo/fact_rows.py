"""The columns that each kind of fact adds to its placed rows: counts, days, states and sources.

Unreadable cells become unknown, each with a finding; no row is left out.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from errors import MissingColumns, SeveralChoices
from geo.cells import to_days, to_number, to_qualified_number
from geo.columns import TableColumns, find_column, plain_header
from geo.findings import Finding, list_examples
from geo.frames import Kind
from geo.names import fold, strip_accents
from geo.read import Table

Builder = Callable[[Table, TableColumns, pd.DataFrame, list[Finding]], pd.DataFrame]
WORKING = {"hoat dong", "dang hoat dong", "tot", "binh thuong", "working", "active", "1", "yes", "co", "true"}
BROKEN = {
    "hong",
    "khong hoat dong",
    "ngung",
    "mat tin hieu",
    "dang sua",
    "broken",
    "inactive",
    "0",
    "no",
    "khong",
    "false",
}
STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "khong_thuoc_dien": ("khong thuoc dien", "out of scope"),
    "duoc_lua_chon": ("duoc lua chon", "lua chon", "selected"),
    "dang_chuyen_hoa": ("dang chuyen hoa", "in progress"),
    "chuyen_hoa_thanh_cong": ("chuyen hoa thanh cong", "thanh cong", "dat", "passed"),
    "tot": ("tot", "trong do: tot", "chuyen hoa tot", "good"),
    "chua_dat": ("chua dat", "not yet"),
    "duy_tri": ("duy tri", "duy tri sau chuyen hoa", "maintenance"),
    "phuc_tap_tro_lai": ("phuc tap tro lai", "tai phuc tap", "relapsed"),
}
STATUS_BY_WORD = {word: key for key, said in STATUS_WORDS.items() for word in (key, *said)}


def note_bad(cells: pd.Series, bad: pd.Series, where: str, findings: list[Finding]) -> None:
    if bad.any():
        findings.append(
            Finding("NotANumber", "warning", where, list_examples(cells[bad]), {"n": int(bad.sum())})
        )


def _count(table: Table, column: str, findings: list[Finding]) -> pd.Series:
    """A column of counts; unreadable and negative cells are unknown, with a finding."""
    where = f"{table.file}:{column}"
    numbers, bad, grouped = to_number(table.frame[column])
    note_bad(table.frame[column], bad, where, findings)
    for code, mask in (("ThousandsMark", grouped), ("NegativeCount", numbers < 0)):
        if mask.any():
            seen = list_examples(table.frame[column][mask])
            findings.append(Finding(code, "warning", where, seen, {"n": int(mask.sum())}))
    return numbers.where(numbers >= 0)


def _incident_rows(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    frame = table.frame
    days = _days(table, columns.date, findings)
    category = _text(frame, columns.category)
    if not columns.counts:
        if columns.longitude is None:
            _check_events(table, columns, placed)
            findings.append(Finding("RowsCounted", "warning", table.file, "", {"n": len(frame)}))
        return placed.assign(n=1.0, start=days["start"], end=days["end"], category=category)
    parts = []
    for count in columns.counts:
        part = placed.assign(n=_count(table, count.column, findings), start=days["start"], end=days["end"])
        part["category"] = category if count.category is None else count.category
        if count.period is not None:
            part["start"], part["end"] = pd.Timestamp(count.period.start), pd.Timestamp(count.period.end)
        parts.append(part)
    wide = pd.concat(parts, ignore_index=True)
    return wide.sort_values("row", kind="stable", ignore_index=True)


def _check_events(table: Table, columns: TableColumns, placed: pd.DataFrame) -> None:
    """A table that lists every ward once is no list of incidents: its counts were not found."""
    joined = placed["ward_code"].dropna()
    is_dated = columns.date is not None or columns.category is not None
    if len(joined) > 1 and joined.is_unique and not is_dated:
        names = ", ".join(str(column) for column in table.frame.columns)
        raise MissingColumns("count", file=table.file, columns=names)


def _days(table: Table, column: str | None, findings: list[Finding]) -> pd.DataFrame:
    if column is None:
        unknown = pd.Series(pd.NaT, index=table.frame.index, dtype="datetime64[us]")
        return pd.DataFrame({"start": unknown, "end": unknown})
    days = to_days(_as_months(table.frame, column))
    if days["bad"].any():
        seen = list_examples(table.frame[column][days["bad"]])
        where = f"{table.file}:{column}"
        findings.append(Finding("NotADate", "warning", where, seen, {"n": int(days["bad"].sum())}))
    return days


def _as_months(frame: pd.DataFrame, column: str) -> pd.Series:
    """A column of bare month numbers beside a year column is read as that month of that year."""
    year = find_column(frame.columns, "status_year", taken=[column])
    if year is None or plain_header(column) not in ("thang", "month"):
        return frame[column]
    months, years = to_number(frame[column])[0], to_number(frame[year])[0]
    if not (months.dropna().between(1, 12).all() and years.notna().any() and months.notna().any()):
        return frame[column]
    text = years.map("{:.0f}".format) + "-" + months.map("{:02.0f}".format)
    return text.where(months.notna() & years.notna(), frame[column])


def _text(frame: pd.DataFrame, column: str | None) -> pd.Series:
    if column is None:
        return pd.Series(None, index=frame.index, dtype=object)
    cells = frame[column].astype(object)
    text = cells.map(lambda cell: str(cell).strip() or None, na_action="ignore")
    return text.where(text.notna(), None).astype(object)


def _camera_rows(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    frame = table.frame
    rows = placed.assign(n=1.0, n_working=np.nan, qualifier="", source=_text(frame, columns.source))
    if columns.counts:
        column = columns.counts[0].column
        rows["n"], rows["qualifier"] = to_qualified_number(frame[column])
        bad = rows["n"].isna() & _text(frame, column).notna().to_numpy()
        note_bad(frame[column], bad, f"{table.file}:{column}", findings)
        _refuse_repeats(rows, table, column)
    if columns.working:
        rows["n_working"] = _working(table, columns, findings)
        many = rows["n_working"] > rows["n"]
        if many.any():
            seen = list_examples(rows.loc[many, "ward_code"])
            findings.append(Finding("MoreWorking", "warning", table.file, seen, {"n": int(many.sum())}))
    return rows


def _refuse_repeats(rows: pd.DataFrame, table: Table, column: str) -> None:
    """Two figures for one ward may be two years or two parts; adding them up is a guess."""
    joined = rows.loc[rows["outcome"] == "joined", "ward_code"]
    repeated = joined[joined.duplicated()]
    if len(repeated):
        raise SeveralChoices("repeated", file=table.file, column=column, choices=list_examples(repeated))


def _working(table: Table, columns: TableColumns, findings: list[Finding]) -> np.ndarray:
    """A number of working cameras, or a state in words; NaN where neither is told."""
    cells = table.frame[columns.working]
    if columns.counts:
        return _count(table, str(columns.working), findings).to_numpy(dtype=float)
    words = _text(table.frame, columns.working).map(lambda t: strip_accents(fold(t)), na_action="ignore")
    state = np.select([words.isin(WORKING), words.isin(BROKEN)], [1.0, 0.0], np.nan)
    note_bad(cells, words.notna() & np.isnan(state), f"{table.file}:{columns.working}", findings)
    return state


def _population_rows(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    rows = placed.assign(n=_count(table, str(columns.value), findings))
    _refuse_repeats(rows, table, str(columns.value))
    return rows


def _status_rows(
    table: Table, columns: TableColumns, placed: pd.DataFrame, findings: list[Finding]
) -> pd.DataFrame:
    frame = table.frame
    words = _text(frame, columns.value)
    plain = words.map(lambda text: strip_accents(fold(text)), na_action="ignore")
    status = plain.map(STATUS_BY_WORD.get, na_action="ignore")
    unknown = words.notna() & status.isna()
    if unknown.any():
        where = f"{table.file}:{columns.value}"
        findings.append(
            Finding(
                "UnknownStatus", "warning", where, list_examples(words[unknown]), {"n": int(unknown.sum())}
            )
        )
    year, lost = pd.Series(np.nan, index=frame.index), pd.Series(False, index=frame.index)
    if columns.year:
        year, lost, _ = to_number(frame[columns.year])
        note_bad(frame[columns.year], lost, f"{table.file}:{columns.year}", findings)
    status = status.astype(object).where(status.notna() & ~lost, None)
    return placed.assign(n=1.0, year=year, status=status, source=_text(frame, columns.source))


BUILDERS: dict[Kind, Builder] = {
    "incidents": _incident_rows,
    "cameras": _camera_rows,
    "population": _population_rows,
    "status": _status_rows,
}
