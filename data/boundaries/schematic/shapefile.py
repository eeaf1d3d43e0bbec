"""A zipped ESRI Shapefile as a clerk would send it; the same wards give the same bytes."""

import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd

from .facts import TARGET_CRS
from .power import Objects

STAMP = (2024, 10, 31, 0, 0, 0)
MEMBERS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
DBF_DATE = slice(1, 4)


def write_zip(facts: pd.DataFrame, wards: Objects, out: Path) -> None:
    """Fields MA_XA, TEN_XA, MA_HUYEN, TEN_HUYEN, DT_KM2, DAN_SO in UTF-8."""
    columns = {
        "MA_XA": facts["code"],
        "TEN_XA": facts["name"],
        "MA_HUYEN": facts["district_code"],
        "TEN_HUYEN": facts["district"],
        "DT_KM2": facts["area_km2"],
        "DAN_SO": facts["population_2019"],
    }
    frame = gpd.GeoDataFrame(columns, geometry=wards, crs=TARGET_CRS)
    with tempfile.TemporaryDirectory() as folder:
        loose = Path(folder) / f"{out.stem}.shp"
        frame.to_file(loose, driver="ESRI Shapefile", engine="pyogrio", encoding="UTF-8")
        with zipfile.ZipFile(out, "w") as archive:
            for ending in MEMBERS:
                content = bytearray(loose.with_suffix(ending).read_bytes())
                if ending == ".dbf":
                    content[DBF_DATE] = bytes([STAMP[0] - 1900, *STAMP[1:3]])
                _add(archive, f"{out.stem}{ending}", bytes(content))


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, STAMP)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    archive.writestr(member, content)
