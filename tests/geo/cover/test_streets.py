"""Street length per ward and how much of it is seen: exact, and no metre lost."""

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.cover.streets import StreetsSeen, street_length_seen
from geo.cover.zones import camera_zones
from tests.geo.cover.eyes import NAN, Camera, camera, make_boxes, make_cameras

TWO = make_boxes((-500, -500, 0, 500), (0, -500, 500, 500))


def measure(
    lines: list[shapely.Geometry], *cameras: Camera, wards: gpd.GeoSeries = TWO, radius_m: float = 50.0
) -> StreetsSeen:
    return street_length_seen(
        gpd.GeoSeries(lines), camera_zones(make_cameras(*cameras), radius_m=radius_m), wards
    )


def line(*places: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(places)


def test_a_street_through_a_disc_is_seen_along_its_chord_and_cut_at_the_ward_border() -> None:
    streets = measure([line((-200, 30), (100, 30))], camera(0, 0))
    expected = pd.DataFrame(
        {"street_km": [0.2, 0.1], "street_seen_km": [0.04, 0.04], "streets_seen_pct": [20.0, 40.0]},
        index=TWO.index,
    )
    pd.testing.assert_frame_equal(streets.table, expected)
    assert [streets.given_km, streets.outside_km] == pytest.approx([0.3, 0.0])


def test_what_two_cameras_see_counts_once() -> None:
    streets = measure([line((0, 0), (300, 0))], camera(100, 0), camera(150, 0), camera(100, 0))
    assert streets.table.loc["B", "street_seen_km"] == pytest.approx(0.15)


def test_a_sector_sees_only_the_part_it_looks_along() -> None:
    crossing = [line((100, -100), (100, 100)), line((60, 10), (140, 10))]
    north = camera(100, 0, direction=0, angle=90)
    streets = measure(crossing, north)
    assert streets.table.loc["B", "street_seen_km"] == pytest.approx(0.05 + 0.02)


def test_a_street_along_the_side_of_a_sector_is_seen() -> None:
    streets = measure([line((100, -100), (100, 100))], camera(100, 0, direction=45, angle=90))
    assert streets.table.loc["B", "street_seen_km"] == pytest.approx(0.05)


def test_a_wide_sector_leaves_out_the_wedge_behind_it() -> None:
    streets = measure([line((100, -100), (100, 100))], camera(100, 0, direction=0, angle=300))
    assert streets.table.loc["B", "street_seen_km"] == pytest.approx(0.05)
    across = measure([line((0, -10), (200, -10))], camera(100, 0, direction=0, angle=270))
    assert across.table.loc["B", "street_seen_km"] == pytest.approx((2 * np.sqrt(2400) - 20) / 1000)


def test_a_street_along_a_border_is_the_first_wards_and_counts_once() -> None:
    streets = measure([line((0, 0), (0, 100))], camera(0, 0))
    assert streets.table["street_km"].tolist() == pytest.approx([0.1, 0.0])
    assert streets.table["street_seen_km"].tolist() == pytest.approx([0.05, 0.0])


def test_streets_outside_every_ward_are_counted_as_outside() -> None:
    streets = measure([line((400, 0), (700, 0)), line((900, 900), (900, 1000))])
    assert streets.table.loc["B", "street_km"] == pytest.approx(0.1)
    assert [streets.given_km, streets.outside_km] == pytest.approx([0.4, 0.3])


def test_a_ward_without_streets_has_no_share_and_one_without_cameras_has_0() -> None:
    table = measure([line((-10, 0), (-100, 0))]).table
    assert table["streets_seen_pct"].tolist() == pytest.approx([0.0, NAN], nan_ok=True)


def test_several_parts_repeated_corners_and_empty_lines_do_no_harm() -> None:
    lines = [
        shapely.MultiLineString([[(10, 0), (20, 0), (20, 0)], [(30, 0), (40, 0)]]),
        shapely.LineString(),
        None,
    ]
    streets = measure(lines)
    assert streets.table.loc["B", "street_km"] == streets.given_km == pytest.approx(0.02)


def test_without_streets_all_lengths_are_0() -> None:
    streets = measure([], camera(0, 0))
    assert streets.table[["street_km", "street_seen_km"]].to_numpy().tolist() == [[0.0, 0.0]] * 2


spot = st.one_of(st.integers(-6, 6).map(lambda step: step * 100.0), st.floats(-600, 600))
ways = st.lists(
    st.lists(st.tuples(spot, spot), min_size=2, max_size=5).map(shapely.LineString), min_size=1, max_size=6
)
eyes = st.builds(
    camera,
    spot,
    spot,
    direction=st.sampled_from([NAN, 10.0, 250.0]),
    angle=st.sampled_from([70.0, 200.0, 330.0]),
    reach=st.sampled_from([NAN, 80.0]),
)


@settings(max_examples=80, deadline=None)
@example(
    [shapely.LineString([(0, -100), (-100, -100)])],
    [camera(0.0, 0.0, angle=70.0), camera(0.0, -100.0, direction=10.0, angle=200.0)],
)
@given(ways, st.lists(eyes, max_size=8))
def test_the_length_seen_is_that_of_the_lines_cut_by_the_polygons(
    lines: list[shapely.LineString], cameras: list[Camera]
) -> None:
    streets = measure(lines, *cameras)
    assert streets.given_km == pytest.approx(streets.table["street_km"].sum() + streets.outside_km)
    assert (streets.table["street_seen_km"] <= streets.table["street_km"] + 1e-12).all()
    seen = shapely.union_all(camera_zones(make_cameras(*cameras), radius_m=50).polygons)
    land = shapely.union_all(TWO.to_numpy())
    straight = [shapely.LineString(ends) for way in lines for ends in pairwise(way.coords)]
    on_land = [shapely.intersection(piece, land) for piece in straight]
    # A line along the side of a sector lies in it or not by a rounding: between the polygons a hair apart.
    least, most = (
        sum(shapely.intersection(piece, zone).length for piece in on_land)
        for zone in (seen.buffer(-1e-6), seen.buffer(1e-6))
    )
    # A line that only brushes a circle lies in it for far longer than in the polygon within the circle.
    brush = 2 * np.sqrt(2 * 80 * 80 * 1e-5) * sum(len(way.coords) for way in lines) * len(cameras) + 1e-3
    assert least - brush <= streets.table["street_seen_km"].sum() * 1000 <= most + brush
