"""Thành phố Mẫu: six square wards of a hundredth of a degree whose every answer fits in the head.

    00004 Thạnh Lộc │ 00005 Phường 5 │ 00006 Sáu        Huyện Tây (upper row)
    ────────────────┼────────────────┼──────────────
    00001 Một       │ 00002 Hòa Bình │ 00003 Tân Thới   Quận Đông (lower row)

The lower left corner is 105.0° E, 10.0° N; a side is 0.01°, so a ward has about 1.21 km².
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import to_metres
from geo.frames import Source, Wards
from geo.reading.read import Table

CODES = ("00001", "00002", "00003", "00004", "00005", "00006")
NAMES = ("Phường Một", "Phường Hòa Bình", "Xã Tân Thới", "Xã Thạnh Lộc", "Phường 5", "Thị trấn Sáu")
PARENTS = ("Quận Đông",) * 3 + ("Huyện Tây",) * 3
RESIDENTS = (1_000.0, 2_000.0, 4_000.0, 5_000.0, 10_000.0, 20_000.0)
VERSION = "mau-2022"
SIDE_DEGREES = 0.01
WEST, SOUTH = 105.0, 10.0


def make_wards(*, version: str | None = VERSION, source: Source | None = None) -> Wards:
    """The six wards in code order."""
    squares = [
        shapely.box(
            WEST + SIDE_DEGREES * (place % 3),
            SOUTH + SIDE_DEGREES * (place // 3),
            WEST + SIDE_DEGREES * (place % 3 + 1),
            SOUTH + SIDE_DEGREES * (place // 3 + 1),
        )
        for place in range(6)
    ]
    frame = gpd.GeoDataFrame(
        {"ward_name": NAMES, "parent": PARENTS, "population": RESIDENTS},
        index=pd.Index(CODES, name="ward_code"),
        geometry=squares,
        crs="EPSG:4326",
    )
    frame.insert(3, "area_km2", to_metres(frame[["geometry"]]).area / 1e6)
    return Wards(frame, version=version, source=source or Source(name="Thành phố Mẫu"))


def middle(code: str) -> tuple[float, float]:
    """Longitude and latitude of a ward's middle."""
    place = CODES.index(code)
    longitude = WEST + SIDE_DEGREES * (place % 3 + 0.5)
    return longitude, SOUTH + SIDE_DEGREES * (place // 3 + 0.5)


def make_table(columns: dict[str, list[object]], *, file: str = "bang.csv", points: bool = False) -> Table:
    """A table as the reader hands it over: every cell as text unless it is already a number."""
    return Table(file=file, sheet="", frame=pd.DataFrame(columns, dtype=object), points=points, findings=())


def write_wards(folder: Path, *, name: str = "mau.gpkg") -> Path:
    """The six wards as a file that a clerk would send."""
    wards = make_wards().frame.reset_index()
    sent = wards.rename(
        columns={"ward_code": "MA_XA", "ward_name": "TEN_XA", "parent": "TEN_HUYEN", "population": "DAN_SO"}
    ).drop(columns="area_km2")
    path = folder / name
    sent.to_file(path, engine="pyogrio")
    return path
