"""Lights for promised targets: met, not met, not applicable, unknown; never a grade, which only the
committee's document gives.

Where it misleads: a change on few incidents is mostly chance, so `chance` stands beside it. What is not known
is never met: "trên 700" meets 600 and leaves 800 open, "khoảng" is read as within 5 %, words are no number.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planning.chance import chance_of_meeting
from planning.evidence import BEFORE, JUDGED, Evidence, find_evidence
from planning.exact import as_fraction, count_needed, whole_limit
from planning.span import Span, judge
from planning.targets import Assessment, Light, Observation, Target

COMPARED = ("change_pct", "fewer")
LIKE_DAYS = Fraction(5, 100)
REASONS = (
    "missing", "contradicting", "in_words", "impossible", "may_be_zero", "zero_base", "nothing_to_judge",
    "windows_differ", "unsigned", "qualified", "above_whole", "scaled", "no_days",
)  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """judged: of the numerator; base: of the denominator, or of the numerator before; None where the form has
    none. gates: of the keys whose 0 makes the target inapplicable. days: of both windows, where they differ
    so much that equal numbers of days are compared."""

    judged: Evidence
    base: Evidence | None
    gates: tuple[Evidence, ...]
    days: tuple[int, int] | None

    def list_all(self) -> list[Evidence]:
        return [self.judged, *([self.base] if self.base else []), *self.gates]


def assess(target: Target, observations: Sequence[Observation]) -> Assessment:
    """What the observations say of one target.

    Figures are those after (else those without a side) of the work, and for `change_pct` and `fewer` also
    those before; `find_evidence` decides between several. A key of not_applicable_when, or a number before,
    that is 0 makes the target inapplicable; one that may be 0 leaves it unknown. Windows before and after
    whose lengths differ by more than 5 % are compared over equal numbers of days (`days`); shares within an
    area are of the same days or unknown. A `stated` target needs the office and the day of its statement.
    `needed` stands wherever the base is an exact number, whatever the numerator.
    """
    sides = _find_sides(target, observations)
    doubt, span = _find_doubt(target, sides), None
    if doubt == "nothing_to_judge":
        light: Light = "not_applicable"
    elif doubt:
        light = "unknown"
    else:
        span = _find_span(target, sides)
        light = judge(target.operator, span, as_fraction(target.value))
    base = sides.base
    return Assessment(
        target=target,
        light=light,
        value=math.nan if span is None else float(span.point),
        numerator=sides.judged.value,
        denominator=math.nan if base is None else base.value,
        needed=_find_needed(target, sides),
        chance=_find_chance(target, sides),
        missing=tuple(dict.fromkeys(side.key for side in sides.list_all() if not side.is_known))
        if light == "unknown"
        else (),
        qualifier="=" if span is None else span.qualifier,
        reason=doubt or _find_remark(target, sides, light),
        differing=tuple(dict.fromkeys(side.key for side in sides.list_all() if side.differs)),
        days=None if span is None else sides.days,
    )


def merge_observations(
    stated: Sequence[Observation], counted: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Those on file, then what the program counted now; nothing is dropped but repetitions. Which of them
    counts, `find_evidence` decides by `counted_by` and day."""
    return tuple(dict.fromkeys((*stated, *counted)))


def _find_sides(target: Target, observations: Sequence[Observation]) -> Sides:
    is_compared = target.form in COMPARED
    judged = find_evidence(observations, target.numerator, ("after",) if is_compared else JUDGED)
    base = None
    if is_compared:
        base = find_evidence(observations, target.numerator, BEFORE)
    elif target.form == "share_pct":
        base = find_evidence(observations, target.denominator, JUDGED)
    gates = tuple(
        find_evidence(observations, key, BEFORE if is_compared and key == target.numerator else JUDGED)
        for key in target.not_applicable_when
    )
    return Sides(judged, base, gates, _find_days(target, judged, base))


def _find_days(target: Target, judged: Evidence, base: Evidence | None) -> tuple[int, int] | None:
    """Leap days and months of 30 and 31 days are let pass; a stock (`fewer`) has no length."""
    if target.form != "change_pct" or base is None or base.n_days is None or judged.n_days is None:
        return None
    shorter, longer = sorted((base.n_days, judged.n_days))
    return (base.n_days, judged.n_days) if Fraction(longer - shorter, longer) > LIKE_DAYS else None


def _find_doubt(target: Target, sides: Sides) -> str:
    """Why there is no met or not met; "" where there may be."""
    gates = (*sides.gates, *([sides.base] if target.form in COMPARED and sides.base else []))
    if any(gate.is_zero for gate in gates):
        return "nothing_to_judge"
    for evidence in sides.list_all():
        if not evidence.is_known:
            return evidence.reason
    if sides.base is not None and sides.base.is_zero:
        return "zero_base"
    if any(gate.may_be_zero for gate in gates) or (sides.base is not None and sides.base.may_be_zero):
        return "may_be_zero"
    if target.form == "share_pct" and target.level == "area" and _differ_in_days(sides):
        return "windows_differ"
    told = sides.judged.observation
    if target.form == "stated" and not (told and told.stated_by.strip() and told.stated_on):
        return "unsigned"
    return ""


def _differ_in_days(sides: Sides) -> bool:
    told = [side.observation for side in (sides.judged, sides.base) if side and side.n_days]
    return len({(one.start, one.end) for one in told if one}) > 1


def _find_span(target: Target, sides: Sides) -> Span:
    judged, base = sides.judged, sides.base
    point = as_fraction(judged.value)
    if base is None:
        return Span(judged.low, judged.high, point)
    of = as_fraction(base.value)
    if target.form == "fewer":
        low = None if base.high is None else judged.low - base.high
        return Span(low, None if judged.high is None else judged.high - base.low, point - of)
    factor = 100 * (Fraction(*sides.days) if sides.days else Fraction(1))
    less = 100 if target.form == "change_pct" else 0
    return Span(
        (Fraction(0) if base.high is None else factor * judged.low / base.high) - less,
        None if judged.high is None else factor * judged.high / base.low - less,
        factor * point / of - less,
    )


def _find_needed(target: Target, sides: Sides) -> int | None:
    base = sides.base
    if base is None or not base.is_known or base.low != base.high or target.form == "fewer":
        return None
    if target.form == "share_pct":
        return count_needed(target.operator, target.value, base.value)
    days_before, days_after = sides.days or (1, 1)
    left = (1 + as_fraction(target.value) / 100) * base.low * Fraction(days_after, days_before)
    n = whole_limit(target.operator, left)
    return n if n is not None and n >= 0 else None


def _find_chance(target: Target, sides: Sides) -> float:
    if target.form != "change_pct" or sides.base is None or not sides.base.is_known:
        return math.nan
    if sides.base.observation is None or sides.base.observation.qualifier not in ("=", "~"):
        return math.nan
    return chance_of_meeting(target, sides.base.value, *(sides.days or (1, 1)))


def _find_remark(target: Target, sides: Sides, light: Light) -> str:
    """What to look at beside the light."""
    if light == "unknown":
        return "qualified"
    if sides.days:
        return "scaled"
    judged, base = sides.judged, sides.base
    if base is None:
        return ""
    if target.form == "change_pct" and (judged.n_days is None or base.n_days is None):
        return "no_days"
    is_above = base.high is not None and judged.low > base.high
    return "above_whole" if target.form == "share_pct" and is_above else ""
