"""Districts, lighter borders, places for labels and the crowded centre."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geo.frames import Wards
from layers.shapes import extent, find_inset, label_points, make_shapes, simplify, whole_outline
from layers.spec import MapShapes
from tests import mau, paper_city


@pytest.fixture(scope="module")
def city() -> MapShapes:
    return paper_city.make_shapes()


def with_parents(wards: Wards, parents: list[str]) -> Wards:
    return replace(wards, frame=wards.frame.assign(parent=parents))


def objects(*geometries: shapely.Geometry) -> np.ndarray:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def test_wards_keep_their_order_and_parents_are_dissolved() -> None:
    shapes = make_shapes(mau.make_wards())
    assert shapes.ward_codes == mau.CODES
    east, west = shapes.parents
    assert east.equals(shapely.box(105.0, 10.0, 105.03, 10.01))
    assert west.equals(shapely.box(105.0, 10.01, 105.03, 10.02))


def test_there_are_no_parents_where_none_is_named() -> None:
    assert len(make_shapes(with_parents(mau.make_wards(), [""] * 6)).parents) == 0


def test_a_ward_without_a_parent_belongs_to_none() -> None:
    parents = ["Quận Đông", "", "Quận Đông", "", "", ""]
    (east,) = make_shapes(with_parents(mau.make_wards(), parents)).parents
    assert east.area == pytest.approx(2 * 0.01**2)


def test_a_hairline_gap_between_neighbours_leaves_no_hole_in_the_outline() -> None:
    gap = shapely.Polygon([(0.4, 0.5), (0.5, 0.5000001), (0.6, 0.5)])
    lower, upper = shapely.box(0, 0, 1, 0.5), shapely.box(0, 0.5, 1, 1).difference(gap)
    outline = whole_outline(MapShapes(("1", "2"), objects(lower, upper), objects()))
    assert isinstance(outline, shapely.Polygon)
    assert len(outline.interiors) == 0


def test_a_real_hole_stays_in_the_outline() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    outline = whole_outline(MapShapes(("1",), objects(ring), objects()))
    assert shapely.area(outline) == pytest.approx(8)


def test_the_extent_holds_all_wards() -> None:
    assert extent(make_shapes(mau.make_wards())) == pytest.approx((105.0, 10.0, 105.03, 10.02))


def test_a_label_stands_in_the_middle_of_a_square_ward() -> None:
    longitudes, latitudes, radii = label_points(make_shapes(mau.make_wards()))
    for place, code in enumerate(mau.CODES):
        longitude, latitude = mau.middle(code)
        assert longitudes[place] == pytest.approx(longitude, abs=2e-4)
        assert latitudes[place] == pytest.approx(latitude, abs=2e-4)
    # Half of 0.01 degrees of longitude at 10 degrees north, in degrees of latitude.
    assert radii == pytest.approx(np.full(6, 0.00492), rel=0.03)


def test_a_circle_is_measured_in_metres_far_from_the_equator_too() -> None:
    square_of_degrees = objects(shapely.box(10.0, 60.0, 10.01, 60.01))
    _, _, radii = label_points(MapShapes(("1",), square_of_degrees, objects()))
    assert radii[0] == pytest.approx(0.0025, rel=0.03)


def test_every_label_point_lies_inside_its_ward(city: MapShapes) -> None:
    longitudes, latitudes, radii = label_points(city)
    assert shapely.contains_xy(city.wards, longitudes, latitudes).all()
    assert (radii > 0).all()


@pytest.mark.parametrize("tolerance_m", [20.0, 150.0, 600.0])
def test_lighter_borders_still_touch(city: MapShapes, tolerance_m: float) -> None:
    lighter = simplify(city, tolerance_m)
    assert shapely.coverage_is_valid(lighter.wards)
    assert lighter.ward_codes == city.ward_codes
    assert len(lighter.parents) == 9
    assert shapely.get_num_coordinates(lighter.wards).sum() < shapely.get_num_coordinates(city.wards).sum()


def test_lighter_districts_are_made_of_their_lighter_wards(city: MapShapes) -> None:
    lighter = simplify(city, 150.0)
    borders = shapely.union_all(shapely.boundary(lighter.wards))
    for parent in lighter.parents:
        assert parent.boundary.difference(borders.buffer(1e-9)).is_empty
    assert shapely.area(lighter.parents).sum() == pytest.approx(shapely.area(lighter.wards).sum())


def test_the_crowded_centre_can_be_enlarged_twofold(city: MapShapes) -> None:
    inset = find_inset(city)
    assert inset is not None
    west, south, east, north = extent(city)
    assert west < inset[0] < inset[2] < east
    assert south < inset[1] < inset[3] < north
    assert (inset[2] - inset[0]) / (east - west) < 0.2
    smallest = np.argsort(shapely.area(city.wards))[: len(city.wards) // 4]
    middles = shapely.centroid(city.wards[smallest])
    assert shapely.contains(shapely.box(*inset), middles).mean() >= 0.5


def test_a_handful_of_wards_needs_no_inset() -> None:
    assert find_inset(make_shapes(mau.make_wards())) is None


def test_even_wards_need_no_inset() -> None:
    squares = [shapely.box(x, y, x + 0.01, y + 0.01) for x in np.arange(6) / 100 for y in np.arange(4) / 100]
    codes = tuple(str(place) for place in range(24))
    assert find_inset(MapShapes(codes, objects(*squares), objects())) is None
