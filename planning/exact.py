"""Limits met or missed without a rounding error: 60 % of 5 is 3, never 4."""

import math
from fractions import Fraction

from planning.targets import Operator


def as_fraction(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not the nearest binary number. ValueError for NaN or
    infinity."""
    return Fraction(str(value))


def holds(operator: Operator, value: Fraction, limit: Fraction) -> bool:
    """Whether `value operator limit`."""
    return {
        ">=": value >= limit,
        ">": value > limit,
        "<=": value <= limit,
        "<": value < limit,
        "=": value == limit,
    }[operator]


def whole_limit(operator: Operator, limit: Fraction) -> int | None:
    """The last whole count that still holds: the least for >= and >, the most for <= and <. None for = with
    a limit that is no whole number. Below 0 where no count holds."""
    if operator == "=":
        return limit.numerator if limit.denominator == 1 else None
    return {
        ">=": math.ceil(limit),
        ">": math.floor(limit) + 1,
        "<=": math.floor(limit),
        "<": math.ceil(limit) - 1,
    }[operator]


def count_needed(operator: Operator, value_pct: float, whole: float) -> int | None:
    """How many of `whole` meet a percentage: at least so many for >= and >, at most for <= and <.

    ceil(value/100·whole) for >=: 6 of 9 at 60 %, 53 of 88 at 60 %, 88 of 88 at 100 %. None where no count
    does."""
    n = whole_limit(operator, as_fraction(value_pct) / 100 * as_fraction(whole))
    return n if n is not None and n >= 0 else None
