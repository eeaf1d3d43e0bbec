"""The example's wards, and what no chance decides."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import to_degrees

SEED = 138
ILLUSTRATIVE = "minh họa"
YEARS = (2019, 2020, 2021, 2022)
SILENT_2022 = ("31244", "31274", "31297")
PLAN_2022 = ("31150", "31177", "31192", "31159", "31207", "31306", "31268", "31225", "31252")
HUNG_THANH = "31192"
BOUNDARIES = Path(__file__).resolve().parents[2] / "boundaries" / "can_tho_2024.zip"


def read_wards() -> gpd.GeoDataFrame:
    """Index ma_xa; ten_xa, quan_huyen, area_km2, dan_so; geometry in VN-2000 metres."""
    frame = gpd.read_file(BOUNDARIES)
    names = {"TEN_XA": "ten_xa", "TEN_HUYEN": "quan_huyen", "DT_KM2": "area_km2", "DAN_SO": "dan_so"}
    return frame.rename(columns=names).set_index("MA_XA").rename_axis("ma_xa")


def start_chance(part: int) -> np.random.Generator:
    """Each part has a stream of its own, so that changing one leaves the others as they were."""
    return np.random.default_rng([SEED, part])


def locate(points: gpd.GeoSeries) -> pd.DataFrame:
    """Longitude and latitude as text of six decimals (about 0.1 m)."""
    assert points.crs is not None
    placed = to_degrees(gpd.GeoDataFrame(geometry=points), points.crs).geometry
    return pd.DataFrame(
        {"longitude": placed.x.map("{:.6f}".format), "latitude": placed.y.map("{:.6f}".format)}
    )


def write_table(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
