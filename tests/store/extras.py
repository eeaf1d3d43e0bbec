"""What a person adds to the six wards: a table of weights, wards with visitors, three roads."""

import datetime as dt

import geopandas as gpd
import shapely

from geo.frames import Source
from geo.harm import HarmWeights
from store.records import VisitorWard

ROAD_SOURCE = Source(name="Sở Giao thông", as_of="31/12/2024", file="duong.gpkg")
VISITORS = (
    VisitorWard("00001", "chợ đầu mối", dt.date(2024, 1, 1), "Lan"),
    VisitorWard("00003", "bến xe", dt.date(2024, 6, 1), "Lan"),
)


def make_weights(day: str = "2024-01-01", **changes: object) -> HarmWeights:
    plain: dict[str, object] = {
        "name": "trong_so",
        "valid_from": dt.date.fromisoformat(day),
        "weights": (("Cướp tài sản", 1 / 3), ("Trộm cắp", 1.0), ("Đánh bạc", 0.0)),
        "source": "Quyết định mẫu",
    }
    return HarmWeights(**(plain | changes))  # type: ignore[arg-type]


def make_roads() -> gpd.GeoDataFrame:
    """A straight road, one of 1e-12 degrees more, and one of two parts."""
    lines = [
        shapely.LineString([(105, 10), (106, 10.5)]),
        shapely.LineString([(105, 10 + 1e-12), (106, 10.5), (107, 11)]),
        shapely.MultiLineString([[(105, 11), (106, 11)], [(107, 11), (108, 12)]]),
    ]
    return gpd.GeoDataFrame({"row": [0, 2, 2_500_000_000]}, geometry=lines, crs="EPSG:4326")
