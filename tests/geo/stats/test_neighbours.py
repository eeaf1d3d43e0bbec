"""Who borders whom, by hand on six squares, and beside libpysal on real outlines."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from libpysal.graph import Graph
from libpysal.weights import Queen

from errors import TooFewWards
from geo.stats.neighbours import contiguity, distance_band, nearest
from geo.stats.weights import Weights, make_weights, restrict
from tests.geo.stats.peers import make_grid, read_can_tho
from tests.mau import make_wards

BUNDLED = Path(__file__).parents[3] / "data" / "boundaries"
METRES = "EPSG:32648"


def list_neighbours(weights: Weights) -> dict[str, str]:
    """Last digits of each ward's neighbours, by the ward's last digit."""
    rows = weights.matrix.toarray()
    return {
        code[-1]: "".join(sorted(other[-1] for other in weights.codes[row > 0]))
        for code, row in zip(weights.codes, rows, strict=True)
    }


def contiguity_of_mau() -> Weights:
    frame = make_wards().frame
    return contiguity(frame.geometry, frame.index)


def test_squares_border_along_sides_and_at_corners() -> None:
    weights = contiguity_of_mau()
    assert list_neighbours(weights) == {
        "1": "245",
        "2": "13456",
        "3": "256",
        "4": "125",
        "5": "12346",
        "6": "235",
    }
    assert (weights.rule, weights.islands, weights.n_links) == ("queen", (), 22)


def assert_same_links(frame: gpd.GeoDataFrame) -> None:
    ours = contiguity(frame.geometry, frame.index)
    places = frame.reset_index(drop=True)
    graph = Graph.build_contiguity(places, rook=False).sparse.toarray()
    queen = Queen.from_dataframe(places, use_index=False, silence_warnings=True).sparse.toarray()
    assert np.array_equal(ours.matrix.toarray(), graph)
    assert np.array_equal(ours.matrix.toarray(), queen)


@pytest.mark.real_data
@pytest.mark.parametrize(("year", "n_links"), [(2021, 430), (2025, 522)])
def test_real_outlines_have_the_links_libpysal_finds(year: int, n_links: int, real_data: Path) -> None:
    frame = read_can_tho(real_data, year)
    assert contiguity(frame.geometry, frame.index).n_links == n_links
    assert_same_links(frame)


@pytest.mark.parametrize("name", ["can_tho_2024.zip", "can_tho_2025.zip"])
def test_the_bundled_outlines_have_the_links_libpysal_finds(name: str) -> None:
    assert_same_links(gpd.read_file(BUNDLED / name).set_index("MA_XA"))


def test_a_corner_upon_a_straight_border_makes_neighbours() -> None:
    tall, low, middle, high = (0, 0, 1, 3), (1, 0, 2, 1), (1, 1, 2, 2), (1, 2, 2, 3)
    shapes = gpd.GeoSeries([shapely.box(*sides) for sides in (tall, low, middle, high)])
    weights = contiguity(shapes, pd.Index(list("1234")), tolerance_m=0)
    assert list_neighbours(weights) == {"1": "234", "2": "13", "3": "124", "4": "13"}


def test_wards_that_overlap_without_a_common_vertex_are_neighbours() -> None:
    shapes = gpd.GeoSeries([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3), shapely.box(9, 9, 10, 10)])
    weights = contiguity(shapes, pd.Index(list("123")))
    assert list_neighbours(weights) == {"1": "2", "2": "1", "3": ""}
    assert weights.islands == ("3",)


@pytest.mark.parametrize(("tolerance_m", "links"), [(0.0, ""), (0.4, ""), (0.6, "2")])
def test_a_sliver_of_half_a_metre_is_bridged_when_the_tolerance_says_so(
    tolerance_m: float, links: str
) -> None:
    shapes = gpd.GeoSeries(
        [shapely.box(0, 0, 100, 100), shapely.box(100.5, 10, 200, 90)], crs=METRES
    ).translate(570_000, 1_110_000)
    for placed in (shapes, shapes.to_crs("EPSG:4326")):
        weights = contiguity(placed, pd.Index(list("12")), tolerance_m=tolerance_m)
        assert list_neighbours(weights)["1"] == links


def test_a_corner_that_rounding_left_off_a_slanting_border_still_touches() -> None:
    slanting = shapely.Polygon([(0, 0), (3, 1), (3, 5), (0, 5)])
    below = shapely.Polygon([(0.9, 0.3 - 1e-9), (0.2, -5), (2, -5)])
    shapes, codes = gpd.GeoSeries([slanting, below], crs=METRES), pd.Index(list("12"))
    assert list_neighbours(contiguity(shapes, codes)) == {"1": "2", "2": "1"}
    assert contiguity(shapes, codes, tolerance_m=0).islands == ("1", "2")


def test_the_order_of_the_file_changes_nothing_but_the_order() -> None:
    grid = make_grid(5, 4)
    shuffled = grid.sample(frac=1, random_state=7)
    there, here = contiguity(shuffled, shuffled.index), contiguity(grid, grid.index)
    back = pd.DataFrame(there.matrix.toarray(), there.codes, there.codes).loc[grid.index, grid.index]
    assert np.array_equal(back.to_numpy(), here.matrix.toarray())


def test_a_distance_band_includes_its_limit() -> None:
    easting, northing = np.array([0.0, 3.0, 3.0, 100.0]), np.array([0.0, 4.0, 4.0, 0.0])
    weights = distance_band(easting, northing, pd.Index(list("1234")), 5.0)
    assert list_neighbours(weights) == {"1": "23", "2": "13", "3": "12", "4": ""}
    assert (weights.rule, weights.distance_m, weights.islands) == ("distance", 5.0, ("4",))


def test_the_nearest_are_not_always_mutual() -> None:
    easting = np.array([0.0, 1.0, 3.0, 7.0])
    weights = nearest(easting, np.zeros(4), pd.Index(list("1234")), 2)
    assert list_neighbours(weights) == {"1": "23", "2": "13", "3": "12", "4": "23"}


def test_wards_at_one_place_are_near_each_other_and_never_themselves() -> None:
    weights = nearest(np.zeros(5), np.zeros(5), pd.Index(list("12345")), 2)
    assert weights.count_neighbours().tolist() == [2, 2, 2, 2, 2]
    assert weights.matrix.diagonal().sum() == 0


def test_more_neighbours_than_other_wards_cannot_be_had() -> None:
    with pytest.raises(TooFewWards) as caught:
        nearest(np.arange(3.0), np.zeros(3), pd.Index(list("123")), 3)
    assert caught.value.facts == {"n": 3, "k": 3, "needed": 4}


def test_rows_sum_to_one_and_an_island_to_nothing() -> None:
    weights = distance_band(np.array([0.0, 1.0, 2.0, 50.0]), np.zeros(4), pd.Index(list("1234")), 1.0)
    assert weights.by_row().matrix.toarray().tolist() == [
        [0, 1, 0, 0],
        [0.5, 0, 0.5, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
    ]


def test_a_ward_joins_its_own_neighbours_with_weight_one() -> None:
    own = contiguity_of_mau().with_self()
    assert own.matrix.diagonal().tolist() == [1.0] * 6
    assert own.with_self().matrix.sum() == own.matrix.sum() == 28
    assert own.count_neighbours().tolist() == [3, 5, 3, 3, 5, 3]
    with pytest.raises(ValueError, match="before the rows"):
        own.by_row().with_self()


def test_a_ward_left_out_takes_its_links_along_and_new_islands_are_named() -> None:
    chain = distance_band(np.array([0.0, 1.0, 2.0, 3.0]), np.zeros(4), pd.Index(list("1234")), 1.0)
    without_third = restrict(chain.by_row(), pd.Series([True, True, False, True], index=chain.codes))
    assert without_third.codes.tolist() == ["1", "2", "4"]
    assert without_third.islands == ("4",)
    assert without_third.matrix.toarray().tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_values_of_other_wards_are_refused() -> None:
    weights = contiguity_of_mau()
    with pytest.raises(ValueError, match="different wards"):
        restrict(weights, pd.Series(True, index=weights.codes[::-1]))


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=40))
def test_pairs_given_twice_or_to_oneself_add_nothing(pairs: list[tuple[int, int]]) -> None:
    first = np.array([a for a, _ in pairs], dtype=np.int64)
    second = np.array([b for _, b in pairs], dtype=np.int64)
    weights = make_weights(first, second, pd.Index(list("01234567")), rule="queen")
    assert weights.n_links == len({(a, b) for a, b in pairs if a != b})
    assert set(weights.islands) == set("01234567") - {str(a) for a, b in pairs if a != b}
