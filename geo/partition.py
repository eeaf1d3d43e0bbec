"""Incidents in more rows than memory holds: read in batches, placed, and added up at once.

What comes out is as small as the question: one row for each ward and way of being placed, split by
category and measure, and by day, severity or way of becoming known where these are asked for. The counts are
those of `geo.rows.facts.join_table`; the single incidents and their coordinates are gone.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from errors import BadOption, MissingColumns, NoData, NothingMatched, UnreadableFile
from geo.findings import Finding, list_examples
from geo.frames import Joined, Source, Wards
from geo.join import list_place_findings, make_finder, place_points_by
from geo.partition_files import BATCH_ROWS, Folder, iterate, list_partitions, read_columns
from geo.reading.columns import CountColumn, TableColumns, guess_place
from geo.reading.encodings import decode_columns
from geo.reading.read import Table
from geo.rows.fact_cells import with_none
from geo.rows.facts import check_categories, list_guesses, list_roles, locate
from geo.rows.incident_rows import build_incidents

Result = tuple[Joined, tuple[Finding, ...], dict[str, str]]
ALWAYS = ("longitude", "latitude", "category", "measure")
DAYS = ("date", "start", "end", "year")
KEYS = ["ward_code", "method", "outcome", "category", "severity", "known_by", "measure", "start", "end",
        "qualifier"]  # fmt: skip
SAMPLE_ROWS = 1_000
PARTS_AT_ONCE = 32
GRID_POINTS = 1_000_000


def join_partitions(
    wards: Wards,
    path: Path,
    given: TableColumns,
    *,
    also: Collection[str] = (),
    points_crs: str = "EPSG:4326",
    only: str | None = None,
    nearest_m: float = 0.0,
    version: str | None = None,
    source: Source | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Result:
    """A folder's Parquet and CSV files as sums per ward; also the findings and the guessed columns by role.

    also: what to keep apart besides category and measure ("severity", "known_by", and "date" for days); a
    role that is not kept has no column read. only: the category that will be asked for, so that a total
    beside its parts may stand. Rows of the answer: as `Joined` says, with n_rows. Every batch is accounted
    for, and all together: given = joined + left over, asserted. Whether dates that are all the first of a
    month stand for months (only under a header that says "month") is judged batch by batch.
    Raises what `list_partitions` and `iterate` do, MissingColumns, SeveralChoices, BadOption, NothingMatched,
    NoData (reason `empty_partitions`).
    """
    folder = list_partitions(path)
    used = settle_columns(folder, given, also)
    finder = make_finder(wards, GRID_POINTS)

    def join_batch(frame: pd.DataFrame, findings: list[Finding]) -> pd.DataFrame:
        table = Table(folder.name, "", frame, points=False, findings=())
        longitude, latitude = locate(table, used, points_crs, findings)
        placed = place_points_by(finder, wards, longitude, latitude, nearest_m=nearest_m)
        findings += list_place_findings(placed, longitude, latitude, wards, table.file)
        placed.insert(0, "row", np.arange(len(placed)))
        return build_incidents(table, used, placed, findings)

    rows, findings = _collect(_list_batches(folder, used, batch_rows), join_batch, folder)
    joined = Joined(
        "incidents",
        _complete(rows),
        by_place=True,
        version=version,
        source=source or Source(name=folder.name, file=folder.name),
    )
    if not (rows["outcome"] == "joined").any():
        is_located = (rows["outcome"] == "outside").any()
        reason = "by_place" if is_located else "no_place"
        raise NothingMatched(reason, file=folder.name, n=int(rows["n_rows"].sum()), column="")
    _check_categories(rows["category"], used, only, folder.name)
    return joined, findings, list_guesses(given, used)


def _collect(
    batches: Iterator[pd.DataFrame],
    join_batch: Callable[[pd.DataFrame, list[Finding]], pd.DataFrame],
    folder: Folder,
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The sums of all batches, each accounted for before it is let go, and the remarks on them."""
    findings: list[Finding] = []
    parts: list[pd.DataFrame] = []
    n_rows = n_batches = 0
    for frame in batches:
        rows = join_batch(frame, findings)
        assert Joined("incidents", rows).tally_rows()["given"] == len(frame), "rows were lost"
        parts.append(_add_up([rows.assign(n_rows=1)]))
        n_rows, n_batches = n_rows + len(frame), n_batches + 1
        if len(parts) >= PARTS_AT_ONCE:
            parts, findings = [_add_up(parts)], _add_up_findings(findings)
    if not parts:
        raise NoData("empty_partitions", folder=folder.name)
    rows = _add_up(parts)
    assert rows["n_rows"].sum() == n_rows, "rows were lost"
    return rows, (*_add_up_findings(findings), *_note_read(folder, n_rows, n_batches))


