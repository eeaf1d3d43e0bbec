"""Points to wards: exact, one ward each, and the rule on edges and overlaps."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.frames import Wards
from geo.join import list_place_findings, place_points
from tests.mau import CODES, SOUTH, WEST, make_wards, middle

WARDS = make_wards()
NAN = float("nan")


def place(*points: tuple[float, float], wards: Wards = WARDS, nearest_m: float = 0.0) -> pd.DataFrame:
    x, y = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    return place_points(wards, x, y, nearest_m=nearest_m)


def test_the_middle_of_each_ward_lies_in_that_ward() -> None:
    placed = place(*(middle(code) for code in CODES))
    assert placed["ward_code"].tolist() == list(CODES)
    assert placed["method"].tolist() == ["within"] * 6
    assert placed["distance_m"].tolist() == [0.0] * 6


def test_a_point_on_a_shared_edge_goes_to_the_first_ward_in_file_order() -> None:
    edge, corner = (WEST + 0.01, SOUTH + 0.005), (WEST + 0.01, SOUTH + 0.01)
    placed = place(edge, corner)
    assert placed["ward_code"].tolist() == ["00001", "00001"]
    assert placed["method"].tolist() == ["edge", "edge"]
    turned = Wards(WARDS.frame.iloc[::-1])
    assert place(edge, corner, wards=turned)["ward_code"].tolist() == ["00002", "00005"]


def test_a_point_on_the_outer_edge_belongs_to_its_only_ward() -> None:
    placed = place((WEST, SOUTH + 0.005))
    assert placed[["ward_code", "method"]].to_numpy().tolist() == [["00001", "edge"]]


def test_where_two_wards_overlap_the_first_takes_the_point_and_the_row_says_so() -> None:
    frame = WARDS.frame.iloc[:2].copy()
    frame.loc["00002", "geometry"] = shapely.box(WEST + 0.005, SOUTH, WEST + 0.02, SOUTH + 0.01)
    placed = place((WEST + 0.007, SOUTH + 0.005), (WEST + 0.015, SOUTH + 0.005), wards=Wards(frame))
    assert placed[["ward_code", "method"]].to_numpy().tolist() == [["00001", "edge"], ["00002", "within"]]


def test_a_point_inside_one_ward_and_on_the_edge_of_another_is_within_the_one() -> None:
    frame = WARDS.frame.iloc[:2].copy()
    frame.loc["00002", "geometry"] = shapely.box(WEST + 0.005, SOUTH, WEST + 0.02, SOUTH + 0.01)
    placed = place((WEST + 0.01, SOUTH + 0.005), wards=Wards(frame))
    assert placed[["ward_code", "method"]].to_numpy().tolist() == [["00002", "within"]]


def test_zero_and_unreadable_coordinates_are_no_location_and_far_points_are_outside() -> None:
    placed = place((0.0, 0.0), (NAN, 10.0), (float("inf"), 10.0), (106.0, 10.0), (500_000.0, 1_100_000.0))
    assert placed["outcome"].tolist() == ["no_location"] * 3 + ["outside"] * 2
    assert placed["ward_code"].tolist() == [None] * 5


def test_a_hole_belongs_to_nobody() -> None:
    frame = WARDS.frame.iloc[:1].copy()
    hole = shapely.box(WEST + 0.004, SOUTH + 0.004, WEST + 0.006, SOUTH + 0.006)
    frame.loc["00001", "geometry"] = frame.loc["00001", "geometry"].difference(hole)
    assert place(middle("00001"), wards=Wards(frame))["outcome"].tolist() == ["outside"]


def test_nearest_takes_only_points_within_reach_and_tells_the_metres() -> None:
    # 0.001° of latitude is 110.6 m at 10° N.
    near, far = (WEST + 0.005, SOUTH - 0.001), (WEST + 0.005, SOUTH - 0.01)
    placed = place(near, far, middle("00002"), nearest_m=200)
    assert placed["ward_code"].tolist() == ["00001", None, "00002"]
    assert placed["method"].tolist() == ["nearest", "none", "within"]
    np.testing.assert_allclose(placed["distance_m"], [110.6, NAN, 0.0], atol=0.1)


def test_swapped_coordinates_are_noticed_but_not_mended() -> None:
    x, y = np.array([SOUTH + 0.005] * 3), np.array([WEST + 0.005] * 3)
    placed = place_points(WARDS, x, y)
    assert placed["outcome"].tolist() == ["outside"] * 3
    assert [f.code for f in list_place_findings(placed, x, y, WARDS, "d.csv")] == [
        "OutsideWards",
        "LooksSwapped",
    ]


def test_no_points_and_no_wards_give_empty_answers() -> None:
    assert len(place_points(WARDS, np.array([]), np.array([]))) == 0
    assert place(middle("00001"), wards=Wards(WARDS.frame.iloc[:0]))["outcome"].tolist() == ["outside"]


# Quarter sides, so that many points fall on edges and corners.
grid = st.integers(-2, 14).map(lambda step: step * 0.0025)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(grid, grid), min_size=1, max_size=40))
def test_places_agree_with_a_plain_within_join_wherever_that_gives_one_answer(
    steps: list[tuple[float, float]],
) -> None:
    points = [(WEST + dx, SOUTH + dy) for dx, dy in steps]
    placed = place(*points)
    geometry = gpd.GeoDataFrame(geometry=shapely.points(points), crs="EPSG:4326")
    plain = geometry.sjoin(WARDS.frame, predicate="within")["ward_code"]
    assert (placed.loc[plain.index, "ward_code"] == plain).all()
    touching = geometry.sjoin(WARDS.frame, predicate="intersects").index.unique()
    assert set(placed.index[placed["outcome"] == "joined"]) == set(touching)
