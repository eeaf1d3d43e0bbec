"""Every target of a programme at its level, with what people stated and what the program counted itself.

What people stated goes first, and a count that differs is told. No light is a grade: only the committee's
document gives one. What nobody told stays unknown.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from errors import NoData
from planning.evidence import count_models
from planning.kpi import assess, merge_observations
from planning.papers import Document
from planning.targets import Light, Observation, Target
from store.plan_records import KeptArea
from store.repository import Store
from studies.follow import PASSED, Lights, find_judged
from studies.following import Chain, Load, find_home, load_chain
from studies.kpi_assessing import KpiLine, assess_between, drop_other_counter
from studies.kpi_cohort import Passed, Years, follow_passed
from studies.kpi_counts import (
    INCIDENTS,
    MODELS,
    Counted,
    count_area_models,
    count_incidents,
    list_keys,
)
from studies.programme_listing import ProgrammeFile, gather_programme
from studies.registers import list_selections

SELECTED, TRANSFORMED, NOT_RELAPSED = "selected", "transformed", "not_relapsed"


@dataclass(frozen=True)
class KpiReport:
    """lines: by level, area by area, as the programme lists its targets; those of each area stand once,
    without an area and without figures, where no area has a name. counted: by id of the kept area,
    empty where no target asks for incidents. passed: None without a target of that level."""

    told: ProgrammeFile
    today: dt.date
    lines: tuple[KpiLine, ...]
    counted: Mapping[int, Counted]
    passed: Passed | None

    @property
    def is_illustrative(self) -> bool:
        """Whether anything in it was made up."""
        return self.told.programme.illustrative or any(each.is_made_up for each in self.counted.values())


def assess_programme(
    store: Store, key: str, today: dt.date, *, years: Years | None = None, load: Load | None = None
) -> KpiReport:
    """Lights for all targets of a programme. years: of the cohort, see `follow_passed`. load: where holdings
    come from, else from the store. Raises NoData (reasons `programme_unknown`, `no_programme`)."""
    told = gather_programme(store, key)
    targets = {
        level: [target for target in told.programme.targets if target.level == level]
        for level in ("area", "programme", "cohort")
    }
    counted = _count_areas(store, told, targets["area"], load)
    lines = [line for kept in told.areas for line in _assess_area(kept, targets["area"], told, counted)]
    if not told.areas:
        lines = [KpiLine(assess(target, ()), ()) for target in targets["area"]]
    lines += [_assess_programme(target, told) for target in targets["programme"]]
    passed = None
    if targets["cohort"]:
        kept = store.find_programme(key)
        if kept is None:
            raise NoData("programme_unknown", asked=key, choices="")
        passed = follow_passed(store, kept, today, years)
        lines += [_assess_cohort(target, told, passed) for target in targets["cohort"]]
    return KpiReport(told, today, tuple(lines), counted, passed)


def count_lights(report: KpiReport) -> Lights:
    """How many targets stand under which light, in all and by area."""
    by_area: dict[int, Counter[Light]] = {kept.id: Counter() for kept in report.told.areas}
    counts = Counter[Light]()
    for line in report.lines:
        counts[line.assessment.light] += 1
        if line.area is not None:
            by_area[line.area.id][line.assessment.light] += 1
    return Lights(counts, by_area)


def is_signed(document: Document) -> bool:
    """Whether it is a paper that a result can rest on: who issued it, which, and when."""
    return document.is_named and document.issued_on is not None


def bound_passed(told: ProgrammeFile) -> tuple[int, int | None] | None:
    """How many selected areas passed by a committee's document: the least, and the most that the documents
    leave open (None where nobody tells how many were selected). None while no document judges any area."""
    judged = [find_judged(kept.taken) for kept in told.areas]
    signed = [step for step in judged if step is not None and is_signed(step.document)]
    if not signed:
        return None
    n_passed = sum(step.to == PASSED for step in signed)
    n_selected = told.programme.n_selected
    most = None if n_selected is None else max(n_passed, n_selected - (len(signed) - n_passed))
    return n_passed, most


def _count_areas(
    store: Store, told: ProgrammeFile, targets: Sequence[Target], load: Load | None
) -> dict[int, Counted]:
    if INCIDENTS not in list_keys(targets):
        return {}
    chains = dict[int, Chain]()
    selections = list_selections(told.programme.register)
    n_selected = told.programme.n_selected or max(len(told.areas), 1)
    counted = {}
    for kept in told.areas:
        home = find_home(store, kept.content)
        if home is not None and home not in chains:
            chains[home] = load_chain(store, home, load)
        chain = None if home is None else chains[home]
        counted[kept.id] = count_incidents(kept, chain, selections, n_selected)
    return counted


def _assess_area(
    kept: KeptArea, targets: Sequence[Target], told: ProgrammeFile, counted: Mapping[int, Counted]
) -> list[KpiLine]:
    own = list(counted[kept.id].observations) if kept.id in counted else []
    if MODELS in list_keys(targets) and (models := count_area_models(kept, told.models)) is not None:
        own.append(models)
    observations = merge_observations(kept.content.observations, own)
    lines = []
    for target in targets:
        comparable = drop_other_counter(target, observations)
        found = assess(target, comparable)
        lines.append(KpiLine(found, observations, kept, is_mixed=comparable != observations))
    return lines


def _assess_programme(target: Target, told: ProgrammeFile) -> KpiLine:
    programme, keys = told.programme, list_keys([target])
    own = []
    if programme.n_selected is not None:
        own.append(Observation(SELECTED, float(programme.n_selected), counted_by="program"))
    if MODELS in keys:
        own.append(count_models(MODELS, told.models, start=programme.start, end=programme.end))
    observations = merge_observations(programme.observations, own)
    bounds = bound_passed(told) if TRANSFORMED in keys else None
    return assess_between(target, observations, TRANSFORMED, bounds)


def _assess_cohort(target: Target, told: ProgrammeFile, passed: Passed) -> KpiLine:
    n_known = passed.cohort.n_known
    own, bounds = [], None
    if n_known or passed.is_settled:
        own.append(Observation(TRANSFORMED, float(n_known), counted_by="program"))
        bounds = passed.bounds
    return assess_between(target, merge_observations(told.programme.observations, own), NOT_RELAPSED, bounds)
