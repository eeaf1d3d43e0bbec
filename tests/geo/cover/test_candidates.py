"""Where a further camera could stand: junctions of roads, middles of a grid, rows of a list."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, MissingColumns, UnknownCrs
from geo.cover.candidates import from_table, grid, junctions
from geo.cover.demand import find_near
from tests.mau import make_table

BOXES = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 300, 200), shapely.box(300, 0, 500, 100)])
NOWHERE = np.empty((0, 2))


def lines(*roads: list[tuple[float, float]]) -> np.ndarray:
    return np.array([shapely.LineString(road) for road in roads], dtype=object)


def test_a_place_that_three_ways_leave_is_a_junction_and_a_bend_is_none() -> None:
    tee = lines([(0, 0), (10, 0)], [(10, 0), (20, 5)], [(10, 0), (10, 10)])
    assert junctions(tee).tolist() == [[10, 0]]
    assert junctions(tee[:2]).tolist() == []


def test_a_road_that_ends_at_a_vertex_of_another_makes_a_junction() -> None:
    assert junctions(lines([(0, 0), (10, 0), (20, 0)], [(10, 0), (10, 9)])).tolist() == [[10, 0]]


def test_two_roads_through_one_vertex_make_a_junction() -> None:
    crossing = lines([(0, 0), (10, 10), (20, 20)], [(0, 20), (10, 10), (20, 0)])
    assert junctions(crossing).tolist() == [[10, 10]]


def test_a_road_drawn_twice_or_round_to_its_start_makes_no_junction() -> None:
    road = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)]
    assert junctions(lines(road, road[::-1], [(20.0, 0.0), (30.0, 0.0)])).tolist() == []
    assert junctions(lines([(0, 0), (9, 0), (9, 9), (0, 0)])).tolist() == []


def test_roads_that_cross_without_a_vertex_meet_only_when_asked() -> None:
    bridge = lines([(0, 0), (20, 20)], [(0, 20), (20, 0)])
    assert junctions(bridge).tolist() == []
    assert junctions(bridge, crossings=True).tolist() == [[10, 10]]
    joined = lines([(0, 0), (10, 0)], [(10, 0), (20, 0)])
    assert junctions(joined, crossings=True).tolist() == []


def test_no_roads_have_no_junctions() -> None:
    assert junctions(np.empty(0, dtype=object)).shape == (0, 2)
    assert junctions(np.empty(0, dtype=object), crossings=True).shape == (0, 2)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=5, unique=True),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_neither_order_nor_direction_of_the_lines_matters(roads: list, chance: object) -> None:
    turned = [road[::-1] for road in roads]
    chance.shuffle(turned)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(junctions(lines(*roads)), junctions(lines(*turned)))


def test_a_grid_has_the_middles_that_lie_in_a_ward_from_south_to_north() -> None:
    assert grid(BOXES, 100.0).tolist() == [
        [50, 50], [150, 50], [250, 50], [350, 50], [450, 50], [50, 150], [150, 150], [250, 150],
    ]  # fmt: skip


def test_a_middle_on_the_border_of_two_wards_is_there_once() -> None:
    halves = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 50, 100), shapely.box(50, 0, 100, 100)])
    assert grid(halves, 100.0).tolist() == [[50, 50]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-50, 550), st.floats(-50, 250)), max_size=6),
    st.floats(20, 150),
    st.floats(10, 200),
)
def test_a_grid_near_places_is_the_part_of_the_whole_grid_within_the_radius(
    places: list[tuple[float, float]], step_m: float, radius_m: float
) -> None:
    near = np.array(places, dtype=float).reshape(-1, 2)
    whole = grid(BOXES, step_m)
    expected = whole[find_near(whole, near, radius_m)]
    np.testing.assert_array_equal(grid(BOXES, step_m, near=near, radius_m=radius_m), expected)


@pytest.mark.parametrize(
    ("step_m", "reason"), [(0.0, "grid_step"), (float("nan"), "grid_step"), (0.01, "grid_cells")]
)
def test_a_grid_that_cannot_be_laid_is_refused(step_m: float, reason: str) -> None:
    for near in (None, np.array([[10.0, 10.0], [200.0, 50.0]])):
        with pytest.raises(BadOption) as refused:
            grid(BOXES, step_m, near=near, radius_m=50.0)
        assert refused.value.reason == reason


def test_a_list_keeps_its_order_and_names_and_tells_rows_without_a_place() -> None:
    table = make_table({
        "Tên": ["Ngã tư A", None, "Cổng chợ", "Bến xe"],
        "Kinh độ": ["105,005", "105.006", "", "0"],
        "Vĩ độ": ["10,005", "10.006", "10.007", "0"],
    })  # fmt: skip
    found = from_table(table)
    assert found.frame.to_dict("list") == {
        "longitude": [105.005, 105.006], "latitude": [10.005, 10.006], "name": ["Ngã tư A", ""],
    }  # fmt: skip
    assert [(finding.code, finding.facts["n"]) for finding in found.findings] == [("CandidatesNowhere", 2)]


def test_columns_of_a_list_can_be_named_and_be_in_metres() -> None:
    table = make_table({"E": ["500000"], "N": ["1105700"], "cho": ["Bến đò"]})
    found = from_table(table, longitude="E", latitude="N", name="cho", crs="EPSG:32648")
    assert found.frame.round(3).to_dict("list") == {
        "longitude": [105.0], "latitude": [10.003], "name": ["Bến đò"],
    }  # fmt: skip


def test_a_list_without_coordinates_is_refused_by_the_columns_it_has() -> None:
    table = make_table({"ten": ["A"], "kinh_do": ["105"]})
    with pytest.raises(MissingColumns) as refused:
        from_table(table)
    assert (refused.value.reason, refused.value.facts["columns"]) == ("places", "ten, kinh_do")
    with pytest.raises(MissingColumns, match="named"):
        from_table(table, longitude="lon")


@pytest.mark.parametrize(
    ("x", "y", "reason", "suggestion"),
    [
        (["500000", "501000"], ["1105700", "1105800"], "missing", "EPSG:5897"),
        (["10.003", "10.004"], ["105.0", "105.1"], "swapped", "swapped:EPSG:4326"),
    ],
)
def test_a_list_that_cannot_be_degrees_asks_for_its_reference_system(
    x: list[str], y: list[str], reason: str, suggestion: str
) -> None:
    with pytest.raises(UnknownCrs) as refused:
        from_table(make_table({"longitude": x, "latitude": y}))
    assert (refused.value.reason, refused.value.facts["suggestion"]) == (reason, suggestion)


def test_one_row_in_metres_condemns_no_list_and_is_kept_as_it_stands() -> None:
    found = from_table(make_table({"longitude": ["105.0", "500000"], "latitude": ["10.0", "1105700"]}))
    assert found.frame["longitude"].tolist() == [105.0, 500000.0]


def test_a_list_with_latitude_first_is_read_when_a_person_says_so() -> None:
    table = make_table({"longitude": ["10.003"], "latitude": ["105.01"]})
    assert from_table(table, crs="swapped:EPSG:4326").frame.to_dict("list") == {
        "longitude": [105.01], "latitude": [10.003], "name": [""],
    }  # fmt: skip


def test_a_grid_within_an_endless_radius_is_refused() -> None:
    with pytest.raises(BadOption, match="site_radius"):
        grid(BOXES, 25.0, near=np.array([[10.0, 10.0]]), radius_m=np.inf)
