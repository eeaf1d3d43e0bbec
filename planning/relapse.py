"""Whether incidents creep up again in a ward that was found transformed: a one-sided cumulative sum (CUSUM).

Where it misleads: counts are of what was reported; offences of one band come in bursts, which chance as it is
reckoned here (Poisson) does not know, and months before a holiday are not like others, so alarms then come
oftener than promised. So they do where the level was taken from the very months whose few incidents made the
ward pass: part of that was chance, and goes back by itself. An alarm is a sign to go and look, never a
finding: only the committee's document says that a ward is complex again.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

K = 0.5
FALSE_ALARM = 0.05
N_DRAWS = 20_000
DECIMALS = 2
TIE = 1e-9


@dataclass(frozen=True)
class Watch:
    """The months watched so far.

    sums: the cumulative sum after each month (index 1, 2 … months since exit), NaN for a missing month.
    limit: an alarm is a sum above it; NaN where no level is known. first_alarm: the first such month, None.
    months_since_exit: the last month told; n_missing: how many up to it have no count.
    """

    sums: pd.Series
    limit: float
    first_alarm: int | None
    months_since_exit: int
    n_missing: int


@dataclass(frozen=True)
class Delay:
    """How soon a rise would be seen. share: of its courses that raise an alarm while watched (0-1); month:
    by which half of those that do have raised it, NaN where none does."""

    share: float
    month: float


def watch(
    counts: pd.Series,
    mu: float,
    months: int,
    *,
    seed: int,
    k: float = K,
    false_alarm: float = FALSE_ALARM,
    n_level_months: int | None = None,
) -> Watch:
    """Sₜ = max(0, Sₜ₋₁ + zₜ − k) with S₀ = 0 and zₜ = 2(√nₜ − √µ)/√(1 + 1/m); an alarm where Sₜ > h.

    counts: incidents per month, index the month since exit (1 first; one left out is missing like NaN). A
    missing month adds nothing and takes nothing away: the sum goes on from the month before it. mu: incidents
    expected a month, rounded to a hundredth; NaN unknown, then every sum is NaN and nothing alarms.
    n_level_months: m, how many months mu was taken from; None: mu is known exactly, and 1/m is 0.
    months: how long the ward is watched in all; h is `find_limit` over all of them.

    2√n of a Poisson count n with mean µ has variance (1/√µ)²·µ ≈ 1, of a mean over m months ≈ 1/m, so 2(√n −
    √mean) has 1 + 1/m (2 for two counts of equal periods, m = 1). Page 1954, "Continuous inspection schemes",
    Biometrika 41; Wheeler 2016, "Tables and graphs for monitoring temporal crime trends", for the scale.
    k = 0.5 seeks a lasting rise of one standard deviation soonest. Raises ValueError for a month outside
    1..months and for a negative mu.
    """
    if len(counts) and not (counts.index.min() >= 1 and counts.index.max() <= months):
        raise ValueError(f"months {list(counts.index)} are not all within 1..{months}")
    last = int(counts.index.max()) if len(counts) else 0
    told = counts.astype(float).reindex(range(1, last + 1))
    n_missing = int(told.isna().sum())
    if math.isnan(mu):
        return Watch(told * math.nan, math.nan, None, last, n_missing)
    limit = find_limit(mu, months, seed=seed, k=k, false_alarm=false_alarm, n_level_months=n_level_months)
    steps = standardise(told.to_numpy(), mu, n_level_months)
    sums = pd.Series(_add_up(steps[None, :], k)[0], index=told.index)
    alarms = sums.index[sums > limit + TIE]
    return Watch(sums, limit, int(alarms[0]) if len(alarms) else None, last, n_missing)


def standardise(
    counts: NDArray[np.floating], mu: float, n_level_months: int | None = None
) -> NDArray[np.float64]:
    """z of each count, see `watch`; NaN stays NaN."""
    spread = 1.0 if n_level_months is None else math.sqrt(1 + 1 / n_level_months)
    z: NDArray[np.float64] = 2 * (np.sqrt(counts) - math.sqrt(round(mu, DECIMALS))) / spread
    return z


def find_limit(
    mu: float,
    months: int,
    *,
    seed: int,
    k: float = K,
    false_alarm: float = FALSE_ALARM,
    n_level_months: int | None = None,
) -> float:
    """The smallest h that at most a share `false_alarm` of unchanged wards ever passes in so many months.

    From N_DRAWS seeded courses of Poisson months, so it holds for the rarest incidents too, two standard
    errors of the simulation on the safe side. mu known: the months have mean µ. mu taken from m months with
    n incidents: each course has a mean of its own, drawn from what those months leave open, Gamma(n + ½, 1/m)
    (Jeffreys); a level from few months so needs a higher limit. Raises ValueError for a negative mu, no
    months, or a share outside 0..1.
    """
    if not (mu >= 0 and months >= 1 and 0 < false_alarm < 1):
        raise ValueError(f"no limit for mu={mu}, months={months}, false_alarm={false_alarm}")
    return _simulate_limit(round(mu, DECIMALS), months, n_level_months, k, false_alarm, seed)


@lru_cache(maxsize=512)
def _simulate_limit(
    mu: float, months: int, n_level_months: int | None, k: float, false_alarm: float, seed: int
) -> float:
    sums = _draw_sums(mu, months, n_level_months, k, np.random.default_rng(seed))
    spare = 2 * math.sqrt(false_alarm * (1 - false_alarm) / N_DRAWS)
    return float(np.quantile(sums.max(axis=1), 1 - max(false_alarm - spare, 0.0), method="inverted_cdf"))


def expect_delay(
    mu: float,
    months: int,
    *,
    factor: float,
    seed: int,
    k: float = K,
    false_alarm: float = FALSE_ALARM,
    n_level_months: int | None = None,
) -> Delay:
    """How soon `watch` notices that incidents, from the first month on, are `factor` times as frequent, by a
    simulation independent of the limit's. Raises ValueError as `find_limit`."""
    limit = find_limit(mu, months, seed=seed, k=k, false_alarm=false_alarm, n_level_months=n_level_months)
    return _simulate_delay(round(mu, DECIMALS), months, n_level_months, k, limit, factor, seed)


