"""A year still running: what is expected of it, on what basis, and with which range."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.stats.projection import project_year

NAN = float("nan")


def test_the_rest_is_last_years_while_the_level_is_not_clearly_another() -> None:
    year = project_year(90, 270, 365, 85, 30)
    assert (year.expected, year.basis) == (120.0, "last_year")
    # negative binomial (30.5, 1/2): 95 % from 17 to 47
    assert (year.low, year.high) == (107.0, 137.0)


def test_a_clearly_other_level_scales_the_rest() -> None:
    year = project_year(200, 270, 365, 100, 40)
    assert (year.expected, year.basis) == (280.0, "scaled")
    assert 200 < year.low < 280 < year.high


def test_the_scaled_range_is_that_of_a_drawn_year() -> None:
    """Draw the share of the year behind us, then the rest, and compare the quantiles."""
    chance = np.random.default_rng(20261122)
    behind = chance.beta(85.5, 30.5, 400_000)
    rest = chance.negative_binomial(200.5, behind)
    year = project_year(200, 270, 365, 85, 30)
    assert year.basis == "scaled"
    np.testing.assert_allclose([year.low - 200, year.high - 200], np.quantile(rest, [0.025, 0.975]), atol=1)


def test_without_last_year_the_pace_of_this_one_goes_on() -> None:
    year = project_year(5, 73, 365)
    assert (year.expected, year.basis) == (25.0, "days")
    assert year.low < 25 < year.high
    assert project_year(30, 73, 365, 0, 9).basis == "days"
    assert project_year(5, 73, 365, NAN, 9).basis == "days"


def test_nothing_so_far_and_nothing_last_year_is_not_nothing_for_certain() -> None:
    year = project_year(0, 90, 365, 0, 0)
    assert (year.expected, year.low, year.high) == (0.0, 0.0, 3.0)


def test_a_finished_year_is_certain_and_an_unknown_one_unknown() -> None:
    year = project_year(44, 365, 365, 40, 0)
    assert (year.expected, year.low, year.high) == (44.0, 44.0, 44.0)
    assert math.isnan(project_year(NAN, 90, 365, 4, 9).expected)
    for days in (0, 366):
        with pytest.raises(ValueError):
            project_year(1, days, 365)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 300), st.integers(1, 364), st.integers(0, 300), st.integers(0, 300))
def test_what_happened_stays_and_the_range_holds_the_expectation(
    so_far: int, days: int, previous_so_far: int, previous_rest: int
) -> None:
    year = project_year(so_far, days, 365, previous_so_far, previous_rest)
    assert so_far <= year.low <= year.high
    assert year.low <= year.expected <= year.high


def test_the_range_covers_the_years_end_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        before, after, so_far, rest = chance.poisson([40, 20, 40, 20])
        year = project_year(so_far, 243, 365, before, after)
        held += year.low <= so_far + rest <= year.high
    assert 0.93 <= held / 600 <= 0.99
