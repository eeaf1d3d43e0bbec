"""What makes a catalogue contradict itself."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planning.catalogue import Catalogue
from planning.targets import Form, Operator, Target

OPERATORS_OF: dict[Form, tuple[Operator, ...]] = {"absent": ("=",), "fewer": ("<",), "stated": ("=",)}
VALUE_OF: dict[Form, float] = {"absent": 0.0, "fewer": 0.0, "stated": 1.0}
MOST_MONTHS = 120
NEVER_EMPTY = ("registers", "grades", "criteria")
SHELVES = (*NEVER_EMPTY, "types", "reasons", "measures", "rules", "target_sets", "dues")


@dataclass(frozen=True)
class Fault:
    """reason: of BrokenCatalogue. place: as in "criteria[2].weight", counted from 1; seen: what stands there.

    `duplicate` a key twice in one list, or none; `weights` a weight below 0, or none above; `number` a value
    that is no finite number, or out of range; `group` a rule per group without group or number; `denominator`
    a share without one, or one where the form has none; `form` an operator or value that the form does not
    take; `states` no grade for one of the two results; `empty` a list or text that must
    hold something does not.
    """

    reason: str
    place: str
    seen: str


def find_fault(catalogue: Catalogue) -> Fault | None:
    """The first thing that is wrong, None for a sound catalogue."""
    return next(_list_faults(catalogue), None)


def find_target_fault(target: Target) -> Fault | None:
    """The first thing that is wrong with one target alone; place: the name of its field."""
    fault = next(_check_target(target, ""), None)
    return fault and replace(fault, place=fault.place.removeprefix("."))


def _list_faults(catalogue: Catalogue) -> Iterator[Fault]:
    for shelf in NEVER_EMPTY:
        if not getattr(catalogue, shelf):
            yield Fault("empty", shelf, "")
    for shelf in SHELVES:
        yield from _find_twice([entry.key for entry in getattr(catalogue, shelf)], shelf)
    yield from _check_numbers(catalogue)
    yield from _check_rules_and_grades(catalogue)
    for n, group in enumerate(catalogue.target_sets, start=1):
        place = f"target_sets[{n}].targets"
        if not group.targets:
            yield Fault("empty", place, group.key)
        yield from _find_twice([target.key for target in group.targets], place)
        for m, target in enumerate(group.targets, start=1):
            yield from _check_target(target, f"{place}[{m}]")


def _find_twice(keys: Sequence[str], place: str) -> Iterator[Fault]:
    for n, key in enumerate(keys):
        if not key.strip() or key in keys[:n]:
            yield Fault("duplicate", f"{place}[{n + 1}].key", key)


def _check_numbers(catalogue: Catalogue) -> Iterator[Fault]:
    for n, criterion in enumerate(catalogue.criteria, start=1):
        if not (math.isfinite(criterion.weight) and criterion.weight >= 0):
            yield Fault("weights", f"criteria[{n}].weight", str(criterion.weight))
        if criterion.floor is not None and not math.isfinite(criterion.floor):
            yield Fault("number", f"criteria[{n}].floor", str(criterion.floor))
    if not any(criterion.weight > 0 for criterion in catalogue.criteria):
        yield Fault("weights", "criteria", "0")
    months = {f"dues[{n}].months": due.months for n, due in enumerate(catalogue.dues, start=1)}
    months |= {name: getattr(catalogue, name) for name in ("maintenance_months", "watch_months")}
    for place, value in months.items():
        if not 0 <= value <= MOST_MONTHS:
            yield Fault("number", place, str(value))


def _check_rules_and_grades(catalogue: Catalogue) -> Iterator[Fault]:
    for n, rule in enumerate(catalogue.rules, start=1):
        if rule.kind == "at_least_per_group" and (not rule.column or not rule.n or rule.n < 1):
            yield Fault("group", f"rules[{n}]", rule.key)
    for state in ("chuyen_hoa_thanh_cong", "chua_dat"):
        if state not in {grade.state for grade in catalogue.grades}:
            yield Fault("states", "grades", state)


def _check_target(target: Target, place: str) -> Iterator[Fault]:
    if not math.isfinite(target.value):
        yield Fault("number", f"{place}.value", str(target.value))
    if not target.numerator.strip():
        yield Fault("empty", f"{place}.numerator", "")
    if bool(target.denominator) != (target.form == "share_pct"):
        yield Fault("denominator", f"{place}.denominator", target.form)
    if target.operator not in OPERATORS_OF.get(target.form, (target.operator,)):
        yield Fault("form", f"{place}.operator", target.operator)
    if target.value != VALUE_OF.get(target.form, target.value):
        yield Fault("form", f"{place}.value", str(target.value))
