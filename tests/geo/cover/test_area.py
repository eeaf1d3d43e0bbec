"""The area seen, once and twice, against formulas, polygons and laws."""

from pathlib import Path
from random import Random

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cover import tracing
from geo.cover.area import measure_polygons, seen_area
from geo.cover.stacking import draw_for_map, stack_polygons
from geo.cover.zones import add_metres, camera_zones
from geo.crs import metric_crs, to_metres
from tests.geo.cover.eyes import NAN, Camera, camera, make_boxes, make_cameras

CIRCLE = np.pi * 50**2
WIDE = make_boxes((-500, -500, 500, 500))
FOUR = make_boxes((-100, -100, 0, 100), (0, -100, 100, 100), (0, 100, 50, 200), (-300, -300, -100, 300))


def measure(*cameras: Camera, wards: gpd.GeoSeries = WIDE, radius_m: float = 50.0) -> list[list[float]]:
    """Square metres seen once and twice, per ward."""
    table = seen_area(camera_zones(make_cameras(*cameras), radius_m=radius_m), wards)
    assert table.index.equals(wards.index)
    twice = table["area_seen_twice_pct"] * wards.area / 100
    np.testing.assert_allclose(table["area_seen_pct"] * wards.area / 100, table["area_seen_km2"] * 1e6)
    return [list(pair) for pair in zip(table["area_seen_km2"] * 1e6, twice, strict=True)]


def lens(distance: float, radius: float) -> float:
    """What two circles of one radius share."""
    half = distance / 2
    return float(2 * radius**2 * np.arccos(half / radius) - distance * np.sqrt(radius**2 - half**2))


def test_one_camera_sees_its_circle() -> None:
    assert measure(camera(3, 4)) == [pytest.approx([CIRCLE, 0.0], rel=1e-6, abs=1e-3)]


@pytest.mark.parametrize("distance", [1.0, 40.0, 60.0, 99.0])
def test_two_cameras_see_their_lens_twice(distance: float) -> None:
    shared = lens(distance, 50)
    assert measure(camera(0, 0), camera(distance, 0)) == [
        pytest.approx([2 * CIRCLE - shared, shared], rel=1e-6, abs=1e-3)
    ]


def test_two_cameras_that_only_touch_see_nothing_twice() -> None:
    assert measure(camera(0, 0), camera(100, 0)) == [pytest.approx([2 * CIRCLE, 0.0], rel=1e-6, abs=0.01)]


def test_a_small_zone_within_a_large_one_is_seen_twice_and_adds_nothing() -> None:
    small = np.pi * 20**2
    assert measure(camera(0, 0), camera(10, 0, reach=20)) == [pytest.approx([CIRCLE, small], rel=1e-6)]


@pytest.mark.parametrize("n", [2, 3, 40])
def test_cameras_on_one_pole_see_one_circle_twice(n: int) -> None:
    assert measure(*[camera(7, 7)] * n) == [pytest.approx([CIRCLE, CIRCLE], rel=1e-6)]


@pytest.mark.parametrize("angle", [30.0, 90.0, 180.0, 200.0, 270.0, 359.0])
def test_a_sector_sees_half_its_opening_times_its_range_squared(angle: float) -> None:
    area = 50**2 * np.radians(angle) / 2
    assert measure(camera(0, 0, direction=77, angle=angle)) == [
        pytest.approx([area, 0.0], rel=1e-6, abs=1e-3)
    ]


def test_four_quarters_around_one_pole_are_a_circle_seen_once() -> None:
    quarters = [camera(0, 0, direction=turn, angle=90) for turn in (0, 90, 180, 270)]
    assert measure(*quarters) == [pytest.approx([CIRCLE, 0.0], rel=1e-6, abs=0.01)]


def test_a_sector_within_the_disc_of_its_own_pole_is_seen_twice() -> None:
    sector = camera(0, 0, direction=45, angle=90)
    assert measure(camera(0, 0), sector) == [pytest.approx([CIRCLE, CIRCLE / 4], rel=1e-6)]


def test_a_disc_across_a_border_is_shared_by_the_wards_on_both_sides() -> None:
    halves = make_boxes((-500, -500, 0, 500), (0, -500, 500, 500), (600, 0, 700, 100))
    expected = [[CIRCLE / 2, 0.0], [CIRCLE / 2, 0.0], [0.0, 0.0]]
    np.testing.assert_allclose(measure(camera(0, 0), wards=halves), expected, rtol=1e-6, atol=1e-3)


def test_a_ward_wholly_seen_is_seen_wholly_and_a_hole_is_not_its_area() -> None:
    ring = gpd.GeoSeries([shapely.box(-5, -5, 5, 5).difference(shapely.box(-1, -1, 1, 1))], index=["A"])
    zones = camera_zones(make_cameras(camera(0, 0), camera(0, 1)), radius_m=50)
    assert seen_area(zones, ring).loc["A"].tolist() == pytest.approx([96e-6, 100.0, 100.0])


def test_wards_that_overlap_each_count_what_is_seen_of_them() -> None:
    twins = make_boxes((-500, -500, 500, 500), (-500, -500, 500, 500))
    np.testing.assert_allclose(measure(camera(0, 0), wards=twins), [[CIRCLE, 0.0]] * 2, rtol=1e-6, atol=1e-3)


