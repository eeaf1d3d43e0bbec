"""The one door to GDAL: a private copy of the file, opened while nothing else is.

The copy has a plain name (GDAL gives meaning to "!" and to other letters in paths) and lies in a folder
of its own, so nothing is ever written beside the user's file and nothing that the file names is there to
be opened. First bytes are checked here, for GDAL would look for a reader that likes them.
"""

import contextlib
import mmap
import re
import shutil
import tempfile
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pyproj
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError
from pyproj.exceptions import CRSError

from errors import UnknownCrs, UnreadableFile
from geo.findings import Finding, list_examples
from geo.reading import mapinfo, shapefile
from geo.reading.dbf import mend_commas

COPY = "layer"
JSON_ENDINGS = (".geojson", ".json")
MAPINFO_ENDINGS = (".tab", ".mif")
# Text of these comes as bytes, to be decoded by us.
RAW_ENDINGS = (".shp", ".dbf", *MAPINFO_ENDINGS)
STARTS = {".gpkg": b"SQLite format 3\x00", ".fgb": b"fgb\x03"}
REASONS = dict.fromkeys(JSON_ENDINGS, "bad_geojson") | {".kml": "bad_kml"}
# The last two are what pyogrio 0.13 raises instead of its own error, for some unreadable reference systems
# and for files without any layer.
GDAL_ERRORS = (
    DataSourceError, DataLayerError, FeatureError, FieldError, GeometryError, UnboundLocalError, IndexError
)  # fmt: skip
# A GeoJSON may name its reference system by a link, which GDAL would fetch. It is refused; what else GDAL may
# ask for goes to a proxy that nobody serves.
LINKED_CRS = re.compile(
    rb'"crs"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*?"(?:type"\s*:\s*"(?:link|url)"|href"|url")', re.IGNORECASE
)
NO_NETWORK = {
    "GDAL_HTTP_PROXY": "127.0.0.1:9", "GDAL_HTTPS_PROXY": "127.0.0.1:9", "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1", "GDAL_HTTP_MAX_RETRY": "0",
}  # fmt: skip
ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True)
class Copy:
    """name: what GDAL is to open. declared: the codec that a MapInfo file declares. notes: what showed
    while it was made."""

    name: str
    suffix: str
    declared: str | None = None
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Part:
    """A layer as GDAL gives it: `wkb` None for a table; left_out: columns of lists or bytes."""

    attributes: pd.DataFrame
    wkb: NDArray[np.object_] | None
    crs: pyproj.CRS | None
    left_out: tuple[str, ...]


@contextlib.contextmanager
def open_copy(path: Path, file: str) -> Iterator[Copy]:
    """A private copy for as long as the context lasts; UnreadableFile when it is not what it claims to be."""
    suffix = path.suffix.lower()
    _check_start(path, suffix, file)
    with tempfile.TemporaryDirectory() as folder:
        if suffix == ".shp":
            copied, notes = shapefile.stage(path, Path(folder), file)
            yield Copy(str(copied), suffix, notes=notes + _mend(copied.with_suffix(".dbf"), file))
        elif suffix in MAPINFO_ENDINGS:
            copied, declared = mapinfo.stage(path, Path(folder), file)
            yield Copy(str(copied), suffix, declared)
        else:
            copied = shutil.copyfile(path, Path(folder) / f"{COPY}{suffix}")
            notes = _mend(copied, file) if suffix == ".dbf" else ()
            if suffix in JSON_ENDINGS and copied.stat().st_size:
                _refuse_linked_crs(copied, file)
            # The prefix keeps other readers away, among them one that runs commands from a JSON file.
            yield Copy(f"GeoJSON:{copied}" if suffix in JSON_ENDINGS else str(copied), suffix, notes=notes)


def _mend(copied: Path, file: str) -> tuple[Finding, ...]:
    columns = mend_commas(copied) if copied.exists() else []
    return (Finding("DecimalCommas", "info", file, list_examples(columns)),) if columns else ()


def _check_start(path: Path, suffix: str, file: str) -> None:
    start = STARTS.get(suffix, b"")
    with path.open("rb") as stream:
        if stream.read(len(start)) != start:
            raise UnreadableFile("corrupt", file=file)


def _refuse_linked_crs(copied: Path, file: str) -> None:
    with copied.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if LINKED_CRS.search(content):
            raise UnknownCrs("linked", file=file)


def list_names(copy: Copy, file: str) -> list[str]:
    """The layers' names, as GDAL knows them."""
    with _calm(copy, file):
        return [str(name) for name, _kind in pyogrio.list_layers(copy.name)]


def count_features(copy: Copy, layer: str, file: str) -> int:
    """By looking at each, for a header may lie."""
    with _calm(copy, file):
        return int(pyogrio.read_info(copy.name, layer=layer, force_feature_count=True)["features"])


def read_part(copy: Copy, layer: str | None, file: str) -> Part:
    """One layer whole; columns of lists or bytes, which hold nothing that is counted here, stay out."""
    options = {"layer": layer, "encoding": shapefile.RAW if copy.suffix in RAW_ENDINGS else None}
    with _calm(copy, file):
        info = pyogrio.read_info(copy.name, **options)
        kinds = {str(name): kind for name, kind in zip(info["fields"], info["ogr_types"], strict=True)}
        left_out = tuple(name for name, kind in kinds.items() if "List" in kind or "Binary" in kind)
        kept = [name for name in info["fields"] if name not in left_out] if left_out else None
        meta, _, wkb, columns = pyogrio.raw.read(
            copy.name, columns=kept, force_2d=True, datetime_as_string=True, **options
        )
    n_rows = len(columns[0]) if len(columns) else 0 if wkb is None else len(wkb)
    attributes = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(n_rows))
    attributes.columns = pd.Index([str(name) for name in meta["fields"]])
    return Part(attributes, wkb, _read_crs(meta["crs"]), left_out)


def _read_crs(text: str | None) -> pyproj.CRS | None:
    try:
        return pyproj.CRS(text) if text else None
    except CRSError:
        return None


@contextlib.contextmanager
def _calm(copy: Copy, file: str) -> Iterator[None]:
    """GDAL's errors become one of ours; its warnings are silenced, for what matters in them (null
    shapes, lost parts, guessed letters) is found in the data themselves."""
    lacks_index = any(note.code == "MissingShx" for note in copy.notes)
    with ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.set_gdal_config_options(
            {"SHAPE_RESTORE_SHX": lacks_index or None, "OGR_GEOJSON_MAX_OBJ_SIZE": "0", **NO_NETWORK}
        )
        try:
            yield
        except GDAL_ERRORS as error:
            raise UnreadableFile(REASONS.get(copy.suffix, "corrupt"), file=file) from error
