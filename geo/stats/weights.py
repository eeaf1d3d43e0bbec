"""Who is whose neighbour, as one sparse matrix."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Weights:
    """Spatial weights of wards.

    matrix: n × n, row i holds the weights of the neighbours of ward i; binary before `by_row`; the diagonal
    is 0 before `with_self`. codes: ward codes in the matrix's order. islands: codes of wards without a
    neighbour. rule: "queen", "distance" or "nearest"; distance_m: the band or NaN. is_by_row: each row sums
    to 1 (an island's to 0).
    """

    matrix: sparse.csr_array
    codes: pd.Index
    islands: tuple[str, ...]
    rule: str
    distance_m: float = float("nan")
    is_by_row: bool = False

    @property
    def n_links(self) -> int:
        """Pairs in order: two wards that are neighbours of each other count twice. A ward's own weight counts
        for nothing."""
        return int(self.count_neighbours().sum())

    def count_neighbours(self) -> Places:
        """Neighbours of each ward, itself left out."""
        is_own = self.matrix.diagonal() != 0
        return np.asarray(np.diff(self.matrix.indptr) - is_own, dtype=np.int64)

    def by_row(self) -> "Weights":
        """Row-standardised: the neighbours' weights of a ward sum to 1, so a lag is their mean."""
        sums = np.asarray(self.matrix.sum(axis=1), dtype=float)
        shares = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
        matrix = sparse.csr_array(sparse.diags_array(shares) @ self.matrix)
        return replace(self, matrix=matrix, is_by_row=True)

    def with_self(self) -> "Weights":
        """Each ward among its own neighbours with weight 1, as Gi* wants it. Ask before `by_row`."""
        if self.is_by_row:
            raise ValueError("a ward joins its neighbours before the rows are standardised")
        own = sparse.eye_array(len(self.codes), format="csr")
        return replace(self, matrix=sparse.csr_array(without_self(self.matrix) + own))


def make_weights(
    first: Places, second: Places, codes: pd.Index, *, rule: str, distance_m: float = float("nan")
) -> Weights:
    """Binary weights from places (row, column) of neighbours; give both orders of a mutual pair.

    A pair given twice counts once, a ward given as its own neighbour not at all.
    """
    n = len(codes)
    matrix = sparse.csr_array((np.ones(len(first)), (first, second)), shape=(n, n))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    matrix = without_self(matrix)
    return Weights(matrix, codes, find_islands(matrix, codes), rule, distance_m)


def restrict(weights: Weights, known: pd.Series) -> Weights:
    """The weights among the wards that are known, links to the others cut.

    known: booleans, index ward codes in the order of weights.codes. Wards that lose their last neighbour
    become islands and are named with the others; rows that summed to 1 sum to 1 again.
    """
    if not known.index.equals(weights.codes):
        raise ValueError("the values and the weights name different wards or another order")
    kept = np.flatnonzero(known.to_numpy(dtype=bool))
    if len(kept) == len(weights.codes):
        return weights
    matrix = sparse.csr_array(weights.matrix[kept][:, kept])
    codes = weights.codes[kept]
    among = replace(weights, matrix=matrix, codes=codes, islands=find_islands(matrix, codes), is_by_row=False)
    return among.by_row() if weights.is_by_row else among


def find_islands(matrix: sparse.csr_array, codes: pd.Index) -> tuple[str, ...]:
    """Codes of the wards whose row is empty but for themselves."""
    is_island = np.diff(without_self(matrix).indptr) == 0
    return tuple(str(code) for code in codes[is_island])


def without_self(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same weights, each ward's own taken away."""
    pairs = matrix.tocoo()
    is_other = (pairs.row != pairs.col) & (pairs.data != 0)
    places = (pairs.row[is_other], pairs.col[is_other])
    return sparse.csr_array((pairs.data[is_other], places), shape=matrix.shape)
