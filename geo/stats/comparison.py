"""Which wards a treated ward is compared with, and which lie around it.

Chosen before the results are known, and frozen at approval: a comparison picked afterwards proves anything.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from errors import TooFewWards
from geo.stats.weights import Weights

COMPARISON_WARDS = 5


def displacement_ring(treated: Collection[str], weights: Weights) -> tuple[str, ...]:
    """The wards that border a treated one and are not treated, in the order of the weights."""
    chosen = weights.codes.isin(list(treated))
    one, other = weights.matrix.nonzero()
    touched = np.zeros(len(chosen), bool)
    touched[other[chosen[one]]] = True
    touched[one[chosen[other]]] = True
    return tuple(str(code) for code in weights.codes[touched & ~chosen])


def choose_comparison(
    frame: pd.DataFrame, treated: Collection[str], weights: Weights, *, k: int = COMPARISON_WARDS
) -> tuple[str, ...]:
    """The k wards most like the treated ones, the nearest first; none treated, none bordering a treated one.

    frame: index ward_code; columns population, area_km2, n_incidents (the count of the base period).
    Distance: Euclidean over log population, log density and √count, each standardised over the wards where
    all three are known, averaged over the treated wards; ties in code order. Our own choice after Wheeler's
    advice that controls have similar counts: the root makes counts of any size equally certain.
    Raises TooFewWards where fewer than k wards are left, and KeyError where a treated ward lacks a figure.
    """
    traits = pd.DataFrame(
        {
            "population": np.log(frame["population"].where(frame["population"] > 0)),
            "density": np.log((frame["population"] / frame["area_km2"]).where(frame["population"] > 0)),
            "count": frame["n_incidents"].astype(float).pow(0.5),
        }
    ).dropna()
    spread = traits.std(ddof=0)
    traits = (traits - traits.mean()) / spread.where(spread > 0, 1.0)
    barred = {*treated, *displacement_ring(treated, weights)}
    left = traits[~traits.index.isin(barred)].sort_index()
    if len(left) < k:
        raise TooFewWards("comparison", n=len(left), needed=k)
    chosen = traits.loc[list(treated)].to_numpy()
    steps = left.to_numpy()[:, None, :] - chosen[None, :, :]
    distance = pd.Series(np.sqrt((steps**2).sum(axis=2)).mean(axis=1), index=left.index)
    return tuple(str(code) for code in distance.round(9).sort_values(kind="stable").index[:k])
