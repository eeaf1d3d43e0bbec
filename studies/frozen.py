"""An approved proposal as it was: rebuilt from what the approval kept, whatever the figures are now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from planning.comparing import compare_lists
from planning.cutoff import shares_by_k
from planning.quota import Chosen
from planning.rules import OUTCOMES, RuleResult
from planning.scenario import Approval, Frozen, Scenario
from planning.score import score
from studies.shortlist import LongList, Shortlist, bind, list_covered, propose, weigh


@dataclass(frozen=True)
class Thawed:
    """found, stability: as approved. n_changed: wards whose figures have changed since, to no effect."""

    found: Shortlist
    stability: pd.Series
    n_changed: int


def thaw(listed: LongList, scenario: Scenario, approval: Approval) -> Thawed:
    """listed: the long list on the figures of today; what they lack now is there as it was. Criteria that the
    catalogue no longer names, and wards that were not kept, are left out."""
    free = replace(scenario, rules=(), bounds=(), exceptions=(), budget=None, n=1)
    now = replace(propose(listed, free), scenario=scenario)
    kept = {each.ward_code: each for each in approval.wards}
    index = pd.Index([code for code in map(str, now.table.index) if code in kept])
    values = _read_values(index, kept)
    table = now.table.loc[index].assign(**{str(column): values[column] for column in values})
    table["origin"] = [kept[code].origin for code in index]
    known = {key for each in approval.wards for key, _ in each.points}
    criteria = tuple(each for each in now.catalogue.criteria if each.key in known)
    scored = score(table, criteria, weigh(criteria, scenario))
    chosen = {code for code in index if kept[code].is_chosen}
    ranked = [code for code in scored.order() if code in chosen]
    codes = (*ranked, *(code for code in index if code in chosen and code not in ranked))
    results = tuple(
        _tell(now, each.ward_code, rule, outcome) for each in approval.wards for rule, outcome in each.rules
    )
    covered = list_covered(table)
    found = replace(
        now,
        table=table,
        criteria=criteria,
        lacking=tuple(each.key for each in now.catalogue.criteria if each not in criteria),
        **vars(bind(table, now.catalogue, scenario, scored, results)),
        choice=Chosen(codes, float(scored.score[list(ranked)].sum()), float("nan")),
        changes=compare_lists(codes, now.register.listed),
        curve=shares_by_k(scored.order(), table, covered),
        covered=shares_by_k(codes, table, covered).iloc[-1],
    )
    stability = pd.Series([_number(kept[code].stability) for code in index], index=index, dtype=float)
    return Thawed(found, stability, _count_changed(now.table, values))


def _read_values(index: pd.Index, kept: Mapping[str, Frozen]) -> pd.DataFrame:
    """The columns as they were, a row per ward."""
    columns = sorted({column for code in index for column, _ in kept[code].values})
    rows = [[_number(dict(kept[code].values).get(column)) for column in columns] for code in index]
    return pd.DataFrame(rows, index=index, columns=columns, dtype=float)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _count_changed(table: pd.DataFrame, values: pd.DataFrame) -> int:
    """Wards of which a figure is another one now, or is gone."""
    now = table.reindex(index=values.index, columns=values.columns).astype(float)
    is_same = (now == values) | (now.isna() & values.isna())
    return int((~is_same.all(axis=1)).sum())


def _tell(now: Shortlist, ward_code: str, rule: str, outcome: str) -> RuleResult:
    """What a rule said, with the written reason that the scenario keeps and the rule's name."""
    reasons = [
        each.reason
        for each in now.scenario.exceptions
        if each.ward_code == ward_code and rule in (each.rule, each.kind)
    ]
    names = {each.key: each.name for each in now.catalogue.rules}
    known = next(name for name in OUTCOMES if name == outcome)
    return RuleResult(ward_code, rule, known, "; ".join(reasons), names.get(rule, ""))
