"""What statistics among wards begin with: the values that are known, and how they differ from their mean."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from errors import TooFewWards
from geo.stats.weights import Weights, restrict

Floats = NDArray[np.float64]

FEWEST_WARDS = 3
# Below this share of their size, values differ by rounding alone.
ROUNDING = 1e-12


def take_known(values: pd.Series, weights: Weights) -> tuple[Floats, Weights]:
    """The values that are not missing, and the weights among their wards.

    values: numbers, index weights.codes. Raises TooFewWards where fewer than three are known."""
    among = restrict(weights, values.notna())
    known = values[values.notna()].to_numpy(dtype=np.float64)
    if len(known) < FEWEST_WARDS:
        raise TooFewWards("known", n=len(known), needed=FEWEST_WARDS)
    return known, among


def center(known: Floats) -> Floats:
    """Deviations from the mean; what differs from it by rounding alone is 0, so equal values give zeros."""
    deviations = known - known.mean()
    return np.where(np.abs(deviations) <= ROUNDING * np.abs(known).max(), 0.0, deviations)


def divide(numbers: Floats, by: Floats) -> Floats:
    """numbers / by, NaN where there is nothing to divide by."""
    return np.divide(numbers, by, out=np.full_like(numbers, np.nan), where=by > 0)
