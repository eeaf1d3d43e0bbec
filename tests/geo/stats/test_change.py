"""Two counts beside each other: ratio, exact interval, signal, and what chance alone does."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geo.indicators import SIGNAL_Z, change_z
from geo.stats.change import chance_of_fall, count_z, ratio, ratio_interval, verdict

NAN = float("nan")
COUNTS = st.integers(0, 500)


def series(*values: float) -> pd.Series:
    return pd.Series(values, index=[f"{place:05d}" for place in range(1, len(values) + 1)], dtype=float)


def test_a_ratio_is_of_rates_and_missing_without_a_base() -> None:
    expected = series(2.0, NAN, NAN, 0.0)
    pd.testing.assert_series_equal(
        ratio(series(10, 3, NAN, 0), series(10, 0, 4, 7), 90.0, 180.0), expected, check_names=False
    )


def test_the_interval_is_that_of_rs_poisson_test() -> None:
    """The example of R's help page: Fredericia beside three other cities; 0.8584264 to 4.2772659."""
    low, high = ratio_interval(series(11), series(21), days_now=800, days_before=3011)
    np.testing.assert_allclose([low.iloc[0], high.iloc[0]], [0.8584264, 4.2772659], atol=5e-7)
    assert ratio(series(11), series(21), 800, 3011).iloc[0] == pytest.approx(1.971488, abs=1e-6)


def test_nothing_before_leaves_the_interval_open_and_nothing_at_all_leaves_none() -> None:
    low, high = ratio_interval(series(5, 0, 0, NAN), series(0, 5, 0, 5))
    # 5 and 0: p ≥ 0.025^(1/5) = 0.478176, so the ratio is at least 0.478176/0.521824
    np.testing.assert_allclose(low, [0.916356, 0.0, NAN, NAN], atol=1e-6)
    np.testing.assert_allclose(high, [np.inf, 1.091279, NAN, NAN], atol=1e-6)


@settings(deadline=None, max_examples=50)
@given(COUNTS, COUNTS, st.integers(1, 400), st.integers(1, 400))
def test_the_interval_holds_the_ratio_and_turns_round_with_the_periods(
    now: int, before: int, days_now: int, days_before: int
) -> None:
    days = {"days_now": days_now, "days_before": days_before}
    low, high = (end.iloc[0] for end in ratio_interval(series(now), series(before), **days))
    if now + before == 0:
        assert math.isnan(low)
        assert math.isnan(high)
        return
    back = ratio_interval(series(before), series(now), days_now=days_before, days_before=days_now)
    if before:
        assert low <= ratio(series(now), series(before), days_now, days_before).iloc[0] <= high
        assert back[0].iloc[0] * high == pytest.approx(1)
    if now:
        assert back[1].iloc[0] * low == pytest.approx(1)


def test_the_interval_covers_the_truth_at_least_as_often_as_it_says() -> None:
    n = np.arange(60)
    now, before = (pd.Series(axis.ravel().astype(float)) for axis in np.meshgrid(n, n))
    low, high = ratio_interval(now, before, days_now=2, days_before=1)
    chance = stats.poisson.pmf(now, 16) * stats.poisson.pmf(before, 8)
    covered = (low.fillna(0) <= 1) & (high.fillna(np.inf) >= 1)
    assert 0.95 <= chance[covered.to_numpy()].sum() < 0.985


@settings(deadline=None, max_examples=50)
@given(COUNTS, COUNTS)
def test_one_pair_has_the_z_of_the_indicator(now: int, before: int) -> None:
    assert count_z(now, before) == pytest.approx(change_z(series(now), series(before)).iloc[0])


def test_a_signal_needs_three_and_everything_less_is_no_ground() -> None:
    assert verdict(9, 12) == "no_ground"
    assert verdict(90, 40) == "rise_signal"
    assert verdict(40, 90) == "fall_signal"
    assert verdict(12, 12) == "same"
    assert verdict(25, 12.25) == "rise_signal"  # 2(5 − 3.5) = 3 exactly
    assert verdict(NAN, 3) is None
    assert verdict(3, NAN) is None


@pytest.mark.parametrize(("n", "at_most"), [(3, 0.07), (20, 0.036), (80, 0.036)])
def test_few_unchanged_wards_pass_the_signal(n: int, at_most: float) -> None:
    counts = np.arange(4 * n + 20)
    now, before = (pd.Series(axis.ravel().astype(float)) for axis in np.meshgrid(counts, counts))
    passing = change_z(now, before).abs() >= SIGNAL_Z
    chance = stats.poisson.pmf(now, n) * stats.poisson.pmf(before, n)
    share = float(chance[passing.to_numpy()].sum())
    assert at_most - 0.003 < share <= at_most


@pytest.mark.parametrize(("n", "percent"), [(3, 42), (5, 44), (10, 46), (20, 44), (40, 41), (80, 37)])
def test_a_fall_of_five_percent_comes_by_chance_in_four_wards_of_ten(n: int, percent: int) -> None:
    assert round(100 * chance_of_fall(n)) == percent


def test_a_larger_fall_is_rarer_and_a_mean_of_zero_is_refused() -> None:
    assert chance_of_fall(20, 0.05) > chance_of_fall(20, 0.2) > chance_of_fall(20, 0.5) > 0
    # At a mean of 1, P(before = 1)·P(now = 0) + P(2)·P(≤ 1) + … for a fall of any size
    by_hand = sum(stats.poisson.pmf(b, 1) * stats.poisson.cdf(b, 1) for b in range(1, 30))
    assert chance_of_fall(1, 0.0) == pytest.approx(by_hand)
    with pytest.raises(ValueError):
        chance_of_fall(0)
