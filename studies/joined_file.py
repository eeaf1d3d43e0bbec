"""The joined ward table as a file with its `.meta.json`, and back again for drawing.

A file is written beside its place and renamed, so that a stop half-way leaves nothing half-written.
"""

import dataclasses
import datetime as dt
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from briefing.table import to_csv, to_xlsx
from errors import BadOption, MissingColumns, UnknownFormat, UnreadableFile
from geo.frames import Period, Source, Wards
from geo.indicators import INDICATORS, GapBars
from geo.measure import Measured, Question
from geo.read import read_boundaries, read_table

WARD_COLUMNS = ("ward_name", "parent", "population", "area_km2")
TEXT_COLUMNS = ("ward_code", "ward_name", "parent", "status", "hotspot_level")
FORMATS = (".gpkg", ".parquet", ".geojson", ".csv", ".xlsx")


def measure_columns(measured: Measured) -> list[str]:
    """The indicator columns that could be measured, in the records' order."""
    return [key for key in INDICATORS if key in measured.frame.columns]


def as_table(measured: Measured) -> gpd.GeoDataFrame:
    """ward_code, name, parent, population, area and the measures; nothing else of the input."""
    columns = [*WARD_COLUMNS, *measure_columns(measured), "geometry"]
    table = measured.frame[columns].reset_index(names="ward_code")
    for column in TEXT_COLUMNS:
        if column in table:
            table[column] = table[column].astype(object).where(table[column].notna(), None)
    return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")


def write_joined(measured: Measured, path: Path) -> None:
    """Write the table by its ending and the meta beside it. Raises UnknownFormat."""
    table = as_table(measured)
    plain = pd.DataFrame(table.drop(columns="geometry"))
    writers: dict[str, Callable[[Path], object]] = {
        ".gpkg": lambda target: table.to_file(target, driver="GPKG", layer="wards", engine="pyogrio"),
        ".geojson": lambda target: table.to_file(target, driver="GeoJSON", engine="pyogrio"),
        ".parquet": lambda target: table.to_parquet(target, index=False),
        ".csv": lambda target: target.write_bytes(to_csv(plain)),
        ".xlsx": lambda target: target.write_bytes(to_xlsx(plain, title="wards")),
    }
    check_ending(path, FORMATS)
    write_whole(path, writers[path.suffix.lower()])
    meta = json.dumps(write_meta(measured), ensure_ascii=False, indent=1)
    write_whole(meta_path(path), lambda target: target.write_text(meta, encoding="utf-8"))


