"""A way of choosing next year's areas: saved, named, compared, locked; approved once, under a document.

The tool proposes; people decide.
"""

import datetime as dt
from dataclasses import dataclass

from planning.papers import Document
from planning.targets import Target


@dataclass(frozen=True)
class GroupBound:
    """At least and at most so many areas among the wards of one group. column: of the long list ("parent",
    "area", "type"); value: the group, "" for each group of the column. None: no bound."""

    column: str
    value: str = ""
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Departure:
    """A departure from what rules and score say, with its written reason.

    kind: `include` (must be chosen), `exclude` (must not), `override` (rule `rule` does not bind this ward).
    """

    ward_code: str
    kind: str
    reason: str
    rule: str = ""
    by: str = ""


@dataclass(frozen=True)
class Frozen:
    """What one ward was at approval: columns and points of the long list, as they were."""

    ward_code: str
    ward_name: str
    parent: str
    values: tuple[tuple[str, float | None], ...]
    points: tuple[tuple[str, float | None], ...]
    score: float | None
    is_chosen: bool
    rules: tuple[tuple[str, str], ...] = ()
    origin: str = ""
    stability: float | None = None


@dataclass(frozen=True)
class Approval:
    """What the document fixed. datasets: (id, sha256) of every file in use. boundary_sha256 beside the
    version proves which outlines. comparison: by target ward, the wards it will be judged beside."""

    document: Document
    approved_on: dt.date
    approved_by: str
    base_start: dt.date
    base_end: dt.date
    boundary_version: str
    boundary_sha256: str
    datasets: tuple[tuple[int, str], ...]
    targets: tuple[Target, ...]
    comparison: tuple[tuple[str, tuple[str, ...]], ...]
    wards: tuple[Frozen, ...]
    seed: int


@dataclass(frozen=True)
class Scenario:
    """area_id: the boundaries it speaks of. base_start, base_end: the days of its figures. weights: by
    criterion key, shares that need not sum to 100. rules: keys of those that are on. budget: in million đồng,
    None unlimited; cost_each: of an area without a cost of its own. group, category: which incidents count,
    "" every crime. version: 1, then 2 for a reopened one. reopens: the approved scenario it goes on from.
    chosen: the wards it gave when it was saved."""

    name: str
    year: int
    register: str
    area_id: int
    base_start: dt.date
    base_end: dt.date
    n: int
    weights: tuple[tuple[str, float], ...]
    rules: tuple[str, ...] = ()
    bounds: tuple[GroupBound, ...] = ()
    exceptions: tuple[Departure, ...] = ()
    budget: float | None = None
    cost_each: float | None = None
    group: str = ""
    category: str = ""
    note: str = ""
    chosen: tuple[str, ...] = ()
    is_locked: bool = False
    version: int = 1
    reopens: int | None = None
    copied_from: int | None = None
    approval: Approval | None = None


@dataclass(frozen=True)
class Proposal:
    """A unit's own proposal for one ward. cost: million đồng, None not told. recognised_on: the day the
    commune was newly recognised (NTM or the like), None not told. types: keys of the catalogue's types."""

    ward_code: str
    proposed: bool = True
    unit: str = ""
    reason: str = ""
    types: tuple[str, ...] = ()
    cost: float | None = None
    recognised_on: dt.date | None = None
    area_label: str = ""
