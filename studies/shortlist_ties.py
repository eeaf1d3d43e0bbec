"""Wards with one score on both sides of the line: the figures do not tell them apart, however firm the list
looks."""

from collections.abc import Callable
from dataclasses import dataclass

from geo.findings import list_examples
from i18n.messages import Words
from studies.shortlist import Shortlist, find_costs
from studies.shortlist_words import name_of, tell_unfillable

MOST_NAMES = 9


@dataclass(frozen=True)
class Tie:
    """inside, outside: ward codes, any of the one exchangeable for one of the other under all rules."""

    score: float
    inside: tuple[str, ...]
    outside: tuple[str, ...]


def find_ties(found: Shortlist) -> tuple[Tie, ...]:
    """The highest score first. Wards that must be in or out by rule or by hand are no part of a tie."""
    score, chosen = found.scored.score, set(found.chosen)
    alike: dict[float, list[str]] = {}
    for code in found.scored.order():
        if code not in found.required | found.excluded:
            alike.setdefault(float(score[code]), []).append(code)
    may_change = _make_judge(found)
    ties = []
    for value, codes in alike.items():
        outside = [code for code in codes if code not in chosen]
        pairs = [
            (one, other) for one in codes if one in chosen for other in outside if may_change(one, other)
        ]
        if pairs:
            inside, beyond = (tuple(dict.fromkeys(side)) for side in zip(*pairs, strict=True))
            ties.append(Tie(value, inside, beyond))
    return tuple(ties)


def _make_judge(found: Shortlist) -> Callable[[str, str], bool]:
    """Whether the list meets all limits and the budget with the other ward in place of the one."""
    counts = [(limit, len(limit.members.intersection(found.chosen))) for limit in found.limits]
    costs, budget = find_costs(found.table, found.scenario), found.scenario.budget
    spare = None if costs is None or budget is None else budget - costs[list(found.chosen)].sum(skipna=False)

    def may_change(one: str, other: str) -> bool:
        if costs is not None and spare is not None and not costs[other] - costs[one] <= spare:
            return False
        for limit, n in counts:
            n += (other in limit.members) - (one in limit.members)
            if (limit.least is not None and n < limit.least) or (limit.most is not None and n > limit.most):
                return False
        return True

    return may_change


def tell_limits(found: Shortlist, words: Words) -> tuple[str, ...]:
    """What the list cannot say by itself: ties at the line, and groups whose rule asks in vain."""
    ties = tuple(
        words(
            "shortlist_ties.tie", score=words.number(tie.score, decimals=1),
            inside=_name(found, tie.inside, words), outside=_name(found, tie.outside, words),
        )
        for tie in find_ties(found)
    )  # fmt: skip
    carried = (words("shortlist_ties.carried"),) if found.measured.carried_from else ()
    return (*carried, *ties, *tell_unfillable(found, words))


def _name(found: Shortlist, codes: tuple[str, ...], words: Words) -> str:
    return list_examples((name_of(found, code, words) for code in codes), most=MOST_NAMES)
