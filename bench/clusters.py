"""Neighbours and clusters: geo.stats beside libpysal and esda, 558 and 10,600 made-up wards.

The wards are seeded quadrilaterals with crooked sides of eight pieces, which they share to the last digit:
about as many corners a ward as outlines of the whole country have. Links and Moran's I must be the same
before anything is timed, and the pseudo p-values within four standard errors. Warm ways take turns in one
process; cold ones are processes of their own, from the first import to the last p-value, as after a restart.
"""

import importlib.util
import os
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy import sparse

from bench.turns import take_turns
from geo.stats.clusters import local_moran
from geo.stats.neighbours import contiguity
from geo.stats.permutations import permute_local
from geo.stats.weights import Weights, make_weights

SEED = 20241031
N = 999
SIZES = ((31, 18), (106, 100))
PIECES = 8
WEST, SOUTH, SIDE = 102.0, 9.0, 0.05
COLD_ROUNDS = 3
Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]


def make_wards(columns: int, rows: int, chance: np.random.Generator) -> gpd.GeoSeries:
    """Row by row from below, in degrees; every side is one list of corners for the two wards it parts."""
    east, north = np.meshgrid(np.arange(columns + 1.0), np.arange(rows + 1.0))
    corners = np.stack([east, north], axis=2) + chance.uniform(-0.2, 0.2, (rows + 1, columns + 1, 2))
    along = draw_sides(corners[:, :-1], corners[:, 1:], chance)
    up = draw_sides(corners[:-1], corners[1:], chance)
    back, down = along[1:, :, ::-1], up[:, :-1, ::-1]
    sides = (along[:-1], up[:, 1:], back, down)
    rings = np.concatenate([side[:, :, :-1] for side in sides], axis=2).reshape(rows * columns, -1, 2)
    places = rings * SIDE + (WEST, SOUTH)
    codes = pd.Index([f"{place:05d}" for place in range(len(places))], name="ward_code")
    return gpd.GeoSeries(shapely.polygons(places), index=codes, crs="EPSG:4326")


def draw_sides(start: Floats, end: Floats, chance: np.random.Generator) -> Floats:
    """Corners from start to end, both included, those between pushed off the straight line."""
    share = np.linspace(0, 1, PIECES + 1)[:, np.newaxis]
    points = start[:, :, np.newaxis] * (1 - share) + end[:, :, np.newaxis] * share
    points[:, :, 1:-1] += chance.normal(0, 0.01, points[:, :, 1:-1].shape)
    return np.asarray(points)


def measure_ours(values: Floats, weights: Weights) -> tuple[Floats, Floats]:
    series = pd.Series(values, index=weights.codes)
    p = permute_local("local_moran", series, weights, n=N, seed=SEED)
    return local_moran(series, weights.by_row())["i"].to_numpy(), p.to_numpy()


def measure_esda(values: Floats, weights: Weights) -> tuple[Floats, Floats]:
    from esda import Moran_Local
    from libpysal.weights import W

    lists = np.split(weights.matrix.indices, weights.matrix.indptr[1:-1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        near = W({place: list(others) for place, others in enumerate(lists)}, silence_warnings=True)
        moran = Moran_Local(values, near, permutations=N, seed=SEED, n_jobs=1, keep_simulations=False)
    return moran.Is, moran.p_sim


def link_pysal(shapes: gpd.GeoSeries) -> sparse.csr_array:
    from libpysal.graph import Graph

    graph = Graph.build_contiguity(shapes.reset_index(drop=True), rook=False)
    return sparse.csr_array(graph.sparse, dtype=float)


WAYS: dict[str, Callable[[Floats, Weights], tuple[Floats, Floats]]] = {
    "ours": measure_ours,
    "esda": measure_esda,
}


def check(shapes: gpd.GeoSeries, values: Floats, weights: Weights) -> None:
    """Equal answers first."""
    assert (link_pysal(shapes) - weights.matrix).count_nonzero() == 0, "other links"
    (our_i, our_p), (their_i, their_p) = measure_ours(values, weights), measure_esda(values, weights)
    np.testing.assert_allclose(our_i, their_i, rtol=1e-10, atol=1e-10)
    middle = (our_p + their_p) / 2
    far = np.abs(our_p - their_p) > 4 * np.sqrt(2 * middle * (1 - middle) / N) + 1 / N
    print(f"same links, same I; p within four standard errors for {1 - far.mean():.2%} of the wards")
    assert far.mean() <= 0.001, "other p-values"


def run_cold(way: str, given: Path) -> float:
    """Processor seconds of a new process that reads the wards and gives the p-values."""
    command = [sys.executable, "-m", "bench.clusters", way, str(given)]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, used = os.wait4(child, 0)
    assert status == 0, f"{way} did not finish"
    return used.ru_utime + used.ru_stime


def tell(title: str, ours_s: float, theirs_s: float) -> None:
    print(f"{title}: ours {ours_s:.3f} s, theirs {theirs_s:.3f} s, {theirs_s / ours_s:.1f} times as fast")


def main() -> None:
    chance = np.random.default_rng(SEED)
    compiled = "with" if importlib.util.find_spec("numba") else "WITHOUT"
    print(f"seed {SEED}, {N} permutations, processor seconds, medians; esda {compiled} numba")
    for columns, rows in SIZES:
        shapes = make_wards(columns, rows, chance)
        weights = contiguity(shapes, shapes.index)
        values = chance.gamma(2.0, size=len(shapes))
        print(f"{len(shapes):,} wards, {weights.n_links:,} links")
        check(shapes, values, weights)
        compare(shapes, values, weights)


def compare(shapes: gpd.GeoSeries, values: Floats, weights: Weights) -> None:
    links = take_turns([lambda: contiguity(shapes, shapes.index), lambda: link_pysal(shapes)])
    tell("contiguity", *(each.cpu_s for each in links))
    warm = take_turns([lambda: measure_ours(values, weights), lambda: measure_esda(values, weights)])
    tell("local Moran, warm", *(each.cpu_s for each in warm))
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "wards.npz"
        pairs = weights.matrix.tocoo()
        np.savez(given, values=values, first=pairs.row, second=pairs.col)
        seconds = {way: [run_cold(way, given) for _ in range(COLD_ROUNDS)] for way in WAYS}
    tell("local Moran, cold process", *(float(np.median(seconds[way])) for way in ("ours", "esda")))


def answer(way: str, given: Path) -> None:
    """What a cold process does."""
    kept = np.load(given)
    codes = pd.Index([f"{place:05d}" for place in range(len(kept["values"]))])
    weights = make_weights(
        kept["first"].astype(np.int64), kept["second"].astype(np.int64), codes, rule="queen"
    )
    WAYS[way](kept["values"], weights)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        answer(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
