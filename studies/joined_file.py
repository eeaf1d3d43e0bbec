"""The joined ward table as a file with its `.meta.json`, and back again for drawing.

A file is written beside its place and renamed, so that a stop half-way leaves nothing half-written.
"""

import dataclasses
import datetime as dt
import json
import math
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from briefing.table import to_csv, to_xlsx, undo_disarm
from errors import BadOption, DuplicateCodes, MissingColumns, NotWritable, UnknownFormat, UnreadableFile
from geo.cover.both import BothBars
from geo.frames import Period, Source, Wards
from geo.indicators import INDICATORS, GapBars
from geo.measure import Measured
from geo.question import Question, Selection
from geo.reading.read import read_boundaries, read_table

WARD_COLUMNS = ("ward_name", "parent", "population", "area_km2")
TEXT_FAMILIES = ("status", "level", "cluster", "pattern", "funnel", "both")
TEXT_COLUMNS = (
    "ward_code",
    "ward_name",
    "parent",
    *(key for key, indicator in INDICATORS.items() if indicator.family in TEXT_FAMILIES),
)
FORMATS = (".gpkg", ".parquet", ".geojson", ".csv", ".xlsx")
BOTH_BARS = ("n_incidents", "cameras_per_km2")
REPORTS = (".json",)
ASSIGNMENTS = (".parquet", ".csv")
WRITE_ERRORS = (OSError, DataSourceError, DataLayerError, FeatureError)
Writer = Callable[[Path], object]


def measure_columns(measured: Measured) -> list[str]:
    """The indicator columns that could be measured, in the records' order."""
    return [key for key in INDICATORS if key in measured.frame.columns]


def as_table(measured: Measured) -> gpd.GeoDataFrame:
    """ward_code, name, parent, population, area and the measures; nothing else of the input."""
    columns = [*WARD_COLUMNS, *measure_columns(measured), "geometry"]
    table = measured.frame[columns].reset_index(names="ward_code")
    numbers = table.select_dtypes("float").columns
    table[numbers] = table[numbers].replace([np.inf, -np.inf], np.nan)
    for column in TEXT_COLUMNS:
        if column in table:
            table[column] = table[column].astype(object).where(table[column].notna(), None)
    return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")


def plan_joined(measured: Measured, path: Path) -> dict[Path, Writer]:
    """How to write the table by its ending, and the meta beside it. Raises UnknownFormat."""
    check_ending(path, FORMATS)
    table = as_table(measured)
    plain = pd.DataFrame(table.drop(columns="geometry"))
    writers: dict[str, Writer] = {
        ".gpkg": lambda target: table.to_file(target, driver="GPKG", layer="wards", engine="pyogrio"),
        ".geojson": lambda target: table.to_file(target, driver="GeoJSON", engine="pyogrio"),
        ".parquet": lambda target: table.to_parquet(target, index=False),
        ".csv": lambda target: target.write_bytes(to_csv(plain)),
        ".xlsx": lambda target: target.write_bytes(to_xlsx(plain, title="wards")),
    }
    return {path: writers[path.suffix.lower()], **plan_json(write_meta(measured), meta_path(path))}


def plan_json(answer: object, path: Path) -> dict[Path, Writer]:
    """How to write an answer for a program."""
    text = to_json(answer)
    return {path: lambda target: target.write_text(text, encoding="utf-8")}


def to_json(answer: object) -> str:
    """JSON as the standard has it: what is no finite number is null."""
    return json.dumps(_drop_infinite(answer), ensure_ascii=False, indent=1, allow_nan=False)


