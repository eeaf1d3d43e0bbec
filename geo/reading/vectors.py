"""Layers of points, lines and polygons in a file of any kind: listed, chosen by a person, read whole."""

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from errors import SeveralChoices, UnreadableFile
from geo.findings import Finding, list_examples
from geo.reading import archive, encodings, gdal, kml, shapefile
from geo.reading.grid import name_columns

VECTOR_ENDINGS = (".shp", ".gpkg", ".fgb", ".kml", *gdal.MAPINFO_ENDINGS, *gdal.JSON_ENDINGS)
ARCHIVE_ENDINGS = (".zip", ".kmz")
MULTIPATCH = (31).to_bytes(4, "little")
# Every folder of a KML file as one layer, and the column that then tells them apart.
ALL, FOLDER = "*", "Folder"


@dataclass(frozen=True)
class Source:
    """One layer that could be read. `path` is the file that holds it, `inner` its names inside (several:
    read as one)."""

    name: str
    path: Path
    inner: tuple[str, ...] = ()
    notes: tuple[Finding, ...] = ()


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
        if path.suffix.lower() in ARCHIVE_ENDINGS:
            yield _list_zipped(path, Path(folder))
        else:
            yield _list_inside(path, path.name)


def _list_zipped(path: Path, folder: Path) -> list[Source]:
    """Layers of all files inside; where two would have one name, with the path of their file."""
    members = archive.unzip(path, folder)
    held = [name for name in members if name.suffix.lower() in VECTOR_ENDINGS]
    if not held:
        is_geodatabase = any(name.suffix.lower() == ".gdbtable" for name in members)
        raise UnreadableFile("geodatabase" if is_geodatabase else "no_shapefile", file=path.name)
    found = [(str(name), source) for name in held for source in _list_inside(folder / name, path.name)]
    times = Counter(source.name for _, source in found)
    return [
        replace(source, name=f"{member}/{source.name}" if source.inner else member)
        if times[source.name] > 1
        else source
        for member, source in found
    ]


def _list_inside(path: Path, file: str) -> list[Source]:
    suffix = path.suffix.lower()
    if suffix == ".kml":
        return _list_folders(path, file)
    if suffix != ".gpkg":
        return [Source(path.stem, path)]
    with gdal.open_copy(path, file) as copy:
        return [Source(name, path, (name,)) for name in gdal.list_names(copy, file)]


def _list_folders(path: Path, file: str) -> list[Source]:
    """Folders that hold something, and all of them as one when there are several."""
    n_links = kml.scan_kml(path, file)
    facts: dict[str, object] = {"file": file, "n": n_links}
    notes = (Finding("NetworkLinks", "warning", file, facts=facts),) if n_links else ()
    with gdal.open_copy(path, file) as copy:
        full = tuple(name for name in gdal.list_names(copy, file) if gdal.count_features(copy, name, file))
    if not full:
        raise UnreadableFile("only_links" if n_links else "empty", file=file)
    if len(full) == 1:
        # A document without a name gets that of the private copy.
        return [Source(path.stem if full[0] == gdal.COPY else full[0], path, full, notes)]
    return [*(Source(name, path, (name,), notes) for name in full), Source(ALL, path, full, notes)]


def choose(sources: list[Source], layer: str | None, file: str) -> Source:
    """The layer asked for, or the only one; SeveralChoices otherwise."""
    fitting = [source for source in sources if layer is None or source.name == layer]
    if len(fitting) == 1:
        return fitting[0]
    if not sources:
        raise UnreadableFile("empty", file=file)
    choices = ", ".join(source.name for source in sources)
    if fitting and ALL in (source.name for source in sources):
        raise SeveralChoices("folders", file=file, choices=choices)
    if fitting:
        raise SeveralChoices("layers", file=file, choices=choices)
    raise UnreadableFile("no_such_layer", file=file, layer=layer, choices=choices)


def read_features(source: Source, file: str, *, encoding: str | None = None) -> Features:
    """Reads one layer whole. `file` is the name that findings and errors show; `encoding` what a person says
    of its letters."""
    if source.path.suffix.lower() == ".shp" and _is_multipatch(source.path):
        raise UnreadableFile("multipatch", file=file)
    with gdal.open_copy(source.path, file) as copy:
        parts = [gdal.read_part(copy, layer, file) for layer in source.inner or (None,)]
    if copy.suffix == ".kml":
        parts = [replace(part, attributes=kml.drop_drawing(part.attributes)) for part in parts]
    attributes, guessed = _decode(source.path, _gather(parts, source.inner), copy, file, encoding)
    names, renamed = name_columns(list(attributes.columns), file)
    notes = source.notes + copy.notes + guessed + renamed
    left_out = [name for part in parts for name in part.left_out]
    if left_out:
        notes += (Finding("ColumnsLeftOut", "info", file, list_examples(left_out), {"file": file}),)
    return Features(attributes.set_axis(names, axis=1), _read_shapes(parts), parts[0].crs, notes)


def _read_shapes(parts: list[gdal.Part]) -> NDArray[np.object_] | None:
    wkb = [part.wkb for part in parts if part.wkb is not None]
    return np.asarray(shapely.from_wkb(np.concatenate(wkb), on_invalid="fix"), dtype=object) if wkb else None


def _is_multipatch(shp: Path) -> bool:
    """Walls and roofs, of which GDAL makes nothing that has an area."""
    with shp.open("rb") as stream:
        return stream.read(36)[32:] == MULTIPATCH


def _gather(parts: list[gdal.Part], folders: tuple[str, ...]) -> pd.DataFrame:
    """One table of all parts; of several, with the folder that each row stood in."""
    if len(parts) == 1:
        return parts[0].attributes
    together = pd.concat([part.attributes for part in parts], ignore_index=True)
    stood = [folder for part, folder in zip(parts, folders, strict=True) for _ in part.attributes.index]
    together.insert(len(together.columns), FOLDER, stood, allow_duplicates=True)
    return together


def _decode(
    path: Path, attributes: pd.DataFrame, copy: gdal.Copy, file: str, encoding: str | None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    if copy.suffix in (".shp", ".dbf"):
        return shapefile.decode(path, attributes, file, encoding=encoding)
    is_raw = copy.suffix in gdal.RAW_ENDINGS
    return encodings.decode_columns(
        attributes, file=file, encoding=encoding, raw=is_raw, declared=copy.declared
    )


def read_geoparquet(path: Path) -> Features:
    """A GeoParquet file; its letters are Unicode and its reference system stands inside."""
    try:
        frame = gpd.read_parquet(path)
    except (ValueError, OSError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    frame = frame.reset_index(drop=frame.index.name is None)
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    attributes = pd.DataFrame(frame.drop(columns=frame.columns[frame.dtypes == "geometry"]))
    attributes.columns, renamed = name_columns(list(attributes.columns), path.name)
    return Features(attributes, shapes, frame.crs, renamed)
