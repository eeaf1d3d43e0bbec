"""Rates of wards with few residents or few incidents: steadied, and judged against chance.

Where numbers mislead: a steadied rate borrows from other wards, so it always stands beside the raw one; a
rate per resident means nothing where most people are visitors. Which wards those are people say
(`hide_visitor_wards`): no rule on counts can tell a market from a street that is really worse.
"""

from collections.abc import Collection
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import sparse, stats

from geo.stats.weights import Weights

FunnelClass = Literal["far_above", "above", "within", "below", "far_below"]
FUNNEL_CLASSES: tuple[FunnelClass, ...] = get_args(FunnelClass)
FUNNEL_LEVELS = (0.95, 0.998)
CURVE_POINTS = 200


def hide_visitor_wards(population: pd.Series, visitor_wards: Collection[str]) -> pd.Series:
    """Residents, unknown where people have said that residents are the wrong denominator."""
    return population.mask(population.index.isin(list(visitor_wards)))


def empirical_bayes(n: pd.Series, population: pd.Series, *, per: float = 1.0) -> pd.Series:
    """Incidents per `per` residents, drawn towards the area's mean the more the fewer the residents.

    Marshall 1991, "Mapping disease and mortality rates using empirical Bayes estimators": with the mean rate
    m = Σn/Σp and the variance between wards A = Σp(r − m)²/Σp − m/p̄ (0 where negative), the rate is
    m + A/(A + m/p)·(r − m). Missing, and left out of the means, where n is missing or p is not positive.
    """
    known = n.notna() & (population > 0)
    counts, residents = n[known].astype(float), population[known].astype(float)
    if counts.empty:
        return pd.Series(np.nan, index=n.index)
    mean = counts.sum() / residents.sum()
    raw = counts / residents
    between = (residents * (raw - mean) ** 2).sum() / residents.sum() - mean / residents.mean()
    return _shrink(raw, mean, max(between, 0.0), residents).mul(per).reindex(n.index)


def empirical_bayes_local(
    n: pd.Series, population: pd.Series, weights: Weights, *, per: float = 1.0
) -> pd.Series:
    """As `empirical_bayes`, with mean and variance of the ward and its neighbours instead of the whole area.

    The neighbours are those with a weight above 0, each counted once. A ward without a known neighbour has
    nobody to borrow from and keeps its raw rate. Wards that `weights` does not hold are missing.
    """
    codes = weights.codes
    known = (n.notna() & (population > 0)).reindex(codes, fill_value=False).to_numpy(bool)
    counts = np.where(known, n.reindex(codes).to_numpy(float), 0.0)
    residents = np.where(known, population.reindex(codes).to_numpy(float), 1.0)
    itself = sparse.eye_array(len(codes), format="csr")
    near = sparse.csr_array(((weights.matrix > 0) + itself) > 0).astype(float)
    people, incidents = near @ (residents * known), near @ counts
    raw = counts / residents
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = incidents / people
        spread = (near @ (counts * raw) - incidents * mean) / people
        between = np.maximum(spread - mean * (near @ known.astype(float)) / people, 0.0)
    smooth = _shrink(pd.Series(raw), pd.Series(mean), pd.Series(between), pd.Series(residents))
    smooth.index = codes
    return smooth.where(known).mul(per).reindex(n.index)


def _shrink(
    raw: pd.Series, mean: float | pd.Series, between: float | pd.Series, residents: pd.Series
) -> pd.Series:
    own = mean / residents
    trust = (between / (between + own)).where(between + own > 0, 0.0)
    return mean + trust * (raw - mean)


def excess_risk(n: pd.Series, population: pd.Series) -> pd.Series:
    """Incidents over those expected at the area's mean rate: n/(p·Σn/Σp); 1 is the mean. Missing where n is
    missing, p is not positive, or nothing was counted anywhere."""
    expected = expected_at_mean(n, population)
    return n / expected.where(expected > 0)


def expected_at_mean(n: pd.Series, population: pd.Series) -> pd.Series:
    """Incidents a ward would have at the area's mean rate: p·Σn/Σp over the wards where both are known."""
    known = n.notna() & (population > 0)
    residents = population.where(known).astype(float)
    total = residents.sum()
    return residents * (float(n[known].sum()) / total if total else np.nan)


def funnel_limits(
    population: pd.Series, rate: float, *, levels: tuple[float, float] = FUNNEL_LEVELS
) -> pd.DataFrame:
    """Counts between which chance keeps a ward whose true rate is `rate` per resident.

    Columns far_low, low, expected, high, far_high, in incidents; index of `population`. Exact Poisson limits
    interpolated between whole counts (Spiegelhalter 2005, "Funnel plots for comparing institutional
    performance", appendix A.1): with r the least count of P(R ≤ r) ≥ p, the limit is
    r − (P(R ≤ r) − p)/P(R = r), never below 0. Missing population stays missing.
    """
    expected = population.astype(float) * rate
    near, far = ((1 - level) / 2 for level in levels)
    tails = {"far_low": far, "low": near, "high": 1 - near, "far_high": 1 - far}
    limits = pd.DataFrame({name: _poisson_limit(p, expected) for name, p in tails.items()})
    limits.insert(2, "expected", expected)
    return limits


def _poisson_limit(p: float, expected: pd.Series) -> pd.Series:
    mean = expected.fillna(1.0).to_numpy()
    least = stats.poisson.ppf(p, mean)
    over = stats.poisson.cdf(least, mean) - p
    limit = np.maximum(least - over / stats.poisson.pmf(least, mean), 0.0)
    return pd.Series(limit, index=expected.index).where(expected.notna())


def funnel_curve(population: pd.Series, rate: float, *, per: float = 1.0) -> pd.DataFrame:
    """The limits as smooth lines: columns population, far_low, low, expected, high, far_high, in incidents
    per `per` residents, from the fewest to the most residents. Empty without a positive population."""
    known = population[population > 0].astype(float)
    if known.empty:
        return pd.DataFrame(columns=["population", "far_low", "low", "expected", "high", "far_high"])
    people = pd.Series(np.geomspace(known.min(), known.max(), CURVE_POINTS))
    lines = funnel_limits(people, rate).div(people, axis=0).mul(per)
    lines.insert(0, "population", people)
    return lines


def funnel_position(
    n: pd.Series, population: pd.Series, *, levels: tuple[float, float] = FUNNEL_LEVELS
) -> pd.Series:
    """Where each ward lies to the limits around the area's mean rate: one of FUNNEL_CLASSES, None where n is
    missing or population is not positive. Classes agree with the lines drawn by `funnel_limits`; as whole
    counts jump, about 3 wards of 100 with the mean rate pass the upper 2.5 % line."""
    known = n.notna() & (population > 0)
    residents = population.where(known)
    total = float(residents.sum())
    rate = float(n[known].sum()) / total if total else np.nan
    limits = funnel_limits(residents, rate, levels=levels)
    position = np.select(
        [n > limits["far_high"], n > limits["high"], n < limits["far_low"], n < limits["low"]],
        ["far_above", "above", "far_below", "below"],
        "within",
    )
    return pd.Series(position, index=n.index, dtype=object).mask(~known, None)
