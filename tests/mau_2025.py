"""Thành phố Mẫu after its wards were merged: three units, with codes and a name that meant others before.

    00005 Xã Thạnh Lộc = old 00004 + west half of 00005
    00003 Phường Năm   = old 00003 + 00006 + east half of 00005
    00001 Phường Hòa Bình = old 00001 + 00002

Eight in ten residents of the old Phường 5 live in its west half.
"""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import to_metres
from geo.frames import Joined, Kind, Source, Wards
from geo.versions.crosswalk import Crosswalk
from tests.mau import SIDE_DEGREES, SOUTH, VERSION, WEST

NEW_VERSION = "mau-2025"
NEW_CODES = ("00001", "00003", "00005")
NEW_NAMES = ("Phường Hòa Bình", "Phường Năm", "Xã Thạnh Lộc")
NEW_RESIDENTS = (3_000.0, 26_000.0, 13_000.0)
PARTS: tuple[tuple[str, str, bool, float, float], ...] = (
    ("00001", "00001", True, 1.0, 1.0),
    ("00002", "00001", True, 1.0, 1.0),
    ("00003", "00003", True, 1.0, 1.0),
    ("00004", "00005", True, 1.0, 1.0),
    ("00005", "00005", False, 0.8, 0.5),
    ("00005", "00003", False, 0.2, 0.5),
    ("00006", "00003", True, 1.0, 1.0),
)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    """In sides of a ward from the lower left corner."""
    corners = (WEST + SIDE_DEGREES * west, SOUTH + SIDE_DEGREES * south)
    return shapely.box(*corners, WEST + SIDE_DEGREES * east, SOUTH + SIDE_DEGREES * north)


def make_new_wards(*, version: str | None = NEW_VERSION) -> Wards:
    """The three units in code order."""
    shapes = [box(0, 0, 2, 1), shapely.union(box(2, 0, 3, 1), box(1.5, 1, 3, 2)), box(0, 1, 1.5, 2)]
    frame = gpd.GeoDataFrame(
        {"ward_name": NEW_NAMES, "parent": "", "population": NEW_RESIDENTS},
        index=pd.Index(NEW_CODES, name="ward_code"),
        geometry=shapes,
        crs="EPSG:4326",
    )
    frame.insert(3, "area_km2", to_metres(frame[["geometry"]]).area / 1e6)
    return Wards(frame, version=version, source=Source(name="Thành phố Mẫu", file="moi.gpkg"))


def make_crosswalk(parts: Sequence[tuple[str, str, bool, float, float]] = PARTS) -> Crosswalk:
    columns = ["old_code", "new_code", "whole", "weight_population", "weight_area"]
    rows = pd.DataFrame(parts, columns=columns)
    return Crosswalk(rows, VERSION, NEW_VERSION, Source(file="doi.csv"))


def make_joined(
    codes: Sequence[str | None],
    counts: Sequence[float],
    *,
    kind: Kind = "incidents",
    version: str | None = VERSION,
    **columns: object,
) -> Joined:
    """One row per code; None was not matched."""
    home = [code is not None for code in codes]
    rows = pd.DataFrame(
        {
            "row": np.arange(len(codes)),
            "ward_code": pd.Series(codes, dtype=object),
            "method": np.where(home, "code", "none"),
            "outcome": np.where(home, "joined", "unmatched"),
            "distance_m": np.nan,
            "n": np.array(counts, dtype=float),
        }
    )
    if kind == "incidents":
        month = {"start": pd.Timestamp("2022-01-01"), "end": pd.Timestamp("2022-01-31"), "category": None}
        rows = rows.assign(**(month | columns))
    else:
        rows = rows.assign(**columns)
    return Joined(kind, rows, version=version, source=Source(file="vu.csv"))
