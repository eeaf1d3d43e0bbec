"""Thành phố Ô: thirty-six square wards, six by six, where nine in the south-west corner are busy.

    r50 r51 r52 r53 r54 r55
    …
    r10 r11 r12 r13 r14 r15        rRC: row from the south, column from the west
    r00 r01 r02 r03 r04 r05

Each has a thousand residents unless told otherwise. Of the busy nine only r11 (eight busy neighbours of
eight) and r01, r10 (five of five) lie so that chance hardly does as much.
"""

import datetime as dt
from collections.abc import Collection, Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import to_metres
from geo.frames import Joined, Period, Source, Wards
from layers.shapes import make_shapes
from store.records import Area
from studies.holdings import Holdings

SIDE = 6
CODES = tuple(f"r{row}{column}" for row in range(SIDE) for column in range(SIDE))
BUSY = tuple(code for code in CODES if code[1] < "3" and code[2] < "3")
MANY, FEW = 30.0, 3.0
FOUND = ["r01", "r10", "r11"]
FAR_DEGREES = 1.0


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31))


def busy_corner() -> dict[str, float]:
    """Thirty incidents in each of the nine, three elsewhere."""
    return {code: MANY if code in BUSY else FEW for code in CODES}


def make_grid(*, residents: float = 1_000.0, apart: Collection[str] = ()) -> Wards:
    """The wards in code order; those apart lie a degree to the east, so that nobody borders them."""
    squares = []
    for code in CODES:
        west = 105 + 0.01 * int(code[2]) + (FAR_DEGREES if code in apart else 0.0)
        south = 10 + 0.01 * int(code[1])
        squares.append(shapely.box(west, south, west + 0.01, south + 0.01))
    frame = gpd.GeoDataFrame(
        {"ward_name": [f"Phường {code}" for code in CODES], "parent": "", "population": residents},
        index=pd.Index(CODES, name="ward_code"),
        geometry=squares,
        crs="EPSG:4326",
    )
    frame.insert(3, "area_km2", to_metres(frame[["geometry"]]).area / 1e6)
    return Wards(frame, version="o-2022", source=Source(name="Thành phố Ô"))


def make_counts(
    by_period: Mapping[Period, Mapping[str, float]],
    *,
    known_by: str | None = None,
    category: str | None = None,
    name: str = "Bảng ô",
) -> Joined:
    """A table: one row per period and ward named in it."""
    told = [(period, code, n) for period, counts in by_period.items() for code, n in counts.items()]
    n_rows = len(told)
    rows = pd.DataFrame(
        {
            "row": range(n_rows),
            "ward_code": [code for _, code, _ in told],
            "method": "code",
            "outcome": "joined",
            "distance_m": np.nan,
            "n": [float(n) for _, _, n in told],
            "start": pd.to_datetime([period.start for period, _, _ in told]),
            "end": pd.to_datetime([period.end for period, _, _ in told]),
            "category": pd.Series([category] * n_rows, dtype=object),
            "severity": pd.Series([None] * n_rows, dtype=object),
            "known_by": pd.Series([known_by] * n_rows, dtype=object),
            "longitude": np.nan,
            "latitude": np.nan,
        }
    )
    return Joined("incidents", rows, version="o-2022", source=Source(name=name))


def hold(wards: Wards, *facts: Joined) -> Holdings:
    area = Area(1, "o", "Thành phố Ô", "o-2022", len(CODES), wards.source, "", dt.datetime(2024, 1, 1))
    return Holdings(area, wards, make_shapes(wards), facts, ())
