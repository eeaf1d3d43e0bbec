"""The bundled example: what `sample.toml` says of the tables beside it, and the way into a new store."""

import tomllib
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from errors import StoreNotEmpty
from geo.boundaries.registry import Entry, hash_file, list_entries
from geo.frames import Source, Wards
from geo.reading.columns import CountColumn, TableColumns
from geo.reading.read import read_table
from geo.versions.crosswalk_check import check_crosswalk
from geo.versions.crosswalk_read import read_crosswalk
from store.backup import restore_backup
from store.opening import open_store
from store.repository import Store
from studies.intake_proposals import import_proposals
from studies.reports_file import keep_first_catalogue, load_reports
from studies.ward_table import BoundaryFile, TableFile, join_file, load_wards

SHEET = "sample.toml"
EXAMPLE_FILE = "vi-du.sqlite"


@dataclass(frozen=True)
class KeptArea:
    """One bundled boundary set in the store."""

    id: int
    wards: Wards


def open_with_example(url: str, boundaries_folder: Path) -> Store:
    """The store at `url`; a new one is given the whole example in one transaction, or nothing of it: a
    program stopped half-way leaves no half example behind. A store of before there were catalogues is given
    the bundled one. Raises what `open_store` raises."""
    store = open_store(url)
    if store.list_areas():
        keep_first_catalogue(store, boundaries_folder.parent)
        return store
    with TemporaryDirectory() as folder:
        example = Path(folder) / EXAMPLE_FILE
        with closing(open_store(f"sqlite:///{example}")) as scratch:
            if keep_example(scratch, boundaries_folder) is None:
                return store
        store.close()
        try:
            return restore_backup(example, url)
        except StoreNotEmpty:  # another process was quicker
            return open_store(url)


def keep_example(store: Store, boundaries_folder: Path) -> int | None:
    """Put the bundled boundaries, their tables, the crosswalk between them and the five reports into the
    store; the first area's id, or None without it."""
    folder = boundaries_folder.parent / "sample"
    told = _read(folder)
    entries = {entry.key: entry for entry in list_entries(boundaries_folder)}
    kept: dict[str, KeptArea] = {}
    for key in told.get("boundaries", []):
        if key in entries:
            kept[key] = _keep_area(store, entries[key], boundaries_folder)
    for record in told.get("files", []):
        if record["boundaries"] in kept:
            _keep_table(store, kept[record["boundaries"]], _as_table(folder, record))
    for record in told.get("crosswalks", []):
        if record["old"] in kept and record["new"] in kept:
            _keep_crosswalk(store, kept[record["old"]], kept[record["new"]], folder, record)
    for record in told.get("proposals", []):
        if record["boundaries"] in kept:
            import_proposals(store, folder / record["file"], kept[record["boundaries"]].id, record["year"])
    if kept:
        load_reports(store, folder)
    return next((area.id for area in kept.values()), None)


def _keep_area(store: Store, entry: Entry, boundaries_folder: Path) -> KeptArea:
    wards = load_wards(BoundaryFile(entry.path), boundaries_folder).wards
    return KeptArea(
        store.keep_boundaries(wards, key=entry.key, title=entry.title, validity=entry.validity), wards
    )


def _keep_table(store: Store, area: KeptArea, table: TableFile) -> None:
    joined = join_file(area.wards, table)
    store.keep(
        area.id,
        joined.joined,
        file_name=table.path.name,
        sha256=hash_file(table.path),
        findings=joined.findings,
        replace=False,
    )


def _keep_crosswalk(store: Store, old: KeptArea, new: KeptArea, folder: Path, record: dict[str, Any]) -> None:
    table = read_table(folder / record["file"])
    source = _as_source(folder, record)
    crosswalk, findings = read_crosswalk(table, old=old.wards, new=new.wards, source=source)
    crosswalk, remarks = check_crosswalk(crosswalk, old.wards, new.wards)
    store.keep_crosswalk(old.id, new.id, crosswalk, findings=(*findings, *remarks))


def list_tables(folder: Path) -> list[TableFile]:
    """The tables that a `sample.toml` in the folder describes, in its order."""
    return [_as_table(folder, record) for record in _read(folder).get("files", [])]


def tell(table: TableFile) -> TableFile:
    """The same file with the source and version that a `sample.toml` beside it tells; what a person
    said stays."""
    told = next(
        (known for known in list_tables(table.path.parent) if known.path.name == table.path.name), None
    )
    if told is None:
        return table
    return replace(table, source=table.source or told.source, version=table.version or told.version)


def _read(folder: Path) -> dict[str, Any]:
    path = folder / SHEET
    if not path.exists():
        return {}
    sample: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["sample"]
    return sample


def _as_table(folder: Path, record: dict[str, Any]) -> TableFile:
    path = folder / record["file"]
    columns = dict(record["columns"])
    count = columns.pop("count", None)
    return TableFile(
        path,
        record["kind"],
        version=record["version"],
        columns=TableColumns(
            **columns,
            counts=(CountColumn(count),) if count else (),
            calendar=record.get("calendar"),
        ),
        source=_as_source(folder, record),
    )


def _as_source(folder: Path, record: dict[str, Any]) -> Source:
    path = folder / record["file"]
    return Source(
        name=record["source"],
        licence=record["licence"],
        as_of=record["as_of"],
        file=record["file"],
        sha256=hash_file(path) if path.exists() else "",
        illustrative=record.get("illustrative", False),
    )
