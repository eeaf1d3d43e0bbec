"""Do wards resemble their neighbours, over the whole map? Global Moran's I.

Where it misleads: the p-values lean on a normal curve, which few wards with skewed counts do not follow; one
number for a whole map says nothing about where, see clusters.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from geo.stats.known_values import center, take_known
from geo.stats.weights import Weights


@dataclass(frozen=True)
class Moran:
    """I against what chance gives.

    expected: −1/(n − 1). variance_normal: under normal values; variance_random: under any arrangement of the
    values that are there. z_*, p_*_one_sided: the same two ways, p towards the side that I lies on. n: wards
    known. islands: known wards without a neighbour, which count in n as esda has them. All NaN where the
    values are equal or nobody has a neighbour; variance_random also where n is 3.
    """

    i: float
    expected: float
    variance_normal: float
    variance_random: float
    z_normal: float
    z_random: float
    p_normal_one_sided: float
    p_random_one_sided: float
    n: int
    islands: tuple[str, ...]


def global_moran(values: pd.Series, weights: Weights) -> Moran:
    """Moran's I of the known values (index weights.codes), with the weights as they are given.

    Row-standardise first (`Weights.by_row`) for the usual form. Raises TooFewWards below three known.
    Cliff & Ord (1981), Spatial Processes, §1.5 and §2.2.
    """
    known, among = take_known(values, weights)
    matrix, n = among.matrix, len(known)
    s0 = float(matrix.sum())
    s1 = float((matrix + matrix.T).power(2).sum()) / 2
    s2 = float(np.square(np.asarray(matrix.sum(axis=0)) + np.asarray(matrix.sum(axis=1))).sum())
    own = center(known)
    squares = float(own @ own)
    if squares == 0 or s0 == 0:
        nan = math.nan
        return Moran(nan, nan, nan, nan, nan, nan, nan, nan, n, among.islands)
    i = n / s0 * float(own @ (matrix @ own)) / squares
    expected = -1 / (n - 1)
    normal = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
    kurtosis = n * float((own**4).sum()) / squares**2
    free = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    bound = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    ways = (n - 1) * (n - 2) * (n - 3) * s0**2
    random = (free - bound) / ways - expected**2 if ways else math.nan
    z_normal, z_random = _standardise(i - expected, normal), _standardise(i - expected, random)
    p_normal, p_random = float(stats.norm.sf(abs(z_normal))), float(stats.norm.sf(abs(z_random)))
    return Moran(i, expected, normal, random, z_normal, z_random, p_normal, p_random, n, among.islands)


def _standardise(difference: float, variance: float) -> float:
    """NaN where arrangements do not differ: rounding leaves a variance of about 1e-17 or less."""
    return difference / math.sqrt(variance) if variance > 1e-15 else math.nan
