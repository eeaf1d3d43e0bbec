"""A catalogue as the TOML text that `planning.catalogue_file` reads back unchanged."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from planning.catalogue import Catalogue, TargetSet
from planning.catalogue_file import INHERITED, SHELVES

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')
LARGEST_PLAIN = 1e15


def write_catalogue(catalogue: Catalogue) -> str:
    """Every field that differs from its default, lists in their order, one table per entry.

    A target says its source and its day only where they are not those of its set; TOML has no word for "no
    day", so a target without one under a set with one would read back with the set's.
    """
    shelves = [field.name for field in fields(Catalogue) if field.name in SHELVES]
    lines = list(_write_fields(catalogue, {}))
    lines += [f"{shelf} = []" for shelf in shelves if not getattr(catalogue, shelf)]
    for shelf in shelves:
        for entry in getattr(catalogue, shelf):
            lines += ["", f"[[{shelf}]]", *_write_fields(entry, {})]
            if isinstance(entry, TargetSet):
                lines += _write_targets(entry)
    return "\n".join(lines) + "\n"


def _write_targets(group: TargetSet) -> Iterator[str]:
    inherited = {name: getattr(group, name) for name in INHERITED if getattr(group, name) is not None}
    if not group.targets:
        yield "targets = []"
    for target in group.targets:
        yield from ("", "[[target_sets.targets]]", *_write_fields(target, inherited))


def _write_fields(entry: Any, inherited: dict[str, object]) -> Iterator[str]:
    """inherited: what a field is when the entry does not say it, in place of its own default."""
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in SHELVES or value is None:
            continue
        if value != inherited.get(field.name, _find_default(field)):
            yield f"{field.name} = {_write_value(value)}"


def _find_default(field: Field[Any]) -> object:
    return None if field.default is MISSING else field.default


def _write_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{UNSAFE.sub(_escape, value)}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(_write_value, value))}]"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_PLAIN:
        return str(int(value))
    if isinstance(value, int | float):
        return repr(value)
    raise TypeError(f"a catalogue holds no {type(value).__name__}")


def _escape(found: re.Match[str]) -> str:
    sign = found[0]
    return ESCAPES.get(sign, f"\\u{ord(sign):04x}")
