"""How two counts differ, and whether chance alone would do as much.

Where numbers mislead: a ratio or a percentage of a few incidents swings wildly, so the counts always stand
beside it; a fall can be a fall of reporting. The signal of `verdict` is loose by design: of wards whose true
rate did not change, about one in twenty-eight (3.5 % at 20 incidents and more, 7 % at 3) passes it, because
2(√now − √before) of two Poisson counts has a standard deviation of √2, not 1.
"""

import math
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import stats

from geo.indicators import SIGNAL_Z

ChangeVerdict = Literal["rise_signal", "fall_signal", "no_ground", "same"]
CHANGE_VERDICTS: tuple[ChangeVerdict, ...] = get_args(ChangeVerdict)
TAIL_DEVIATIONS = 12


def ratio(
    now: pd.Series, before: pd.Series, exposure_now: float = 1.0, exposure_before: float = 1.0
) -> pd.Series:
    """Rate now over rate before, per exposure (days or residents). Missing where either count is missing or
    nothing was counted before."""
    return (now / exposure_now) / (before.where(before > 0) / exposure_before)


def ratio_interval(
    now: pd.Series,
    before: pd.Series,
    *,
    days_now: float = 1.0,
    days_before: float = 1.0,
    confidence: float = 0.95,
) -> tuple[pd.Series, pd.Series]:
    """Low and high end of the exact interval of `ratio`, both Poisson.

    Given their sum, `now` is binomial with p = ρ·d₁/(ρ·d₁ + d₀); the Clopper-Pearson limits of p, carried
    over to ρ = p/(1 − p)·d₀/d₁, are those of R's poisson.test (Przyborowski and Wilenski 1940). Nothing
    before: high is infinite. Nothing in either period, or one missing: both missing. Counts that were carried
    over from other boundaries may hold parts of ones; the limits then are those of the beta distribution.
    """
    tail = (1 - confidence) / 2
    n_now, n_before = now.to_numpy(float), before.to_numpy(float)
    known = (n_now + n_before) > 0
    n_now, n_before = np.where(known, n_now, 1.0), np.where(known, n_before, 1.0)
    low = np.where(n_now > 0, stats.beta.ppf(tail, np.maximum(n_now, 1e-12), n_before + 1), 0.0)
    high = np.where(n_before > 0, stats.beta.ppf(1 - tail, n_now + 1, np.maximum(n_before, 1e-12)), 1.0)
    scale = days_before / days_now
    with np.errstate(divide="ignore"):
        ends = [np.where(known, p / (1 - p) * scale, np.nan) for p in (low, high)]
    return pd.Series(ends[0], index=now.index), pd.Series(ends[1], index=now.index)


def count_z(now: float, before: float) -> float:
    """`indicators.change_z` of one pair of counts: 2(√now − √before); NaN where either is missing."""
    return 2 * (math.sqrt(now) - math.sqrt(before))


def verdict(now: float, before: float) -> ChangeVerdict | None:
    """What may be said of two counts of equally long periods: |z| ≥ SIGNAL_Z is a signal, less is no ground
    to conclude. None where either is missing."""
    if math.isnan(now) or math.isnan(before):
        return None
    if now == before:
        return "same"
    z = count_z(now, before)
    if abs(z) < SIGNAL_Z:
        return "no_ground"
    return "rise_signal" if z > 0 else "fall_signal"


def chance_of_fall(n: float, share: float = 0.05) -> float:
    """Probability that a count falls by at least `share` although its true rate stays n a period.

    Both counts are Poisson with mean n: Σ P(before = b)·P(now ≤ (1 − share)·b) over b ≥ 1; from 0 nothing
    can fall. 0.42 at n = 3, 0.46 at 10, 0.37 at 80 for a fall of 5 %. Raises ValueError unless n > 0.
    """
    if not n > 0:
        raise ValueError(f"a mean count must be positive: {n}")
    before = np.arange(1, math.ceil(n + TAIL_DEVIATIONS * math.sqrt(n)) + TAIL_DEVIATIONS)
    enough = np.floor((1 - share) * before + 1e-9)
    return float((stats.poisson.pmf(before, n) * stats.poisson.cdf(enough, n)).sum())