def _drop_infinite(answer: object) -> object:
    if isinstance(answer, Mapping):
        return {key: _drop_infinite(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_drop_infinite(value) for value in answer]
    return None if isinstance(answer, float) and not math.isfinite(answer) else answer


def check_ending(path: Path, endings: tuple[str, ...]) -> None:
    """Refuse a file ending that has no writer, and a folder that is not there, before any work."""
    if path.suffix.lower() not in endings:
        raise UnknownFormat("ending", file=path.name, endings=", ".join(endings))
    if not path.absolute().parent.is_dir():
        raise BadOption("folder", file=path.name, folder=str(path.parent))


def check_outputs(
    out: Path,
    reports: Path | None,
    assignments: Mapping[str, Path | None],
    *,
    inputs: Iterable[Path | None] = (),
) -> None:
    """Refuse before any work what could not be written after it, or would be written over what is read.
    assignments: by kind."""
    check_ending(out, FORMATS)
    paths = [out, meta_path(out)]
    if reports:
        check_ending(reports, REPORTS)
        paths.append(reports)
    for path in assignments.values():
        if path:
            check_ending(path, ASSIGNMENTS)
            paths.append(path)
    for path in paths:
        if path.is_dir():
            raise NotWritable(file=path.name)
        if [other.resolve() for other in paths].count(path.resolve()) > 1:
            raise BadOption("same_output", file=path.name)
        if any(given is not None and _is_one_file(path, given) for given in inputs):
            raise BadOption("output_is_input", file=path.name)


def _is_one_file(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()


def write_whole(path: Path, write: Writer) -> None:
    """Write beside, then rename: the file is there whole or not at all. Raises NotWritable."""
    write_all({path: write})


def write_all(plan: Mapping[Path, Writer]) -> None:
    """Write every file beside its place, and rename only when all are whole. When one of them cannot be put
    in its place, what stood in the others' comes back. Raises NotWritable."""
    beside = {path: path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}") for path in plan}
    before = {path: path.with_name(f".{path.stem}.{os.getpid()}.before{path.suffix}") for path in plan}
    placed: list[Path] = []
    try:
        for path, write in plan.items():
            _try(path, lambda write=write, path=path: write(beside[path]))  # type: ignore[misc]
        for path in plan:
            if path.exists():
                _try(path, lambda path=path: _keep_copy(path, before[path]))  # type: ignore[misc]
        for path in plan:
            placed.append(path)
            _try(path, lambda path=path: beside[path].replace(path))  # type: ignore[misc]
    except BaseException:
        for path in placed:
            _put_back(path, before[path], came=not beside[path].exists())
        raise
    finally:
        for left in (*beside.values(), *before.values()):
            left.unlink(missing_ok=True)


def _keep_copy(path: Path, copy: Path) -> None:
    """A second name for the file where the file system has such, else a copy."""
    copy.unlink(missing_ok=True)
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copy2(path, copy)


def _put_back(path: Path, copy: Path, *, came: bool) -> None:
    if came and copy.exists():
        copy.replace(path)
    elif came:
        path.unlink(missing_ok=True)


def _try(path: Path, act: Callable[[], object]) -> None:
    try:
        act()
    except WRITE_ERRORS as error:
        raise NotWritable(file=path.name) from error


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
        "chosen": dataclasses.asdict(question.chosen),
        "radius_m": question.radius_m,
        "status_year": measured.status_year,
        "gap_bars": dataclasses.asdict(measured.gap_bars) if measured.gap_bars else None,
        "both_bars": dataclasses.asdict(measured.both_bars) if measured.both_bars else None,
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


def _selection_in(meta: dict[str, Any]) -> Selection:
    """Files of the first versions name a category alone."""
    told = meta.get("chosen") or {"category": meta.get("category")}
    return Selection(**_known(Selection, told))


def read_joined(path: Path, *, boundaries: Wards | None = None) -> Measured:
    """A joined file as measures again. A table without outlines needs the boundaries.

    Raises MissingColumns when it is not a joined file, UnreadableFile, BadOption (no outlines).
    """
    frame = _read_frame(path, boundaries)
    for key in INDICATORS:
        if key in frame.columns and key not in TEXT_COLUMNS:
            frame[key] = pd.to_numeric(frame[key], errors="coerce").astype(float)
        elif key in frame.columns:
            frame[key] = frame[key].astype(object).where(frame[key].notna() & (frame[key] != ""), None)
    try:
        return _rest_on(frame, _read_meta(path), boundaries)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("meta", file=meta_path(path).name) from error


def _rest_on(frame: gpd.GeoDataFrame, meta: dict[str, Any], boundaries: Wards | None) -> Measured:
    """The measures with what their meta tells; what a later version adds to it is left aside."""
    question = Question(
        _period_in(meta.get("period")),
        _period_in(meta.get("previous")),
        _selection_in(meta),
        meta.get("radius_m", 50.0),
    )
    bars, both = meta.get("gap_bars"), meta.get("both_bars")
    return Measured(
        frame=frame,
        question=question,
        version=meta.get("version") or (boundaries.version if boundaries else None),
        boundary_source=Source(**_known(Source, meta.get("boundary_source", {}))),
        sources=tuple(Source(**_known(Source, source)) for source in meta.get("sources", [])),
        tallies=meta.get("tallies", {}),
        history=pd.DataFrame(columns=meta.get("history", [])),
        gap_bars=GapBars(**_known(GapBars, bars)) if bars else None,
        both_bars=BothBars(*(tuple(both[name]) for name in BOTH_BARS)) if both else None,
        crs_read=meta.get("crs_read", ""),
        place=meta.get("place", ""),
        status_year=meta.get("status_year"),
    )


def _known(record: type, told: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in dataclasses.fields(record)}
    return {key: value for key, value in told.items() if key in names}


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
    if path.suffix.lower() == ".csv":
        texts = [column for column in TEXT_COLUMNS if column in read.columns]
        read = read.assign(**{column: read[column].map(undo_disarm) for column in texts})
    codes = read["ward_code"].astype(str)
    twice = codes[codes.duplicated()].unique()
    if len(twice):
        raise DuplicateCodes("joined", file=path.name, codes=", ".join(twice[:5]), n=len(twice))
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


def plan_assignment(joined_rows: pd.DataFrame, path: Path) -> dict[Path, Writer]:
    """One row per input row, in input order: row, ward_code, method, distance_m."""
    first = joined_rows.drop_duplicates("row").sort_values("row")
    table = first[["row", "ward_code", "method", "distance_m"]].astype(
        {"row": "int64", "distance_m": "float64"}
    )
    table["ward_code"] = table["ward_code"].astype("string")
    table["method"] = table["method"].astype("string")
    check_ending(path, ASSIGNMENTS)
    if path.suffix.lower() == ".csv":
        return {path: lambda target: table.to_csv(target, index=False)}
    return {path: lambda target: table.to_parquet(target, index=False)}
