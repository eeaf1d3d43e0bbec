"""Rules and bounds on groups of wards as limits of a choice; and the groups that no choice can fill."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from errors import NoData
from planning.catalogue import Rule
from planning.quota_terms import Limit
from planning.scenario import GroupBound


@dataclass(frozen=True)
class Unfillable:
    """A group of which so many areas are asked and not one ward can be chosen. rule: key of the rule, "" for
    a bound of the scenario's own. n_wards: how many the group has, all of them left out."""

    rule: str
    column: str
    group: str
    least: int
    n_wards: int


@dataclass(frozen=True)
class _Asked:
    """A bound with the rule that it comes from, on one group."""

    rule: str
    bound: GroupBound
    group: str
    members: frozenset[str]

    def is_unfillable(self, excluded: Collection[str]) -> bool:
        return bool(self.bound.least) and not self.bound.value and self.members <= set(excluded)


def make_limits(
    table: pd.DataFrame,
    rules: Sequence[Rule],
    bounds: Sequence[GroupBound],
    *,
    excluded: Collection[str] = (),
) -> list[Limit]:
    """One limit per group, for each rule `at_least_per_group` and each bound.

    table: index ward_code; the column of groups holds text, or tuples of texts where a ward may stand in
    several groups; a ward whose group is missing stands in none. excluded: wards that cannot be chosen,
    whatever the reason. Where a least is asked of every group, a group of which none can be chosen gets no
    such limit: `find_unfillable` tells it. A group that a bound names gets its limit always. Keys: the
    rule's key or the column, the group, least-most. Raises NoData (`group_column`).
    """
    limits: dict[str, Limit] = {}
    for asked in _list_asked(table, rules, bounds):
        least = None if asked.is_unfillable(excluded) else asked.bound.least
        if least is None and asked.bound.most is None:
            continue
        span = f"{'' if least is None else least}-{'' if asked.bound.most is None else asked.bound.most}"
        key = f"{asked.rule or asked.bound.column}:{asked.group}:{span}"
        limits[key] = Limit(key, asked.members, least, asked.bound.most, asked.group, asked.bound.column)
    return list(limits.values())


def find_unfillable(
    table: pd.DataFrame,
    rules: Sequence[Rule],
    bounds: Sequence[GroupBound],
    *,
    excluded: Collection[str] = (),
) -> list[Unfillable]:
    """Groups that `make_limits` asks nothing of because all their wards are excluded."""
    return [
        Unfillable(asked.rule, asked.bound.column, asked.group, asked.bound.least or 0, len(asked.members))
        for asked in _list_asked(table, rules, bounds)
        if asked.is_unfillable(excluded)
    ]


def _list_asked(table: pd.DataFrame, rules: Sequence[Rule], bounds: Sequence[GroupBound]) -> Iterator[_Asked]:
    named = [
        (rule.key, GroupBound(rule.column, least=1 if rule.n is None else rule.n))
        for rule in rules
        if rule.kind == "at_least_per_group"
    ]
    for key, bound in named + [("", bound) for bound in bounds]:
        groups = _find_groups(table, bound.column)
        for group in [bound.value] if bound.value else sorted(groups):
            yield _Asked(key, bound, group, frozenset(groups.get(group, ())))


def _find_groups(table: pd.DataFrame, column: str) -> dict[str, set[str]]:
    """Wards by group."""
    if column not in table:
        raise NoData("group_column", column=column)
    groups: dict[str, set[str]] = {}
    for code, value in zip(table.index, table[column], strict=True):
        several = isinstance(value, (tuple, list, set, frozenset))
        for one in value if several else [value]:
            if isinstance(one, str) and one:
                groups.setdefault(one, set()).add(str(code))
    return groups
