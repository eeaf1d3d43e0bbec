"""Breaks are nice, rise, stay the same over periods, and mean what the legend says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.palettes import INCIDENTS
from layers.scale import Scale, make_even_scale, make_scale, round_nice, spread

NAN = float("nan")


def test_a_class_holds_its_lower_break() -> None:
    scale = Scale((4.0, 8.0, 12.0, 16.0), INCIDENTS)
    classes = scale.classify(pd.Series([0.0, 3.9, 4.0, 11.9, 12.0, 16.0, 99.0, NAN]))
    np.testing.assert_array_equal(classes, [0, 0, 1, 2, 3, 4, 4, NAN])


def test_breaks_are_round_numbers_near_the_quintiles() -> None:
    # quintiles of 1..100 are 20.8, 40.6, 60.4, 80.2
    scale = make_scale(pd.Series(np.arange(1.0, 101.0)), INCIDENTS, decimals=0)
    assert scale.breaks == (20.0, 40.0, 60.0, 80.0)
    assert scale.colours == INCIDENTS


def test_zero_and_missing_do_not_move_the_breaks() -> None:
    values = pd.Series(np.arange(1.0, 101.0))
    padded = pd.concat([values, pd.Series([0.0] * 500 + [NAN] * 50)])
    assert make_scale(padded, INCIDENTS, decimals=0) == make_scale(values, INCIDENTS, decimals=0)


def test_few_distinct_values_give_fewer_classes_that_keep_both_ends_of_the_ramp() -> None:
    scale = make_scale(pd.Series([1.0, 1.0, 1.0, 2.0]), INCIDENTS, decimals=0)
    assert scale == Scale((2.0,), (INCIDENTS[0], INCIDENTS[-1]))
    assert make_scale(pd.Series([3.0, 3.0]), INCIDENTS, decimals=0) == Scale((), (INCIDENTS[2],))
    assert make_scale(pd.Series([NAN, 0.0]), INCIDENTS, decimals=0).breaks == ()


def test_breaks_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        Scale((2.0, 2.0), INCIDENTS[:3])
    with pytest.raises(ValueError, match="colours"):
        Scale((2.0,), INCIDENTS)


def test_differences_are_classed_evenly_around_zero() -> None:
    scale = make_even_scale(pd.Series([-30.0, -4.0, 0.0, 2.0, 30.0]), INCIDENTS)
    assert scale.breaks == (-30.0, -10.0, 10.0, 30.0)


def test_nice_numbers_respect_the_decimals_shown() -> None:
    assert [round_nice(value, decimals=0) for value in (0.2, 1.3, 7.1, 23.0, 470.0)] == [1, 1, 8, 25, 500]
    assert [round_nice(value, decimals=1) for value in (0.13, 1.3, 2.4)] == [0.1, 1.2, 2.5]


def test_a_ramp_is_thinned_from_its_ends() -> None:
    assert spread("abcde", 5) == tuple("abcde")
    assert spread("abcde", 3) == ("a", "c", "e")
    assert spread("abcde", 1) == ("c",)


@given(st.lists(st.floats(0, 1e7, allow_subnormal=False), min_size=1, max_size=60), st.integers(0, 2))
def test_every_value_has_a_class_and_breaks_always_rise(values: list[float], decimals: int) -> None:
    series = pd.Series(values)
    scale = make_scale(series, INCIDENTS, decimals=decimals)
    classes = scale.classify(series)
    assert classes.between(0, len(scale.breaks)).all()
    assert (classes[series.argsort()].diff().dropna() >= 0).all()
