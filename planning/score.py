"""One figure from 0 to 100 per ward out of several criteria, added up with open weights.

Where it misleads: each criterion is stretched between the smallest and the largest ward of this list, so a
score compares wards of one list only, never two years or two provinces. Criteria that measure nearly the same
thing (incidents and incidents per resident) count it twice.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from errors import BadOption
from planning.catalogue import Criterion

DECIMALS = 9


def normalise(weights: Mapping[str, float]) -> dict[str, float]:
    """The same shares, made to sum to 100.

    Raises BadOption (a ValueError): "weight" for one that is negative or not a number, "no_weight" where none
    is above 0.
    """
    wrong = [key for key, weight in weights.items() if not (math.isfinite(weight) and weight >= 0)]
    if wrong:
        raise BadOption("weight", value=", ".join(wrong))
    total = math.fsum(weights.values())
    if total <= 0:
        raise BadOption("no_weight")
    return {key: 100 * weight / total for key, weight in weights.items()}


@dataclass(frozen=True)
class Scored:
    """The long list, scored. Every frame and series has the index ward_code of the table, in its order.

    points: 0 to 100 per criterion key, NaN unknown. contributions: points · weight / 100. weights: per
    criterion, sum 100. ends: the values that give 0 and 100 points, NaN where no ward is known. score: sum of
    the contributions, rounded to 9 decimals so that equals are equal; NaN where a criterion with weight is
    unknown. low, high: the score if everything unknown were 0 or 100 points; both equal the score where
    nothing is.
    """

    points: pd.DataFrame
    contributions: pd.DataFrame
    weights: dict[str, float]
    ends: dict[str, tuple[float, float]]
    score: pd.Series
    low: pd.Series
    high: pd.Series

    def order(self) -> list[str]:
        """Scored wards, best first; ties by the sum of all known points, then by code."""
        total = self.points.sum(axis=1).round(DECIMALS)
        known = self.score.dropna()
        return sorted(known.index, key=lambda code: (-known[code], -total[code], code))


def score(table: pd.DataFrame, criteria: Sequence[Criterion], weights: Mapping[str, float]) -> Scored:
    """Score each ward of the long list (simple additive weighting after min-max; Malczewski 1999).

    points = 100 · (value − low end) / (high end − low end). The low end is the smallest known value, or the
    criterion's floor, below which all give 0; the high end the largest known. Where all wards are equal, or
    none is above the floor, all give 0. A column that the table lacks is unknown for every ward. weights: by
    criterion key, any scale; a criterion that is not named has 0, and then its unknowns do not matter.

    Raises BadOption as `normalise` does, and "weight_of" for a weight above 0 without its criterion.
    """
    keys = [criterion.key for criterion in criteria]
    strangers = [key for key, weight in weights.items() if key not in keys and weight > 0]
    if strangers:
        raise BadOption("weight_of", value=", ".join(strangers))
    shares = normalise({key: weights.get(key, 0.0) for key in keys})
    values = {c.key: _find_values(table, c.column) for c in criteria}
    ends = {c.key: _find_ends(values[c.key], c.floor) for c in criteria}
    points = pd.DataFrame({key: _stretch(values[key], *ends[key]) for key in keys}, index=table.index)
    contributions = points * pd.Series(shares) / 100
    unknown = points.isna() * pd.Series(shares)
    low = contributions.sum(axis=1).clip(0, 100).round(DECIMALS)
    high = (low + unknown.sum(axis=1)).clip(0, 100).round(DECIMALS)
    is_known = (unknown == 0).all(axis=1)
    return Scored(points, contributions, shares, ends, low.where(is_known), low, high)


def _find_values(table: pd.DataFrame, column: str) -> pd.Series:
    if column not in table:
        return pd.Series(np.nan, index=table.index)
    return table[column].astype(float)


def _find_ends(values: pd.Series, floor: float | None) -> tuple[float, float]:
    smallest, largest = float(values.min()), float(values.max())
    return (smallest if floor is None or math.isnan(smallest) else float(floor), largest)


def _stretch(values: pd.Series, low: float, high: float) -> pd.Series:
    """Points 0 to 100; NaN where the value is missing."""
    if not high > low:
        return values.where(values.isna(), 0.0)
    return (100 * (values - low) / (high - low)).clip(0, 100)
