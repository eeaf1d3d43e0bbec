"""Many wards tested at once: how many of those found may be chance."""

import numpy as np
import pandas as pd


def benjamini_hochberg(p: pd.Series, q: float = 0.05) -> pd.Series:
    """Which p-values stand when a share q of those that do may be false. Boolean, same index.

    p in 0..1; a missing one is no test: it is False and makes the others no weaker. Of m tests the r smallest
    stand, r the largest rank with p(r) ≤ q·r/m. Holds under independence and positive dependence, as among
    overlapping neighbourhoods. Benjamini & Hochberg (1995), J. R. Stat. Soc. B 57(1).
    """
    ordered = np.sort(p.dropna().to_numpy(dtype=float))
    limits = q * np.arange(1, len(ordered) + 1) / max(len(ordered), 1)
    standing = ordered[ordered <= limits]
    if not len(standing):
        return pd.Series(False, index=p.index)
    return pd.Series(p <= standing[-1], index=p.index, dtype=bool)
