"""The best n of a list under rows Σ c_i x_i ≤ left: rows settle most wards at once, the rest are followed
step by step, many half-made choices together.

A row may be a rule, or say that a choice must be worth as much as one that is known; then only choices at
least as good are followed, so few that they can all be looked at.
"""

import numpy as np

from planning.quota_terms import Bools, Floats, Ints

MOST_STATES = 3_000


class TooWide(Exception):
    """More half-made choices than are worth following."""


def sweep(units: Floats, ceiling: Floats, left: Floats, n: int) -> Ints:
    """Places of the n wards with the greatest sum of units such that ceiling·x ≤ left; of equally good
    choices the first in the order of wards. Such a choice must exist. Raises TooWide."""
    is_in, is_out = np.zeros((2, len(units)), dtype=bool)
    n_settled = -1
    while n_settled < (n_settled := int(is_in.sum() + is_out.sum())):
        is_open = ~(is_in | is_out)
        rest = left - ceiling @ is_in
        is_in[is_open], is_out[is_open] = _settle(ceiling[:, is_open], rest, n - int(is_in.sum()))
    is_open = ~(is_in | is_out)
    rest = left - ceiling @ is_in
    found = _follow(units[is_open], ceiling[:, is_open], rest, n - int(is_in.sum()))
    is_in[np.flatnonzero(is_open)[found]] = True
    return np.flatnonzero(is_in)


def _settle(ceiling: Floats, left: Floats, n: int) -> tuple[Bools, Bools]:
    """Wards without which, and wards with which, some row cannot be kept even by the n least of it."""
    n_wards = ceiling.shape[1]
    if n == 0 or n == n_wards:
        return np.full(n_wards, n > 0), np.full(n_wards, n == 0)
    least = np.sort(ceiling, axis=1)
    slack = (left - least[:, :n].sum(axis=1))[:, np.newaxis]
    is_in = (least[:, n : n + 1] - ceiling > slack).any(axis=0)
    is_out = (ceiling - least[:, n - 1 : n] > slack).any(axis=0)
    return is_in, is_out


def _follow(units: Floats, ceiling: Floats, left: Floats, n: int) -> Ints:
    """Ward after ward, each half-made choice twice, first with the ward and then without; those that can no
    longer keep a row are given up."""
    n_wards = len(units)
    steps = np.vstack([units, ceiling])
    added = _sum_least(ceiling, n)
    k, worth_and_left = np.array([n]), np.concatenate([[0.0], left])[:, np.newaxis]
    origin: list[Ints] = []
    for place in range(n_wards):
        k, worth_and_left = np.repeat(k, 2), np.repeat(worth_and_left, 2, axis=1)
        k[::2] -= 1
        worth_and_left[:, ::2] -= steps[:, place : place + 1]
        kept = (k >= 0) & (k < n_wards - place)
        kept &= (worth_and_left[1:] >= added[:, place + 1, np.maximum(k, 0)]).all(axis=0)
        origin.append(np.flatnonzero(kept))
        if len(origin[-1]) > MOST_STATES:
            raise TooWide
        k, worth_and_left = k[kept], worth_and_left[:, kept]
    return _trace(origin, int(worth_and_left[0].argmin()))


def _trace(origin: list[Ints], state: int) -> Ints:
    """The wards that one followed choice took: even places of the twins are those with the ward."""
    taken = []
    for place in range(len(origin) - 1, -1, -1):
        state, is_without = divmod(int(origin[place][state]), 2)
        if not is_without:
            taken.append(place)
    return np.array(taken[::-1], dtype=np.int64)


def _sum_least(values: Floats, n: int) -> Floats:
    """[row, place, k]: sum of the k least of a row from a place on; of all where there are fewer."""
    n_rows, n_wards = values.shape
    sums = np.zeros((n_rows, n_wards + 1, n + 1))
    least = np.full((n_rows, n + 1), np.inf)
    for place in range(n_wards - 1, -1, -1):
        least[:, -1] = values[:, place]
        least.sort(axis=1)
        n_there = min(n, n_wards - place)
        sums[:, place, 1 : n_there + 1] = least[:, :n_there].cumsum(axis=1)
        sums[:, place, n_there + 1 :] = sums[:, place, n_there : n_there + 1]
    return sums
