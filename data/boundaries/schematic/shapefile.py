"""A zipped ESRI Shapefile as a clerk would send it; the same wards give the same bytes."""

import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd

Stamp = tuple[int, int, int]

MEMBERS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
DBF_DATE = slice(1, 4)


def write_zip(frame: gpd.GeoDataFrame, out: Path, stamp: Stamp) -> None:
    """The frame's columns as fields, UTF-8; `stamp` is the day that the archive's members bear."""
    with tempfile.TemporaryDirectory() as folder:
        loose = Path(folder) / f"{out.stem}.shp"
        frame.to_file(loose, driver="ESRI Shapefile", engine="pyogrio", encoding="UTF-8")
        with zipfile.ZipFile(out, "w") as archive:
            for ending in MEMBERS:
                content = bytearray(loose.with_suffix(ending).read_bytes())
                if ending == ".dbf":
                    content[DBF_DATE] = bytes([stamp[0] - 1900, *stamp[1:]])
                _add(archive, f"{out.stem}{ending}", bytes(content), stamp)


def _add(archive: zipfile.ZipFile, name: str, content: bytes, stamp: Stamp) -> None:
    member = zipfile.ZipInfo(name, (*stamp, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    archive.writestr(member, content)
