"""A file as it came -> a layer of boundaries or a table, with what was noticed on the way.

Reading keeps every row and every cell; it repairs nothing but a missing index. Whether a reference
system can be right is judged by the coordinates alone: a wrong meridian inside Việt Nam passes.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from errors import UnreadableFile
from geo import placing, tables, vectors
from geo.archive import check_size
from geo.crs import points_to_degrees, to_degrees
from geo.findings import Finding, list_examples

__all__ = ["Layer", "Table", "check_size", "list_layers", "read_boundaries", "read_kind", "read_table"]

Format = Literal["vector", "geoparquet", "csv", "xlsx", "parquet"]
FORMATS: dict[str, Format] = {
    ".zip": "vector", ".shp": "vector", ".gpkg": "vector", ".geojson": "vector", ".json": "vector",
    ".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".parquet": "parquet", ".geoparquet": "parquet",
}  # fmt: skip
SHAPEFILE_PARTS = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qpj")
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
    """Rows as read. frame: RangeIndex, column names as distinct text; CSV cells are text, XLSX cells
    typed one by one, others as stored. sheet: of the workbook, or the layer's name.
    points: rows have places; then the last columns are `longitude` and `latitude` in degrees (NaN: none)."""

    file: str
    sheet: str
    frame: pd.DataFrame
    points: bool
    findings: tuple[Finding, ...]


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
    is_zip, zip_meant = start == ZIP, suffix == ".zip" or found == "xlsx"
    if start == OLD_OFFICE or (is_zip and not zip_meant) or (start == PARQUET) != (found == "parquet"):
        raise UnreadableFile("wrong_ending", file=file)
    return "geoparquet" if found == "parquet" and tables.is_geoparquet(path) else found


def list_layers(path: str | Path) -> list[str]:
    """Names of what could be read: layers of a vector file, non-empty sheets of a workbook."""
    path = Path(path)
    found = _detect_format(path)
    if found == "xlsx":
        return tables.list_sheets(path)
    if found != "vector":
        return [path.stem]
    with vectors.open_sources(path) as sources:
        return [source.name for source in sources]


def _read_features(path: Path, layer: str | None) -> tuple[vectors.Features, str]:
    if _detect_format(path) == "geoparquet":
        return vectors.read_geoparquet(path), path.stem
    with vectors.open_sources(path) as sources:
        source = vectors.choose(sources, layer, path.name)
        return vectors.read_features(source, path.name), source.name


def read_boundaries(path: str | Path, *, layer: str | None = None, crs: str | None = None) -> Layer:
    """Polygons of any reference system, in degrees. `crs` overrules what the file declares.

    Raises UnreadableFile, SeveralChoices, UnknownCrs or TooLarge, each with a reason.
    """
    path, file = Path(path), Path(path).name
    if read_kind(path) == "table":
        raise UnreadableFile("not_polygons", file=file, found="table")
    features, name = _read_features(path, layer)
    shapes = features.shapes
    if shapes is None:
        raise UnreadableFile("not_polygons", file=file, found="table")
    if not len(shapes):
        raise UnreadableFile("empty", file=file)
    polygons, findings = _keep_polygons(shapes, file)
    polygons, more = _drop_infinite(polygons, file)
    declared, notes = placing.settle_crs(features.crs, crs, shapely.get_coordinates(polygons), file)
    attributes, renamed = _free_names(features.attributes, ("geometry",), file)
    frame = gpd.GeoDataFrame(attributes, geometry=gpd.GeoSeries(polygons, crs=declared))
    frame = to_degrees(frame, declared)
    notes += placing.check_degrees(shapely.get_coordinates(frame.geometry.to_numpy()), declared, file)
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


def read_table(path: str | Path, *, sheet: str | None = None, crs: str | None = None) -> Table:
    """A table, or a layer of points as one. `sheet` also names the layer of a vector file; `crs`
    overrules what a vector file declares. The attributes of lines or polygons are a table too."""
    path = Path(path)
    found = _detect_format(path)
    if found in ("vector", "geoparquet"):
        return _read_point_table(path, sheet, crs)
    if found == "xlsx":
        frame, name, findings = tables.read_xlsx(path, sheet)
        return Table(path.name, name, frame, points=False, findings=findings)
    frame, findings = tables.read_csv(path) if found == "csv" else tables.read_parquet(path)
    return Table(path.name, path.stem, frame, points=False, findings=findings)


def _read_point_table(path: Path, layer: str | None, crs: str | None) -> Table:
    file = path.name
    features, name = _read_features(path, layer)
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
    declared, notes = placing.settle_crs(features.crs, crs, np.column_stack((x, y)), file, points=True)
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
    columns, findings = tables.name_columns([*names, *frame.columns], file)
    return frame.set_axis(columns[len(names) :], axis=1), findings
