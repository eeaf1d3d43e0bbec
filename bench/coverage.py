"""What cameras see: geo.cover beside the plain ways of geopandas and shapely, on a made-up city.

Cameras crowd around 200 of the incidents, a fifth of them on a lattice of 25 m, so that they share poles and
rows.
"""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from bench.city import make_city, make_incidents
from bench.report import Section, write_pairs
from bench.turns import ROUNDS, Taken, take_turns
from geo.cover.area import measure_polygons, seen_area
from geo.cover.reach import find_seen
from geo.cover.streets import street_length_seen
from geo.cover.zones import Zones, add_metres, camera_zones
from geo.crs import metric_crs, to_metres

SEED = 20241031
N_WARDS = 558
ROUNDS_WITH = {1_000: ROUNDS, 10_000: 3}  # cameras: rounds of what takes long
N_INCIDENTS = 1_000_000
N_STREETS = 20_000
RADIUS_M = 100.0
PLAIN_SEGMENTS = 16
N_CHECKED = 40
ABOUT = f"""\
Made-up city, seed {SEED}, radius {RADIUS_M:.0f} m; cameras crowd as incidents do. Plain: union of buffers of
{PLAIN_SEGMENTS} segments a quadrant, intersections, `sjoin`, `overlay`. Buffers lie inside their circles, so
the plain way sees a little less; ours must be at most 0.01 % off the areas of polygons of 256 segments a
quadrant in {N_CHECKED} wards, must find every incident that lies in a buffer, and at most 0.5 % more street.
Areas and streets with {max(ROUNDS_WITH):,} cameras: {ROUNDS_WITH[max(ROUNDS_WITH)]} rounds."""
Row = tuple[str, Taken, Taken, str]


