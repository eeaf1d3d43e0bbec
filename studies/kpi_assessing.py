"""One target against its figures where these come from two counters, or from a count with open ends."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.evidence import BEFORE, find_evidence
from planning.kpi import COMPARED, assess, merge_observations
from planning.papers import Qualifier
from planning.targets import Assessment, Observation, Target
from store.plan_records import KeptArea


@dataclass(frozen=True)
class KpiLine:
    """One target of one area, or (area None) of the programme or the cohort. observations: all that is on
    file and was counted. is_mixed: people stated one side, and what the program counted of the other was not
    set against it."""

    assessment: Assessment
    observations: tuple[Observation, ...]
    area: KeptArea | None = None
    is_mixed: bool = False

    @property
    def target(self) -> Target:
        return self.assessment.target


def drop_other_counter(target: Target, observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """Before and after must come from one counter, or the change is that of counters: where people stated one
    side alone, the program's count of the other stands beside it only if its count of the stated side is on
    file and agrees; else its counts are left out."""
    if target.form not in COMPARED:
        return observations
    sides = [find_evidence(observations, target.numerator, phases) for phases in (BEFORE, ("after",))]
    used = {side.observation.counted_by for side in sides if side.is_known and side.observation}
    if len(used) < len(sides):
        return observations
    stated = next(side for side in sides if side.observation and side.observation.counted_by == "people")
    phase = stated.observation.phase if stated.observation else ""
    own = [told for told in observations if told.counted_by == "program"]
    if find_evidence(own, target.numerator, (phase,)).is_known and not stated.differs:
        return observations
    return tuple(told for told in observations if told.key != target.numerator or told not in own)


def assess_between(
    target: Target, observations: Sequence[Observation], key: str, bounds: tuple[int, int | None] | None
) -> KpiLine:
    """With a count of which only the least and the most are known: what holds at the one end or fails at the
    other is certain, anything between is unknown. bounds: None where nothing was counted."""
    least, most = bounds if bounds is not None else (None, None)
    ends: list[tuple[Qualifier, int]] = []
    if least is not None:
        ends = [("=", least)] if least == most else [(">=", least)]
    if most is not None and least != most:
        ends.append(("<=", most))
    tried = [
        merge_observations(observations, [Observation(key, float(n), qualifier=sign, counted_by="program")])
        for sign, n in ends
    ] or [tuple(observations)]
    lines = [KpiLine(assess(target, each), each) for each in tried]
    return next((line for line in lines if line.assessment.light in ("met", "not_met")), lines[0])
