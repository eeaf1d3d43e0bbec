"""The best choice again and again under the same rows, for thousands of weight draws.

Three things make a draw cheap, and none makes it less exact. Wards before which enough better ones of their
kind stand are left out. The best of the earlier choices tells how good a choice must be. Prices of the rules
from earlier linear relaxations tell how good it can be at most (Geoffrion 1974, Mathematical Programming
Study 2). What lies between is swept. Of equally good choices the one is taken that `quota_solver.find_best`
names; that takes over where the sweep would grow too wide.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from planning.quota_solver import find_best, maximise
from planning.quota_sweep import TooWide, sweep
from planning.quota_terms import UNITS, Bools, Floats, Ints, Rows, rank

MOST_REMEMBERED = 64
N_LEARNED = 32
N_PRICES = 6


@dataclass(frozen=True)
class Kinds:
    """kind: of each ward; wards of one kind stand under the same limits. room: how many of a kind any choice
    holds at most, beside those that must be in. cost: in one row, 0 without a budget."""

    kind: Ints
    room: Ints
    cost: Floats


@dataclass(frozen=True)
class Free:
    """Wards that are free to be in or out, in the order of `rank`: n of them such that ceiling·x ≤ left."""

    units: Floats
    ceiling: Floats
    left: Floats
    n: int

    def bound(self, prices: Floats) -> Floats:
        """Per line of prices, none negative: no choice is worth more."""
        net = -np.sort(prices @ self.ceiling - self.units, axis=1)
        return np.asarray(prices @ self.left + net[:, : self.n].sum(axis=1))

    def sweep(self, prices: Floats, floor: float) -> Ints:
        """Places in the best choice. floor: the worth of a choice that exists."""
        rows = np.vstack([prices @ self.ceiling - self.units, self.ceiling])
        left = np.concatenate([prices @ self.left - floor + 0.5, self.left])  # worth is whole
        return sweep(self.units, rows, left, self.n)


class Searcher:
    """Asked with scores, it answers with the choice that `find_best` names. A choice must exist.

    It remembers the prices of its first draws and the latest different choices, which changes how fast an
    answer comes and never the answer.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows, self.kinds = rows, find_kinds(rows)
        has_most, has_least = np.isfinite(rows.most), np.isfinite(rows.least)
        has_most[0] = has_least[0] = False  # the number of areas, which the sweep counts itself
        self.ceiling = np.vstack([rows.matrix[has_most], -rows.matrix[has_least]])
        self.left = np.concatenate([rows.most[has_most], -rows.least[has_least]]) - self.ceiling @ rows.must
        self.n = int(rows.most[0]) - int(rows.must.sum())
        self.choices = np.empty((0, len(rows.codes)), dtype=bool)
        self.prices = np.zeros((1, len(self.left)))

    def __call__(self, units: Floats) -> Bools:
        order = self._list_free(units)
        free = Free(units[order], self.ceiling[:, order], self.left, self.n)
        chosen = self.rows.must.copy()
        try:
            chosen[order[free.sweep(self._find_prices(free), self._find_floor(units))]] = True
        except TooWide:
            chosen = self._solve(units)
        assert self.rows.hold(chosen), "the search kept every row"
        if not (self.choices == chosen).all(axis=1).any():
            self.choices = np.vstack([chosen, self.choices])[:MOST_REMEMBERED]
        return chosen

    def _list_free(self, units: Floats) -> Ints:
        order = rank(units)
        order = order[(self.rows.may & ~self.rows.must)[order]]
        return order[~_is_outdone(order, self.kinds)]

    def _find_floor(self, units: Floats) -> float:
        known = (self.choices @ units).max(initial=-np.abs(units).sum())
        return float(known - units @ self.rows.must)

    def _find_prices(self, free: Free) -> Floats:
        if len(self.prices) <= N_LEARNED:
            self.prices = np.vstack([self.prices, find_prices(free)])
        return np.asarray(self.prices[np.argsort(free.bound(self.prices))[:N_PRICES]])

    def _solve(self, units: Floats) -> Bools:
        chosen = find_best(units, self.rows)
        assert chosen is not None, "whoever asks has made sure that a choice exists"
        return chosen


def find_kinds(rows: Rows) -> Kinds:
    """Kinds of the wards that are free to be in or out; those of the others mean nothing."""
    free = rows.may & ~rows.must
    _, kind = np.unique(rows.matrix[~rows.is_cost].T, axis=0, return_inverse=True)
    kind = np.asarray(kind, dtype=np.int64).ravel()
    room = np.zeros(kind.max(initial=-1) + 1, dtype=np.int64)
    for place in np.unique(kind[free]):
        members = free & (kind == place)
        most = maximise(members.astype(float), rows)
        assert most is not None, "whoever asks has made sure that a choice exists"
        room[place] = int((most & members).sum())
    return Kinds(kind, room, rows.matrix[rows.is_cost].sum(axis=0))


def _is_outdone(order: Ints, kinds: Kinds) -> Bools:
    """Wards before which as many of their kind stand, each no worse and no dearer, as any choice has room
    for: a choice with one of them gains, or loses nothing, by taking one of those in its place."""
    kind, cost = kinds.kind[order], kinds.cost[order]
    stands_before = np.tri(len(order), k=-1, dtype=bool)
    better = stands_before & (kind[:, np.newaxis] == kind) & (cost[:, np.newaxis] >= cost)
    return np.asarray(better.sum(axis=1) >= kinds.room[kind])


def find_prices(free: Free) -> Floats:
    """What one more of each row's right-hand side would be worth. Any prices that are not negative bound the
    best from above; these do it best."""
    if not free.ceiling.size:
        return np.zeros(len(free.left))
    scale = np.abs(free.ceiling).max(axis=1, initial=1.0)
    relaxed = linprog(
        -free.units / UNITS,
        A_ub=free.ceiling / scale[:, np.newaxis],
        b_ub=free.left / scale,
        A_eq=np.ones((1, len(free.units))),
        b_eq=[free.n],
        bounds=(0, 1),
    )
    if relaxed.ineqlin.marginals is None:
        return np.zeros(len(free.left))
    return np.asarray(np.maximum(-relaxed.ineqlin.marginals, 0.0) * UNITS / scale)
