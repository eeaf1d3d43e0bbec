"""The best choice under any rows, by integer programming; and which rules clash where there is none.

maximise Σ s_i x_i subject to least ≤ A x ≤ most, x_i ∈ {0, 1}, proven to the last millionth of a point:
scores are whole thousandths when the solver sees them, and its own absolute gap is a millionth.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from planning.quota_terms import ANY, Bools, Floats, Ints, Rows, Terms, rank

SOLVED, INFEASIBLE = 0, 2
FINE = 1_000  # millionths are handed to the solver as thousandths
BLOCK = 16


def find_best(units: Floats, rows: Rows) -> Bools | None:
    """The choice with the greatest sum; None where there is none. Of equally good choices the one that holds
    the first ward, in the order of `rank`, that not all of them hold, and so on down the order."""
    chosen = maximise(units / FINE, rows)
    if chosen is None:
        return None
    good = _add_row(rows, units, float(units @ chosen), ANY)
    other = _add_row(good, chosen.astype(float), -ANY, float(chosen.sum()) - 1, is_cost=False)
    return chosen if maximise(np.zeros(len(units)), other) is None else _settle(rank(units), good)


def _settle(order: Ints, good: Rows) -> Bools:
    """The first of equally good choices: the greatest binary number, block after block of its digits."""
    chosen = good.must
    for start in range(0, len(order), BLOCK):
        block = order[start : start + BLOCK]
        digits = np.zeros(len(order))
        digits[block] = 2.0 ** np.arange(len(block))[::-1]
        found = maximise(digits, good)
        assert found is not None, "a good choice is known"
        chosen = found
        must, may = good.must.copy(), good.may.copy()
        must[block] = may[block] = chosen[block]
        good = replace(good, must=must, may=may)
    return chosen


def _add_row(rows: Rows, row: Floats, least: float, most: float, *, is_cost: bool = True) -> Rows:
    return replace(
        rows,
        matrix=np.vstack([rows.matrix, row]),
        least=np.append(rows.least, least),
        most=np.append(rows.most, most),
        is_cost=np.append(rows.is_cost, is_cost),
    )


def maximise(worth: Floats, rows: Rows) -> Bools | None:
    """One choice with the greatest sum of `worth`; None where no choice keeps every row."""
    if (rows.must & ~rows.may).any() or (rows.least > rows.most).any():
        return None
    if not len(rows.codes) or not len(rows.least):
        return np.where(worth > 0, rows.may, rows.must) if rows.hold(rows.must) else None
    scale = np.where(rows.is_cost, 1 / FINE, 1.0)
    ease = np.where(rows.is_cost, 0.5 / FINE, 0.0)  # whole numbers: half of one lets none through
    answer = milp(
        -worth,
        integrality=np.ones(len(worth), dtype=np.int64),
        bounds=Bounds(rows.must.astype(float), rows.may.astype(float)),
        constraints=LinearConstraint(
            rows.matrix * scale[:, np.newaxis], rows.least * scale - ease, rows.most * scale + ease
        ),
        options={"mip_rel_gap": 0.0},
    )
    if answer.status == INFEASIBLE:
        return None
    if answer.status != SOLVED or answer.x is None:
        raise RuntimeError(f"the solver ended with status {answer.status}: {answer.message}")
    chosen = np.asarray(answer.x) > 0.5
    assert rows.hold(chosen), "the solver kept every row"
    return chosen


def find_clash(terms: Terms, codes: Collection[str], scored: Bools) -> tuple[str, ...]:
    """Keys of rules that cannot hold together though any all but one of them can, by deletion filtering
    (Chinneck and Dravnieks 1991, Locating minimal infeasible constraint sets in linear programs, ORSA Journal
    on Computing 3). There may be others; limits are let go first, the number of areas last."""
    held = list(terms.keys)
    for key in reversed(terms.keys):
        rest = [other for other in held if other != key]
        rows = terms.make_rows(tuple(codes), scored, rest)
        if maximise(np.zeros(len(rows.codes)), rows) is None:
            held = rest
    return tuple(held)
