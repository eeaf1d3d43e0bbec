"""What a plan may change, as data with dates: registers, types, reasons, grades, criteria, rules, targets,
reviews. The shipped catalogue is a start; a committee puts its own in its place.

Names are the committee's own words, shown as they are.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from planning.targets import Target

RuleKind = Literal["at_least_per_group", "not_newly_recognised", "not_in_maintenance", "carry_over"]
RULE_KINDS: tuple[RuleKind, ...] = get_args(RuleKind)
GradeState = Literal["chuyen_hoa_thanh_cong", "chua_dat"]


@dataclass(frozen=True)
class Named:
    """A key with its name: a register, a type of area, a reason, a kind of measure."""

    key: str
    name: str
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Grade:
    """A grade that the committee gives, and the state it leads to. Listed from the best down."""

    key: str
    name: str
    state: GradeState
    source: str = ""


@dataclass(frozen=True)
class Criterion:
    """One part of the score. column: of the long list; more means more pressing. weight: share of 100 by
    default. floor: the value that scores 0, None for the smallest on the list."""

    key: str
    column: str
    weight: float
    floor: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Rule:
    """A hard rule. is_on: applied unless the planner switches it off. n: its number, where it has one (areas
    per group). column: of the groups it speaks of, "" for none."""

    key: str
    kind: RuleKind
    name: str
    is_on: bool = True
    n: int | None = None
    column: str = ""
    source: str = ""
    valid_from: dt.date | None = None


@dataclass(frozen=True)
class Due:
    """Something to be done so many months after an area's work began, ended, or left the register."""

    key: str
    name: str
    after: Literal["start", "end", "maintenance_start"]
    months: int
    source: str = ""
    valid_from: dt.date | None = None


@dataclass(frozen=True)
class TargetSet:
    """Targets that one plan promised together. source: the plan or the report of it."""

    key: str
    name: str
    source: str
    targets: tuple[Target, ...]
    valid_from: dt.date | None = None


@dataclass(frozen=True)
class Catalogue:
    """All of it, in force from a day on. maintenance_months, watch_months: how long an area that passed is
    kept and watched."""

    name: str
    valid_from: dt.date
    source: str
    registers: tuple[Named, ...]
    types: tuple[Named, ...]
    reasons: tuple[Named, ...]
    measures: tuple[Named, ...]
    grades: tuple[Grade, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[Rule, ...]
    target_sets: tuple[TargetSet, ...]
    dues: tuple[Due, ...]
    maintenance_months: int
    watch_months: int
