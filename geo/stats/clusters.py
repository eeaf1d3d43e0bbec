"""Where incidents concentrate: Getis-Ord Gi and Gi*, local Moran, and the classes a map shows.

Each ward is compared with its neighbours. Where it misleads: counts follow the number of residents, so ask
rates; wards with few residents swing; a cluster says that high values lie together, not why. Camera numbers
never enter, and incidents found by patrols belong in a map of their own.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from geo.stats.false_discovery import benjamini_hochberg
from geo.stats.known_values import ROUNDING, Floats, center, divide, take_known
from geo.stats.permutations import permute_local
from geo.stats.weights import Weights, restrict

GI_CLASSES = ("high", "low", "none", "island")
MORAN_CLASSES = ("high_high", "high_low", "low_high", "low_low", "none", "island")
# The smallest two-sided p is 2/(n + 1). Among 100 wards with q = 0.05 a ward that stands alone needs
# p ≤ 0.0005: of 999 draws four wards must be found together or none is, of 9,999 one will do.
N_DRAWS = 9_999


def gi_star(values: pd.Series, weights: Weights, *, ddof: int = 0) -> pd.Series:
    """z of Getis-Ord Gi*: the sum over a ward and its neighbours against that of as many wards anywhere.

    values: index weights.codes; missing ones are left out with their links. weights: neighbours only, the
    ward itself is added here. ddof: 0 divides the variance by n (Ord & Getis 1995, esda); 1 by n − 1, as the
    book chapter prints (Getis & Ord 1996). NaN for missing values, for wards without a known neighbour, and
    where nothing varies. Raises TooFewWards below three known.
    """
    known, among = take_known(values, weights)
    own, n = center(known), len(known)
    k = among.count_neighbours() + 1.0
    variance = np.full(n, float(own @ own) / (n - ddof))
    z = divide(_sum_neighbours(own, among) + own, np.sqrt(variance * k * (n - k) / (n - 1)))
    return _place(z, among, values.index)


def gi(values: pd.Series, weights: Weights) -> pd.Series:
    """z of Getis-Ord Gi: as `gi_star`, but the ward itself is left out of its sum, the mean and the variance.

    Ord & Getis (1995), Local spatial autocorrelation statistics, Geographical Analysis 27(4).
    """
    known, among = take_known(values, weights)
    own, others = center(known), len(known) - 1
    k = among.count_neighbours().astype(float)
    mean = -own / others
    squares = float(own @ own)
    variance = (squares - own**2) / others - mean**2
    variance[variance < squares * 1e-12] = 0
    z = divide(_sum_neighbours(own, among) - k * mean, np.sqrt(variance * k * (others - k) / (others - 1)))
    return _place(z, among, values.index)


def local_moran(values: pd.Series, weights: Weights) -> pd.DataFrame:
    """Local Moran's I, columns `i` (float) and `quadrant`, index of the values.

    values: index weights.codes; missing ones are left out with their links. weights: as given, usually
    `Weights.by_row`. quadrant: "high_high", "high_low" (a high ward among low ones), "low_high", "low_low",
    or None where i is NaN: missing, without a known neighbour, or no value differs. The mean itself is low.
    i = (n − 1)·d·lag/Σd² with d from the mean (Anselin 1995, with esda's n − 1).
    Raises TooFewWards below three known.
    """
    known, among = take_known(values, weights)
    own = center(known)
    lag = np.asarray(among.matrix @ own)
    lag[np.abs(lag) <= ROUNDING * np.abs(known).max()] = 0
    i = divide((len(known) - 1) * own * lag, np.full(len(known), float(own @ own)))
    names = np.where(own > 0, "high", "low").astype(object) + "_" + np.where(lag > 0, "high", "low")
    placed = _place(i, among, values.index)
    quadrant = pd.Series(names, index=among.codes, dtype=object).reindex(values.index)
    return pd.DataFrame({"i": placed, "quadrant": quadrant.where(placed.notna(), None)})


def find_gi_clusters(
    values: pd.Series, weights: Weights, *, seed: int, n: int = N_DRAWS, q: float = 0.05
) -> pd.DataFrame:
    """Columns gi_star_z, gi_star_p (two-sided) and gi_star_cluster (GI_CLASSES or None), index of the values.

    A ward whose own value alone lifts its sum, among neighbours that are low, is "none": incidents do not
    concentrate around it. seed, n: of the permutations; q: share of the wards named that may be chance.
    """
    z, around = gi_star(values, weights), gi(values, weights)
    p = permute_local("gi_star", values, weights, n=n, seed=seed, side="two_sided")
    islands = restrict(weights, values.notna()).islands
    cluster = classify_gi(z.where(z * around > 0, 0.0), p, q, islands=islands)
    return pd.DataFrame({"gi_star_z": z, "gi_star_p": p, "gi_star_cluster": cluster})


def find_moran_clusters(
    values: pd.Series, weights: Weights, *, seed: int, n: int = N_DRAWS, q: float = 0.05
) -> pd.DataFrame:
    """Columns local_moran_i, local_moran_p (two-sided), local_moran_cluster (MORAN_CLASSES or None), as
    `find_gi_clusters`."""
    moran = local_moran(values, weights.by_row())
    p = permute_local("local_moran", values, weights, n=n, seed=seed, side="two_sided")
    islands = restrict(weights, values.notna()).islands
    cluster = classify_moran(moran, p, q, islands=islands)
    return pd.DataFrame({"local_moran_i": moran["i"], "local_moran_p": p, "local_moran_cluster": cluster})


def classify_gi(z: pd.Series, p: pd.Series, q: float = 0.05, *, islands: Collection[str] = ()) -> pd.Series:
    """A class of GI_CLASSES per ward; None where the ward is unknown.

    p: of both sides together (`permute_local(side="two_sided")`), or q holds for one side only; q: the share
    of the wards named that may be chance (`benjamini_hochberg`). islands: wards known but without a known
    neighbour (`restrict(weights, values.notna()).islands`).
    """
    side = np.select([z > 0, z < 0], ["high", "low"], "none")
    return _classify(pd.Series(side, index=z.index, dtype=object), p, q, islands)


def classify_moran(
    moran: pd.DataFrame, p: pd.Series, q: float = 0.05, *, islands: Collection[str] = ()
) -> pd.Series:
    """A class of MORAN_CLASSES per ward; None where the ward is unknown.

    moran: from `local_moran`; p, q and islands as for `classify_gi`.
    """
    return _classify(moran["quadrant"].fillna("none"), p, q, islands)


def _classify(found: pd.Series, p: pd.Series, q: float, islands: Collection[str]) -> pd.Series:
    named = found.astype(object).where(benjamini_hochberg(p, q), "none").mask(p.isna(), None)
    return named.mask(p.index.isin(list(islands)), "island")


def _sum_neighbours(own: Floats, weights: Weights) -> Floats:
    """Sum of the deviations of a ward's neighbours, itself left out, each counted once."""
    pattern = weights.matrix.astype(bool).astype(float)
    return np.asarray(pattern @ own - pattern.diagonal() * own)


def _place(numbers: Floats, weights: Weights, index: pd.Index) -> pd.Series:
    """Back among all wards, NaN for those without a neighbour."""
    told = np.where(weights.count_neighbours() > 0, numbers, np.nan)
    return pd.Series(told, index=weights.codes).reindex(index)
