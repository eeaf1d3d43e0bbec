"""Hard rules, ward by ward: who must be in, who must not, what is not known, and what people overrode.

A date that nobody told is unknown and keeps no ward out. A written departure outweighs a rule for one ward
only, and its reason travels with the result.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import pandas as pd

from errors import BadOption, NotFeasible
from planning.catalogue import Rule, RuleKind
from planning.limits import find_unfillable, make_limits
from planning.scenario import Departure

__all__ = ["RuleResult", "apply_rules", "find_bound", "find_unfillable", "make_limits"]

Outcome = Literal["ok", "excluded", "required", "unknown", "overridden"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
INCLUDE, EXCLUDE, OVERRIDE = "include", "exclude", "override"
BY_HAND: Mapping[str, Outcome] = {INCLUDE: "required", EXCLUDE: "excluded"}


@dataclass(frozen=True)
class RuleResult:
    """What one rule says of one ward. rule: its key, or `include`, `exclude` for what people wrote. detail:
    the day that decided (2021-12-31), or the written reason. name: the rule's own name, "" for people's."""

    ward_code: str
    rule: str
    outcome: Outcome
    detail: str = ""
    name: str = ""


def apply_rules(
    table: pd.DataFrame, rules: Sequence[Rule], departures: Sequence[Departure], *, year: int
) -> list[RuleResult]:
    """One result per ward and rule that speaks of single wards, in the order of rules and of the table; then
    one per ward that people put in or left out. Every rule handed over is applied; whoever calls leaves out
    those that are switched off. Rules on groups give limits instead (`make_limits`).

    table: index ward_code; columns used where present: recognised_on, state (as of the year before; missing:
    on no register), maintenance_until. Without the column a rule's result is `unknown` for every ward. A
    departure from a rule that does not bind the ward leaves its outcome and adds the reason. Raises
    BadOption: `reason_needed`, `departure_ward`, `departure_kind`, `departure_rule` (an override that names
    no rule, or a rule on groups).
    """
    overrides = _check_departures(table, rules, departures)
    results = []
    for rule in rules:
        judge = JUDGES.get(rule.kind)
        if judge is None:
            continue
        for code, (outcome, detail) in zip(table.index, judge(table, year), strict=True):
            result = RuleResult(str(code), rule.key, outcome, detail, rule.name)
            results.append(_override(result, overrides.get((result.ward_code, rule.key))))
    by_hand = [departure for departure in departures if departure.kind in BY_HAND]
    return results + [
        RuleResult(departure.ward_code, departure.kind, BY_HAND[departure.kind], departure.reason.strip())
        for departure in by_hand
    ]


def find_bound(results: Sequence[RuleResult]) -> tuple[frozenset[str], frozenset[str]]:
    """(wards that must be in, wards that must not). Raises NotFeasible where one is both: `include_excluded`
    (people put in what a rule keeps out), `exclude_required` (people left out what a rule puts in),
    `include_exclude` (people said both), `rules_on_ward`; facts: ward_code, rule names, n such wards."""
    required = {result.ward_code: result for result in results if result.outcome == "required"}
    excluded = {result.ward_code: result for result in results if result.outcome == "excluded"}
    torn = sorted(required.keys() & excluded.keys())
    if torn:
        raise _refuse(required[torn[0]], excluded[torn[0]], n=len(torn))
    return frozenset(required), frozenset(excluded)


def _refuse(required: RuleResult, excluded: RuleResult, *, n: int) -> NotFeasible:
    reason = {
        (True, False): "include_excluded",
        (False, True): "exclude_required",
        (True, True): "include_exclude",
        (False, False): "rules_on_ward",
    }[required.rule == INCLUDE, excluded.rule == EXCLUDE]
    return NotFeasible(
        reason,
        clashes=("required", "excluded"),
        ward_code=required.ward_code,
        required_by=required.name,
        excluded_by=excluded.name,
        n=n,
    )


def _check_departures(
    table: pd.DataFrame, rules: Sequence[Rule], departures: Sequence[Departure]
) -> dict[tuple[str, str], str]:
    """Reasons of overrides by (ward, rule)."""
    on_groups = {rule.key for rule in rules if rule.kind not in JUDGES}
    for departure in departures:
        if departure.ward_code not in table.index:
            raise BadOption("departure_ward", value=departure.ward_code)
        if departure.kind not in (INCLUDE, EXCLUDE, OVERRIDE):
            raise BadOption("departure_kind", value=departure.kind)
        if not departure.reason.strip():
            raise BadOption("reason_needed", value=departure.ward_code)
        if departure.kind == OVERRIDE and (not departure.rule or departure.rule in on_groups):
            raise BadOption("departure_rule", value=departure.ward_code)
    return {
        (departure.ward_code, departure.rule): departure.reason.strip()
        for departure in departures
        if departure.kind == OVERRIDE
    }


def _override(result: RuleResult, reason: str | None) -> RuleResult:
    if reason is None:
        return result
    binds = result.outcome in ("excluded", "required")
    return replace(result, outcome="overridden" if binds else result.outcome, detail=reason)


Verdict = tuple[Outcome, str]
Judge = Callable[[pd.DataFrame, int], list[Verdict]]


def _judge_recognised(table: pd.DataFrame, year: int) -> list[Verdict]:
    """A commune newly recognised in the year before is not chosen."""
    verdicts: list[Verdict] = []
    for day in _read_days(table, "recognised_on"):
        if day is None:
            verdicts.append(("unknown", ""))
        else:
            verdicts.append(("excluded" if day.year == year - 1 else "ok", day.isoformat()))
    return verdicts


def _judge_maintained(table: pd.DataFrame, year: int) -> list[Verdict]:
    """An area still kept after it passed is not chosen; an end that is not told has not come."""
    if "state" not in table:
        return [("unknown", "")] * len(table)
    verdicts: list[Verdict] = []
    for state, until in zip(table["state"], _read_days(table, "maintenance_until"), strict=True):
        lasts = state == "duy_tri" and (until is None or until >= dt.date(year, 1, 1))
        verdicts.append(("excluded" if lasts else "ok", until.isoformat() if until else ""))
    return verdicts


def _judge_carried(table: pd.DataFrame, year: int) -> list[Verdict]:
    """An area that did not pass is carried into the next year."""
    if "state" not in table:
        return [("unknown", "")] * len(table)
    return [("required" if state == "chua_dat" else "ok", "") for state in table["state"]]


JUDGES: Mapping[RuleKind, Judge] = {
    "not_newly_recognised": _judge_recognised,
    "not_in_maintenance": _judge_maintained,
    "carry_over": _judge_carried,
}


def _read_days(table: pd.DataFrame, column: str) -> list[dt.date | None]:
    if column not in table:
        return [None] * len(table)
    days = [None if pd.isna(day) else day for day in table[column]]
    return [day.date() if isinstance(day, dt.datetime) else day for day in days]
