"""Which candidate reaches which incidents, made as small as the same answer allows.

Left out, exactly: candidates that reach nothing; of candidates that reach the same incidents all but the
nearest to them; candidates whose incidents another one reaches too, and more (whoever would choose such a one
loses nothing by choosing the other). Incidents that the same candidates reach are one column with their sum.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BLOCK = 1_000


@dataclass(frozen=True)
class ReachSets:
    """matrix: 0/1, one row per candidate left, one column per set of incidents, no empty row or column.
    weight: incidents of each column, positive. candidate: place of each row among those given, which decides
    ties: the first is taken. n_idle, n_merged, n_dominated: candidates left out, by reason."""

    matrix: sparse.csr_array
    weight: Floats
    candidate: Ints
    n_idle: int = 0
    n_merged: int = 0
    n_dominated: int = 0

    @property
    def n_reachable(self) -> float:
        return float(self.weight.sum())


def find_reach_sets(candidates: Floats, places: Floats, n: Floats, radius_m: float) -> ReachSets:
    """Candidates (c, 2) and incidents (m, 2; n at each) on one plane in metres. Within reach: at most
    radius_m, the radius included."""
    rows, columns = _find_pairs(candidates, places, radius_m)
    distance = np.hypot(*(candidates[rows] - places[columns]).T)
    shape = (len(candidates), len(places))
    matrix = sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
    sets = ReachSets(matrix, n, np.arange(len(candidates)))
    strain = np.bincount(rows, weights=distance * n[columns], minlength=len(candidates)).astype(float)
    return _drop_dominated(_merge_columns(_merge_rows(_drop_idle(sets), strain)))


def _find_pairs(candidates: Floats, places: Floats, radius_m: float) -> tuple[Ints, Ints]:
    if not len(candidates) or not len(places):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    near = cKDTree(places).query_ball_point(candidates, np.nextafter(radius_m, np.inf), return_sorted=True)
    found = [np.asarray(columns, dtype=np.int64) for columns in near]
    lengths = [len(columns) for columns in found]
    return np.repeat(np.arange(len(candidates)), lengths), np.concatenate(found)


def _keep_rows(sets: ReachSets, kept: NDArray[np.bool_] | Ints) -> ReachSets:
    return replace(sets, matrix=sparse.csr_array(sets.matrix[kept]), candidate=sets.candidate[kept])


def _drop_idle(sets: ReachSets) -> ReachSets:
    reaches = np.diff(sets.matrix.indptr) > 0
    return replace(_keep_rows(sets, reaches), n_idle=int((~reaches).sum()))


def _merge_rows(sets: ReachSets, strain: Floats) -> ReachSets:
    """One candidate for each set of incidents: the nearest to them on average, then the first given."""
    group = _group_rows(sets.matrix)
    order = np.lexsort((sets.candidate, strain[sets.candidate], group))
    best = order[np.unique(group[order], return_index=True)[1]]
    return replace(_keep_rows(sets, np.sort(best)), n_merged=len(group) - len(best))


def _merge_columns(sets: ReachSets) -> ReachSets:
    turned = sparse.csr_array(sets.matrix.T)
    reached = np.diff(turned.indptr) > 0
    turned, weight = sparse.csr_array(turned[reached]), sets.weight[reached]
    group = _group_rows(turned)
    _, first = np.unique(group, return_index=True)
    sums = np.bincount(group, weights=weight).astype(float)
    return replace(sets, matrix=sparse.csr_array(turned[first].T), weight=sums)


def _group_rows(matrix: sparse.csr_array) -> Ints:
    """Number of the set of columns that each row holds, counted in order of appearance."""
    matrix.sort_indices()
    known: dict[bytes, int] = {}
    starts, indices = matrix.indptr, matrix.indices
    return np.array(
        [known.setdefault(indices[start:end].tobytes(), len(known)) for start, end in pairwise(starts)],
        dtype=np.int64,
    )


def _drop_dominated(sets: ReachSets) -> ReachSets:
    """Without candidates whose set lies inside another's; equal sets are merged before."""
    size = np.diff(sets.matrix.indptr)
    turned = sparse.csr_array(sets.matrix.T)
    dominated = np.zeros(len(size), dtype=bool)
    for start in range(0, len(size), BLOCK):
        shared = sparse.coo_array(sets.matrix[start : start + BLOCK] @ turned)
        row = shared.row + start
        inside = (shared.data == size[row]) & (size[shared.col] > size[row])
        dominated[row[inside]] = True
    return replace(_keep_rows(sets, ~dominated), n_dominated=int(dominated.sum()))
