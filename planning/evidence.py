"""Which of several observations of one thing counts, and between which ends its true number lies.

What people state stands; the program's own count fills in where they state none, and is named where it
differs. Of several statements the newest counts; two that differ and cannot be told apart by day count for
nothing.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planning.exact import as_fraction
from planning.models import CrimeModel
from planning.papers import Qualifier
from planning.targets import Observation

ROUGHLY = Fraction(5, 100)
JUDGED = ("after", "")
BEFORE = ("before",)


@dataclass(frozen=True)
class Evidence:
    """What is known of one key. low, high: the ends between which the number lies, both included; high None:
    no upper end. reason: why nothing is known (`missing`, `contradicting`, `in_words`, `impossible`), "" when
    something is. observation: the one that counts. differs: the program counted otherwise."""

    key: str
    reason: str = "missing"
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    observation: Observation | None = None
    differs: bool = False

    @property
    def is_known(self) -> bool:
        return not self.reason

    @property
    def is_zero(self) -> bool:
        return self.is_known and self.high == 0

    @property
    def may_be_zero(self) -> bool:
        return self.is_known and self.low == 0

    @property
    def value(self) -> float:
        """The number as it was told, NaN unknown."""
        told = self.observation.value if self.observation and self.is_known else None
        return math.nan if told is None else float(told)

    @property
    def n_days(self) -> int | None:
        """Days of its window, both ends included; None where one is not told or it ends before it starts."""
        told = self.observation
        if told is None or told.start is None or told.end is None or told.end < told.start:
            return None
        return (told.end - told.start).days + 1


def find_evidence(observations: Sequence[Observation], key: str, phases: Sequence[str]) -> Evidence:
    """What is known of a key in the first of the phases that anything is told of.

    The newest observation counts: the last `end` of its window (the day it was stated, where it has none),
    then the last `stated_on`. Undated blanks say nothing. Where values differ, an undated one among them, or
    two of the same days, make it `contradicting`.
    """
    of_key = [observation for observation in observations if observation.key == key]
    for phase in phases:
        if side := [observation for observation in of_key if observation.phase == phase]:
            return _weigh(key, side)
    return Evidence(key)


def _weigh(key: str, side: Sequence[Observation]) -> Evidence:
    stated = _newest(key, [told for told in side if told.counted_by == "people"])
    counted = _newest(key, [told for told in side if told.counted_by == "program"])
    if stated.reason in ("missing", "in_words"):
        return counted if counted.is_known else stated
    if stated.is_known and counted.is_known and not _agree(stated, counted):
        return Evidence(key, "", stated.low, stated.high, stated.observation, differs=True)
    return stated


def _agree(one: Evidence, other: Evidence) -> bool:
    """Whether one number could be both."""
    low = max(one.low, other.low)
    return all(evidence.high is None or low <= evidence.high for evidence in (one, other))


def _newest(key: str, told: Sequence[Observation]) -> Evidence:
    telling = [one for one in told if _content(one) != (None, "=") or _rank(one)]
    if len({_content(one) for one in telling}) > 1:
        ranks = [_rank(one) for one in telling]
        if None in ranks:
            return Evidence(key, "contradicting")
        last = max(rank for rank in ranks if rank)
        telling = [one for one in telling if _rank(one) == last]
    if len({_content(one) for one in telling}) > 1:
        return Evidence(key, "contradicting")
    return _bound(key, max(telling, key=lambda one: _rank(one) or ())) if telling else Evidence(key)


def _rank(told: Observation) -> tuple[dt.date, dt.date] | None:
    of = told.end or told.stated_on
    return (of, told.stated_on or dt.date.min) if of else None


def _content(told: Observation) -> tuple[float | None, str]:
    is_nothing = told.value is None or math.isnan(told.value)
    return (None if is_nothing else told.value, told.qualifier)


def _bound(key: str, told: Observation) -> Evidence:
    """The ends: "trên 700" has no upper one, "không quá" none below 0, "khoảng" is read as within 5 %."""
    if told.qualifier == "text":
        return Evidence(key, "in_words", observation=told)
    if told.value is None or math.isnan(told.value):
        return Evidence(key, observation=told)
    if told.value < 0 or math.isinf(told.value):
        return Evidence(key, "impossible", observation=told)
    value = as_fraction(told.value)
    ends: dict[Qualifier, tuple[Fraction, Fraction | None]] = {
        "=": (value, value),
        ">=": (value, None),
        "<=": (Fraction(0), value),
        "~": (value * (1 - ROUGHLY), value * (1 + ROUGHLY)),
    }
    return Evidence(key, "", *ends[told.qualifier], told)


def count_models(
    key: str, models: Sequence[CrimeModel], *, start: dt.date | None = None, end: dt.date | None = None
) -> Observation:
    """How many models count: those assessed as working well, and with start and end, built or strengthened
    on those days. A family of models counts once.

    Where an assessment or a day is missing the number is a lower end (">="). No model at all is unknown,
    not 0.
    """
    sure = [_counts(model, start, end) for model in models]
    is_exact = None not in sure
    return Observation(
        key,
        float(sure.count(True)) if models else None,
        phase="after",
        qualifier="=" if is_exact else ">=",
        start=start,
        end=end,
        counted_by="program",
    )


def _counts(model: CrimeModel, start: dt.date | None, end: dt.date | None) -> bool | None:
    if model.effective is False:
        return False
    if start is None or end is None:
        return model.effective
    if model.started is None:
        return None
    return model.effective if start <= model.started <= end else False
