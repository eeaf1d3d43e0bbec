"""How a ward's cluster came to be: new, lasting, growing, or gone.

The eight patterns are those that Esri publishes ("How Emerging Hot Spot Analysis works"). A period counts as
high where the ward lies in a cluster of many incidents, as low where in one of few. Where they mislead: they
tell where reported incidents cluster, not why, and with periods of few incidents most wards show none.
"""

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from errors import TooFewPeriods

Pattern = Literal[
    "hot_new",
    "hot_consecutive",
    "hot_intensifying",
    "hot_persistent",
    "hot_diminishing",
    "hot_sporadic",
    "hot_oscillating",
    "hot_historical",
    "cold_new",
    "cold_consecutive",
    "cold_intensifying",
    "cold_persistent",
    "cold_diminishing",
    "cold_sporadic",
    "cold_oscillating",
    "cold_historical",
    "none",
]
PATTERNS: tuple[Pattern, ...] = get_args(Pattern)
LEAST_PERIODS = 10
MOST_OF_THE_TIME = 0.9


def mark_periods(z: pd.DataFrame, *, alpha: float = 0.05) -> pd.DataFrame:
    """ "high", "low" or "none" for each Gi* z-score, two-sided at alpha; None where z is missing."""
    bar = stats.norm.ppf(1 - alpha / 2)
    marks = np.select([z >= bar, z <= -bar], ["high", "low"], "none")
    return pd.DataFrame(marks, index=z.index, columns=z.columns, dtype=object).mask(z.isna(), None)


def classify_patterns(z_by_period: pd.DataFrame, trend_z: pd.Series, *, alpha: float = 0.05) -> pd.Series:
    """One of PATTERNS per ward; None where any period or the trend is missing.

    z_by_period: wards × periods, the newest last: Gi* z-scores, or classes "high", "low", "none" that were
    found significant otherwise (by permutation, with false discoveries controlled). trend_z: z of
    `trend.mann_kendall` on the z-scores; |z| beyond the two-sided alpha is a trend. With `hot` the periods
    that are high (cold: low, and trends turned round):

    new            hot in the newest period and never before.
    consecutive    hot in an unbroken run of two or more up to the newest, never before it; under 90 % of all.
    intensifying   hot in at least 90 % with the newest, and clustering grows.
    persistent     hot in at least 90 % with the newest, without a trend.
    diminishing    hot in at least 90 % with the newest, and clustering weakens.
    sporadic       hot in the newest and, with a break, before; under 90 %, and never cold.
    oscillating    hot in the newest, cold in an earlier one; under 90 %.
    historical     not hot in the newest, but in at least 90 % of all.

    Where two of the published texts fit, the first that holds of oscillating, new, consecutive, sporadic is
    taken, and historical only for a ward whose newest period is neither hot nor cold.
    Raises TooFewPeriods under ten periods: Esri's tools ask for ten time steps, and the trend test is not
    normal with fewer.
    """
    n_periods = z_by_period.shape[1]
    if n_periods < LEAST_PERIODS:
        raise TooFewPeriods("patterns", n=n_periods, least=LEAST_PERIODS)
    is_scores = all(pd.api.types.is_numeric_dtype(kind) for kind in z_by_period.dtypes)
    marks = mark_periods(z_by_period, alpha=alpha) if is_scores else z_by_period
    trend_z = trend_z.reindex(marks.index)
    known = marks.notna().all(axis=1) & trend_z.notna()
    bar = stats.norm.ppf(1 - alpha / 2)
    trend = np.select([trend_z >= bar, trend_z <= -bar], [1, -1], 0)
    high, low = (marks == "high").to_numpy(bool), (marks == "low").to_numpy(bool)
    hot, cold = _name_side(high, low, trend), _name_side(low, high, -trend)
    side = np.where(hot != "", np.char.add("hot_", hot), np.where(cold != "", np.char.add("cold_", cold), ""))
    historical = np.select([_is_most(high), _is_most(low)], ["hot_historical", "cold_historical"], "none")
    pattern = pd.Series(np.where(side != "", side, historical), index=z_by_period.index, dtype=object)
    return pattern.mask(~known, None)


def _is_most(hot: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(hot.mean(axis=1) >= MOST_OF_THE_TIME - 1e-9)


def _name_side(hot: NDArray[np.bool_], cold: NDArray[np.bool_], trend: NDArray[np.int_]) -> NDArray[np.str_]:
    """The pattern of wards that are hot in the newest period; "" for all others."""
    n_hot = hot.sum(axis=1)
    run = np.logical_and.accumulate(hot[:, ::-1], axis=1).sum(axis=1)
    lasting = _is_most(hot)
    return np.select(
        [
            ~hot[:, -1],
            lasting & (trend > 0),
            lasting & (trend < 0),
            lasting,
            cold.any(axis=1),
            n_hot == 1,
            run == n_hot,
        ],
        ["", "intensifying", "diminishing", "persistent", "oscillating", "new", "consecutive"],
        "sporadic",
    )
