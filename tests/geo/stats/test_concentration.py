"""How few wards hold how many incidents, for how long, and how much of that is chance."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.stats.concentration import (
    cumulative_share,
    expected_share_by_chance,
    gini,
    share_if_equal,
    top_fifth_years,
    wards_holding,
)
from tests.mau import CODES

NAN = float("nan")
INDEX = pd.Index(CODES, name="ward_code")
LISTS = st.lists(st.integers(0, 300), min_size=1, max_size=30)


def counts(*n: float) -> pd.Series:
    return pd.Series(n, index=INDEX[: len(n)], dtype=float)


def test_wards_stand_from_most_to_fewest_with_their_running_share() -> None:
    expected = pd.DataFrame(
        {
            "k": [1, 2, 3, 4, 5],
            "n": [10.0, 4, 4, 2, 0],
            "share": [0.5, 0.2, 0.2, 0.1, 0.0],
            "cumulative_share": [0.5, 0.7, 0.9, 1.0, 1.0],
        },
        index=pd.Index(["00005", "00001", "00003", "00004", "00006"], name="ward_code"),
    )
    pd.testing.assert_frame_equal(cumulative_share(counts(4, NAN, 4, 2, 10, 0)), expected)


def test_nothing_counted_has_no_shares() -> None:
    curve = cumulative_share(counts(0, 0, NAN))
    assert curve["share"].isna().all()
    assert curve["cumulative_share"].isna().all()
    assert wards_holding(counts(0, 0, NAN), 0.5) == 0
    assert math.isnan(gini(counts(0, 0, NAN)))
    assert cumulative_share(counts(NAN)).empty


def test_so_many_wards_hold_half_and_four_fifths() -> None:
    n = counts(4, NAN, 4, 2, 10, 0)
    assert [wards_holding(n, share) for share in (0.5, 0.51, 0.7, 0.8, 1.0)] == [1, 2, 2, 3, 4]


def test_three_tenths_are_three_wards_of_ten() -> None:
    assert wards_holding(pd.Series([1.0] * 10), 0.3) == 3
    assert wards_holding(pd.Series([0.1] * 10), 0.8) == 8


@settings(deadline=None, max_examples=50)
@given(LISTS, st.floats(0.01, 1))
def test_the_wards_that_hold_a_share_are_as_few_as_can_be(n: list[int], share: float) -> None:
    k = wards_holding(pd.Series(n, dtype=float), share)
    ordered = sorted(n, reverse=True)
    if sum(n) == 0:
        assert k == 0
        return
    assert sum(ordered[:k]) >= share * sum(n) * (1 - 1e-8)
    assert sum(ordered[: k - 1]) < share * sum(n)


def test_gini_of_known_spreads() -> None:
    assert gini(counts(3, 3, 3, 3)) == pytest.approx(0)
    assert gini(counts(0, 0, 0, 8)) == pytest.approx(0.75)
    assert gini(counts(1, 2, 3, 4)) == pytest.approx(0.25)
    assert gini(counts(1, NAN, 2, 3, 4)) == pytest.approx(0.25)


@settings(deadline=None, max_examples=50)
@given(LISTS)
def test_gini_is_half_the_mean_difference_over_the_mean(n: list[int]) -> None:
    values = np.array(n, float)
    if values.sum() == 0:
        return
    by_pairs = np.abs(values[:, None] - values[None]).mean() / (2 * values.mean())
    assert gini(pd.Series(values)) == pytest.approx(by_pairs)
    assert gini(pd.Series(values * 7)) == pytest.approx(by_pairs)


def test_years_at_the_top_count_known_years_only() -> None:
    history = pd.DataFrame(
        {
            "2020": [9, 1, 1, 1, 1, NAN],
            "2021": [NAN, 9, 1, 1, 1, NAN],
            "2022": [9, 5, 1, 1, 1, NAN],
        },
        index=INDEX,
        dtype=float,
    )
    expected = pd.DataFrame(
        {"years_in_top_fifth": [2, 1, 0, 0, 0, NAN], "n_known": [2, 3, 3, 3, 3, 0]}, index=INDEX
    )
    pd.testing.assert_frame_equal(top_fifth_years(history), expected)


def test_one_incident_is_always_all_in_one_ward() -> None:
    chance = expected_share_by_chance(1, 6, 1, seed=3)
    assert (chance.expected, chance.low, chance.high) == (1.0, 1.0, 1.0)
    assert (chance.seed, chance.draws) == (3, 999)
    assert expected_share_by_chance(50, 6, 6, seed=3).expected == 1.0
    assert expected_share_by_chance(50, 6, 9, seed=3).expected == 1.0


def test_two_incidents_in_two_wards_fall_together_half_of_the_time() -> None:
    # the fuller ward holds all of them with probability 1/2, else half: 3/4 on average
    chance = expected_share_by_chance(2, 2, 1, seed=11, draws=20_000)
    assert chance.expected == pytest.approx(0.75, abs=0.01)


def test_few_incidents_concentrate_by_chance_and_many_do_not() -> None:
    few, many = (expected_share_by_chance(n, 80, 8, seed=1) for n in (60, 60_000))
    assert share_if_equal(8, 80) == 0.1
    assert 0.25 < few.low <= few.expected <= few.high < 0.45
    assert 0.1 < many.expected < 0.11
    assert few == expected_share_by_chance(60, 80, 8, seed=1)


def test_no_incidents_or_no_wards_are_refused() -> None:
    for total, n_wards in ((0, 6), (5, 0)):
        with pytest.raises(ValueError):
            expected_share_by_chance(total, n_wards, 1, seed=1)
