"""How much the wards with the most incidents will fall when nothing is done.

Wards are selected when they are high, and part of being high is chance. A target for the fall says something
only beyond this.
"""

import math

import numpy as np
import pandas as pd


def expected_fall_pct(counts: pd.Series | pd.DataFrame, n_selected: int) -> float:
    """Percentage by which the n_selected wards with the most incidents are expected to fall, of themselves.

    counts: one per ward, or a history of one column per period, whose mean per ward is the base. Counts are
    Poisson about the wards' true means; with mean m and variance v over the wards and T periods, the true
    means vary by A = v − m/T (0 where negative), and the next period of ward i is expected at
    m + A/(A + m/T)·(nᵢ − m) (empirical Bayes, Efron and Morris 1975; Marshall 1991). The fall is
    1 − Σ expected/Σ base over the selected, in percent. Wards without every period are left out. NaN where
    fewer than two wards or no incidents are left, or nothing is selected. It holds for a city whose level
    stays.
    """
    history = counts.to_frame() if isinstance(counts, pd.Series) else counts
    base = np.sort(history.dropna().mean(axis=1).to_numpy(float))[::-1]
    if len(base) < 2 or base.sum() <= 0 or n_selected < 1:
        return math.nan
    mean, sampling = base.mean(), base.mean() / history.shape[1]
    between = max(base.var(ddof=1) - sampling, 0.0)
    selected = base[:n_selected]
    expected = mean + between / (between + sampling) * (selected - mean)
    return float(100 * (1 - expected.sum() / selected.sum()))
