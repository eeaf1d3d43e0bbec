"""Percent thresholds as whole counts, without rounding errors."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.exact import as_fraction, count_needed, holds, whole_limit
from planning.targets import OPERATORS, Operator


@pytest.mark.parametrize(
    ("operator", "pct", "whole", "needed"),
    [
        (">=", 60, 9, 6), (">=", 60, 88, 53), (">=", 100, 88, 88), (">=", 60, 5, 3), (">=", 85, 6, 6),
        (">=", 85, 20, 17), (">", 60, 5, 4), ("<", 15, 20, 2), ("<", 15, 21, 3), ("<=", 15, 20, 3),
        ("=", 50, 4, 2), ("=", 50, 5, None), ("<", 15, 0, None), (">=", 60, 0, 0), (">=", 0.1, 1000, 1),
        (">=", 60, 12.5, 8),
    ],
)  # fmt: skip
def test_a_percentage_needs_so_many(operator: Operator, pct: float, whole: float, needed: int | None) -> None:
    assert count_needed(operator, pct, whole) == needed


def test_a_number_is_the_one_that_was_written() -> None:
    assert (as_fraction(0.1), as_fraction(-5.0), as_fraction(1e-05)) == (
        Fraction(1, 10), Fraction(-5), Fraction(1, 100_000),
    )  # fmt: skip
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError):
            as_fraction(value)


@given(st.sampled_from(OPERATORS), st.fractions(-50, 50, max_denominator=60))
def test_the_last_whole_count_holds_and_the_next_does_not(operator: Operator, limit: Fraction) -> None:
    last = whole_limit(operator, limit)
    if last is None:
        assert (operator, limit.denominator == 1) == ("=", False)
        return
    beyond = -1 if operator in (">=", ">") else 1
    assert holds(operator, Fraction(last), limit)
    assert not holds(operator, Fraction(last + beyond), limit)
