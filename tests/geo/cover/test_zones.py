"""A camera's zone: a disc, or a sector where its view is known; and what does not see is counted."""

import numpy as np
import pandas as pd
import pytest
import shapely

from errors import BadOption
from geo.cover.zones import add_metres, camera_zones
from geo.crs import metric_crs
from tests.geo.cover.eyes import NAN, camera, make_cameras


def test_a_camera_without_a_view_has_a_disc_a_little_smaller_than_the_circle() -> None:
    (shape,) = camera_zones(make_cameras(camera(10, 20)), radius_m=50).polygons
    circle = np.pi * 50**2
    assert len(shape.exterior.coords) == 4 * 256 + 1
    assert 0 < 1 - shape.area / circle < 6.3e-6
    assert (shape.centroid.x, shape.centroid.y) == pytest.approx((10, 20))


def test_a_sector_looks_clockwise_from_north() -> None:
    cameras = make_cameras(camera(0, 0, direction=90, angle=60, reach=100))
    (east,) = camera_zones(cameras, radius_m=50).polygons
    assert east.contains(shapely.Point(99, 0))
    assert east.contains(shapely.Point(80, 45))
    assert not east.intersects(shapely.Point(0, 50))
    assert not east.intersects(shapely.Point(-10, 0))
    assert east.area == pytest.approx(100**2 * np.radians(60) / 2, rel=7e-6)


def test_a_sector_across_north_is_one_piece() -> None:
    (north,) = camera_zones(make_cameras(camera(0, 0, direction=350, angle=40)), radius_m=50).polygons
    assert north.is_valid
    assert north.contains(shapely.Point(0, 49))
    assert not north.intersects(shapely.Point(49, 0))


@pytest.mark.parametrize(
    ("direction", "angle"), [(NAN, NAN), (45.0, NAN), (NAN, 90.0), (45.0, 360.0), (45.0, 0.0)]
)
def test_without_both_direction_and_opening_it_is_a_disc(direction: float, angle: float) -> None:
    frame = camera_zones(make_cameras(camera(0, 0, direction=direction, angle=angle)), radius_m=50).frame
    assert frame[["radius_m", "start_rad", "sweep_rad"]].to_numpy().tolist() == [[50.0, 0.0, 2 * np.pi]]


@pytest.mark.parametrize(("reach", "radius_m"), [(30.0, 30.0), (NAN, 50.0), (0.0, 50.0)])
def test_a_range_that_is_told_takes_the_place_of_the_radius(reach: float, radius_m: float) -> None:
    zones = camera_zones(make_cameras(camera(0, 0, reach=reach)), radius_m=50)
    assert zones.frame["radius_m"].tolist() == [radius_m]


def test_only_working_cameras_with_a_place_see_and_the_others_are_counted() -> None:
    cameras = make_cameras(*[camera(0, 0)] * 4, camera(NAN, 0))
    zones = camera_zones(cameras.assign(n_working=[1, 0, NAN, 2, 1]), radius_m=50)
    assert zones.frame.index.tolist() == [0, 3]
    counts = (zones.n_given, zones.n_seeing, zones.n_off, zones.n_unknown, zones.n_unplaced)
    assert counts == (5, 2, 1, 1, 1)


def test_a_list_without_directions_and_ranges_gives_discs() -> None:
    cameras = make_cameras(camera(0, 0)).drop(columns=["direction_deg", "angle_deg", "range_m"])
    assert camera_zones(cameras, radius_m=50).frame["radius_m"].tolist() == [50.0]


@pytest.mark.parametrize("radius_m", [0.0, -1.0, NAN, float("inf")])
def test_a_radius_that_is_none_is_refused(radius_m: float) -> None:
    with pytest.raises(BadOption, match="radius"):
        camera_zones(make_cameras(camera(0, 0)), radius_m=radius_m)


def test_places_in_degrees_become_metres_and_missing_ones_stay_missing() -> None:
    rows = pd.DataFrame({"longitude": [105.0, NAN], "latitude": [10.0, 10.0]})
    placed = add_metres(rows, metric_crs((104.9, 9.9, 105.1, 10.1)))
    np.testing.assert_allclose(placed[["easting", "northing"]], [[0, 0], [NAN, NAN]], atol=1e-6)