def test_without_cameras_nothing_is_seen() -> None:
    assert measure() == [[0.0, 0.0]]
    nobody = camera_zones(make_cameras(camera(0, 0), working=NAN), radius_m=50)
    assert seen_area(nobody, WIDE).to_numpy().tolist() == [[0.0, 0.0, 0.0]]


def test_without_wards_the_table_is_empty() -> None:
    nowhere = gpd.GeoSeries([], index=pd.Index([], name="ward_code"))
    table = seen_area(camera_zones(make_cameras(camera(0, 0)), radius_m=50), nowhere)
    assert table.columns.tolist() == ["area_seen_km2", "area_seen_pct", "area_seen_twice_pct"]
    assert len(table) == 0


places = st.one_of(st.integers(-3, 3).map(lambda step: step * 50.0), st.floats(-150, 150))
turns = st.one_of(st.just(NAN), st.sampled_from([0.0, 45.0, 90.0, 135.0, 270.0]))
eyes = st.builds(
    camera,
    places,
    places,
    direction=turns,
    angle=st.sampled_from([30.0, 90.0, 180.0, 270.0, 350.0]),
    reach=st.sampled_from([NAN, 25.0, 50.0, 100.0]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(eyes, min_size=1, max_size=12))
def test_walking_the_border_agrees_with_laying_polygons_over_each_other(cameras: list[Camera]) -> None:
    zones = camera_zones(make_cameras(*cameras), radius_m=50)
    laid = np.array([measure_polygons(zones, shape) for shape in FOUR])
    whole = shapely.area(zones.polygons).sum()
    np.testing.assert_allclose(measure(*cameras, wards=FOUR), laid, atol=1e-5 * whole)


@settings(max_examples=40, deadline=None)
@given(st.lists(eyes, min_size=1, max_size=10), eyes, st.floats(10, 100), st.floats(1, 2))
def test_more_cameras_and_a_larger_radius_never_see_less(
    cameras: list[Camera], another: Camera, radius_m: float, growth: float
) -> None:
    now = np.array(measure(*cameras, wards=FOUR, radius_m=radius_m))
    assert (now[:, 1] <= now[:, 0] + 0.01).all()
    assert (now[:, 0] <= FOUR.area.to_numpy() + 1e-6).all()
    more = np.array(measure(*cameras, another, wards=FOUR, radius_m=radius_m))
    wider = np.array(measure(*cameras, wards=FOUR, radius_m=radius_m * growth))
    assert (more >= now - 0.01).all()
    assert (wider >= now - 0.01).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(eyes, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_cameras_does_not_matter(cameras: list[Camera], chance: Random) -> None:
    mixed = list(cameras)
    chance.shuffle(mixed)
    assert measure(*mixed, wards=FOUR) == measure(*cameras, wards=FOUR)


def test_a_border_that_does_not_close_is_measured_with_polygons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "OPEN_M", -1.0)
    laid = measure(camera(0, 0), camera(60, 0))
    shared = lens(60, 50)
    assert laid == [pytest.approx([2 * CIRCLE - shared, shared], rel=2e-5)]
    assert laid[0][0] < (2 * CIRCLE - shared) * (1 - 1e-6)


def test_three_shapes_are_stacked_into_once_and_twice() -> None:
    shapes = np.array([shapely.box(left, 0, left + 2, 1) for left in (0, 1, 10)], dtype=object)
    once, twice = stack_polygons(shapes)
    assert (once.area, twice.area) == (5.0, 1.0)
    assert twice.equals(shapely.box(1, 0, 2, 1))
    assert all(shape.is_empty for shape in stack_polygons(shapes[:0]))


def test_the_drawn_zone_is_in_degrees_light_and_close_to_the_true_one() -> None:
    crs = metric_crs((105.0, 10.0, 105.02, 10.02))
    zones = camera_zones(make_cameras(camera(0, 0), camera(30, 0)), radius_m=50)
    drawn = draw_for_map(zones, crs)
    assert [round(place, 2) for place in drawn[0].centroid.coords[0]] == [105.01, 10.01]
    back = gpd.GeoSeries(list(drawn), crs="EPSG:4326").to_crs(crs)
    for shape, true in zip(back, stack_polygons(zones.polygons), strict=True):
        assert shape.hausdorff_distance(true) < 1.5
        assert shapely.get_num_coordinates(shape) < 60


@pytest.mark.real_data
def test_chicago_cameras_see_what_their_polygons_cover(real_data: Path) -> None:
    folder = real_data / "cities" / "chicago"
    wards = gpd.read_file(f"zip://{folder / 'boundaries_wards_2023.zip'}").to_crs("EPSG:4326")
    crs = metric_crs(tuple(wards.total_bounds))
    rows = pd.read_csv(folder / "cameras.csv").rename(columns={"lon": "longitude", "lat": "latitude"})
    cameras = add_metres(rows.assign(n_working=1.0), crs)
    metric = to_metres(wards[["geometry"]])
    for radius_m in (50.0, 400.0):
        zones = camera_zones(cameras, radius_m=radius_m)
        walked = seen_area(zones, metric)["area_seen_km2"].sum()
        laid = sum(measure_polygons(zones, shape)[0] for shape in metric.geometry) / 1e6
        assert len(rows) == zones.n_seeing == 309
        assert walked == pytest.approx(laid, rel=2e-5)
        assert walked > laid
