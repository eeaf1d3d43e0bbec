"""Columns of the long list that no map shows by itself: the camera gap as points, and who put a ward forward.

Ranks forget distances: a ward one incident ahead and a ward a thousand ahead are both one place ahead.
"""

from collections.abc import Collection

import pandas as pd


def camera_gap_points(n_incidents: pd.Series, cameras_per_km2: pd.Series) -> pd.Series:
    """How much further up a ward stands by incidents than by camera density, 0 to 100.

    100 · max(0, share by incidents − share by camera density), where share = (rank − 1)/(n − 1), rank 1 is
    the smallest, wards level with each other have the mean of their ranks, and n counts the wards that have
    both numbers; only those are ranked. 100: the most incidents and the fewest cameras per km². NaN where
    either is missing, and everywhere when fewer than two wards have both.
    """
    known = n_incidents.notna() & cameras_per_km2.notna()
    ahead = n_incidents[known].rank() - cameras_per_km2[known].rank()
    if len(ahead) < 2:
        return pd.Series(float("nan"), index=n_incidents.index)
    return (100 * ahead.clip(lower=0) / (len(ahead) - 1)).reindex(n_incidents.index)


def origin_of(codes: pd.Index, proposed: Collection[str], by_figures: Collection[str]) -> pd.Series:
    """Who puts each ward forward, on the index `codes`: "unit" (its unit proposes it), "figures" (the score
    does), "both", or "" for neither. Codes that are not on the list are passed over."""
    words = {(True, False): "unit", (False, True): "figures", (True, True): "both", (False, False): ""}
    units, figures = frozenset(proposed), frozenset(by_figures)
    return pd.Series([words[code in units, code in figures] for code in codes], index=codes, dtype=object)
