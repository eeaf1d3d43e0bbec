"""How many of many findings may stand."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.stats.false_discovery import benjamini_hochberg

P = st.lists(st.floats(0, 1), max_size=30)


def test_the_smallest_stand_up_to_the_last_under_its_limit() -> None:
    p = pd.Series([0.205, 0.001, 0.039, 0.008, 0.06, 0.216, 0.041, 0.074, 0.042, 0.212])
    assert p[benjamini_hochberg(p, 0.05)].tolist() == [0.001, 0.008]


def test_one_under_its_limit_carries_those_before_it() -> None:
    p = pd.Series([0.04, 0.045, 0.05, 0.9], index=list("abcd"))
    assert benjamini_hochberg(p, 0.05).tolist() == [False, False, False, False]
    assert benjamini_hochberg(p, 0.07).to_dict() == {"a": True, "b": True, "c": True, "d": False}


def test_a_missing_p_is_no_test() -> None:
    p = pd.Series([0.02, np.nan, 0.04, np.nan])
    assert benjamini_hochberg(p, 0.05).tolist() == [True, False, True, False]


def test_nothing_tested_is_nothing_found() -> None:
    assert benjamini_hochberg(pd.Series([np.nan, np.nan])).tolist() == [False, False]
    assert benjamini_hochberg(pd.Series(dtype=float)).tolist() == []


@given(P, st.floats(0, 0.5))
def test_the_number_that_stand_is_the_largest_rank_under_its_limit(p: list[float], q: float) -> None:
    ordered = sorted(p)
    ranks = [rank for rank in range(1, len(p) + 1) if ordered[rank - 1] <= q * rank / len(p)]
    stands = benjamini_hochberg(pd.Series(p, dtype=float), q)
    largest = ordered[max(ranks) - 1] if ranks else -1.0
    assert stands.tolist() == [value <= largest for value in p]


@given(P, st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_laxer_share_never_drops_one(p: list[float], q: float, other: float) -> None:
    strict, lax = sorted((q, other))
    values = pd.Series(p, dtype=float)
    assert not (benjamini_hochberg(values, strict) & ~benjamini_hochberg(values, lax)).any()
