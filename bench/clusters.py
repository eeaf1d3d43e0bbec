"""Neighbours and clusters: geo.stats beside libpysal and esda, 558 and 10,600 made-up wards.

The wards are seeded quadrilaterals with crooked sides of eight pieces, which they share to the last digit:
about as many corners a ward as outlines of the whole country have.
"""

import resource
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from esda import Moran_Local
from libpysal.graph import Graph
from numpy.typing import NDArray
from scipy import sparse

from bench.cold import answer_esda, answer_ours
from bench.report import Section, write_pairs
from bench.turns import Taken, take_turns
from geo.stats.clusters import local_moran
from geo.stats.neighbours import contiguity
from geo.stats.permutations import permute_local
from geo.stats.weights import Weights

SEED = 20241031
N = 999
SIZES = ((31, 18), (106, 100))
PIECES = 8
WEST, SOUTH, SIDE = 102.0, 9.0, 0.05
RARE = 0.001  # share of the wards that chance may part
ABOUT = f"""\
Made-up wards that share crooked borders, seed {SEED}; {N} permutations. Links and Moran's I must be the
same. The pseudo p-values are drawn by chance: at most {RARE:.1%} of the wards may lie farther apart than four
standard errors. Warm: both sides hold their neighbours ready in their own form, and numba has compiled.
Cold: a process of its own from the first import to the last p-value, as after a restart, processes in turns;
CPU is theirs. libpysal makes a Graph, esda runs on one core."""
Floats = NDArray[np.float64]


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
    """Moran's I and p."""
    series = pd.Series(values, index=weights.codes)
    p = permute_local("local_moran", series, weights, n=N, seed=SEED)
    return local_moran(series, weights.by_row())["i"].to_numpy(), p.to_numpy()


def measure_esda(values: Floats, graph: Graph) -> tuple[Floats, Floats]:
    """Moran's I and p; esda announces another default for p, the present one is ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        moran = Moran_Local(values, graph, permutations=N, seed=SEED, keep_simulations=False)
    return moran.Is, moran.p_sim


def link_pysal(shapes: gpd.GeoSeries) -> Graph:
    return Graph.build_contiguity(shapes.reset_index(drop=True), rook=False)


def check_links(weights: Weights, graph: Graph) -> str:
    theirs = sparse.csr_array(graph.sparse, dtype=float)
    assert (theirs - weights.matrix).count_nonzero() == 0, "other links"
    return f"{weights.n_links:,} links, 0 differ"


def check_moran(values: Floats, weights: Weights, graph: Graph) -> str:
    (our_i, our_p), (their_i, their_p) = measure_ours(values, weights), measure_esda(values, graph)
    np.testing.assert_allclose(our_i, their_i, rtol=1e-10, atol=1e-10)
    middle = (our_p + their_p) / 2
    far = np.abs(our_p - their_p) > 4 * np.sqrt(2 * middle * (1 - middle) / N) + 1 / N
    assert far.mean() <= RARE, "other p-values"
    return f"same I; p farther apart in {far.sum():,} wards"


def compare(columns: int, rows: int, chance: np.random.Generator) -> list[tuple[str, Taken, Taken, str]]:
    shapes = make_wards(columns, rows, chance)
    values = chance.gamma(2.0, size=len(shapes))
    weights, graph = contiguity(shapes, shapes.index), link_pysal(shapes)
    same_links, same_moran = check_links(weights, graph), check_moran(values, weights, graph)
    links = take_turns([lambda: contiguity(shapes, shapes.index), lambda: link_pysal(shapes)])
    warm = take_turns([lambda: measure_ours(values, weights), lambda: measure_esda(values, graph)])
    told = [
        (f"contiguity, {len(shapes):,} wards", links[0], links[1], same_links),
        (f"local Moran, {len(shapes):,} wards, warm", warm[0], warm[1], same_moran),
    ]
    if (columns, rows) == SIZES[0]:
        title = f"local Moran, {len(shapes):,} wards, cold"
        told.append((title, *compare_cold(values, weights, graph), "as warm, to the last digit"))
    return told


def compare_cold(values: Floats, weights: Weights, graph: Graph) -> tuple[Taken, Taken]:
    """Ours and esda's, each in a new process every time."""
    pairs = weights.matrix.tocoo()
    first, second = pairs.row.astype(np.int64), pairs.col.astype(np.int64)
    assert (answer_ours(values, first, second, N, SEED) == measure_ours(values, weights)[1]).all()
    assert (answer_esda(values, first, second, N, SEED) == measure_esda(values, graph)[1]).all()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wards.npz"
        np.savez(path, values=values, first=first, second=second, n=np.array(N), seed=np.array(SEED))
        ways = [lambda: run_cold("ours", path), lambda: run_cold("esda", path)]
        ours, esda = take_turns(ways, cpu_clock=read_children_clock)
    return ours, esda


def run_cold(way: str, given: Path) -> None:
    subprocess.run([sys.executable, "-m", "bench.cold", way, str(given)], check=True)


def read_children_clock() -> float:
    """Processor seconds of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run() -> Section:
    chance = np.random.default_rng(SEED)
    rows = [row for columns, rows in SIZES for row in compare(columns, rows, chance)]
    return Section("Neighbours and clusters", f"{ABOUT}\n\n{write_pairs(rows)}")


if __name__ == "__main__":
    print(run().body)