def check_ending(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file ending that has no writer, and a folder that is not there, before any work."""
    if path.suffix.lower() not in endings:
        raise UnknownFormat("ending", file=path.name, endings=", ".join(endings))
    if not path.absolute().parent.is_dir():
        raise BadOption("folder", file=path.name, folder=str(path.parent))


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside, then rename: the file is there whole or not at all."""
    beside = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        write(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def meta_path(path: Path) -> Path:
    return path.with_name(path.name + ".meta.json")


def write_meta(measured: Measured) -> dict[str, Any]:
    """What the numbers rest on, as plain JSON."""
    question = measured.question
    return {
        "version": measured.version,
        "crs_read": measured.crs_read,
        "place": measured.place,
        "boundary_source": dataclasses.asdict(measured.boundary_source),
        "sources": [dataclasses.asdict(source) for source in measured.sources],
        "period": _period_out(question.period),
        "previous": _period_out(question.previous),
        "category": question.category,
        "radius_m": question.radius_m,
        "status_year": measured.status_year,
        "gap_bars": dataclasses.asdict(measured.gap_bars) if measured.gap_bars else None,
        "history": list(measured.history.columns),
        "tallies": measured.tallies,
        "illustrative": measured.is_illustrative,
        "schematic": measured.is_schematic,
    }


def _period_out(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat(), "label": period.label}


def _period_in(record: dict[str, str] | None) -> Period | None:
    if record is None:
        return None
    start, end = dt.date.fromisoformat(record["start"]), dt.date.fromisoformat(record["end"])
    return Period(start, end, record["label"])


def read_joined(path: Path, *, boundaries: Wards | None = None) -> Measured:
    """A joined file as measures again. A table without outlines needs the boundaries.

    Raises MissingColumns when it is not a joined file, UnreadableFile, BadOption (no outlines).
    """
    frame = _read_frame(path, boundaries)
    meta = _read_meta(path)
    for key in INDICATORS:
        if key in frame.columns and key not in TEXT_COLUMNS:
            frame[key] = pd.to_numeric(frame[key], errors="coerce").astype(float)
        elif key in frame.columns:
            frame[key] = frame[key].astype(object).where(frame[key].notna() & (frame[key] != ""), None)
    question = Question(
        _period_in(meta.get("period")),
        _period_in(meta.get("previous")),
        meta.get("category"),
        meta.get("radius_m", 50.0),
    )
    bars = meta.get("gap_bars")
    return Measured(
        frame=frame,
        question=question,
        version=meta.get("version") or (boundaries.version if boundaries else None),
        boundary_source=Source(**meta.get("boundary_source", {})),
        sources=tuple(Source(**source) for source in meta.get("sources", [])),
        tallies=meta.get("tallies", {}),
        history=pd.DataFrame(columns=meta.get("history", [])),
        gap_bars=GapBars(**bars) if bars else None,
        crs_read=meta.get("crs_read", ""),
        place=meta.get("place", ""),
        status_year=meta.get("status_year"),
    )


def _read_meta(path: Path) -> dict[str, Any]:
    beside = meta_path(path)
    if not beside.exists():
        return {}
    try:
        meta = json.loads(beside.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableFile("meta", file=beside.name) from error
    if not isinstance(meta, dict):
        raise UnreadableFile("meta", file=beside.name)
    return meta


def _read_frame(path: Path, boundaries: Wards | None) -> gpd.GeoDataFrame:
    check_ending(path, FORMATS)
    has_outlines = path.suffix.lower() not in (".csv", ".xlsx")
    read = read_boundaries(path).frame if has_outlines else read_table(path).frame
    missing = [column for column in ("ward_code", *WARD_COLUMNS) if column not in read.columns]
    if missing:
        raise MissingColumns("joined", file=path.name, missing=", ".join(missing))
    codes = read["ward_code"].astype(str)
    if has_outlines:
        shapes = gpd.GeoSeries(read.geometry.to_numpy(), index=codes, crs="EPSG:4326")
    elif boundaries is None:
        raise BadOption("outlines", file=path.name)
    else:
        unknown = sorted(set(codes) - set(boundaries.frame.index))
        if unknown:
            raise MissingColumns("outlines", file=path.name, codes=", ".join(unknown[:5]), n=len(unknown))
        shapes = gpd.GeoSeries(boundaries.frame.geometry.reindex(codes), crs="EPSG:4326")
    plain = pd.DataFrame(read.drop(columns=["geometry", "ward_code"], errors="ignore"))
    plain.index = pd.Index(codes, name="ward_code")
    for column in ("population", "area_km2"):
        plain[column] = pd.to_numeric(plain[column], errors="coerce")
    for column in ("ward_name", "parent"):
        plain[column] = plain[column].astype(object).where(plain[column].notna(), "").astype(str)
    return gpd.GeoDataFrame(plain, geometry=shapes.to_numpy(), crs="EPSG:4326")


def write_assignment(joined_rows: pd.DataFrame, path: Path) -> None:
    """One row per input row, in input order: row, ward_code, method, distance_m."""
    first = joined_rows.drop_duplicates("row").sort_values("row")
    table = first[["row", "ward_code", "method", "distance_m"]].astype(
        {"row": "int64", "distance_m": "float64"}
    )
    table["ward_code"] = table["ward_code"].astype("string")
    table["method"] = table["method"].astype("string")
    check_ending(path, (".parquet", ".csv"))
    if path.suffix.lower() == ".csv":
        write_whole(path, lambda target: table.to_csv(target, index=False))
    else:
        write_whole(path, lambda target: table.to_parquet(target, index=False))
