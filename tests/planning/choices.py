"""Choices small enough to try every set of wards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pandas as pd
from hypothesis import strategies as st

from planning.quota import Limit

NAN = float("nan")
CODES = tuple(f"{place:05d}" for place in range(1, 9))


@dataclass(frozen=True)
class Case:
    """Everything that `choose` is asked, in whole points and whole million đồng."""

    scores: dict[str, float]
    n: int
    limits: tuple[Limit, ...] = ()
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    costs: dict[str, float] = field(default_factory=dict)
    budget: float | None = None

    def ask(self) -> dict[str, object]:
        asked: dict[str, object] = {"required": self.required, "excluded": self.excluded}
        return asked | {"costs": pd.Series(self.costs, dtype=float) if self.costs else None}

    def keys(self) -> list[str]:
        named = [("required", self.required), ("excluded", self.excluded)]
        keys = ["n", *(key for key, wards in named if wards)]
        keys += ["budget"] if self.budget is not None else []
        return keys + [limit.key for limit in self.limits]


def keeps(case: Case, chosen: Collection[str], keys: Collection[str]) -> bool:
    """Whether a set of wards keeps the rules named, and holds no ward that nothing lets in."""
    let_in = {code for code, score in case.scores.items() if score == score}
    kept = set(chosen) <= let_in | set(case.required)
    if "n" in keys:
        kept &= len(chosen) == case.n
    if "required" in keys:
        kept &= set(case.required) <= set(chosen)
    if "excluded" in keys:
        kept &= not set(case.excluded) & set(chosen)
    if "budget" in keys and case.budget is not None:
        kept &= sum(case.costs[code] for code in chosen) <= case.budget
    for limit in case.limits:
        if limit.key in keys:
            inside = len(limit.members & set(chosen))
            kept &= inside >= (limit.least or 0) and (limit.most is None or inside <= limit.most)
    return kept


def list_sets(case: Case, keys: Collection[str] | None = None) -> list[tuple[str, ...]]:
    """Every set of wards that keeps the rules named; None: all rules."""
    held = case.keys() if keys is None else keys
    sizes: Sequence[int] = range(len(case.scores) + 1)
    sets = [chosen for size in sizes for chosen in combinations(sorted(case.scores), size)]
    return [chosen for chosen in sets if keeps(case, chosen, held)]


def list_order(case: Case) -> list[str]:
    """Wards from the highest score down, unknown as 0, the lower code first at a tie."""
    return sorted(
        case.scores,
        key=lambda code: (-(case.scores[code] if case.scores[code] == case.scores[code] else 0), code),
    )


def find_by_trying(case: Case) -> tuple[str, ...] | None:
    """The best set, and of equally good ones the first down the order; None where there is none."""
    order = list_order(case)

    def worth(chosen: tuple[str, ...]) -> tuple[float, list[bool]]:
        known = [case.scores[code] for code in chosen if case.scores[code] == case.scores[code]]
        return sum(known), [code in chosen for code in order]

    return max(list_sets(case), key=worth, default=None)


@st.composite
def cases(draw: st.DrawFn, *, apart: bool = False, budget: bool | None = None) -> Case:
    """Few different scores, so that ties abound. apart: no ward under two limits."""
    codes = CODES[: draw(st.integers(3, len(CODES)))]
    wards = st.lists(st.sampled_from(codes), max_size=draw(st.integers(0, 2)), unique=True).map(tuple)
    scores = {code: draw(st.sampled_from((0.0, 1.0, 2.0, 2.0, 5.0, 7.0, NAN))) for code in codes}
    least, most = st.sampled_from((None, None, 0, 1, 2)), st.sampled_from((None, None, 0, 1, 1, 2, 3))
    group = {code: draw(st.integers(0, 2)) for code in codes}
    limits = []
    for place in range(3):
        members = {code for code in codes if group[code] == place}
        if not apart:
            members = set(draw(st.lists(st.sampled_from(codes), unique=True)))
        limits.append(Limit(f"limit {place}", frozenset(members), draw(least), draw(most)))
    has_budget = draw(st.booleans()) if budget is None else budget
    costs = {code: float(draw(st.integers(0, 5))) for code in codes} if has_budget else {}
    return Case(
        scores=scores,
        n=draw(st.integers(1, 4)),
        limits=tuple(limits),
        required=draw(wards),
        excluded=draw(wards),
        costs=costs,
        budget=float(draw(st.integers(2, 20))) if has_budget else None,
    )
