"""How rare is a ward's neighbourhood? Conditional permutations, seeded.

A ward keeps its own value; its k neighbours are drawn again and again from all the others. Where it misleads:
999 draws cannot tell less than 0.001, and neighbourhoods overlap, so wards are not judged independently.

One set of draws serves every ward. A draw is k + 1 wards in a row without repeats: its first k stand in for
the neighbours, and where the ward itself is among them, the last takes its place. What remains is a fair draw
of k from the others, so the sums of a draw are shared by all wards with k neighbours, and only those that met
themselves are mended (decision 0018).
"""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from geo.stats.known_values import Floats, center, take_known
from geo.stats.weights import Places, Weights, without_self

Statistic = Literal["gi", "gi_star", "local_moran"]
Side = Literal["folded", "two_sided", "greater", "less"]

# Steps from the smallest to the largest value: sums of steps are exact, in whatever order they are added.
STEPS = 2**32
# Draws × wards held at once.
MOST_CELLS = 2**22


def permute_local(
    statistic: Statistic,
    values: pd.Series,
    weights: Weights,
    *,
    n: int = 999,
    seed: int,
    side: Side = "folded",
) -> pd.Series:
    """Pseudo p of each ward's local statistic under n conditional permutations.

    values: index weights.codes; missing ones are left out with their links. weights: any whose neighbours in
    a row weigh alike (all of `neighbours`, by row or not). side: "greater" and "less" look at large and at
    small statistics, p = (as extreme + 1)/(n + 1); "folded" takes the smaller of the two, as esda does by
    default; it looks at both sides and pays for one, so "two_sided" doubles it. Draws that equal the true
    value are as extreme on both sides: a ward of zeros among zeros is nothing rare.

    NaN for wards that are missing or have no neighbour known; 1 where all values are equal. Answers depend
    on the wards' codes, values and the seed, not on their order. Raises TooFewWards below three known.
    Anselin (1995), Local indicators of spatial association, Geographical Analysis 27(2).
    """
    if statistic not in get_args(Statistic) or side not in get_args(Side):
        raise ValueError(f"no statistic {statistic!r}, or no side {side!r}")
    known, among = take_known(values, weights)
    n_larger, n_smaller = _rank_sums(known, among, n, seed)
    if statistic == "local_moran":
        n_larger, n_smaller = _turn(center(known), n_larger, n_smaller, n)
    folded = (np.minimum(n_larger, n_smaller) + 1.0) / (n + 1.0)
    p = {
        "folded": folded,
        "two_sided": np.minimum(2.0 * folded, 1.0),
        "greater": (n_larger + 1.0) / (n + 1.0),
        "less": (n_smaller + 1.0) / (n + 1.0),
    }[side]
    p = np.where(among.count_neighbours() > 0, p, np.nan)
    return pd.Series(p, index=among.codes).reindex(values.index)


def _turn(own: Floats, n_larger: Places, n_smaller: Places, n: int) -> tuple[Places, Places]:
    """From the neighbours' sum to Moran's statistic, its product with the ward's own deviation: below the
    mean a large sum makes a small statistic, and on the mean every sum makes 0."""
    larger = np.where(own < 0, n_smaller, n_larger)
    smaller = np.where(own < 0, n_larger, n_smaller)
    return np.where(own == 0, n, larger), np.where(own == 0, n, smaller)


def _rank_sums(known: Floats, weights: Weights, n: int, seed: int) -> tuple[Places, Places]:
    """Per ward: in how many draws the neighbours' sum is at least, and at most, as large as the true one."""
    by_code = np.argsort(weights.codes.to_numpy().astype(str), kind="stable")
    pattern = without_self(weights.matrix)[by_code][:, by_code]
    pattern.data = np.ones(len(pattern.data), dtype=np.int64)
    steps = _to_steps(known[by_code])
    true_sum = pattern @ steps
    n_neighbours = np.diff(pattern.indptr)
    draws = _draw(len(steps), int(n_neighbours.max()) + 1, n, seed)
    sums = np.cumsum(steps[draws], axis=1)
    ranks = np.zeros((2, len(steps)), dtype=np.int64)
    for k in np.unique(n_neighbours[n_neighbours > 0]):
        # A step is rounded by half at most: sums of k that differ by no more than k are the same sum.
        floor, ceiling = true_sum - k, true_sum + k
        wards = np.flatnonzero(n_neighbours == k)
        ordered = np.sort(sums[:, k - 1])
        ranks[0, wards] = n - np.searchsorted(ordered, floor[wards], side="left")
        ranks[1, wards] = np.searchsorted(ordered, ceiling[wards], side="right")
        draw, place = np.nonzero(n_neighbours[draws[:, :k]] == k)
        ward = draws[draw, place]
        drawn = sums[draw, k - 1]
        mended = drawn - steps[ward] + steps[draws[draw, k]]
        np.add.at(ranks[0], ward, (mended >= floor[ward]).astype(np.int64) - (drawn >= floor[ward]))
        np.add.at(ranks[1], ward, (mended <= ceiling[ward]).astype(np.int64) - (drawn <= ceiling[ward]))
    in_order = np.empty_like(ranks)
    in_order[:, by_code] = ranks
    return in_order[0], in_order[1]


def _to_steps(known: Floats) -> Places:
    deviations = center(known)
    span = np.ptp(deviations)
    if span == 0:
        return np.zeros(len(known), dtype=np.int64)
    return np.asarray(np.round((deviations - deviations.min()) / span * STEPS), dtype=np.int64)


def _draw(n_wards: int, size: int, n: int, seed: int) -> Places:
    """n rows of `size` places in random order without repeats."""
    chance = np.random.default_rng(seed)
    at_once = max(1, MOST_CELLS // n_wards)
    heights = [min(at_once, n - start) for start in range(0, n, at_once)]
    return np.concatenate([_shuffle(n_wards, size, height, chance) for height in heights])


def _shuffle(n_wards: int, size: int, n: int, chance: np.random.Generator) -> Places:
    """The first `size` steps of Fisher and Yates' shuffle, on n rows at once."""
    rows, places = np.arange(n), np.tile(np.arange(n_wards), (n, 1))
    for step in range(size):
        other = chance.integers(step, n_wards, size=n)
        drawn = places[rows, other]
        places[rows, other] = places[:, step]
        places[:, step] = drawn
    return places[:, :size].astype(np.int64)
