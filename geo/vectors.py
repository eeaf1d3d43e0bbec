"""Layers of points, lines and polygons, opened through GDAL from a private copy.

The copy has a plain name (GDAL gives meaning to "!" and to other letters in paths) and lies in a
folder of its own, so nothing is ever written beside the user's file.
"""

import contextlib
import shutil
import tempfile
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyproj.exceptions import CRSError

from errors import SeveralChoices, UnreadableFile
from geo import archive, shapefile, tables
from geo.findings import Finding, list_examples

JSON_ENDINGS = (".geojson", ".json")
VECTOR_ENDINGS = (".shp", ".gpkg", *JSON_ENDINGS)
# The last one is what pyogrio 0.13 raises instead of its own error for some unreadable reference systems.
GDAL_ERRORS = (
    DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, UnboundLocalError
)  # fmt: skip
SQLITE = b"SQLite format 3\x00"
ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True)
class Source:
    """One layer that could be read. `path` is the file that holds it, `inner` its name inside."""

    name: str
    path: Path
    inner: str | None = None


@dataclass(frozen=True)
class Features:
    """A layer as read: attributes as text or numbers, shapes with None where there is none."""

    attributes: pd.DataFrame
    shapes: NDArray[np.object_] | None
    crs: pyproj.CRS | None
    findings: tuple[Finding, ...]


@contextlib.contextmanager
def open_sources(path: Path) -> Iterator[list[Source]]:
    """The layers of a vector file; a zip is unpacked for as long as the context lasts."""
    with tempfile.TemporaryDirectory() as folder:
        if path.suffix.lower() == ".zip":
            yield _list_zipped(path, Path(folder))
        else:
            yield _list_inside(path, "", path.name)


def _list_zipped(path: Path, folder: Path) -> list[Source]:
    members = [name for name in archive.unzip(path, folder) if name.suffix.lower() in VECTOR_ENDINGS]
    if not members:
        raise UnreadableFile("no_shapefile", file=path.name)
    stems = Counter(name.stem for name in members)
    sources = []
    for name in members:
        shown = name.stem if stems[name.stem] == 1 else str(PurePosixPath(name))
        sources += _list_inside(folder / name, shown, path.name)
    return sources


def _list_inside(path: Path, shown: str, file: str) -> list[Source]:
    if path.suffix.lower() != ".gpkg":
        return [Source(shown or path.stem, path)]
    with path.open("rb") as stream:
        if stream.read(len(SQLITE)) != SQLITE:
            raise UnreadableFile("corrupt", file=file)
    with _stage(path, file) as (copy, _), _calm(file):
        names = [str(name) for name, _kind in pyogrio.list_layers(copy)]
    return [Source(name, path, name) for name in names]


def choose(sources: list[Source], layer: str | None, file: str) -> Source:
    """The layer asked for, or the only one; SeveralChoices otherwise."""
    fitting = [source for source in sources if layer is None or source.name == layer]
    if len(fitting) == 1:
        return fitting[0]
    if not sources:
        raise UnreadableFile("empty", file=file)
    choices = ", ".join(source.name for source in sources)
    if fitting:
        raise SeveralChoices("layers", file=file, choices=choices)
    raise UnreadableFile("no_such_layer", file=file, layer=layer, choices=choices)


def read_features(source: Source, file: str) -> Features:
    """Reads one layer whole. `file` is the name that findings and errors show."""
    is_shapefile = source.path.suffix.lower() == ".shp"
    options = {"layer": source.inner, "encoding": shapefile.RAW if is_shapefile else None}
    with _stage(source.path, file) as (copy, notes):
        has_no_index = any(note.code == "MissingShx" for note in notes)
        reason = "bad_geojson" if source.path.suffix.lower() in JSON_ENDINGS else "corrupt"
        with _calm(file, reason=reason, restore_shx=has_no_index):
            meta, wkb, columns, left_out = _read_raw(copy, options)
    names = [str(name) for name in meta["fields"]]
    if is_shapefile:
        names, columns, guessed = shapefile.decode(source.path, names, columns, file)
        notes += guessed
    shapes = None if wkb is None else np.asarray(shapely.from_wkb(wkb, on_invalid="fix"), dtype=object)
    if left_out:
        notes += (Finding("ColumnsLeftOut", "info", file, list_examples(left_out), {"file": file}),)
    names, renamed = tables.name_columns(names, file)
    n_rows = len(columns[0]) if len(columns) else 0 if shapes is None else len(shapes)
    attributes = pd.DataFrame(dict(zip(names, columns, strict=True)), index=pd.RangeIndex(n_rows))
    return Features(attributes, shapes, _read_crs(meta["crs"]), notes + renamed)


def _read_raw(
    copy: str, options: dict[str, str | None]
) -> tuple[dict[str, Any], NDArray[np.object_] | None, list[NDArray[Any]], list[str]]:
    """(meta, shapes as WKB, columns, left out): columns of lists or bytes, which hold nothing that is
    counted here, stay out."""
    info = pyogrio.read_info(copy, **options)
    left_out = [
        str(name)
        for name, kind in zip(info["fields"], info["ogr_types"], strict=True)
        if "List" in kind or "Binary" in kind
    ]
    kept = [name for name in info["fields"] if name not in left_out] if left_out else None
    meta, _, wkb, columns = pyogrio.raw.read(
        copy, columns=kept, force_2d=True, datetime_as_string=True, **options
    )
    return meta, wkb, columns, left_out


def _read_crs(text: str | None) -> pyproj.CRS | None:
    try:
        return pyproj.CRS(text) if text else None
    except CRSError:
        return None


@contextlib.contextmanager
def _stage(path: Path, file: str) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """A private copy for GDAL, with what its making showed."""
    suffix = path.suffix.lower()
    with tempfile.TemporaryDirectory() as folder:
        if suffix == ".shp":
            copy, notes = shapefile.stage(path, Path(folder), file)
            yield str(copy), notes
        else:
            copied = shutil.copyfile(path, Path(folder) / f"layer{suffix}")
            # The prefix keeps other readers away, among them one that runs commands from a JSON file.
            yield (str(copied) if suffix == ".gpkg" else f"GeoJSON:{copied}"), ()


@contextlib.contextmanager
def _calm(file: str, *, reason: str = "corrupt", restore_shx: bool = False) -> Iterator[None]:
    """GDAL's errors become one of ours; its warnings are silenced, for what matters in them (null
    shapes, lost parts, guessed letters) is found in the data themselves."""
    with ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.set_gdal_config_options(
            {"SHAPE_RESTORE_SHX": restore_shx or None, "OGR_GEOJSON_MAX_OBJ_SIZE": "0"}
        )
        try:
            yield
        except GDAL_ERRORS as error:
            raise UnreadableFile(reason, file=file) from error


def read_geoparquet(path: Path) -> Features:
    """A GeoParquet file; its letters are Unicode and its reference system stands inside."""
    try:
        frame = gpd.read_parquet(path)
    except (ValueError, OSError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    frame = frame.reset_index(drop=frame.index.name is None)
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    attributes = pd.DataFrame(frame.drop(columns=frame.columns[frame.dtypes == "geometry"]))
    attributes.columns, renamed = tables.name_columns(list(attributes.columns), path.name)
    return Features(attributes, shapes, frame.crs, renamed)
