"""A record as a program reads it from JSON."""

import dataclasses
import datetime as dt
from typing import Any


def as_plain(record: Any) -> dict[str, Any]:
    """A dataclass, and those within it: days as ISO text, tuples as lists. Numbers that are none (NaN) stay;
    `joined_file.to_json` writes them as null."""
    return {name: _as_json(part) for name, part in dataclasses.asdict(record).items()}


def _as_json(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _as_json(each) for name, each in part.items()}
    if isinstance(part, list | tuple):
        return [_as_json(each) for each in part]
    return part.isoformat() if isinstance(part, dt.date) else part
