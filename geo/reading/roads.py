"""A line layer of roads or streets: read whole, checked, split into plain lines.

A road drawn once for each direction doubles every length in it: exact repeats are dropped and told, parallel
carriageways are not.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from errors import UnreadableFile
from geo.boundaries import placing
from geo.crs import split_swapped, swap_axes, to_degrees
from geo.findings import Finding, list_examples
from geo.reading import vectors
from geo.reading.read import read_kind

PARQUET_ENDINGS = (".parquet", ".geoparquet")
LINE, MANY = 1, (4, 5, 6, 7)


@dataclass(frozen=True)
class Roads:
    """Lines as read. frame: RangeIndex; `row` (0-based place in the file; a line of several parts has one
    row for each), geometry (LineString of positive length, EPSG:4326). Nothing else of the file is kept.
    crs: as declared or told."""

    file: str
    layer: str
    frame: gpd.GeoDataFrame
    crs: pyproj.CRS
    findings: tuple[Finding, ...]

    def to_plane(self, crs: pyproj.CRS) -> NDArray[np.object_]:
        """The lines on a plane in metres, from `geo.crs.metric_crs`."""
        return np.asarray(self.frame.geometry.to_crs(crs).to_numpy(), dtype=object)


def read_roads(
    path: str | Path, *, layer: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Roads:
    """Lines of any vector format and reference system, in degrees. `crs` overrules what the file declares.

    Rows that are no lines, that are empty, that hold an impossible coordinate or that repeat another are
    left out, each kind with a finding. Raises UnreadableFile (not_lines, no_lines, empty …), SeveralChoices,
    UnknownCrs or TooLarge.
    """
    path, file = Path(path), Path(path).name
    features, name = _read_features(path, layer, encoding)
    if features.shapes is None:
        raise UnreadableFile("not_lines", file=file, found="table")
    if not len(features.shapes):
        raise UnreadableFile("empty", file=file)
    lines, rows, findings = _split_lines(features.shapes, file)
    asked, is_swapped = split_swapped(crs or "")
    if is_swapped:
        lines = swap_axes(lines)
        findings += (Finding("AxesSwapped", "info", file, facts={"file": file}),)
    declared, notes = placing.settle_crs(features.crs, asked, shapely.get_coordinates(lines), file)
    frame = gpd.GeoDataFrame({"row": rows}, geometry=gpd.GeoSeries(lines, crs=declared))
    frame = to_degrees(frame, declared)
    placed = placing.check_degrees(shapely.get_coordinates(frame.geometry.to_numpy()), declared, file)
    return Roads(file, name, frame, declared, features.findings + findings + notes + placed)


def _read_features(path: Path, layer: str | None, encoding: str | None) -> tuple[vectors.Features, str]:
    if read_kind(path) != "vector":
        raise UnreadableFile("not_lines", file=path.name, found="table")
    if path.suffix.lower() in PARQUET_ENDINGS:
        return vectors.read_geoparquet(path), path.stem
    with vectors.open_sources(path) as sources:
        source = vectors.choose(sources, layer, path.name)
        return vectors.read_features(source, path.name, encoding=encoding), source.name


def _split_lines(
    shapes: NDArray[np.object_], file: str
) -> tuple[NDArray[np.object_], NDArray[np.int64], tuple[Finding, ...]]:
    """(lines, their rows, findings): the parts of many-part lines and of collections each for itself."""
    parts, rows = _take_apart(shapes)
    is_line = shapely.get_type_id(parts) == LINE
    if len(parts) and not is_line.any():
        found = list_examples(sorted({part.geom_type for part in parts}))
        raise UnreadableFile("not_lines", file=file, found=found)
    findings = _note("NotLines", rows[~is_line], file)
    is_finite = _find_finite(parts)
    findings += _note("BadCoordinates", rows[is_line & ~is_finite], file)
    is_long = shapely.length(parts) > 0
    blank = np.setdiff1d(np.arange(len(shapes)), rows)
    findings += _note("EmptyLines", np.concatenate([blank, rows[is_line & is_finite & ~is_long]]), file)
    kept = is_line & is_finite & is_long
    parts, rows = parts[kept], rows[kept]
    if not len(parts):
        raise UnreadableFile("no_lines", file=file, n=len(shapes))
    _, first = np.unique(shapely.to_wkb(shapely.normalize(parts)), return_index=True)
    is_repeat = ~np.isin(np.arange(len(parts)), first)
    findings += _note("RepeatedLines", rows[is_repeat], file)
    return parts[~is_repeat], rows[~is_repeat], findings


def _take_apart(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """(single shapes, their rows), however deep collections are nested; rows without a shape give none."""
    parts, rows = np.asarray(shapes, dtype=object), np.arange(len(shapes))
    while True:
        inner, index = shapely.get_parts(parts, return_index=True)
        is_same = len(inner) == len(parts) and not np.isin(shapely.get_type_id(inner), MANY).any()
        parts, rows = inner, rows[index]
        if is_same:
            return parts, rows.astype(np.int64)


def _find_finite(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    is_finite = np.ones(len(shapes), dtype=bool)
    is_finite[owners[~np.isfinite(coordinates).all(axis=1)]] = False
    return is_finite


def _note(code: str, rows: NDArray[np.int64], file: str) -> tuple[Finding, ...]:
    """One finding for all the rows; none for none."""
    distinct = np.unique(rows)
    facts: dict[str, object] = {"file": file, "n": len(distinct)}
    return (Finding(code, "warning", file, list_examples(distinct + 1), facts),) if len(distinct) else ()
