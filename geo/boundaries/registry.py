"""The boundary files that come with the program or were put beside them, and what is known of each.

`registry.toml` tells source, licence, date, version and sha256. A file that has changed since is
treated as unknown: its version is not the registry's.
"""

import datetime as dt
import hashlib
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from errors import UnreadableFile
from geo.frames import BoundaryVersion, Source
from geo.reading.columns import BoundaryColumns

ENDINGS = (".zip", ".kmz", ".shp", ".gpkg", ".geojson", ".json", ".kml", ".tab", ".mif", ".fgb", ".parquet")


@dataclass(frozen=True)
class Entry:
    """One boundary file. columns: where it keeps code, name, parent, population (None: guess).
    validity: its version with the days it was in force, None where the version is not known."""

    key: str
    title: str
    path: Path
    validity: BoundaryVersion | None = None
    source: Source = field(default_factory=Source)
    columns: BoundaryColumns = field(default_factory=BoundaryColumns)

    @property
    def version(self) -> str | None:
        """The id that facts and boundaries share."""
        return self.validity.id if self.validity else None


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def list_entries(folder: Path) -> list[Entry]:
    """Registered files first, then any other boundary file in the folder, by name."""
    listed = [_read_entry(key, record, folder) for key, record in _read_tables(folder).items()]
    known = {entry.path.name for entry in listed}
    loose = sorted(
        path for path in folder.glob("*") if path.suffix.lower() in ENDINGS and path.name not in known
    )
    return [entry for entry in listed if entry.path.exists()] + [
        Entry(path.stem, path.stem, path, source=Source(name=path.name, file=path.name)) for path in loose
    ]


def find_entry(path: Path, folder: Path) -> Entry | None:
    """The registry's knowledge of a file with the same bytes, wherever it lies."""
    if not path.is_file():
        return None
    sha256 = hash_file(path)
    return next((entry for entry in list_entries(folder) if entry.source.sha256 == sha256), None)


def _read_tables(folder: Path) -> dict[str, dict[str, object]]:
    path = folder / "registry.toml"
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFile("registry", file=path.name, seen=str(error)) from error
    return {key: table for key, table in tables.items() if isinstance(table, dict) and "file" in table}


def _read_entry(key: str, record: dict[str, object], folder: Path) -> Entry:
    path = folder / str(record["file"])
    version, columns = record.get("version", {}), record.get("columns", {})
    known = {field.name for field in fields(BoundaryColumns)}
    if not isinstance(version, dict) or not isinstance(columns, dict) or not set(columns) <= known:
        raise UnreadableFile("registry", file="registry.toml", seen=key)
    source = Source(
        name=str(record.get("source", "")),
        licence=str(record.get("licence", "")),
        as_of=str(record.get("date", "")),
        file=path.name,
        sha256=str(record.get("sha256", "")),
        illustrative=bool(record.get("illustrative", False)),
        schematic=bool(record.get("schematic", False)),
    )
    validity = _read_validity(key, version)
    unchanged = path.exists() and hash_file(path) == source.sha256
    return Entry(
        key=str(record.get("id", key)),
        title=str(record.get("title", key)),
        path=path,
        validity=validity if unchanged else None,
        source=source if unchanged else Source(name=path.name, file=path.name),
        columns=BoundaryColumns(**columns) if unchanged else BoundaryColumns(),
    )


def _read_validity(key: str, version: dict[str, object]) -> BoundaryVersion | None:
    first, last = (_read_day(key, version, name) for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        raise UnreadableFile("registry", file="registry.toml", seen=f"{key}.version.valid_to")
    if "id" not in version:
        return None
    return BoundaryVersion(str(version["id"]), first, last, str(version.get("basis", "")))


def _read_day(key: str, version: dict[str, object], name: str) -> dt.date | None:
    """Only a TOML date: a text would have to be guessed at."""
    day = version.get(name)
    if day is None or (isinstance(day, dt.date) and not isinstance(day, dt.datetime)):
        return day
    raise UnreadableFile("registry", file="registry.toml", seen=f"{key}.version.{name}")
