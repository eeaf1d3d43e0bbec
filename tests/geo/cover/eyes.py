"""Cameras and wards on a plane in metres, for the tests of what is seen."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

NAN = float("nan")
Camera = tuple[float, float, float, float, float]


def camera(
    easting: float, northing: float, *, direction: float = NAN, angle: float = NAN, reach: float = NAN
) -> Camera:
    return (easting, northing, direction, angle, reach)


def make_cameras(*cameras: Camera, working: float = 1.0) -> pd.DataFrame:
    columns = ["easting", "northing", "direction_deg", "angle_deg", "range_m"]
    table = pd.DataFrame(np.array(cameras, dtype=float).reshape(-1, 5), columns=columns)
    return table.assign(n_working=working)


def make_boxes(*boxes: tuple[float, float, float, float]) -> gpd.GeoSeries:
    """Wards A, B, C … from (west, south, east, north) in metres."""
    codes = pd.Index([chr(ord("A") + place) for place in range(len(boxes))], name="ward_code")
    return gpd.GeoSeries([shapely.box(*box) for box in boxes], index=codes)
