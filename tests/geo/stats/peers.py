"""Weights as the reference library has them, turned into ours and back; and squares side by side."""

from contextlib import closing
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from libpysal import examples
from libpysal.io import open as open_pysal
from libpysal.weights import W
from scipy import sparse

from geo.stats.weights import Weights, make_weights

VIETNAM = Path("vietnam")


def from_pysal(reference: W) -> Weights:
    pairs = sparse.coo_array(reference.sparse)
    codes = pd.Index([f"{place:05d}" for place in range(reference.n)])
    return make_weights(pairs.row.astype(np.int64), pairs.col.astype(np.int64), codes, rule="queen")


def to_pysal(weights: Weights) -> W:
    lists = np.split(weights.matrix.indices, weights.matrix.indptr[1:-1])
    return W({place: list(near) for place, near in enumerate(lists)}, silence_warnings=True)


def make_grid(columns: int, rows: int) -> gpd.GeoSeries:
    """Unit squares, row by row from below, index of five digits."""
    squares = [shapely.box(x, y, x + 1, y + 1) for y in range(rows) for x in range(columns)]
    return gpd.GeoSeries(squares, index=pd.Index([f"{place:05d}" for place in range(len(squares))]))


def read_can_tho(real_data: Path, year: int) -> gpd.GeoDataFrame:
    return gpd.read_file(real_data / "vietnam" / f"can_tho_{year}.zip").set_index("MA_XA")


def read_example(name: str, table: str) -> tuple[W, pd.DataFrame]:
    """An example that comes with libpysal: its neighbours, and its columns in the same order."""
    with closing(open_pysal(examples.get_path(f"{name}.gal"))) as file:
        neighbours = file.read()
    return neighbours, pd.DataFrame(gpd.read_file(examples.get_path(table), ignore_geometry=True))
