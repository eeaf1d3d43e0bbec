"""k rows of a 0/1 matrix that together cover the most weight: the maximal covering location problem.

maximise Σ w_i y_i subject to y_i ≤ Σ_j a_ij x_j, Σ x_j ≤ k, x_j ∈ {0, 1}, 0 ≤ y_i ≤ 1 (Church and ReVelle
1974, The maximal covering location problem, Papers of the Regional Science Association 32). The y need not be
declared whole: with x whole, the best y is.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.cover.reach_sets import Floats, Ints, ReachSets

SOLVED, STOPPED = 0, 1
Method = Literal["optimal", "within_gap", "greedy"]
GREEDY_SHARE = 1 - 1 / np.e
TIME_LIMIT_S = 30.0
TOLERANCE = 1e-9
SOLVER_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Choice:
    """rows: chosen rows in the order told, each taking the most that is left, the first row at a tie; gain:
    what each adds, positive. bound: no k rows cover more than that. covered: what they cover together."""

    rows: Ints
    gain: Floats
    bound: float
    method: Method

    @property
    def covered(self) -> float:
        return float(self.gain.sum())

    @property
    def gap_pct(self) -> float:
        """How much more than `covered` the best choice could cover at most, in percent of `covered`."""
        return 0.0 if self.method == "optimal" else 100 * (self.bound / self.covered - 1)


def choose(sets: ReachSets, k: int, *, time_limit_s: float = TIME_LIMIT_S, gap: float = 0.0) -> Choice:
    """At most k rows; fewer when fewer cover all that can be covered.

    optimal: proven, by the solver or because the greedy choice meets its own bound. within_gap: the solver
    stopped at `gap` (relative) or at its time limit with a choice better than the greedy one. greedy: the
    solver brought nothing better in its time; then bound is the least of what is known (greedy choice of k
    covers at least 1 − 1/e of the best; Nemhauser, Wolsey and Fisher 1978). The same input gives the same
    answer unless the time limit cuts in.
    """
    greedy = choose_greedily(sets, k)
    if _is_met(greedy.covered, greedy.bound):
        return _settle(greedy, greedy.bound, "greedy")
    promising = _find_promising(sets, k, greedy.covered)
    solved, bound = _solve(sets.matrix[promising], sets.weight, k, time_limit_s, gap)
    bound = min(max(_round_down(bound, sets.weight), greedy.covered), greedy.bound)
    ordered = choose_greedily(sets, k, among=promising[solved])
    if ordered.covered > greedy.covered * (1 + TOLERANCE):
        return _settle(ordered, bound, "within_gap")
    return _settle(greedy, bound, "greedy")


def _find_promising(sets: ReachSets, k: int, least: float) -> Ints:
    """Rows that a choice better than `least` can hold: with the k − 1 largest others they reach more."""
    gains = sets.matrix @ sets.weight
    return np.flatnonzero(gains + _add_largest(gains, k - 1) > least * (1 + TOLERANCE))


def _round_down(bound: float, weight: Floats) -> float:
    """Of whole incidents no half one can be covered."""
    is_whole = np.isfinite(bound) and bool((weight == np.floor(weight)).all())
    return float(np.floor(bound + SOLVER_TOLERANCE)) if is_whole else bound


def _is_met(covered: float, bound: float) -> bool:
    """As far as the solver itself tells two sums apart."""
    return covered >= bound * (1 - TOLERANCE) - 2 * SOLVER_TOLERANCE


def _settle(choice: Choice, bound: float, method: Method) -> Choice:
    if _is_met(choice.covered, bound):
        return Choice(choice.rows, choice.gain, choice.covered, "optimal")
    return Choice(choice.rows, choice.gain, bound, method)


def choose_greedily(sets: ReachSets, k: int, *, among: Ints | None = None) -> Choice:
    """Row after row the one that adds most, the first at a tie, until k or until nothing is added.

    bound: the least, over the steps, of what is covered so far and the k largest gains that are left (no k
    rows can add more, since gains only shrink), and of covered / (1 − 1/e). Meaningless with `among`.
    """
    matrix, turned = sets.matrix, sparse.csr_array(sets.matrix.T)
    gains = matrix @ sets.weight
    if among is not None:
        gains[np.setdiff1d(np.arange(len(gains)), among)] = 0.0
    left = sets.weight.copy()
    rows: list[int] = []
    gained: list[float] = []
    bound = min(sets.n_reachable, _add_largest(gains, k))
    while len(rows) < k and len(gains) and gains.max() > 0:
        row = int(gains.argmax())
        columns = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        columns = columns[left[columns] > 0]
        rows.append(row)
        gained.append(float(left[columns].sum()))
        gains = _take(gains, turned[columns], left[columns])
        gains[row] = 0.0
        left[columns] = 0.0
        bound = min(bound, sum(gained) + _add_largest(gains, k))
    covered = sum(gained)
    if len(rows) == k:
        bound = min(bound, covered / GREEDY_SHARE)
    bound = max(_round_down(bound, sets.weight), covered)
    return Choice(np.array(rows, dtype=np.int64), np.array(gained, dtype=float), bound, "greedy")


def _take(gains: Floats, reached: sparse.csr_array, weight: Floats) -> Floats:
    """Gains without what has just been covered; what rounding leaves of nothing is nothing."""
    lost = reached.T @ weight
    fresh = gains - lost
    return np.where(fresh > TOLERANCE * np.maximum(gains, 1.0), fresh, 0.0)


def _add_largest(gains: Floats, k: int) -> float:
    return float(np.sort(gains)[::-1][:k].sum())


def _solve(
    matrix: sparse.csr_array, weight: Floats, k: int, time_limit_s: float, gap: float
) -> tuple[Ints, float]:
    """(chosen rows, proven bound): no rows when the solver ends without a choice, inf without a bound."""
    reached = matrix.sum(axis=0) > 0
    matrix, weight = matrix[:, reached], weight[reached]
    n_rows, n_columns = matrix.shape
    cost = np.concatenate([np.zeros(n_rows), -weight])
    reach = sparse.hstack([-matrix.T, sparse.eye_array(n_columns)], format="csr")
    count = sparse.csr_array(np.concatenate([np.ones(n_rows), np.zeros(n_columns)])[np.newaxis])
    answer = milp(
        cost,
        integrality=np.concatenate([np.ones(n_rows), np.zeros(n_columns)]),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(reach, -np.inf, 0), LinearConstraint(count, -np.inf, k)],
        options={"time_limit": time_limit_s, "mip_rel_gap": gap, "disp": False},
    )
    dual = answer.mip_dual_bound if answer.status in (SOLVED, STOPPED) else None
    bound = np.inf if dual is None else -float(dual)
    if answer.x is None:
        return np.empty(0, dtype=np.int64), bound
    if answer.status == SOLVED and gap == 0:
        bound = -float(answer.fun) + SOLVER_TOLERANCE
    return np.flatnonzero(answer.x[:n_rows] > 0.5), bound
