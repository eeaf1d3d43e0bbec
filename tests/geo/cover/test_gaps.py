"""Incidents that no camera sees, gathered where they lie together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption
from geo.cover.gaps import Gaps, find_gaps
from tests.geo.cover.eyes import NAN

Place = tuple[float, float]


def find(
    places: list[Place], *, n: object = 1.0, ward: object = "A", seen: object = False, **options: float
) -> Gaps:
    table = pd.DataFrame(np.array(places, dtype=float).reshape(-1, 2), columns=["easting", "northing"])
    is_seen = np.broadcast_to(np.asarray(seen, dtype=bool), len(table))
    return find_gaps(table.assign(n=n, ward_code=ward), is_seen, **options)


def test_a_chain_of_incidents_is_one_gap_and_a_far_one_stays_single() -> None:
    gaps = find([(0, 0), (100, 0), (200, 0), (1000, 0)])
    expected = pd.DataFrame(
        {
            "number": [1],
            "n_incidents": [3.0],
            "n_places": [3],
            "easting": [100.0],
            "northing": [0.0],
            "radius_m": [100.0],
            "ward_code": ["A"],
        }
    )
    pd.testing.assert_frame_equal(gaps.table, expected, check_dtype=False)
    assert (gaps.n_given, gaps.n_seen, gaps.n_in_gaps, gaps.n_single) == (4, 0, 3, 1)


def test_incidents_that_are_seen_do_not_hold_a_chain_together() -> None:
    gaps = find([(0, 0), (100, 0), (200, 0)], seen=[False, True, False], fewest=1)
    assert gaps.table["n_incidents"].tolist() == [1, 1]
    assert (gaps.n_given, gaps.n_seen, gaps.n_in_gaps) == (3, 1, 2)


def test_gaps_are_ranked_by_incidents_then_from_west_to_east() -> None:
    places = [(5000.0, 0.0)] * 4 + [(9000.0, 0.0)] * 5 + [(1000.0, 0.0)] * 4
    table = find(places).table
    assert table["number"].tolist() == [1, 2, 3]
    assert table["easting"].tolist() == [9000, 1000, 5000]
    assert table["n_places"].tolist() == [1, 1, 1]


def test_the_centre_is_the_mean_of_the_incidents_and_the_ward_that_of_most() -> None:
    gaps = find([(0, 0), (40, 30)], n=[1, 4], ward=["B", "C"])
    (row,) = gaps.table.itertuples()
    assert (row.easting, row.northing, row.ward_code) == (32, 24, "C")
    assert row.radius_m == pytest.approx(40)


def test_a_gap_in_no_ward_names_none() -> None:
    gaps = find([(0, 0)], n=3, ward=None)
    assert gaps.table["ward_code"].tolist() == [None]


def test_rows_without_a_place_or_a_number_are_left_out_and_counted() -> None:
    gaps = find([(0, 0), (NAN, 0), (0, 0)], n=[3, 1, NAN])
    assert (gaps.n_given, gaps.n_in_gaps, gaps.n_left_out) == (3, 3, 2)


@pytest.mark.parametrize("places", [[], [(0.0, 0.0)]])
def test_too_few_incidents_make_no_gap(places: list[Place]) -> None:
    gaps = find(places)
    assert len(gaps.table) == 0
    assert gaps.n_single == len(places)
    assert gaps.table.columns[0] == "number"


@pytest.mark.parametrize("link_m", [0.0, -5.0, NAN])
def test_a_distance_that_is_none_is_refused(link_m: float) -> None:
    with pytest.raises(BadOption, match="link"):
        find([(0, 0)], link_m=link_m)


spot = st.tuples(
    st.integers(0, 12).map(lambda step: step * 60.0), st.integers(0, 12).map(lambda step: step * 60.0)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(spot, max_size=40))
def test_gaps_are_the_chains_found_by_walking_from_one_incident_to_the_next(places: list[Place]) -> None:
    left, chains = list(range(len(places))), []
    while left:
        chain, edge = [], [left.pop()]
        while edge:
            here = edge.pop()
            chain.append(here)
            near = [there for there in left if np.hypot(*np.subtract(places[here], places[there])) <= 100]
            left = [there for there in left if there not in near]
            edge += near
        chains.append(len(chain))
    gaps = find(places)
    assert gaps.table["n_incidents"].tolist() == sorted((n for n in chains if n >= 3), reverse=True)
    assert gaps.n_single == sum(n for n in chains if n < 3)
