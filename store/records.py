"""What the store tells about the areas and files it keeps, and how such remarks become JSON."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from geo.findings import Finding
from geo.frames import Kind, Source
from geo.harm import HarmWeights

EVENTS = (
    "area.kept",
    "area.dated",
    "dataset.kept",
    "dataset.removed",
    "dataset.settled",
    "dataset.unsettled",
    "aliases.kept",
    "alias.removed",
    "crosswalk.kept",
    "weights.kept",
    "weights.removed",
    "visitors.kept",
    "roads.kept",
    "store.restored",
    "scenario.kept",
    "scenario.approved",
    "programme.kept",
    "area.target_kept",
    "area.step_taken",
    "model.kept",
    "catalogue.kept",
    "proposals.kept",
)


@dataclass(frozen=True)
class Area:
    """A kept set of ward boundaries of one version. valid_from, valid_to: first and last day in force,
    None where no document tells; basis: the legal text as it is cited."""

    id: int
    key: str
    title: str
    version: str | None
    n_wards: int
    source: Source
    crs_read: str
    added_at: dt.datetime
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    basis: str = ""


@dataclass(frozen=True)
class Dataset:
    """A kept file of one kind, joined to an area.

    n_rows: joined rows kept; a wide table has more of them than the file has rows (tally["rows"]).
    tally: {"n": {...}, "rows": {...}}, each `given` and its parts by outcome.
    active: False once superseded or removed; its rows stay.
    period_start, period_end: first and last known day of its incidents; None for other kinds.
    revision: 1 for a first reading; supersedes: the id of the revision before it, None for a first one.
    settled: a person declared these to be the final figures ("số liệu chốt"). by: who kept it.
    """

    id: int
    kind: Kind
    file_name: str
    sha256: str
    added_at: dt.datetime
    n_rows: int
    tally: dict[str, dict[str, float]]
    findings: tuple[Finding, ...]
    source: Source
    by_place: bool
    complete: bool
    version: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    active: bool
    revision: int = 1
    supersedes: int | None = None
    by: str = ""
    settled: bool = False


@dataclass(frozen=True)
class KeptCrosswalk:
    """A kept table of old and new units between two areas."""

    id: int
    old_area_id: int
    new_area_id: int
    source: Source
    n_rows: int
    added_at: dt.datetime
    by: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class KeptWeights:
    """A kept table of harm weights. area_id None: for every area."""

    id: int
    area_id: int | None
    weights: HarmWeights
    added_at: dt.datetime
    by: str


@dataclass(frozen=True)
class VisitorWard:
    """A ward with many visitors, where residents are the wrong denominator: set by a person, with the reason
    and the day from which it is held to be so. by: who set it."""

    ward_code: str
    reason: str
    since: dt.date
    by: str = ""


@dataclass(frozen=True)
class KeptRoads:
    """What is told of an area's road layer; `source.as_of` is its date."""

    area_id: int
    source: Source
    sha256: str
    n_lines: int
    added_at: dt.datetime
    by: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Event:
    """One write: who did what to which area, dataset, crosswalk, table of weights or
    record of planning, and when.

    what: a key of `EVENTS`. object_id: of the thing written to, None for the whole store.
    """

    id: int
    at: dt.datetime
    who: str
    what: str
    object_id: int | None
    detail: dict[str, object]


def findings_to_json(findings: Iterable[Finding]) -> list[Any]:
    """Findings as plain lists and dicts; a number that is not finite becomes null."""
    return [to_json(asdict(finding)) for finding in findings]


def findings_from_json(kept: Iterable[dict[str, object]]) -> tuple[Finding, ...]:
    return tuple(Finding(**entry) for entry in kept)  # type: ignore[arg-type]


def to_json(value: object) -> object:
    """A fact as JSON keeps it on every database: numbers plain, dates ISO, anything else as text."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        return {str(name): to_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(part) for part in value]
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
