"""A table's rows become facts: joined to wards by place or by key, counted, dated, and all kept."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from errors import BadOption, MissingColumns, NothingMatched, SeveralChoices
from geo.crs import parse_crs, points_to_degrees
from geo.findings import Finding
from geo.frames import Joined, Kind, Source, Wards
from geo.join import list_place_findings, place_points
from geo.matching.aliases import Alias
from geo.matching.match import match_keys
from geo.names import fold
from geo.reading.cells import to_code, to_coordinate
from geo.reading.columns import (
    CountColumn,
    TableColumns,
    find_column,
    find_population,
    guess_counts,
    guess_place,
    plain_header,
    refuse_totals,
)
from geo.reading.days import needs_year
from geo.reading.forbidden import refuse_operational
from geo.reading.read import Table
from geo.rows.fact_cells import UNIT_HEADERS, note_bad
from geo.rows.fact_rows import BUILDERS
from geo.rows.measure_words import read_measure

CAMERA_ROLES = (
    "connected", "live", "stored", "stored_days", "camera_type", "owner_kind", "placement", "direction",
    "angle", "range", "checked_on",
)  # fmt: skip
REPORTED = (
    "key", "name", "parent", "working", "longitude", "latitude", "category", "start", "end", "date", "year",
    "value", "severity", "known_by", "measure", "unit", *CAMERA_ROLES,
)  # fmt: skip
Result = tuple[Joined, tuple[Finding, ...], dict[str, str]]


def join_table(
    wards: Wards,
    table: Table,
    kind: Kind,
    given: TableColumns,
    *,
    points_crs: str = "EPSG:4326",
    only: str | None = None,
    nearest_m: float = 0.0,
    aliases: Sequence[Alias] = (),
    must_match: bool = True,
    complete: bool = False,
    version: str | None = None,
    source: Source | None = None,
) -> Result:
    """Rows of one file as facts of wards; also the findings and the guessed columns by role.

    only: the category that will be asked for, so that a total beside its parts may stand.
    aliases: confirmed spellings. must_match: a table of which no row found its ward is refused.
    Raises MissingColumns, SeveralChoices, NotComparable, NothingMatched, ForbiddenContent.
    """
    if kind == "cameras":
        refuse_operational(table)
    columns = guess_place(table.frame, given, file=table.file, points=table.points)
    columns = prefer_name(wards, table, given, columns)
    columns = _fill_columns(table, kind, columns)
    findings = [*table.findings]
    if kind == "incidents":
        check_categories(table, columns, only)
    placed, longitude, latitude = _place(wards, table, columns, points_crs, nearest_m, findings, aliases)
    if must_match and not (placed["outcome"] == "joined").any():
        lost_zeros = any(finding.code == "LostZeros" for finding in findings)
        at_place = "by_place" if np.isfinite(longitude).any() else "no_place"
        reason = at_place if columns.longitude else "lost_zeros" if lost_zeros else "by_key"
        raise NothingMatched(
            reason,
            file=table.file,
            n=len(placed),
            column=columns.key or "",
        )
    placed.insert(0, "row", np.arange(len(placed)))
    rows = BUILDERS[kind](table, columns, placed, findings)
    if kind in ("incidents", "cameras"):
        repeats = rows["row"].to_numpy()
        rows["longitude"], rows["latitude"] = longitude[repeats], latitude[repeats]
    if version is None and wards.version is not None:
        findings.append(Finding("VersionUnknown", "warning", table.file))
    joined = Joined(
        kind,
        rows.reset_index(drop=True),
        by_place=columns.longitude is not None,
        complete=complete,
        version=version,
        source=source or Source(file=table.file),
    )
    return joined, tuple(findings), list_guesses(given, columns)


def prefer_name(wards: Wards, table: Table, given: TableColumns, columns: TableColumns) -> TableColumns:
    """A guessed code column that holds no code of these wards (a running number) gives way to the names."""
    if given.key or columns.key is None or columns.name is None:
        return columns
    codes = to_code(table.frame[columns.key]).dropna()
    if codes.isin(wards.frame.index).any() or not _has_named_wards(wards):
        return columns
    return replace(columns, key=columns.name, name=None)


def _has_named_wards(wards: Wards) -> bool:
    return bool((wards.frame["ward_name"] != "").any())


def check_categories(table: Table, columns: TableColumns, only: str | None) -> None:
    """Refuse a total beside its parts, counts without a meaning of their own, an unknown category."""
    told = [count.category for count in columns.counts if count.category]
    meanings = {(count.category, count.period, count.measure) for count in columns.counts}
    if len(meanings) < len(columns.counts):
        raise SeveralChoices("count", file=table.file, choices=", ".join(c.column for c in columns.counts))
    listed = pd.Series(told, dtype=object)
    if not told and columns.category:
        listed = table.frame[columns.category].astype(object)
    if only is None:
        refuse_totals(listed, column=columns.category or "", file=table.file)
        return
    known = sorted({str(value) for value in listed.dropna().unique()})
    if fold(only) not in {fold(value) for value in known}:
        raise BadOption("category", file=table.file, value=only, choices=", ".join(known[:12]) or "–")


def _fill_columns(table: Table, kind: Kind, columns: TableColumns) -> TableColumns:
    names = list(table.frame.columns)
    taken = [
        name
        for name in (columns.key, columns.name, columns.parent, columns.longitude, columns.latitude)
        if name
    ]
    if kind == "incidents":
        columns = _fill_dates(table, _fill_roles(names, columns, ("category",), taken), taken)
        columns = _fill_roles(names, columns, ("severity", "known_by", "measure", "unit"), taken)
        counts = guess_counts(table.frame, columns, "incident_count", file=table.file)
        if not columns.counts:
            counts = tuple(_tell_measure(count) for count in counts)
        return replace(columns, counts=counts)
    if kind == "cameras":
        working = columns.working or find_column(names, "camera_working", taken=taken)
        columns = replace(columns, working=working, source=find_column(names, "source"))
        columns = _fill_roles(names, columns, CAMERA_ROLES, taken)
        return replace(columns, counts=guess_counts(table.frame, columns, "camera_count", file=table.file))
    if kind == "population":
        column = (
            columns.counts[0].column
            if columns.counts
            else find_population(names, file=table.file, taken=taken)
        )
        if column is None:
            raise MissingColumns("population", file=table.file, columns=", ".join(names))
        return replace(columns, value=column)
    value = columns.value or find_column(names, "status_value", taken=taken)
    if value is None:
        raise MissingColumns("status", file=table.file, columns=", ".join(names))
    year = columns.year or find_column(names, "status_year", taken=[*taken, value])
    return replace(columns, value=value, year=year, source=find_column(names, "source"))


def _fill_roles(
    names: list[str], columns: TableColumns, roles: tuple[str, ...], taken: list[str]
) -> TableColumns:
    """Fill each role that is still empty with a column that has no other."""
    for role in roles:
        if getattr(columns, role) is None:
            found = find_column(names, role, taken=[*taken, *columns.named])
            columns = replace(columns, **{role: found})  # type: ignore[arg-type]
    return columns


def _fill_dates(table: Table, columns: TableColumns, taken: list[str]) -> TableColumns:
    """One date column, or a pair of first and last day; and the year column where dates lack theirs."""
    names = list(table.frame.columns)
    if (columns.start is None) != (columns.end is None):
        named = columns.start or columns.end
        raise MissingColumns("days", file=table.file, column=named, columns=", ".join(names))
    if columns.date is None and columns.start is None:
        start, end = (find_column(names, role, taken=taken) for role in ("start", "end"))
        if start and end:
            columns = replace(columns, start=start, end=end)
        else:
            columns = replace(columns, date=find_column(names, "date", taken=taken))
    dates = [column for column in (columns.date, columns.start, columns.end) if column]
    year = columns.year or find_column(names, "status_year", taken=[*taken, *dates])
    lacking = any(needs_year(table.frame[column], UNIT_HEADERS.get(plain_header(column))) for column in dates)
    return replace(columns, year=year if lacking else columns.year)


def _tell_measure(count: CountColumn) -> CountColumn:
    """A guessed column headed "số vụ khám phá" counts clearances, not incidents."""
    return replace(count, measure=read_measure(count.column.replace("_", " ")) or "occurred")


def list_roles(table: Table, kind: Kind, placed: TableColumns) -> dict[str, str]:
    """The columns a table would be read by as that kind, by role. Raises what join_table would."""
    if kind == "cameras":
        refuse_operational(table)
    return list_guesses(TableColumns(), _fill_columns(table, kind, placed))


def look_at_rows(table: Table, kind: Kind, placed: TableColumns) -> tuple[Finding, ...]:
    """What is wrong inside a table of that kind, without any wards: cells that cannot be read."""
    findings: list[Finding] = []
    columns = _fill_columns(table, kind, placed)
    for column in (columns.longitude, columns.latitude):
        if column is not None:
            note_bad(
                table.frame[column], to_coordinate(table.frame[column])[1], f"{table.file}:{column}", findings
            )
    nowhere = pd.DataFrame({"row": np.arange(len(table.frame)), "ward_code": None, "outcome": "unmatched"})
    BUILDERS[kind](table, columns, nowhere, findings)
    return tuple(findings)


def list_guesses(given: TableColumns, used: TableColumns) -> dict[str, str]:
    guesses = {}
    for role in REPORTED:
        column = getattr(used, role)
        if column is not None and getattr(given, role) is None:
            guesses[role] = column
    if used.counts and not given.counts:
        guesses["count"] = used.counts[0].column
    return guesses


def _place(
    wards: Wards,
    table: Table,
    columns: TableColumns,
    points_crs: str,
    nearest_m: float,
    findings: list[Finding],
    aliases: Sequence[Alias],
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    frame = table.frame
    if columns.longitude is None or columns.latitude is None:
        names = frame[columns.name] if columns.name else None
        parents = frame[columns.parent] if columns.parent else None
        placed, found = match_keys(
            wards, frame[columns.key], names=names, parents=parents, aliases=aliases, where=table.file
        )
        findings += found
        blank = np.full(len(frame), np.nan)
        return placed.reset_index(drop=True), blank, blank
    longitude, latitude = locate(table, columns, points_crs, findings)
    placed = place_points(wards, longitude, latitude, nearest_m=nearest_m)
    findings += list_place_findings(placed, longitude, latitude, wards, table.file)
    return placed, longitude, latitude


def locate(
    table: Table, columns: TableColumns, points_crs: str, findings: list[Finding]
) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude of every row; NaN where its two cells tell no place, or (0, 0)."""
    numbers = []
    for column in (columns.longitude, columns.latitude):
        cells = table.frame[column]
        values, bad = to_coordinate(cells)
        note_bad(cells, bad, f"{table.file}:{column}", findings)
        numbers.append(values.to_numpy(dtype=float))
    x, y = numbers
    located = np.isfinite(x) & np.isfinite(y) & ~((x == 0) & (y == 0))
    longitude, latitude = points_to_degrees(x, y, parse_crs("EPSG:4326" if table.points else points_crs))
    return np.where(located, longitude, np.nan), np.where(located, latitude, np.nan)