def make_cameras(n: int, incidents: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """Working cameras, in metres, around some of the incidents."""
    crowds = incidents[["easting", "northing"]].sample(200, random_state=chance).to_numpy()
    places = crowds[chance.integers(len(crowds), size=n)] + chance.normal(0, 600, (n, 2))
    places[: n // 5] = np.round(places[: n // 5] / 25) * 25
    return pd.DataFrame({"easting": places[:, 0], "northing": places[:, 1], "n_working": 1.0})


def make_streets(wards: gpd.GeoSeries, chance: np.random.Generator) -> gpd.GeoSeries:
    """Crooked lines of eight pieces of 40 m."""
    west, south, east, north = wards.total_bounds
    starts = chance.uniform((west, south), (east, north), (N_STREETS, 2))[:, np.newaxis]
    heading = chance.uniform(0, 2 * np.pi, (N_STREETS, 1)) + chance.normal(0, 0.3, (N_STREETS, 8)).cumsum(
        axis=1
    )
    steps = 40 * np.stack([np.cos(heading), np.sin(heading)], axis=2)
    corners = np.concatenate([starts, starts + steps.cumsum(axis=1)], axis=1)
    return gpd.GeoSeries(shapely.linestrings(corners))


def buffer_plainly(zones: Zones) -> gpd.GeoSeries:
    places = gpd.GeoSeries.from_xy(zones.frame["easting"], zones.frame["northing"])
    return places.buffer(RADIUS_M, quad_segs=PLAIN_SEGMENTS)


def measure_plainly(zones: Zones, wards: gpd.GeoSeries) -> pd.Series:
    return wards.intersection(buffer_plainly(zones).union_all()).area / 1e6


def find_plainly(incidents: pd.DataFrame, zones: Zones) -> pd.Series:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(incidents["easting"], incidents["northing"]))
    joined = gpd.sjoin(points, gpd.GeoDataFrame(geometry=buffer_plainly(zones)), predicate="within")
    return pd.Series(points.index.isin(joined.index))


def measure_streets_plainly(lines: gpd.GeoSeries, zones: Zones, wards: gpd.GeoSeries) -> float:
    """Kilometres seen, all wards together."""
    seen = gpd.GeoDataFrame(geometry=list(shapely.get_parts(buffer_plainly(zones).union_all())))
    within = gpd.overlay(
        gpd.GeoDataFrame(geometry=lines), gpd.GeoDataFrame(geometry=wards), keep_geom_type=True
    )
    return float(gpd.overlay(within, seen, keep_geom_type=True).length.sum() / 1_000)


def time_both(
    what: str, ours: Callable[[], object], plain: Callable[[], object], answers: str, rounds: int
) -> Row:
    mine, theirs = take_turns([ours, plain], rounds=rounds)
    return what, mine, theirs, answers


def compare_area(zones: Zones, wards: gpd.GeoSeries, rounds: int) -> Row:
    ours, plain = seen_area(zones, wards)["area_seen_km2"], measure_plainly(zones, wards)
    some = ours[ours > 0].sample(N_CHECKED, random_state=SEED).index
    true = sum(measure_polygons(zones, wards[code])[0] for code in some) / 1e6
    off, plain_off = (float(areas[some].sum() / true - 1) for areas in (ours, plain))
    assert abs(off) <= 1e-4, f"other areas: {off:.2e}"
    return time_both(
        f"area seen, {zones.n_seeing:,} cameras",
        lambda: seen_area(zones, wards),
        lambda: measure_plainly(zones, wards),
        f"{ours.sum():,.2f} km²; off {off:+.4%}, plain {plain_off:+.2%}",
        rounds,
    )


def compare_incidents(incidents: pd.DataFrame, cameras: pd.DataFrame, zones: Zones) -> Row:
    ours, plain = find_seen(incidents, cameras, RADIUS_M), find_plainly(incidents, zones)
    assert not (plain & ~ours).any(), "an incident in a buffer was not found"
    return time_both(
        f"incidents seen, {len(incidents):,} by {zones.n_seeing:,} cameras",
        lambda: find_seen(incidents, cameras, RADIUS_M),
        lambda: find_plainly(incidents, zones),
        f"{ours.sum():,} seen, of which buffers miss {(ours & ~plain).sum():,}",
        ROUNDS,
    )


def compare_streets(lines: gpd.GeoSeries, zones: Zones, wards: gpd.GeoSeries, rounds: int) -> Row:
    ours = float(street_length_seen(lines, zones, wards).table["street_seen_km"].sum())
    plain = measure_streets_plainly(lines, zones, wards)
    assert 0 <= ours / plain - 1 < 0.005, f"other lengths: {ours} and {plain} km"
    return time_both(
        f"streets seen, {len(lines):,} lines by {zones.n_seeing:,} cameras",
        lambda: street_length_seen(lines, zones, wards),
        lambda: measure_streets_plainly(lines, zones, wards),
        f"{ours:,.1f} km, plain {plain / ours - 1:+.2%}",
        rounds,
    )


def run() -> Section:
    chance = np.random.default_rng(SEED)
    city = make_city(N_WARDS, chance)
    west, south, east, north = city.frame.total_bounds
    crs = metric_crs((west, south, east, north))
    shapes = to_metres(city.frame[["geometry"]]).geometry.to_numpy()
    wards = gpd.GeoSeries(shapes, index=city.frame.index)
    longitude, latitude = make_incidents(city, N_INCIDENTS, chance)
    incidents = add_metres(pd.DataFrame({"longitude": longitude, "latitude": latitude}).dropna(), crs)
    incidents = incidents.reset_index(drop=True)
    lines = make_streets(wards, chance)
    rows: list[Row] = []
    for n, rounds in ROUNDS_WITH.items():
        cameras = make_cameras(n, incidents, chance)
        zones = camera_zones(cameras, radius_m=RADIUS_M)
        rows += [
            compare_area(zones, wards, rounds),
            compare_incidents(incidents, cameras, zones),
            compare_streets(lines, zones, wards, rounds),
        ]
    return Section("What cameras see", f"{ABOUT}\n\n**{len(wards)} wards**\n\n{write_pairs(rows)}")


if __name__ == "__main__":
    print(run().body)
