"""Targets of a programme as rows of a table that people change, and back. The key of a target stays hidden:
what evidence is on file goes by it."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from errors import BadOption, Key
from geo.names import strip_accents
from planning.catalogue import Catalogue
from planning.catalogue_check import OPERATORS_OF, VALUE_OF, find_target_fault
from planning.targets import FORMS, OPERATORS, Target, TargetLevel

LEVELS: tuple[TargetLevel, ...] = ("area", "programme", "cohort")
SHOWN = ("name", "level", "form", "operator", "value", "numerator", "denominator", "unit", "evidence", "when")
COLUMNS = ("key", *SHOWN)
ALLOWED: dict[str, tuple[str, ...]] = {"level": LEVELS, "form": FORMS, "operator": OPERATORS}
NEEDED = ("name", "level", "form", "operator", "value")
LONGEST_KEY = 40


def list_rows(targets: Sequence[Target]) -> pd.DataFrame:
    """A row per target, columns COLUMNS; an empty text is None."""
    rows = [[getattr(target, name) for name in COLUMNS] for target in targets]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.replace({"": None}).astype({"value": float})


def list_counted(catalogue: Catalogue, targets: Iterable[Target] = ()) -> tuple[str, ...]:
    """Keys of what can be counted: all that the catalogue's targets and these speak of."""
    known = [target for group in catalogue.target_sets for target in group.targets]
    keys = (key for target in (*known, *targets) for key in (target.numerator, target.denominator) if key)
    return tuple(dict.fromkeys(keys))


def read_rows(frame: pd.DataFrame, base: Sequence[Target]) -> tuple[Target, ...]:
    """The targets that the rows tell. base: those that the table began with; what it does not show stays as
    it was. A row without anything is no target. A new target that counts something of its own is counted
    under its name.

    Raises BadOption, each with the row from 1: `target_blank` (name: of the column) a cell that must be
    filled; `target_choice` (name, value) none of those allowed; `target_number`, `target_denominator`,
    `target_form` as `planning.catalogue_check.Fault` says; `target_twice` two of one name and level.
    """
    by_key = {target.key: target for target in base}
    made: list[Target] = []
    for row, cells in enumerate(frame.to_dict("records"), start=1):
        told = {str(name): _read(value) for name, value in cells.items()}
        if any(told.get(name) not in (None, "") for name in SHOWN):
            made.append(_make(told, by_key, {target.key for target in (*base, *made)}, row))
            _refuse_twice(made, row)
    return tuple(made)


def _read(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.strip() if isinstance(value, str) else value


def _make(told: dict[str, Any], by_key: dict[str, Target], taken: set[str], row: int) -> Target:
    form = told.get("form")
    if form in OPERATORS_OF:
        told |= {"operator": told.get("operator") or OPERATORS_OF[form][0]}
        told |= {"value": VALUE_OF[form] if told.get("value") is None else told["value"]}
    for name in NEEDED:
        if told.get(name) in (None, ""):
            raise BadOption("target_blank", row=row, name=Key("programme_entry.target", name))
    for name, allowed in ALLOWED.items():
        if told[name] not in allowed:
            column = Key("programme_entry.target", name)
            raise BadOption("target_choice", row=row, name=column, value=str(told[name]))
    shown: dict[str, Any] = {name: told.get(name) or "" for name in SHOWN} | {"value": float(told["value"])}
    known = by_key.get(str(told.get("key") or ""))
    key = known.key if known else _name_key(shown["name"], taken)
    shown["numerator"] = shown["numerator"] or (known.numerator if known else key)
    target = replace(known, **shown) if known else Target(key=key, **shown)
    if fault := find_target_fault(target):
        raise BadOption(f"target_{fault.reason}", row=row, name=target.name, value=fault.seen)
    return target


def _name_key(name: str, taken: set[str]) -> str:
    """A key in plain letters from the name; a number is added where another target has it."""
    plain = re.sub(r"[^a-z0-9]+", "_", strip_accents(name).lower()).strip("_")[:LONGEST_KEY].strip("_")
    plain = f"rieng_{plain}" if plain else "rieng"
    numbered = (f"{plain}_{n}" for n in range(2, len(taken) + 3))
    return plain if plain not in taken else next(key for key in numbered if key not in taken)


def _refuse_twice(made: Sequence[Target], row: int) -> None:
    last = made[-1]
    if any((each.name, each.level) == (last.name, last.level) for each in made[:-1]):
        raise BadOption("target_twice", row=row, name=last.name)
