"""A file as it came -> a layer of boundaries or a table, with what was noticed on the way.

Reading keeps every row and every cell; it repairs nothing but a missing index. Whether a reference
system can be right is judged by the size of the coordinates, and for boundaries by the known places of
wards of these names; of points and of places that nobody knows a wrong meridian passes.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from errors import UnreadableFile
from geo.boundaries import placing
from geo.boundaries.crs_candidates import check_fit, gather
from geo.crs import points_to_degrees, split_swapped, swap_axes, to_degrees
from geo.findings import Finding, list_examples
from geo.reading import mapinfo, tables, vectors
from geo.reading.archive import check_size
from geo.reading.grid import name_columns
from geo.reading.layout import Layout, Total
from geo.reading.persons import drop_persons

__all__ = ["Layer", "Table", "check_size", "list_layers", "read_boundaries", "read_kind", "read_table"]

Format = Literal["vector", "geoparquet", "dbf", "csv", "workbook", "parquet"]
FORMATS: dict[str, Format] = {
    **dict.fromkeys((*vectors.ARCHIVE_ENDINGS, *vectors.VECTOR_ENDINGS), "vector"), ".dbf": "dbf",
    ".csv": "csv", ".tsv": "csv", ".txt": "csv",
    ".xlsx": "workbook", ".xlsm": "workbook", ".xls": "workbook", ".ods": "workbook",
    ".parquet": "parquet", ".geoparquet": "parquet",
}  # fmt: skip
SHAPEFILE_PARTS = (".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qpj")
ZIP, OLD_OFFICE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
POINT, MULTIPOINT = 0, 4
POLYGON, MULTIPOLYGON, COLLECTION = 3, 6, 7


@dataclass(frozen=True)
class Layer:
    """Boundaries as read. frame: attributes as text or numbers, geometry in EPSG:4326 (polygons; None
    where a row has none, invalid where the file's is), file order, RangeIndex. crs: as declared."""

    file: str
    layer: str
    frame: gpd.GeoDataFrame
    crs: pyproj.CRS | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Table:
    """Rows as read. frame: RangeIndex, column names as distinct text; CSV cells are text, cells of a workbook
    typed one by one, others as stored. sheet: of the workbook, or the layer's name.
    points: rows have places; then the last columns are `longitude` and `latitude` in degrees (NaN: none).
    lines: where each row stands in its sheet, counted from 1; () where rows have no lines. totals: the sums
    that stood among the rows and were taken out."""

    file: str
    sheet: str
    frame: pd.DataFrame
    points: bool
    findings: tuple[Finding, ...]
    lines: tuple[int, ...] = ()
    totals: tuple[Total, ...] = ()


def read_kind(path: str | Path) -> Literal["vector", "table"]:
    """Whether the file holds shapes; UnreadableFile when it is of no known kind."""
    return "vector" if _detect_format(Path(path)) in ("vector", "geoparquet") else "table"


def _detect_format(path: Path) -> Format:
    """By the ending, if the first bytes do not speak against it."""
    suffix, file = path.suffix.lower(), path.name
    if not path.is_file():
        raise UnreadableFile("not_found", file=file)
    if suffix in SHAPEFILE_PARTS:
        raise UnreadableFile("shapefile_part", file=file)
    if suffix in mapinfo.PARTS and suffix not in FORMATS:
        raise UnreadableFile("mapinfo_part", file=file)
    if suffix not in FORMATS:
        raise UnreadableFile("unsupported", file=file)
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise UnreadableFile("not_found", file=file) from error
    if not start:
        raise UnreadableFile("empty", file=file)
    found = FORMATS[suffix]
    is_zip, is_old, old_meant = start == ZIP, start == OLD_OFFICE, suffix == ".xls"
    zip_meant = suffix in vectors.ARCHIVE_ENDINGS or (found == "workbook" and not old_meant)
    is_wrong = is_old != old_meant or (is_zip and not zip_meant)
    if is_wrong or (start == PARQUET) != (found == "parquet"):
        raise UnreadableFile("wrong_ending", file=file)
    return "geoparquet" if found == "parquet" and tables.is_geoparquet(path) else found


def list_layers(path: str | Path) -> list[str]:
    """Names of what could be read: layers of a vector file, non-empty sheets of a workbook."""
    path = Path(path)
    found = _detect_format(path)
    if found == "workbook":
        return tables.list_sheets(path)
    if found != "vector":
        return [path.stem]
    with vectors.open_sources(path) as sources:
        return [source.name for source in sources]


def _read_features(path: Path, layer: str | None, encoding: str | None) -> tuple[vectors.Features, str]:
    if _detect_format(path) == "geoparquet":
        return vectors.read_geoparquet(path), path.stem
    with vectors.open_sources(path) as sources:
        source = vectors.choose(sources, layer, path.name)
        return vectors.read_features(source, path.name, encoding=encoding), source.name


def read_boundaries(
    path: str | Path, *, layer: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Layer:
    """Polygons of any reference system, in degrees. `crs` overrules what the file declares, `encoding` what
    its letters look like (`geo.reading.encodings.CODECS`).

    Raises UnreadableFile, SeveralChoices, UnknownCrs, UnknownEncoding or TooLarge, each with a reason.
    """
    path, file = Path(path), Path(path).name
    found = _detect_format(path)
    if found == "dbf":
        raise UnreadableFile("shapefile_part", file=file)
    if found not in ("vector", "geoparquet"):
        raise UnreadableFile("not_polygons", file=file, found="table")
    features, name = _read_features(path, layer, encoding)
    shapes = features.shapes
    if shapes is None:
        raise UnreadableFile("not_polygons", file=file, found="table")
    if not len(shapes):
        raise UnreadableFile("empty", file=file)
    polygons, findings = _keep_polygons(shapes, file)
    polygons, more = _drop_infinite(polygons, file)
    evidence = gather(polygons, features.attributes)
    asked, is_swapped = split_swapped(crs or "")
    if is_swapped:
        polygons = swap_axes(polygons)
        more += (Finding("AxesSwapped", "info", file, facts={"file": file}),)
    coordinates = shapely.get_coordinates(polygons)
    declared, notes = placing.settle_crs(features.crs, asked, coordinates, file, evidence=evidence)
    attributes, renamed = _free_names(features.attributes, ("geometry",), file)
    frame = gpd.GeoDataFrame(attributes, geometry=gpd.GeoSeries(polygons, crs=declared))
    frame = to_degrees(frame, declared)
    coordinates = shapely.get_coordinates(frame.geometry.to_numpy())
    placed = placing.check_degrees(coordinates, declared, file, evidence=evidence)
    notes += placed + check_fit(declared, evidence, file, is_swapped=is_swapped, is_foreign=bool(placed))
    return Layer(file, name, frame, declared, features.findings + findings + more + notes + renamed)


def _keep_polygons(shapes: NDArray[np.object_], file: str) -> tuple[NDArray[np.object_], tuple[Finding, ...]]:
    """Polygons as they are, the polygons of a collection as one; anything else becomes None."""
    kinds = shapely.get_type_id(shapes)
    kept = shapes.copy()
    for place in np.flatnonzero(kinds == COLLECTION):
        parts = shapely.get_parts(shapely.get_parts(shapes[place]))
        inside = [part for part in parts if shapely.get_type_id(part) == POLYGON]
        kept[place] = shapely.multipolygons(inside) if inside else None
    wrong = ~np.isin(kinds, (-1, POLYGON, MULTIPOLYGON)) & ~(shapely.get_type_id(kept) == MULTIPOLYGON)
    kept[wrong] = None
    kept[shapely.is_empty(kept)] = None
    if shapely.is_missing(kept).all():
        found = sorted({shape.geom_type for shape in shapes[wrong]})
        if found:
            raise UnreadableFile("not_polygons", file=file, found=list_examples(found))
        raise UnreadableFile("no_shapes", file=file, n=len(shapes))
    if not wrong.any():
        return kept, ()
    facts: dict[str, object] = {"file": file, "n": int(wrong.sum())}
    rows = list_examples(np.flatnonzero(wrong) + 1)
    return kept, (Finding("NotPolygons", "warning", file, rows, facts),)


def _drop_infinite(shapes: NDArray[np.object_], file: str) -> tuple[NDArray[np.object_], tuple[Finding, ...]]:
    """Shapes with a coordinate that is no number become None."""
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    broken = np.unique(owners[~np.isfinite(coordinates).all(axis=1)])
    if not len(broken):
        return shapes, ()
    kept = shapes.copy()
    kept[broken] = None
    facts: dict[str, object] = {"file": file, "n": len(broken)}
    return kept, (Finding("BadCoordinates", "warning", file, list_examples(broken + 1), facts),)


def read_table(
    path: str | Path, *, sheet: str | None = None, crs: str | None = None, encoding: str | None = None
) -> Table:
    """A table, or a layer of points as one. `sheet` also names the layer of a vector file; `crs`
    overrules what a vector file declares, `encoding` what the letters look like. The attributes of lines or
    polygons are a table too. Columns of personal data are left out, with a finding."""
    table = _read_any_table(Path(path), sheet, crs, encoding)
    frame, personal = drop_persons(table.frame, table.file)
    return replace(table, frame=frame, findings=(*table.findings, *personal))


def _read_any_table(path: Path, sheet: str | None, crs: str | None, encoding: str | None) -> Table:
    found = _detect_format(path)
    if found in ("vector", "geoparquet", "dbf"):
        return _read_point_table(path, sheet, crs, encoding)
    if found == "parquet":
        frame, findings = tables.read_parquet(path)
        return Table(path.name, path.stem, frame, points=False, findings=findings)
    if found == "csv":
        return _make_table(path, path.stem, tables.read_csv(path, encoding=encoding))
    layout, name = tables.read_workbook(path, sheet, encoding=encoding)
    return _make_table(path, name, layout)


def _make_table(path: Path, sheet: str, read: Layout) -> Table:
    return Table(path.name, sheet, read.frame, False, read.findings, read.lines, read.totals)


def _read_point_table(path: Path, layer: str | None, crs: str | None, encoding: str | None) -> Table:
    file = path.name
    features, name = _read_features(path, layer, encoding)
    attributes, shapes = features.attributes, features.shapes
    if not len(attributes):
        raise UnreadableFile("no_rows", file=file)
    kinds = np.array([], dtype=int) if shapes is None else np.unique(shapely.get_type_id(shapes))
    if shapes is None or not np.isin(kinds, (-1, POINT, MULTIPOINT)).all() or (kinds == -1).all():
        if not len(attributes.columns):
            raise UnreadableFile("not_points", file=file)
        ignored = Finding("ShapesIgnored", "info", file, facts={"file": file})
        findings = features.findings if shapes is None else (*features.findings, ignored)
        return Table(file, name, attributes, points=False, findings=findings)
    x, y, several = _read_places(shapes, file)
    asked, is_swapped = split_swapped(crs or "")
    if is_swapped:
        x, y = y, x
        several += (Finding("AxesSwapped", "info", file, facts={"file": file}),)
    declared, notes = placing.settle_crs(features.crs, asked, np.column_stack((x, y)), file, points=True)
    longitude, latitude = points_to_degrees(x, y, declared)
    longitude, latitude, lost = placing.drop_impossible(longitude, latitude, file)
    notes += placing.check_area(longitude, latitude, declared, file)
    frame, renamed = _free_names(attributes, ("longitude", "latitude"), file)
    frame = frame.assign(longitude=longitude, latitude=latitude)
    return Table(
        file, name, frame, points=True, findings=features.findings + several + notes + lost + renamed
    )


def _read_places(
    shapes: NDArray[np.object_], file: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], tuple[Finding, ...]]:
    """One place per row: the point, or the only point of a multipoint; several points are no place."""
    kinds, n_parts = shapely.get_type_id(shapes), shapely.get_num_geometries(shapes)
    several = (kinds == MULTIPOINT) & (n_parts > 1)
    points = np.where(kinds == MULTIPOINT, shapely.get_geometry(shapes, 0), shapes)
    points[several | shapely.is_empty(points)] = None
    x, y = shapely.get_x(points), shapely.get_y(points)
    if not several.any():
        return x, y, ()
    facts: dict[str, object] = {"file": file, "n": int(several.sum())}
    return (
        x,
        y,
        (Finding("SeveralPlaces", "warning", file, list_examples(np.flatnonzero(several) + 1), facts),),
    )


def _free_names(
    frame: pd.DataFrame, names: tuple[str, ...], file: str
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Renames columns of the file that bear a name we are about to add (`longitude` -> `longitude_2`)."""
    if not set(names) & set(frame.columns):
        return frame, ()
    columns, findings = name_columns([*names, *frame.columns], file)
    return frame.set_axis(columns[len(names) :], axis=1), findings
