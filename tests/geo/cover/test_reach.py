"""Which incidents cameras see: exact, the border included, and nothing lost."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cover.reach import find_seen, reach_band
from geo.cover.zones import add_metres, camera_zones
from geo.crs import metric_crs
from tests.geo.cover.eyes import NAN, Camera, camera, make_cameras


def make_incidents(*places: tuple[float, float], ward: str | None = "A", n: float = 1.0) -> pd.DataFrame:
    table = pd.DataFrame(np.array(places, dtype=float).reshape(-1, 2), columns=["easting", "northing"])
    return table.assign(ward_code=ward, n=n)


def see(cameras: pd.DataFrame, *places: tuple[float, float], radius_m: float = 50.0) -> list[bool]:
    return [bool(seen) for seen in find_seen(make_incidents(*places), cameras, radius_m)]


def test_an_incident_at_the_radius_is_seen_and_one_beyond_it_is_not() -> None:
    cameras = make_cameras(camera(0, 0))
    assert see(cameras, (30, 40), (0, 50), (0, 0), (0, 50.001), (36, 36)) == [True, True, True, False, False]


def test_a_sector_sees_only_where_it_looks_its_sides_and_its_pole_included() -> None:
    east = make_cameras(camera(0, 0, direction=90, angle=90))
    assert see(east, (50, 0), (20, 20), (20, -20), (0, 0)) == [True] * 4
    assert see(east, (19, 20), (-10, 0), (0, 10), (51, 0)) == [False] * 4


def test_a_range_that_is_told_decides_and_not_the_radius() -> None:
    cameras = make_cameras(camera(0, 0, reach=20), camera(1000, 0, reach=200))
    assert see(cameras, (20, 0), (21, 0), (1200, 0), (1201, 0)) == [True, False, True, False]


def test_cameras_that_do_not_work_and_incidents_without_a_place_see_and_are_seen_by_nothing() -> None:
    assert see(make_cameras(camera(0, 0), working=0.0), (0, 0)) == [False]
    assert see(make_cameras(camera(0, 0), working=NAN), (0, 0)) == [False]
    assert see(make_cameras(), (0, 0)) == [False]
    assert see(make_cameras(camera(0, 0)), (NAN, 0), (0, NAN)) == [False, False]
    assert see(make_cameras(camera(0, 0))) == []


whole = st.integers(-12, 12).map(float)
eyes = st.builds(
    camera,
    whole,
    whole,
    direction=st.sampled_from([NAN, 0.0, 45.0, 200.0]),
    angle=st.sampled_from([NAN, 60.0, 180.0, 300.0]),
    reach=st.sampled_from([NAN, 3.0, 5.0]),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(eyes, max_size=8), st.lists(st.tuples(whole, whole), max_size=30))
def test_every_incident_is_judged_as_by_hand(
    cameras: list[Camera], places: list[tuple[float, float]]
) -> None:
    def holds(eye: Camera, place: tuple[float, float]) -> bool:
        east, north = place[0] - eye[0], place[1] - eye[1]
        reach = 10.0 if np.isnan(eye[4]) else eye[4]
        if np.hypot(east, north) > reach:
            return False
        if np.isnan(eye[2]) or np.isnan(eye[3]) or (east, north) == (0, 0):
            return True
        off = abs((np.degrees(np.arctan2(east, north)) - eye[2] + 180) % 360 - 180)
        return bool(off <= eye[3] / 2 + 1e-5)

    expected = [any(holds(eye, place) for eye in cameras) for place in places]
    assert see(make_cameras(*cameras), *places, radius_m=10.0) == expected


def test_the_band_tells_each_radius_per_ward_and_who_could_not_be_asked() -> None:
    incidents = pd.concat(
        [
            make_incidents((0, 20), (0, 45), (0, 45), (0, 300)),
            make_incidents((0, 90), ward="B", n=3),
            make_incidents((0, 1), ward=None),
            make_incidents((NAN, NAN), ward="A", n=5),
            make_incidents((0, 0), n=NAN),
        ]
    )
    index = pd.Index(["A", "B", "C"], name="ward_code")
    reach = reach_band(incidents, make_cameras(camera(0, 0)), index)
    expected = pd.DataFrame(
        {
            "n_located": [4.0, 3.0, 0.0],
            "n_seen_25": [1.0, 0.0, 0.0],
            "reach_25_pct": [25.0, 0.0, NAN],
            "n_seen_50": [3.0, 0.0, 0.0],
            "reach_50_pct": [75.0, 0.0, NAN],
            "n_seen_100": [3.0, 3.0, 0.0],
            "reach_100_pct": [75.0, 100.0, NAN],
        },
        index=index,
    )
    pd.testing.assert_frame_equal(reach.table, expected)
    assert (reach.n_given, reach.n_outside, reach.n_unlocated, reach.n_unread) == (13.0, 1.0, 5.0, 1)


def test_without_incidents_no_ward_has_a_share() -> None:
    reach = reach_band(make_incidents(), make_cameras(camera(0, 0)), pd.Index(["A"]), radii_m=(50,))
    assert reach.table["n_located"].tolist() == [0.0]
    assert reach.table["reach_50_pct"].isna().all()
    assert reach.n_given == 0


@pytest.mark.real_data
def test_chicago_incidents_near_its_cameras_are_those_in_the_buffers(real_data: Path) -> None:
    folder = real_data / "cities" / "chicago"
    renamed = {"lon": "longitude", "lat": "latitude"}
    incidents = pd.read_parquet(folder / "points.parquet").rename(columns=renamed)
    crs = metric_crs((-87.95, 41.6, -87.5, 42.05))
    cameras = add_metres(
        pd.read_csv(folder / "cameras.csv").rename(columns=renamed).assign(n_working=1.0), crs
    )
    placed = add_metres(incidents, crs)
    seen = find_seen(placed, cameras, 100.0)
    zones = camera_zones(cameras, radius_m=100.0).polygons
    points = shapely.points(placed["easting"], placed["northing"])
    within, _ = shapely.STRtree(zones).query(points, predicate="within")
    inside = np.isin(np.arange(len(points)), within)
    assert not (inside & ~seen).any()
    distance = np.hypot(
        placed["easting"].to_numpy()[:, None] - cameras["easting"].to_numpy(),
        placed["northing"].to_numpy()[:, None] - cameras["northing"].to_numpy(),
    ).min(axis=1)
    np.testing.assert_array_equal(seen, distance <= 100.0)
    assert seen.sum() == 894
