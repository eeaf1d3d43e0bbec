"""Nine classes of incidents and camera density."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cover.both import BOTH_CLASSES, BothBars, both
from geo.indicators import camera_gap, find_gap_bars
from tests.geo.cover.eyes import NAN

NINE = pd.Index(list("abcdefghi"))


def test_thirds_of_each_make_nine_classes() -> None:
    n = pd.Series([1, 2, 3, 4, 5, 6, 7, 8, 9], NINE, dtype=float)
    density = pd.Series([1, 4, 7, 2, 5, 8, 3, 6, 9], NINE, dtype=float)
    answer = both(n, density)
    assert answer.classes.tolist() == ["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"]
    assert answer.classes.index.equals(NINE)
    assert answer.bars == BothBars((4, 7), (3.7, 6.4))


def test_a_ward_without_one_of_the_numbers_has_no_class_and_moves_no_bar() -> None:
    n = pd.Series([1, 5, 9, 100, NAN], dtype=float)
    density = pd.Series([1, 5, 9, NAN, 100], dtype=float)
    answer = both(n, density)
    assert answer.classes.tolist() == ["A1", "B2", "C3", None, None]
    assert answer.bars == both(n[:3], density[:3]).bars


def test_where_most_have_no_camera_those_are_the_lowest_class_and_the_rest_is_halved() -> None:
    density = pd.Series([0, 0, 0, 0, 0, 0, 1, 2, 3, 4], dtype=float)
    answer = both(pd.Series(np.arange(10.0, 20.0)), density)
    assert answer.classes.str[1].tolist() == ["1"] * 6 + ["2", "2", "3", "3"]
    assert answer.bars is not None
    assert answer.bars.cameras_per_km2 == (1.0, 2.5)


def test_under_three_incidents_are_never_many() -> None:
    n = pd.Series([0, 0, 0, 0, 1, 2], dtype=float)
    answer = both(n, pd.Series([1.0, 2, 3, 4, 5, 6]))
    assert answer.classes.str[0].tolist() == ["A", "A", "A", "A", "B", "B"]


def test_wards_level_with_each_other_share_a_class() -> None:
    answer = both(pd.Series([5.0] * 6), pd.Series([0.0] * 6))
    assert set(answer.classes) == {"C1"}
    assert answer.bars == BothBars((5, 5), (1.0, 1.0))


def test_two_wards_are_too_few_for_thirds() -> None:
    answer = both(pd.Series([1.0, 9.0, NAN]), pd.Series([1.0, 9.0, 3.0]))
    assert answer.bars is None
    assert answer.classes.tolist() == [None, None, None]


ROWS = st.lists(
    st.tuples(st.integers(0, 40), st.floats(0, 50).map(lambda v: round(v, 2))), min_size=3, max_size=30
)


def test_the_ward_with_the_fewest_cameras_is_not_among_those_with_none() -> None:
    density = pd.Series([0, 0, 0, 0.123, 0.4, 0.9])
    answer = both(pd.Series([9.0] * 6), density)
    assert answer.classes.tolist() == ["C1", "C1", "C1", "C2", "C3", "C3"]
    assert answer.bars == BothBars((9, 9), (0.12, 0.4))


@settings(deadline=None)
@given(ROWS, st.lists(st.booleans(), min_size=30, max_size=30))
def test_many_incidents_and_few_cameras_are_the_wards_of_the_gap(
    rows: list[tuple[int, float]], told: list[bool]
) -> None:
    n, density = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    density = density.where(pd.Series(told[: len(rows)]))
    gap = camera_gap(n, density, find_gap_bars(n, density))
    classes = both(n, density).classes
    assert (classes == "C1").tolist() == (gap == 1).tolist()
    assert classes.isna().tolist() == gap.isna().tolist()


@settings(deadline=None)
@given(ROWS)
def test_the_printed_bars_give_the_classes(rows: list[tuple[int, float]]) -> None:
    n, density = (pd.Series(column, dtype=float) for column in zip(*rows, strict=True))
    answer = both(n, density)
    assert answer.bars is not None
    for found, incidents, cameras in zip(answer.classes, n, density, strict=True):
        letter = sum(incidents >= bar for bar in answer.bars.n_incidents)
        digit = sum(cameras >= bar for bar in answer.bars.cameras_per_km2)
        assert found == "ABC"[letter] + "123"[digit]
        assert found in BOTH_CLASSES
        assert letter < 2 or incidents >= 3
