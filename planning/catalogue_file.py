"""A catalogue of the programme from a TOML file, whole or not at all.

Each table is read into the dataclass of its name in `planning.catalogue`; nothing unknown is passed over.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from errors import BrokenCatalogue, UnreadableFile
from planning.catalogue import Catalogue, Criterion, Due, Grade, Named, Rule, TargetSet
from planning.catalogue_check import find_fault
from planning.targets import Target

SHELVES: dict[str, type] = {
    "registers": Named,
    "types": Named,
    "reasons": Named,
    "measures": Named,
    "grades": Grade,
    "criteria": Criterion,
    "rules": Rule,
    "target_sets": TargetSet,
    "targets": Target,
    "dues": Due,
}
INHERITED = ("source", "valid_from")
LARGEST_WHOLE = 2**63
T = TypeVar("T")


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue of a file. A target without its own source or valid_from has those of its set.

    Raises UnreadableFile (`not_found`) and BrokenCatalogue: `unreadable` is no TOML; `missing`, `unknown`,
    `wrong_type`, `choice` (not one of those allowed) of one entry; and what `find_fault` finds. place tells
    where, as in "target_sets[3].targets[2].operator", counted from 1.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFile("not_found", file=path.name) from error
    except (ValueError, RecursionError) as error:
        raise BrokenCatalogue("unreadable", file=path.name, place="", seen=str(error)) from error
    catalogue = _make(Catalogue, tables, "", path.name)
    if fault := find_fault(catalogue):
        raise BrokenCatalogue(fault.reason, file=path.name, place=fault.place, seen=fault.seen)
    return catalogue


def _make(kind: type[T], record: Mapping[str, Any], place: str, file: str) -> T:
    """One dataclass from one table; place is that of the table with its dot, "" the file's own."""
    hints = get_type_hints(kind)
    for name in record:
        if name not in hints:
            raise BrokenCatalogue("unknown", file=file, place=place + name, seen=", ".join(hints))
    values = {}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in record:
            values[field.name] = _read(field.name, record[field.name], hints[field.name], place, file, record)
        elif field.default is MISSING:
            raise BrokenCatalogue("missing", file=file, place=place + field.name, seen="")
    return kind(**values)


def _read(name: str, value: object, hint: object, place: str, file: str, record: Mapping[str, Any]) -> object:
    if name in SHELVES and get_origin(hint) is tuple:
        return _read_shelf(name, value, place, file, record)
    if get_origin(hint) is tuple:
        if isinstance(value, list) and all(isinstance(text, str) for text in value):
            return tuple(value)
    elif get_origin(hint) is Literal:
        if value in get_args(hint):
            return value
        choices = ", ".join(map(str, get_args(hint)))
        raise BrokenCatalogue("choice", file=file, place=place + name, seen=str(value), choices=choices)
    elif _fits(value, hint):
        return float(value) if hint in (float, float | None) and isinstance(value, int) else value
    raise BrokenCatalogue("wrong_type", file=file, place=place + name, seen=str(value))


def _read_shelf(
    name: str, value: object, place: str, file: str, record: Mapping[str, Any]
) -> tuple[object, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise BrokenCatalogue("wrong_type", file=file, place=place + name, seen=str(value)[:60])
    given = {key: record[key] for key in INHERITED if key in record} if name == "targets" else {}
    return tuple(
        _make(SHELVES[name], given | entry, f"{place}{name}[{n}].", file)
        for n, entry in enumerate(value, start=1)
    )


def _fits(value: object, hint: object) -> bool:
    """TOML's own types: a whole number serves as a number, true and false as neither, a day has no hour.
    Whole numbers have 64 bits."""
    allowed = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if isinstance(value, bool):
        return bool in allowed
    if isinstance(value, int):
        return (int in allowed or float in allowed) and abs(value) < LARGEST_WHOLE
    if isinstance(value, dt.datetime):
        return False
    return any(isinstance(value, kind) for kind in allowed if isinstance(kind, type))
