"""Points to wards: geo.join beside a plain geopandas spatial join, on generated data.

The wards are seeded Voronoi cells over a city of 40 km with 100 corners each, the points are seeded and
crowd around a few centres as incidents do. The two ways take turns, so a busy machine slows both;
medians are compared. A machine's numbers are its own: compare the ratio, not the seconds.
"""

import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.frames import Wards
from geo.join import place_points

SEED = 20241031
N_WARDS = 83
SIZES = (10_000, 100_000)
ROUNDS = 7
WEST, SOUTH, SIZE = 105.2, 9.9, 0.4
Floats = NDArray[np.float64]


def make_wards(chance: np.random.Generator) -> Wards:
    """Cells that share their borders, each edge cut into short pieces like a surveyed one."""
    centres = shapely.multipoints(chance.uniform((WEST, SOUTH), (WEST + SIZE, SOUTH + SIZE), (N_WARDS, 2)))
    city = shapely.box(WEST, SOUTH, WEST + SIZE, SOUTH + SIZE)
    cells = shapely.get_parts(shapely.voronoi_polygons(centres, extend_to=city))
    shapes = shapely.segmentize(shapely.intersection(cells, city), SIZE / 200)
    codes = pd.Index([f"{number:05d}" for number in range(len(shapes))], name="ward_code")
    return Wards(gpd.GeoDataFrame({"ward_name": codes}, geometry=shapes, index=codes, crs="EPSG:4326"))


def make_points(chance: np.random.Generator, n: int) -> tuple[Floats, Floats]:
    centres = chance.uniform((WEST, SOUTH), (WEST + SIZE, SOUTH + SIZE), (12, 2))
    places = centres[chance.integers(len(centres), size=n)] + chance.normal(0, SIZE / 12, (n, 2))
    return places[:, 0], places[:, 1]


def join_plainly(wards: Wards, longitude: Floats, latitude: Floats) -> pd.Series:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(longitude, latitude), crs="EPSG:4326")
    joined = gpd.sjoin(points, wards.frame[["geometry"]], predicate="within", how="left")
    return joined["ward_code"].groupby(level=0).first()


def take_turns(ways: list[Callable[[], object]]) -> list[float]:
    """Median seconds of each way, after one round to warm up."""
    seconds: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS + 1):
        for way, taken in zip(ways, seconds, strict=True):
            start = time.perf_counter()
            way()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken[1:]) for taken in seconds]


def main() -> None:
    chance = np.random.default_rng(SEED)
    wards = make_wards(chance)
    print(f"{len(wards.frame)} wards, seed {SEED}, medians of {ROUNDS} rounds taken in turns")
    for n in SIZES:
        longitude, latitude = make_points(chance, n)
        ours = place_points(wards, longitude, latitude)
        plain = join_plainly(wards, longitude, latitude)
        same = (ours["ward_code"].fillna("").to_numpy() == plain.fillna("").to_numpy()).mean()
        ours_s, plain_s = take_turns(
            [
                lambda: place_points(wards, longitude, latitude),  # noqa: B023
                lambda: join_plainly(wards, longitude, latitude),  # noqa: B023
            ]
        )
        print(
            f"{n:>9,} points: geo.join {ours_s * 1000:,.0f} ms, geopandas {plain_s * 1000:,.0f} ms, "
            f"{plain_s / ours_s:.1f} times as fast; same ward for {same:.2%} of points"
        )


if __name__ == "__main__":
    main()
