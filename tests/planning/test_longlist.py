"""Columns that only the long list has."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from planning.longlist import camera_gap_points, origin_of
from tests.mau import CODES

NAN = float("nan")
WARDS = pd.Index(CODES, name="ward_code")
COUNTS = st.lists(st.one_of(st.integers(0, 20), st.just(NAN)), min_size=6, max_size=6)


def on_wards(*values: float) -> pd.Series:
    return pd.Series(values, index=WARDS, dtype=float)


def test_the_gap_is_the_steps_that_incidents_stand_above_cameras() -> None:
    incidents = on_wards(5, 8, 12, 25, 30, 20)
    cameras = on_wards(2, 4, 0, 6, 1, 2)
    pd.testing.assert_series_equal(camera_gap_points(incidents, cameras), on_wards(0, 0, 40, 0, 80, 10))


def test_most_incidents_and_fewest_cameras_give_100() -> None:
    gap = camera_gap_points(on_wards(1, 2, 3, 4, 5, 6), on_wards(6, 5, 4, 3, 2, 1))
    pd.testing.assert_series_equal(gap, on_wards(0, 0, 0, 20, 60, 100))


def test_a_ward_without_either_number_is_unknown_and_is_not_ranked() -> None:
    gap = camera_gap_points(on_wards(1, 99, 2, 3, NAN, NAN), on_wards(3, NAN, 2, 1, 0, NAN))
    pd.testing.assert_series_equal(gap, on_wards(0, NAN, 0, 100, NAN, NAN))


def test_one_known_ward_has_nobody_to_stand_above() -> None:
    gap = camera_gap_points(on_wards(7, NAN, NAN, NAN, NAN, NAN), on_wards(0, 1, 1, 1, 1, 1))
    pd.testing.assert_series_equal(gap, on_wards(*[NAN] * 6))


@given(COUNTS, COUNTS, st.integers(1, 50))
def test_points_lie_in_0_to_100_and_ignore_units(incidents: list, cameras: list, times: int) -> None:
    gap = camera_gap_points(on_wards(*incidents), on_wards(*cameras))
    assert gap.dropna().between(0, 100).all()
    assert list(gap.index) == list(CODES)
    again = camera_gap_points(on_wards(*incidents) * times, on_wards(*cameras) * times)
    pd.testing.assert_series_equal(gap, again)


@given(COUNTS, COUNTS)
def test_no_ward_lacks_cameras_in_both_directions(incidents: list, cameras: list) -> None:
    one = camera_gap_points(on_wards(*incidents), on_wards(*cameras))
    other = camera_gap_points(on_wards(*cameras), on_wards(*incidents))
    assert not ((one > 0) & (other > 0)).any()
    assert abs(one.sum() - other.sum()) < 1e-9


def test_the_origin_says_who_puts_a_ward_forward() -> None:
    origin = origin_of(WARDS, proposed={"00001", "00003", "99999"}, by_figures=["00003", "00005"])
    assert origin.to_dict() == {
        "00001": "unit",
        "00002": "",
        "00003": "both",
        "00004": "",
        "00005": "figures",
        "00006": "",
    }
    assert origin.index.name == "ward_code"
