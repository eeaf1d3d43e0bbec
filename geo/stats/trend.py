"""Whether a series of values rises or falls, told by ranks alone (Mann-Kendall)."""

import numpy as np
import pandas as pd


def mann_kendall(values: pd.DataFrame) -> pd.DataFrame:
    """Mann-Kendall test of each row; columns stand in time order, the newest last.

    Columns of the answer: s = Σ sign(later − earlier) over all pairs, variance of s under no trend, and
    z = (s ∓ 1)/√variance (0 where s is 0; about standard normal from 10 values). Ties are corrected for:
    variance = (m(m − 1)(2m + 5) − Σ t(t − 1)(2t + 5))/18, t values in a tie (Mann 1945, Kendall 1975, as in
    Gilbert 1987, ch. 16). Missing values are left out and m is smaller; z is missing where fewer than two
    values differ.
    """
    table = values.to_numpy(float)
    s = np.zeros(len(table))
    ties = np.zeros(len(table))
    for place in range(table.shape[1]):
        here = table[:, [place]]
        s += np.nansum(np.sign(table[:, place + 1 :] - here), axis=1)
        level = (table == here).sum(axis=1)
        ties += np.where(level > 0, (level - 1) * (2 * level + 5), 0)
    m = np.isfinite(table).sum(axis=1)
    variance = (m * (m - 1) * (2 * m + 5) - ties) / 18
    z = (s - np.sign(s)) / np.sqrt(np.where(variance > 0, variance, np.nan))
    return pd.DataFrame({"s": s, "variance": variance, "z": z}, index=values.index)
