"""Local Moran in a process of its own, as after a restart: python -m bench.cold WAY FILE.

From the first import to the last p-value; neither way imports what only the other needs. FILE: an npz of
values, and of the links as two columns of places in rising order (first, second), both directions.
"""

import sys

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def answer_ours(values: Floats, first: Places, second: Places, n: int, seed: int) -> Floats:
    import pandas as pd

    from geo.stats.clusters import local_moran
    from geo.stats.permutations import permute_local
    from geo.stats.weights import make_weights

    series = pd.Series(values, index=[f"{place:05d}" for place in range(len(values))])
    weights = make_weights(first, second, series.index, rule="queen")
    local_moran(series, weights.by_row())
    return permute_local("local_moran", series, weights, n=n, seed=seed).to_numpy()


def answer_esda(values: Floats, first: Places, second: Places, n: int, seed: int) -> Floats:
    import warnings

    from esda import Moran_Local
    from libpysal.graph import Graph

    graph = Graph.from_arrays(first, second, np.ones(len(first)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        moran = Moran_Local(values, graph, permutations=n, seed=seed, keep_simulations=False)
    p: Floats = moran.p_sim
    return p


WAYS = {"ours": answer_ours, "esda": answer_esda}

if __name__ == "__main__":
    way, path = sys.argv[1:]
    with np.load(path) as kept:
        WAYS[way](kept["values"], kept["first"], kept["second"], int(kept["n"]), int(kept["seed"]))
