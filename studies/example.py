"""The bundled example: what `sample.toml` says of the tables beside it, and the way into a new store."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.columns import CountColumn, TableColumns
from geo.frames import Source
from geo.registry import hash_file, list_entries
from store.repository import Store
from studies.ward_table import BoundaryFile, TableFile, join_file, load_wards

SHEET = "sample.toml"


def keep_example(store: Store, boundaries_folder: Path) -> int | None:
    """Put the bundled boundaries and their tables into the store; the area's id, or None without them."""
    folder = boundaries_folder.parent / "sample"
    told = _read(folder)
    entry = next((e for e in list_entries(boundaries_folder) if e.key == told.get("boundaries")), None)
    if entry is None:
        return None
    loaded = load_wards(BoundaryFile(entry.path), boundaries_folder)
    area_id = store.keep_boundaries(loaded.wards, key=entry.key, title=entry.title)
    for table in list_tables(folder):
        joined = join_file(loaded.wards, table)
        store.keep(
            area_id,
            joined.joined,
            file_name=table.path.name,
            sha256=hash_file(table.path),
            findings=joined.findings,
            replace=False,
        )
    return area_id


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
    source = Source(
        name=record["source"],
        licence=record["licence"],
        as_of=record["as_of"],
        file=record["file"],
        sha256=hash_file(path) if path.exists() else "",
        illustrative=record["illustrative"],
    )
    return TableFile(
        path,
        record["kind"],
        version=record["version"],
        columns=TableColumns(**columns, counts=(CountColumn(count),) if count else ()),
        source=source,
    )