def settle_columns(folder: Folder, given: TableColumns, also: Collection[str]) -> TableColumns:
    """The columns that all files are read by, guessed from the first file that has a row."""
    if len(given.counts) > 1:
        raise BadOption("partition_counts", columns=", ".join(count.column for count in given.counts))
    file, sample = _read_sample(folder)
    table = Table(file, "", sample, points=False, findings=())
    placed = guess_place(sample, given, file=file, points=False)
    if placed.longitude is None or placed.latitude is None:
        raise MissingColumns("partition_places", file=file, columns=", ".join(sample.columns))
    roles = list_roles(table, "incidents", placed)
    kept = {*ALWAYS, *also, *(DAYS if "date" in also else ())}
    dropped = dict.fromkeys((*DAYS, "severity", "known_by", "unit"))
    counts = given.counts or ((CountColumn(roles["count"]),) if "count" in roles else ())
    named = {role: column for role, column in roles.items() if role in kept}
    if category := named.get("category"):
        _refuse_old_letters(sample[[category]], file)
    return replace(given, **{**dropped, **named, "counts": counts})  # type: ignore[arg-type]


def _read_sample(folder: Folder) -> tuple[str, pd.DataFrame]:
    for path in folder.paths:
        names = read_columns(path)
        once = [name for name in names if names.count(name) == 1]
        for frame in iterate(path, once, batch_rows=SAMPLE_ROWS):
            if len(frame):
                return path.name, frame.head(SAMPLE_ROWS)
    raise NoData("empty_partitions", folder=folder.name)


def _list_batches(folder: Folder, used: TableColumns, batch_rows: int) -> Iterator[pd.DataFrame]:
    columns = list(dict.fromkeys((*used.named, *(count.column for count in used.counts))))
    for path in folder.paths:
        for frame in iterate(path, columns, batch_rows=batch_rows):
            if len(frame):
                yield frame


def _add_up(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One row for each combination of KEYS; n is NaN where no row of it tells."""
    groups = pd.concat(parts, ignore_index=True).groupby(KEYS, dropna=False, sort=False, as_index=False)
    return groups[["n", "n_rows"]].sum(min_count=1)


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """With every column that incidents have."""
    texts = {name: with_none(rows[name]) for name in ("ward_code", "category", "severity", "known_by")}
    told = rows.assign(**texts, row=np.arange(len(rows)), unit=None, longitude=np.nan, latitude=np.nan)
    return told.assign(distance_m=np.where(rows["method"].isin(("within", "edge")), 0.0, np.nan))


def _refuse_old_letters(texts: pd.DataFrame, file: str) -> None:
    """Words typed in TCVN3 or VNI would be categories that nobody knows. Raises UnreadableFile (reason
    `old_letters`), UnknownEncoding."""
    _, findings = decode_columns(texts.astype(object).drop_duplicates(), file=file)
    if findings:
        raise UnreadableFile("old_letters", file=file, seen=findings[0].seen)


def _check_categories(categories: pd.Series, used: TableColumns, only: str | None, file: str) -> None:
    """As for any table, on the categories of all files together."""
    if used.category is None and only is None:
        return
    listed = pd.DataFrame({used.category or "": categories.drop_duplicates()})
    _refuse_old_letters(listed, file)
    check_categories(Table(file, "", listed, points=False, findings=()), used, only)


def _note_read(folder: Folder, n_rows: int, n_batches: int) -> tuple[Finding, ...]:
    facts: dict[str, object] = {"n": n_rows, "files": len(folder.paths), "batches": n_batches}
    read = Finding("PartitionsRead", "info", folder.name, "", facts)
    if not folder.ignored:
        return (read,)
    others: dict[str, object] = {"n": len(folder.ignored)}
    return read, Finding("PartitionsIgnored", "warning", folder.name, list_examples(folder.ignored), others)


def _add_up_findings(findings: list[Finding]) -> list[Finding]:
    """The same remark of several batches as one, with the sum of their n."""
    held: dict[tuple[str, str, str], Finding] = {}
    for finding in findings:
        key = (finding.code, finding.severity, finding.where)
        before = held.setdefault(key, finding)
        if before is not finding and "n" in before.facts:
            n = before.facts["n"] + finding.facts["n"]  # type: ignore[operator]
            held[key] = replace(before, facts={**before.facts, "n": n})
    return list(held.values())
