"""The Mann-Kendall test against a worked example, scipy and its laws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from geo.stats.trend import mann_kendall

NAN = float("nan")
SERIES = st.lists(st.integers(0, 6), min_size=4, max_size=25)


def test_the_example_worked_by_hand_at_holy_cross() -> None:
    """Little, "A Mann-Kendall Example (By Hand)": S = 54, one tie, Z = 2.9058."""
    values = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
    test = mann_kendall(pd.DataFrame([values])).iloc[0]
    assert test["s"] == 54
    assert test["variance"] == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert test["z"] == pytest.approx(2.9058, abs=5e-5)


@settings(deadline=None, max_examples=50)
@given(SERIES)
def test_s_and_its_variance_are_those_of_kendalls_tau(values: list[int]) -> None:
    test = mann_kendall(pd.DataFrame([values])).iloc[0]
    if len(set(values)) == 1:
        assert np.isnan(test["z"])
        return
    tau = stats.kendalltau(range(len(values)), values, method="asymptotic")
    p = 2 * stats.norm.sf(abs(test["s"]) / test["variance"] ** 0.5)
    assert p == pytest.approx(tau.pvalue, rel=1e-9)
    assert np.sign(test["s"]) == np.sign(round(tau.statistic, 12))


@settings(deadline=None, max_examples=50)
@given(SERIES)
def test_backwards_in_time_the_trend_turns_round(values: list[int]) -> None:
    both = mann_kendall(pd.DataFrame([values, values[::-1]]))
    assert both["s"].iloc[0] == -both["s"].iloc[1]
    np.testing.assert_allclose(both["z"].iloc[0], -both["z"].iloc[1])


def test_a_missing_value_is_left_out() -> None:
    rows = pd.DataFrame(
        [[1, NAN, 2, 3, 3, 5], [NAN] * 6, [4] + [NAN] * 5], index=["a", "b", "c"], dtype=float
    )
    tests = mann_kendall(rows)
    alone = mann_kendall(pd.DataFrame([[1, 2, 3, 3, 5]], index=["a"], dtype=float))
    pd.testing.assert_frame_equal(tests.loc[["a"]], alone)
    assert tests["z"].isna().tolist() == [False, True, True]
