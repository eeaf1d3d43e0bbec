"""A year's total while the year still runs, with the range that chance leaves open.

Where it misleads: it knows nothing of what will be done in the remaining days, and the police count late
reports into earlier days.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special, stats

from geo.stats.change import verdict

Basis = Literal["last_year", "scaled", "days"]


@dataclass(frozen=True)
class Projection:
    """Incidents of the whole year: the expected number, and the range that holds with `confidence`.

    basis: where the remaining days come from. `last_year` the same days of last year as they were; `scaled`
    those days times this year's level; `days` this year's own pace.
    """

    expected: float
    low: float
    high: float
    basis: Basis
    confidence: float


def project_year(
    so_far: float,
    days_so_far: int,
    days_year: int,
    previous_so_far: float = math.nan,
    previous_rest: float = math.nan,
    *,
    confidence: float = 0.95,
) -> Projection:
    """What the year will come to: observed so far + the same remaining days of last year.

    previous_so_far, previous_rest: last year's counts of the same days as so far, and of the days after.
    `last_year`: the expected rest is last year's rest (Wheeler 2023, "A statistical perspective on
    year-to-date metrics"), which is steadier than stretching a percentage. `scaled`, our own addition: where
    this year already differs by a signal (`change.verdict`), last year's rest times
    so_far/previous_so_far. `days`: so_far·days_left/days_so_far where last year is not known, or the scale is
    not because nothing was counted so far last year.
    The range is the Poisson predictive one with Jeffreys' prior: given X = x over d days, the count of e days
    is negative binomial (x + ½, d/(d + e)); for `scaled` the share of the year that lies behind is Beta
    (previous_so_far + ½, previous_rest + ½), which makes it beta-negative-binomial. Observed counts are
    certain, so low ≥ so_far. Missing so_far: everything is missing.
    Raises ValueError unless 0 < days_so_far ≤ days_year.
    """
    if not 0 < days_so_far <= days_year:
        raise ValueError(f"{days_so_far} of {days_year} days")
    days_left, tail = days_year - days_so_far, (1 - confidence) / 2
    basis = _choose_basis(so_far, previous_so_far, previous_rest)
    if math.isnan(so_far) or not days_left:
        return Projection(float(so_far), float(so_far), float(so_far), basis, confidence)
    if basis == "last_year":
        rest, ends = previous_rest, _predict(previous_rest, 0.5, tail)
    elif basis == "days":
        rest = so_far * days_left / days_so_far
        ends = _predict(so_far, days_so_far / days_year, tail)
    else:
        rest = previous_rest * so_far / previous_so_far
        ends = _predict_scaled(so_far, previous_so_far, previous_rest, tail)
    return Projection(float(so_far + rest), so_far + ends[0], so_far + ends[1], basis, confidence)


def _choose_basis(so_far: float, previous_so_far: float, previous_rest: float) -> Basis:
    if math.isnan(previous_so_far) or math.isnan(previous_rest):
        return "days"
    if verdict(so_far, previous_so_far) in ("rise_signal", "fall_signal"):
        return "scaled" if previous_so_far > 0 else "days"
    return "last_year"


def _predict(n: float, share_of_days: float, tail: float) -> tuple[float, float]:
    spread = stats.nbinom(n + 0.5, share_of_days)
    return float(spread.ppf(tail)), float(spread.ppf(1 - tail))


def _predict_scaled(n: float, before: float, rest: float, tail: float) -> tuple[float, float]:
    """Quantiles of the beta-negative-binomial; scipy's own takes whole n only."""
    size, a, b = n + 0.5, before + 0.5, rest + 0.5
    reach = 64
    while True:
        k = np.arange(reach)
        log_chance = (
            special.gammaln(size + k)
            - special.gammaln(k + 1)
            - special.gammaln(size)
            + special.betaln(a + size, b + k)
            - special.betaln(a, b)
        )
        below = np.exp(log_chance).cumsum()
        if below[-1] > 1 - tail:
            return float((below < tail).sum()), float((below < 1 - tail).sum())
        reach *= 4
