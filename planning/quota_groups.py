"""The best choice where every ward stands under one limit at most: no solver, only an order.

Choices of n wards that keep a least and a most in each of several separate groups are the bases of a matroid,
so taking the best is exact (Edmonds 1971, Matroids and the greedy algorithm, Mathematical Programming 1).
"""

from dataclasses import dataclass

import numpy as np

from planning.quota_terms import Bools, Floats, Ints, Rows, rank


@dataclass(frozen=True)
class Groups:
    """group: of each ward, 0 for wards under no limit. least, most: per group, wards that are in anyway left
    out of account. n: how many wards to add to those."""

    group: Ints
    least: Ints
    most: Ints
    n: int
    must: Bools
    free: Bools


def find_groups(rows: Rows) -> Groups | None:
    """The groups, where no ward is in two of them; None else. Several limits on the same wards are one. The
    first row is the number of areas; costs are left out of account."""
    n, n_wards = int(rows.most[0]), len(rows.codes)
    group = np.zeros(n_wards, dtype=np.int64)
    least, most = [0], [n_wards]
    seen: dict[bytes, int] = {}
    for row, low, high in zip(rows.matrix[1:], rows.least[1:], rows.most[1:], strict=True):
        members = (row > 0) & rows.may
        place = seen.setdefault(members.tobytes(), len(seen) + 1)
        if place == len(least):
            if (group[members] > 0).any():
                return None
            group[members] = place
            least.append(0)
            most.append(n_wards)
        n_in = int((members & rows.must).sum())
        least[place] = max(least[place], 0 if np.isinf(low) else int(low) - n_in)
        most[place] = min(most[place], n_wards if np.isinf(high) else int(high) - n_in)
    return Groups(
        group,
        np.array(least),
        np.array(most),
        n - int(rows.must.sum()),
        rows.must,
        rows.may & ~rows.must,
    )


def take_best(units: Floats, groups: Groups) -> Bools:
    """Each group's least from its top, then the best of the rest that its most lets in. The choice exists:
    whoever calls has made sure."""
    order = rank(units)
    order = order[groups.free[order]]
    group = groups.group[order]
    by_group = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[by_group], group[by_group])
    place = np.empty(len(order), dtype=np.int64)
    place[by_group] = np.arange(len(order)) - starts
    sure = place < groups.least[group]
    open_to = np.flatnonzero(~sure & (place < groups.most[group]))
    chosen = groups.must.copy()
    chosen[order[sure]] = True
    chosen[order[open_to[: groups.n - int(sure.sum())]]] = True
    return chosen
