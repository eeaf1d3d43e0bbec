"""A promised target as data, the figures it is judged by, and what they say of it.

Where it misleads: a fall of 5 % on a handful of incidents happens by chance almost every second time; see
`planning.chance`. Statistics never set a grade.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from planning.papers import Qualifier

Operator = Literal[">=", ">", "<=", "<", "="]
TargetLevel = Literal["area", "programme", "cohort"]
Form = Literal["change_pct", "share_pct", "count", "absent", "fewer", "stated"]
Light = Literal["met", "not_met", "not_applicable", "unknown"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
FORMS: tuple[Form, ...] = get_args(Form)
LIGHTS: tuple[Light, ...] = get_args(Light)


@dataclass(frozen=True)
class Target:
    """What is promised.

    form: `change_pct` 100·(after − before)/before of `numerator` ("down 5 %" is <= −5); `share_pct`
    100·numerator/denominator; `count` the number of `numerator`; `absent` none of `numerator`; `fewer`
    less of `numerator` after than before; `stated` somebody's written yes.
    numerator, denominator: keys of observations, or of what the program counts itself ("incidents",
    "transformed", "selected", "not_relapsed"). not_applicable_when: keys whose 0 makes the target
    inapplicable, not failed. evidence: what must be on file, in words. when: "trong và sau" and the like.
    counts_only: which of them count ("hoạt động hiệu quả"), "" all.
    """

    key: str
    name: str
    level: TargetLevel
    form: Form
    operator: Operator
    value: float
    numerator: str
    denominator: str = ""
    unit: str = ""
    not_applicable_when: tuple[str, ...] = ()
    evidence: str = ""
    when: str = ""
    counts_only: str = ""
    source: str = ""
    valid_from: dt.date | None = None


@dataclass(frozen=True)
class Observation:
    """One piece of evidence. value None: asked and not known. phase: which side of the work it is of; "" for
    what has no sides. counted_by: "people", or "program" for what the store's own figures gave.
    stated_by, stated_on: the office that vouches for it and when; a person is never named."""

    key: str
    value: float | None
    phase: Literal["before", "after", ""] = ""
    qualifier: Qualifier = "="
    start: dt.date | None = None
    end: dt.date | None = None
    counted_by: Literal["people", "program"] = "people"
    stated_by: str = ""
    stated_on: dt.date | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Assessment:
    """What the figures say of one target. value: in the target's own unit, NaN unknown. needed: how many of
    the denominator would do ("6 trong 9"), None where the form has none. chance: probability that nothing but
    chance meets it, NaN where it does not apply. missing: keys of observations that lack.
    numerator, denominator: after and before for a change. qualifier: of value. reason: why there is no light,
    or what to look at beside it (one of `planning.kpi.REASONS`), "" nothing. differing: keys for which the
    program's own count differs from what people stated. days: of the windows before and after, where they
    differ in length and equal numbers of days were compared."""

    target: Target
    light: Light
    value: float
    numerator: float
    denominator: float
    needed: int | None = None
    chance: float = float("nan")
    missing: tuple[str, ...] = ()
    qualifier: Qualifier = "="
    reason: str = ""
    differing: tuple[str, ...] = ()
    days: tuple[int, int] | None = None
