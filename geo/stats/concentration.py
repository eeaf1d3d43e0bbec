"""How few wards hold how many incidents, and for how long the same ones.

Where numbers mislead: with few incidents some wards must come out ahead by chance alone, so every share
stands beside the one that chance would give. Shares are of incidents, never of residents.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.indicators import is_top_fifth

NEARLY = 1e-9


def cumulative_share(n: pd.Series) -> pd.DataFrame:
    """The wards from the most incidents to the fewest: k (1, 2, …), n, share, cumulative_share (0 to 1).

    Index as n, wards level with each other in code order; wards without a count are left out. Shares are
    missing where nothing was counted at all.
    """
    ordered = n.dropna().astype(float).sort_index(kind="stable").sort_values(ascending=False, kind="stable")
    total = float(ordered.sum())
    share = ordered / (total if total > 0 else np.nan)
    return pd.DataFrame(
        {
            "k": np.arange(1, len(ordered) + 1),
            "n": ordered,
            "share": share,
            "cumulative_share": share.cumsum().clip(upper=1.0),
        }
    )


def wards_holding(n: pd.Series, share: float) -> int:
    """The least k such that the k wards with the most incidents hold at least `share` of all (0.5, 0.8).
    0 where nothing was counted."""
    ordered = np.sort(n.dropna().to_numpy(float))[::-1]
    total = ordered.sum()
    if total <= 0:
        return 0
    return int(np.searchsorted(ordered.cumsum(), share * total - NEARLY * total)) + 1


def gini(n: pd.Series) -> float:
    """0 every ward has as many, towards 1 one ward has all: Σ(2i − m − 1)·nᵢ/(m·Σn) over the m wards in
    rising order (Gini 1912). Missing wards are left out; NaN where nothing was counted."""
    rising = np.sort(n.dropna().to_numpy(float))
    m, total = len(rising), float(rising.sum())
    if total <= 0:
        return math.nan
    return float(((2 * np.arange(1, m + 1) - m - 1) * rising).sum() / (m * total))


def top_fifth_years(history: pd.DataFrame) -> pd.DataFrame:
    """In how many periods each ward was among the fifth with the most incidents (`indicators.is_top_fifth`).

    history: one column of counts per period. Columns: years_in_top_fifth (NaN where no period is known),
    n_known, the periods with a count: a missing one is neither in nor out.
    """
    tops = history.apply(is_top_fifth)
    n_known = history.notna().sum(axis=1).astype(int)
    years = tops.fillna(False).sum(axis=1).astype(float).where(n_known > 0)
    return pd.DataFrame({"years_in_top_fifth": years, "n_known": n_known})


def share_if_equal(k: int, n_wards: int) -> float:
    """Share that k of n_wards wards hold when each has as many as the next."""
    return min(k, n_wards) / n_wards


@dataclass(frozen=True)
class ChanceShare:
    """Share of incidents in the k fullest wards when every ward is as likely as the next: mean of the draws,
    and the range of 95 % of them."""

    expected: float
    low: float
    high: float
    seed: int
    draws: int


def expected_share_by_chance(total: int, n_wards: int, k: int, *, seed: int, draws: int = 999) -> ChanceShare:
    """What the k wards with the most of `total` incidents would hold by chance alone.

    Raises ValueError unless total and n_wards are positive."""
    if total < 1 or n_wards < 1:
        raise ValueError(f"{total} incidents in {n_wards} wards")
    chance = np.random.default_rng(seed)
    drawn = np.sort(chance.multinomial(total, np.full(n_wards, 1 / n_wards), size=draws), axis=1)
    shares = drawn[:, max(n_wards - k, 0) :].sum(axis=1) / total
    low, high = np.quantile(shares, [0.025, 0.975])
    return ChanceShare(float(shares.mean()), float(low), float(high), seed, draws)