@lru_cache(maxsize=512)
def _simulate_delay(
    mu: float, months: int, n_level_months: int | None, k: float, limit: float, factor: float, seed: int
) -> Delay:
    chance = np.random.default_rng([seed, 1])
    above = _draw_sums(mu, months, n_level_months, k, chance, factor) > limit + TIE
    seen = above.any(axis=1)
    first = above.argmax(axis=1)[seen] + 1
    return Delay(float(seen.mean()), float(np.median(first)) if len(first) else math.nan)


def _draw_sums(
    mu: float, months: int, n_level_months: int | None, k: float, chance: np.random.Generator,
    factor: float = 1.0,
) -> NDArray[np.float64]:  # fmt: skip
    """N_DRAWS courses × months: the sum after each month."""
    means = np.full((N_DRAWS, 1), mu)
    if n_level_months is not None:
        means = chance.gamma(mu * n_level_months + 0.5, 1 / n_level_months, size=(N_DRAWS, 1))
    counts = chance.poisson(means * factor, size=(N_DRAWS, months)).astype(float)
    return _add_up(standardise(counts, mu, n_level_months), k)


def _add_up(steps: NDArray[np.float64], k: float) -> NDArray[np.float64]:
    """courses × months of z -> the sum after each, NaN where z is."""
    sums = np.full_like(steps, np.nan)
    held = np.zeros(len(steps))
    for month in range(steps.shape[1]):
        step = steps[:, month]
        held = np.where(np.isnan(step), held, np.maximum(0.0, held + step - k))
        sums[:, month] = np.where(np.isnan(step), np.nan, held)
    return sums
