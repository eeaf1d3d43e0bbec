"""Exactly n areas with the greatest sum of scores that all rules allow. The program proposes; people decide.

Where it misleads: of two sets whose sums differ by little neither is surely the better one; see
`planning.robustness`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from errors import NotFeasible
from planning.quota_groups import find_groups, take_best
from planning.quota_search import Searcher
from planning.quota_solver import find_best, find_clash, maximise
from planning.quota_terms import Bools, Floats, Ints, Limit, Rows, Terms, rank, to_units

__all__ = ["Chosen", "Limit", "choose", "make_chooser"]

Picker = Callable[[Floats], Bools]


@dataclass(frozen=True)
class Chosen:
    """codes: best first, wards without a score last. score, cost: sums, cost in million đồng; NaN where one
    of the chosen has none."""

    codes: tuple[str, ...]
    score: float
    cost: float


def choose(
    scores: pd.Series,
    n: int,
    limits: Sequence[Limit] = (),
    *,
    required: Collection[str] = (),
    excluded: Collection[str] = (),
    costs: pd.Series | None = None,
    budget: float | None = None,
    tie_order: Sequence[str] = (),
) -> Chosen:
    """Exactly n wards with the greatest sum of scores under all limits, proven.

    scores: by ward code, in points; NaN: in only where required. costs: million đồng by ward code; under a
    budget a ward without a cost stays out. Scores are told apart to a millionth of a point. Of equally good
    sets: go down the list from the highest score; the set that holds the first ward that not all of them
    hold is taken, and so on. Wards with one score stand in `tie_order`, those not in it after, by code. The
    order of rows does not matter.

    Raises NotFeasible: `clashes` are keys of rules that cannot hold together, though any all but one of them
    can ("n", "required", "excluded", "budget", Limit.key). BadOption: `n_areas`, `limit_key`, or
    `required_ward` not among the scores. NoData: `cost`, a required ward lacks one under a budget; `costs`.
    """
    terms = _set_terms(n, limits, required, excluded, costs, budget)
    known = scores.reindex(_list_codes(scores.index, tie_order))
    units = to_units(known)
    codes, scored = tuple(known.index), np.isfinite(units)
    chosen = find_best(np.nan_to_num(units), terms.make_rows(codes, scored))
    if chosen is None:
        raise _refuse(terms, codes, scored)
    names = _name(codes, units, chosen)
    spent = float("nan") if costs is None else float(costs.reindex(list(names)).sum(skipna=False))
    return Chosen(codes=names, score=float(known[list(names)].sum(skipna=False)), cost=spent)


def make_chooser(
    n: int,
    limits: Sequence[Limit] = (),
    *,
    required: Collection[str] = (),
    excluded: Collection[str] = (),
    costs: pd.Series | None = None,
    budget: float | None = None,
    tie_order: Sequence[str] = (),
) -> Callable[[pd.Series], tuple[str, ...]]:
    """`choose` for thousands of draws: the same codes, errors and rule for ties, found faster.

    Where no ward stands under two different limits, the best is taken in order; it is the answer under a
    budget too if it keeps it. Else a search through what is left after leaving out outdone wards.
    """
    terms = _set_terms(n, limits, required, excluded, costs, budget)

    @lru_cache(maxsize=8)
    def prepare(index: tuple[str, ...], missing: bytes) -> tuple[tuple[str, ...], Ints, Picker]:
        codes = _list_codes(index, tie_order)
        place_of = {code: place for place, code in enumerate(index)}
        places = np.array([place_of[code] for code in codes], dtype=np.int64)
        scored = ~np.frombuffer(missing, dtype=bool)[places]
        rows = terms.make_rows(codes, scored)
        if maximise(np.zeros(len(codes)), rows) is None:
            raise _refuse(terms, codes, scored)
        return codes, places, _make_picker(rows, terms)

    def pick(scores: pd.Series) -> tuple[str, ...]:
        units = to_units(scores)
        codes, places, picker = prepare(tuple(scores.index), np.isnan(units).tobytes())
        return _name(codes, units[places], picker(np.nan_to_num(units[places])))

    return pick


def _list_codes(index: Iterable[str], tie_order: Sequence[str]) -> tuple[str, ...]:
    place_of = {code: place for place, code in enumerate(tie_order)}
    return tuple(sorted(index, key=lambda code: (place_of.get(code, len(place_of)), code)))


def _make_picker(rows: Rows, terms: Terms) -> Picker:
    groups = find_groups(rows.without_costs())
    search = Searcher(rows) if groups is None or terms.budget is not None else None

    def pick(units: Floats) -> Bools:
        if groups is not None:
            chosen = take_best(units, groups)
            if rows.hold(chosen):
                return chosen
        assert search is not None, "the best of separate groups keeps every row but the budget"
        return search(units)

    return pick


def _set_terms(
    n: int,
    limits: Sequence[Limit],
    required: Collection[str],
    excluded: Collection[str],
    costs: pd.Series | None,
    budget: float | None,
) -> Terms:
    return Terms(n, tuple(limits), frozenset(required), frozenset(excluded), costs, budget)


def _name(codes: tuple[str, ...], units: Floats, chosen: Bools) -> tuple[str, ...]:
    """`units` with NaN: those come last."""
    return tuple(codes[place] for place in rank(units) if chosen[place])


def _refuse(terms: Terms, codes: tuple[str, ...], scored: Bools) -> NotFeasible:
    return NotFeasible(
        clashes=find_clash(terms, codes, scored),
        n=terms.n,
        n_scored=int(scored.sum()),
        budget=terms.budget,
        required=tuple(sorted(terms.required)),
        excluded=tuple(sorted(terms.excluded)),
    )
