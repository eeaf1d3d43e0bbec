"""How often a ward stays on the list when the weights are not quite those that somebody chose.

It answers for the weights alone: the figures themselves, and which criteria there are, are taken as given. A
high share does not say that the ward is the right one.
"""

from collections.abc import Callable, Collection, Mapping

import numpy as np
import pandas as pd

from planning.score import DECIMALS, Scored, normalise

N_DRAWS = 2000
SEED = 2000
SPREAD = 0.5
FRAGILE = 0.7
"""A chosen ward that stays in fewer draws than this share depends on the weights."""


def draw_weights(
    weights: Mapping[str, float], *, n_draws: int = N_DRAWS, seed: int = SEED, spread: float = SPREAD
) -> pd.DataFrame:
    """Weights like those given: a row per draw, a column per key, each row summing to 100.

    Each weight is multiplied by its own factor, uniform in [1 − spread, 1 + spread), then the row is brought
    back to 100; a weight of 0 stays 0. Factors are drawn for the positive weights in the order of their keys,
    so the order of the mapping does not matter. 0 <= spread < 1, else ValueError.
    """
    if not 0 <= spread < 1:
        raise ValueError(f"spread is {spread}; it must be from 0 to under 1")
    shares = pd.Series(normalise(weights))
    drawn = shares[shares > 0].sort_index()
    factors = np.random.default_rng(seed).uniform(1 - spread, 1 + spread, size=(n_draws, len(drawn)))
    rows = drawn.to_numpy() * factors
    table = pd.DataFrame(100 * rows / rows.sum(axis=1, keepdims=True), columns=drawn.index)
    return table.reindex(columns=shares.index, fill_value=0.0)


def stability(
    scored: Scored, draws: pd.DataFrame, choose: Callable[[pd.Series], Collection[str]]
) -> pd.Series:
    """Share 0 to 1 of the draws in which `choose` takes each ward; NaN where the ward has no score.

    draws: of `draw_weights`, with the criteria of the score. choose is given the scores of one draw on the
    whole index (NaN where the ward has none, rounded as `Scored.score` is) and gives the codes it takes.
    """
    codes = scored.score.index
    points = scored.points[draws.columns].fillna(0.0).to_numpy()
    scores = np.round(points @ draws.to_numpy().T / 100, DECIMALS)
    scores[scored.score.isna().to_numpy()] = np.nan
    place = {code: row for row, code in enumerate(codes)}
    n_chosen = np.zeros(len(codes))
    for column in scores.T:
        taken = choose(pd.Series(column, index=codes))
        n_chosen[[place[code] for code in taken]] += 1
    return pd.Series(n_chosen / len(draws), index=codes).where(scored.score.notna())
