"""What is known of each ward: code, name, district, area, centre, residents of the 2019 census."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from geo.crs import VN2000_TO_WGS84

FOLDER = Path(__file__).resolve().parents[1]
TARGET_CRS = "EPSG:5897"
TM3_105 = "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"


def read_facts() -> pd.DataFrame:
    """One row per ward; codes are text."""
    return pd.read_csv(FOLDER / "can_tho_facts.csv", dtype={"code": str, "district_code": str})


def centres_in_metres(facts: pd.DataFrame) -> NDArray[np.float64]:
    """Easting and northing in VN-2000 TM-3 105°00', through the pinned EPSG:6960 shift."""
    shift = pyproj.Transformer.from_pipeline(VN2000_TO_WGS84)
    longitude, latitude = shift.transform(
        facts["longitude"].to_numpy(), facts["latitude"].to_numpy(), direction="INVERSE"
    )
    return np.column_stack(pyproj.Proj(TM3_105)(longitude, latitude))
