"""Points to wards: geo.join beside what others would take, every time from a cold start.

Before each way the shapes are made anew, so that no index and no prepared shape is left over; ours pays for
its grid each time. An answer counts as the same when the point got the same ward by the project's rule: the
ward that alone contains it, else the first in file order that touches it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import sedonadb
import shapely
from numpy.typing import NDArray

from bench.city import Floats, make_city, make_incidents
from bench.report import Section, write_turns
from bench.turns import take_turns
from geo.frames import Wards
from geo.join import place_points

SEED = 20241122
SIZES = ((83, 10_000), (83, 100_000), (558, 1_000_000))
OURS, WITHIN, PREPARED, SEDONA = "geo.join", "geopandas sjoin within", "shapely STRtree, prepared", "sedonadb"
Ints = NDArray[np.int64]
ABOUT = f"""\
Made-up city, seed {SEED}: crooked borders shared to the last digit; incidents that crowd, repeat, lie on
corners and sides, outside and nowhere (`bench/city.py`). Cold: every way is given shapes that nobody has
indexed or prepared, and pays for its index each time. The prepared tree keeps the project's rule and must
give the same answers; `within` may differ only on edges, where it knows no ward; sedonadb's differences are
counted."""


@dataclass
class Case:
    """The incidents, and the wards that every way is given anew."""

    longitude: Floats
    latitude: Floats
    wards: Wards

    def forget(self) -> None:
        """The same wards as shapes that nobody has prepared or indexed."""
        frame = self.wards.frame
        shapes = shapely.from_wkb(shapely.to_wkb(frame.geometry.to_numpy()))
        self.wards = Wards(frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)))

    @property
    def points(self) -> gpd.GeoDataFrame:
        places = gpd.points_from_xy(self.longitude, self.latitude)
        return gpd.GeoDataFrame({"point": np.arange(len(places))}, geometry=places, crs="EPSG:4326")

    def place(self) -> Ints:
        placed = place_points(self.wards, self.longitude, self.latitude)
        return self.wards.frame.index.get_indexer(pd.Index(placed["ward_code"]))

    def sjoin(self) -> Ints:
        """Points on an edge lie within no ward."""
        wards = gpd.GeoDataFrame(geometry=self.wards.frame.geometry.to_numpy(), crs="EPSG:4326")
        joined = gpd.sjoin(self.points, wards, predicate="within")
        return self.pick_first(joined.index.to_numpy(), joined["index_right"].to_numpy())

    def query_tree(self) -> Ints:
        """Points looked up in a tree of the wards' boxes, then tested against prepared shapes."""
        shapes = self.wards.frame.geometry.to_numpy()
        shapely.prepare(shapes)
        located = np.flatnonzero(np.isfinite(self.longitude))
        points = shapely.points(self.longitude[located], self.latitude[located])
        point, ward = shapely.STRtree(shapes).query(points)
        point = located[point]
        held = shapely.intersects_xy(shapes[ward], self.longitude[point], self.latitude[point])
        return self.pick_first(point[held], ward[held])

    def ask_sedona(self) -> Ints:
        located = np.flatnonzero(np.isfinite(self.longitude))
        wards = gpd.GeoDataFrame(
            {"ward": np.arange(len(self.wards.frame))},
            geometry=self.wards.frame.geometry.to_numpy(),
            crs="EPSG:4326",
        )
        engine = sedonadb.connect()
        engine.create_data_frame(self.points.iloc[located]).to_view("points", overwrite=True)
        engine.create_data_frame(wards).to_view("wards", overwrite=True)
        pairs = engine.sql(
            "SELECT points.point, wards.ward FROM points JOIN wards "
            "ON ST_Intersects(wards.geometry, points.geometry)"
        ).to_pandas()
        return self.pick_first(pairs["point"].to_numpy(), pairs["ward"].to_numpy())

    def pick_first(self, point: Ints, ward: Ints) -> Ints:
        """The earliest ward of each point, -1 where there is none."""
        order = np.lexsort((ward, point))
        point, place = np.unique(point[order], return_index=True)
        first = np.full(len(self.longitude), -1)
        first[point] = ward[order][place]
        return first


def compare(case: Case, ways: dict[str, Callable[[], Ints]]) -> dict[str, str]:
    """How each way's answers differ from ours. The prepared tree keeps the same rule and must not differ;
    `within` may differ on edges alone."""
    placed = place_points(case.wards, case.longitude, case.latitude)
    is_edge = (placed["method"] == "edge").to_numpy()
    ours = ways[OURS]()
    told = {OURS: f"{int((ours >= 0).sum()):,} joined, {int(is_edge.sum()):,} of them on an edge"}
    for name, way in ways.items():
        if name == OURS:
            continue
        differs = way() != ours
        told[name] = f"{int(differs.sum()):,} differ"
        if name == PREPARED and differs.any():
            raise AssertionError(f"{name} keeps the same rule, yet: {told[name]}")
        if name == WITHIN:
            if (differs & ~is_edge).any():
                raise AssertionError(f"{name} differs away from edges: {int((differs & ~is_edge).sum())}")
            told[name] += " (edges: within has no ward for them)"
    return told


def measure(n_wards: int, n_points: int) -> str:
    """One table, the answers compared first."""
    wards = make_city(n_wards, np.random.default_rng(SEED))
    case = Case(*make_incidents(wards, n_points, np.random.default_rng(SEED + 1)), wards)
    ways = {OURS: case.place, WITHIN: case.sjoin, PREPARED: case.query_tree, SEDONA: case.ask_sedona}
    told = compare(case, ways)
    taken = dict(zip(ways, take_turns(list(ways.values()), before=case.forget), strict=True))
    n_corners = int(shapely.get_num_coordinates(wards.frame.geometry.to_numpy()).sum())
    title = f"**{len(wards.frame)} wards ({n_corners:,} corners) × {n_points:,} points**"
    return f"{title}\n\n{write_turns(taken, OURS, told)}"


def run() -> Section:
    """The section of the page."""
    return Section("Points to wards", "\n\n".join([ABOUT, *(measure(*size) for size in SIZES)]))


def main() -> None:
    print(run().body)


if __name__ == "__main__":
    main()
