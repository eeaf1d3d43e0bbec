"""The grid gives the first version's answers, point for point, on coverages made to trip it."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import join_grid
from geo.frames import Wards
from geo.join import make_finder, place_points, place_points_by
from geo.join_exact import ExactFinder
from geo.join_grid import OPEN, Frame, GridFinder, list_segments, mark_touched, settle_cells
from geo.reading.read import read_boundaries
from tests.geo.coverages import SEED, Floats, Shapes, as_shapes, list_nasty_points, make_coverages, shake
from tests.geo.reference_join import find_wards
from tests.mau import CODES, SOUTH, WEST, make_wards, middle

SIDES = (1, 2, 7, 64, 301)


def lay_grid(shapes: Shapes, n_side: int) -> GridFinder:
    """A grid of a size that is told, not weighed."""
    exact, segments = ExactFinder.build(shapes), list_segments(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    frame = Frame(west, south, east, north, n_side)
    return GridFinder(frame, settle_cells(mark_touched(segments, frame), frame, exact), exact)


def tell_differences(finder: GridFinder, x: Floats, y: Floats) -> list[tuple[float, ...]]:
    """(x, y, ward found, ward expected, edge found, edge expected) of every point that differs."""
    ward, is_edge = finder.place(x, y)
    expected, was_edge = find_wards(finder.exact.shapes, x, y)
    differs = (ward != expected) | (is_edge != was_edge)
    return list(zip(*(column[differs] for column in (x, y, ward, expected, is_edge, was_edge)), strict=True))


COVERAGES = make_coverages()


@pytest.mark.parametrize("n_side", SIDES)
@pytest.mark.parametrize("name", COVERAGES)
def test_every_point_gets_the_ward_that_the_first_version_gave(name: str, n_side: int) -> None:
    finder = lay_grid(COVERAGES[name], n_side)
    x, y = list_nasty_points(COVERAGES[name], n_side, np.random.default_rng(SEED))
    assert tell_differences(finder, x, y) == []


@pytest.mark.parametrize("name", ["squares", "cells", "half the world", "islands"])
def test_most_points_of_a_fine_grid_need_no_test_of_their_own(name: str) -> None:
    assert (lay_grid(COVERAGES[name], 301).wards == OPEN).mean() < 0.15


def test_a_border_along_a_grid_line_touches_the_cells_of_both_sides() -> None:
    frame = Frame(0.0, 0.0, 4.0, 4.0, 4)
    upright = mark_touched(np.array([[2.0, 0.5, 2.0, 2.5]]), frame)
    assert np.argwhere(upright).tolist() == [[row, column] for row in (0, 1, 2) for column in (1, 2)]
    through_a_corner = mark_touched(np.array([[0.5, 1.5, 1.5, 0.5]]), frame)
    assert np.argwhere(through_a_corner).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_cells_are_marked_alike_in_one_go_and_in_many(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = COVERAGES["cells"]
    frame = lay_grid(shapes, 64).frame
    at_once = mark_touched(list_segments(shapes), frame)
    monkeypatch.setattr(join_grid, "PIECES_AT_ONCE", 10)
    assert (mark_touched(list_segments(shapes), frame) == at_once).all()


def test_cells_inside_an_overlap_stay_open() -> None:
    finder = lay_grid(COVERAGES["the same ward twice"], 64)
    ward, is_edge = finder.place(np.array([105.01, 105.045]), np.array([10.01, 10.05]))
    assert (ward.tolist(), is_edge.tolist()) == ([0, -1], [True, False])
    assert set(finder.wards.tolist()) == {OPEN, -1}


corner = st.tuples(st.integers(0, 8), st.integers(0, 8))
boxes = st.tuples(corner, corner).map(lambda two: shapely.box(*np.minimum(*two), *(np.maximum(*two) + 1)))
triangles = (
    st.tuples(corner, corner, corner)
    .map(lambda three: shapely.Polygon(three))
    .filter(lambda shape: shape.is_valid and shape.area > 0)
)
steps = st.integers(-4, 40).map(lambda step: step / 4)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(boxes, triangles), min_size=1, max_size=6),
    st.lists(st.tuples(steps, steps), min_size=1, max_size=60),
    st.integers(1, 40),
    st.sampled_from([1.0, 0.01, 1 / 3, 20.0]),
)
def test_any_small_coverage_is_answered_as_the_first_version_did(
    shapes: list[shapely.Polygon], points: list[tuple[float, float]], n_side: int, scale: float
) -> None:
    scaled = shapely.transform(as_shapes(*shapes), lambda places: 105 + places * scale)
    places = shake(105 + np.array(points) * scale)
    assert tell_differences(lay_grid(scaled, n_side), places[:, 0].copy(), places[:, 1].copy()) == []


def make_many(n: int) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(SEED)
    x = chance.uniform(WEST - 0.002, WEST + 0.032, n)
    y = chance.uniform(SOUTH - 0.002, SOUTH + 0.022, n)
    x[:40], y[40:80] = np.nan, np.inf
    x[80:120] = y[80:120] = 0.0
    x[200:400] = WEST + 0.01
    return x, y


def test_many_points_take_the_grid_and_keep_the_rule_of_the_join() -> None:
    x, y = make_many(20_000)
    wards = make_wards()
    assert isinstance(make_finder(wards, len(x)), GridFinder)
    placed = place_points(wards, x, y)
    expected, was_edge = find_wards(wards.frame.geometry.to_numpy(), x, y)
    assert placed["outcome"].value_counts()["no_location"] == 120
    assert (placed["ward_code"].map({code: at for at, code in enumerate(CODES)}).fillna(-1) == expected).all()
    assert ((placed["method"] == "edge") == was_edge).all()
    assert placed.dtypes.astype(str).tolist() == ["object", "object", "object", "float64"]


def test_few_points_are_not_worth_a_grid() -> None:
    assert isinstance(make_finder(make_wards(), 50), ExactFinder)


def test_batches_placed_by_one_finder_make_up_the_whole() -> None:
    x, y = make_many(3_000)
    wards = make_wards()
    finder = make_finder(wards, 100_000)
    parts = [
        place_points_by(finder, wards, x[at : at + 700], y[at : at + 700]) for at in range(0, 3_000, 700)
    ]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), place_points(wards, x, y))


@pytest.mark.parametrize(
    "shapes",
    [
        pytest.param(as_shapes(), id="no wards"),
        pytest.param(as_shapes(None, None), id="wards without outlines"),
        pytest.param(as_shapes(shapely.box(105, 10, 105 + 3e-14, 10.1)), id="a ward as thin as a rounding"),
    ],
)
def test_what_no_grid_can_hold_is_answered_without_one(shapes: Shapes) -> None:
    index = pd.Index([str(number) for number in range(len(shapes))], name="ward_code")
    wards = Wards(gpd.GeoDataFrame(geometry=shapes, index=index, crs="EPSG:4326"))
    x, y = np.full(5_000, 104.9), np.full(5_000, 10.05)
    x[:10] = 105.0
    placed = place_points(wards, x, y)
    expected, _ = find_wards(shapes, x, y)
    assert (placed["outcome"] == "joined").tolist() == (expected >= 0).tolist()


def test_the_middle_of_a_ward_is_the_same_for_one_point_and_for_many() -> None:
    x, y = (np.repeat(axis, 400) for axis in np.array([middle(code) for code in CODES]).T)
    assert place_points(make_wards(), x, y)["ward_code"].tolist() == list(np.repeat(CODES, 400))


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("city", "boundaries"), [("chicago", "boundaries_wards_2023.zip"), ("dc", "boundaries_wards_2022.zip")]
)
def test_real_incidents_get_the_wards_of_the_first_version(
    real_data: Path, city: str, boundaries: str
) -> None:
    folder = real_data / "cities" / city
    shapes = read_boundaries(folder / boundaries).frame.geometry.to_numpy()
    places = pd.read_parquet(folder / "points.parquet")[["lon", "lat"]].to_numpy(dtype=float)
    for n_side in (50, 400, 2000):
        assert tell_differences(lay_grid(shapes, n_side), places[:, 0].copy(), places[:, 1].copy()) == []
