"""Which wards a way of choosing proposes: long list, hard rules, score, quota, and how firmly it stands.

The program proposes; people decide. Nothing here is tuned to give a list that is already known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from errors import NoData
from geo.indicators import INDICATORS
from geo.measure import Measured
from planning.catalogue import Catalogue, Criterion
from planning.comparing import Changes, compare_lists
from planning.cutoff import shares_by_k
from planning.limits import Unfillable, find_unfillable, make_limits
from planning.longlist import origin_of
from planning.quota import Chosen, Limit, choose, make_chooser
from planning.robustness import N_DRAWS, SEED, draw_weights, stability
from planning.rules import RuleResult, apply_rules, find_bound
from planning.scenario import Proposal, Scenario
from planning.score import Scored, score
from studies.long_list import Register, make_long_list

COVERED = ("n_incidents", "population", "camera_gap_points")


@dataclass(frozen=True)
class Shortlist:
    """table: the long list, with `origin`. criteria: those the figures allow; lacking: keys of the others.
    changes: beside the list of the year before. curve: shares (percent) that the first k wards by score hold,
    index k. covered: the same shares of the proposal itself."""

    measured: Measured
    scenario: Scenario
    catalogue: Catalogue
    register: Register
    table: pd.DataFrame
    criteria: tuple[Criterion, ...]
    lacking: tuple[str, ...]
    scored: Scored
    results: tuple[RuleResult, ...]
    limits: tuple[Limit, ...]
    unfillable: tuple[Unfillable, ...]
    required: frozenset[str]
    excluded: frozenset[str]
    choice: Chosen
    changes: Changes
    curve: pd.DataFrame
    covered: pd.Series

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.choice.codes


@dataclass(frozen=True)
class LongList:
    """All that stands before weights and quota: read once, then every slider moves on it."""

    measured: Measured
    catalogue: Catalogue
    register: Register
    table: pd.DataFrame
    criteria: tuple[Criterion, ...]
    lacking: tuple[str, ...]


def prepare(
    measured: Measured, catalogue: Catalogue, register: Register, proposals: Sequence[Proposal]
) -> LongList:
    """measured: with clusters sought. A criterion whose column is no measured indicator is lacking, as the
    catalogue's remarks say. Raises NoData (reason `shortlist`) when no criterion has a figure."""
    table = make_long_list(measured, proposals, register)
    criteria = tuple(
        criterion
        for criterion in catalogue.criteria
        if criterion.column in INDICATORS
        and criterion.column in table
        and table[criterion.column].notna().any()
    )
    if not criteria:
        raise NoData("shortlist")
    lacking = tuple(each.key for each in catalogue.criteria if each not in criteria)
    return LongList(measured, catalogue, register, table, criteria, lacking)


def list_covered(table: pd.DataFrame) -> list[str]:
    """The columns of which shares can be told: those whose known values hold anything at all."""
    return [column for column in COVERED if column in table and table[column].sum() > 0]


def cell(table: pd.DataFrame, code: str, column: str) -> Any:
    """One value of the long list."""
    return table.at[code, column]


def find_departed(scenario: Scenario, kind: str) -> frozenset[str]:
    """Wards that people said must be in (`include`) or must not (`exclude`)."""
    return frozenset(each.ward_code for each in scenario.exceptions if each.kind == kind)


@dataclass(frozen=True)
class Terms:
    """What a scenario asks, before anything is chosen. unfillable: groups of which a rule asks for wards and
    none can be chosen."""

    scored: Scored
    results: tuple[RuleResult, ...]
    required: frozenset[str]
    excluded: frozenset[str]
    limits: tuple[Limit, ...]
    unfillable: tuple[Unfillable, ...]


def find_terms(listed: LongList, scenario: Scenario) -> Terms:
    """Raises BadOption where an exception lacks its reason, and NotFeasible where one ward must both be in
    and be out."""
    table = listed.table
    rules = [rule for rule in listed.catalogue.rules if rule.key in scenario.rules]
    results = apply_rules(table, rules, scenario.exceptions, year=scenario.year)
    scored = score(table, listed.criteria, weigh(listed.criteria, scenario))
    return bind(table, listed.catalogue, scenario, scored, results)


def bind(
    table: pd.DataFrame,
    catalogue: Catalogue,
    scenario: Scenario,
    scored: Scored,
    results: Sequence[RuleResult],
) -> Terms:
    """What rules and bounds ask once it is known what they say of each ward. Raises as `find_bound`."""
    required, excluded = find_bound(results)
    rules = [rule for rule in catalogue.rules if rule.key in scenario.rules]
    unscored = {str(code) for code in table.index[scored.score.isna()]}
    barred = excluded | (unscored - required)
    limits = make_limits(table, rules, scenario.bounds, excluded=barred)
    unfillable = find_unfillable(table, rules, scenario.bounds, excluded=barred)
    return Terms(scored, tuple(results), required, excluded, tuple(limits), tuple(unfillable))


def propose(listed: LongList, scenario: Scenario) -> Shortlist:
    """Raises NotFeasible when no choice meets all rules, BadOption where an exception lacks its reason."""
    table, catalogue = listed.table, listed.catalogue
    terms = find_terms(listed, scenario)
    scored, required, excluded = terms.scored, terms.required, terms.excluded
    limits = terms.limits
    costs = find_costs(table, scenario)
    order = scored.order()
    choice = choose(
        scored.score,
        scenario.n,
        limits,
        required=required,
        excluded=excluded,
        costs=costs,
        budget=scenario.budget,
        tie_order=order,
    )
    curve = shares_by_k(order, table, list_covered(table))
    by_figures = set(order[: scenario.n])
    table = table.assign(
        origin=origin_of(table.index, set(table.index[table["proposed"]]), by_figures),
    )
    return Shortlist(
        measured=listed.measured,
        scenario=scenario,
        catalogue=catalogue,
        register=listed.register,
        table=table,
        criteria=listed.criteria,
        lacking=listed.lacking,
        scored=scored,
        results=terms.results,
        limits=limits,
        unfillable=terms.unfillable,
        required=required,
        excluded=excluded,
        choice=choice,
        changes=compare_lists(choice.codes, listed.register.listed),
        curve=curve,
        covered=shares_by_k(choice.codes, table, list(curve.columns)).iloc[-1],
    )


def weigh(criteria: Sequence[Criterion], scenario: Scenario) -> dict[str, float]:
    """Weights of the criteria that can be used; all alike where the scenario gives them nothing."""
    given = dict(scenario.weights)
    weights = {each.key: max(0.0, given.get(each.key, 0.0)) for each in criteria}
    return weights if sum(weights.values()) > 0 else dict.fromkeys(weights, 1.0)


def find_costs(table: pd.DataFrame, scenario: Scenario) -> pd.Series | None:
    """Million đồng per ward: its own, else that of any; None where no budget is set."""
    if scenario.budget is None:
        return None
    costs: pd.Series = table["cost"]
    return costs if scenario.cost_each is None else costs.fillna(scenario.cost_each)


def find_stability(found: Shortlist, *, seed: int = SEED, n_draws: int = N_DRAWS) -> pd.Series:
    """In what share of weight draws each ward is on the list, under the same rules and quota."""
    chooser = make_chooser(
        found.scenario.n,
        found.limits,
        required=found.required,
        excluded=found.excluded,
        costs=find_costs(found.table, found.scenario),
        budget=found.scenario.budget,
        tie_order=found.scored.order(),
    )
    draws = draw_weights(found.scored.weights, n_draws=n_draws, seed=seed)
    return stability(found.scored, draws, chooser)
