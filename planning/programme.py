"""A programme, its target areas, and the only steps an area may take.

An area is a place, never a person. Its state is what its steps say; nothing stores the state beside them, and
no step is ever changed or taken away: a mistake is corrected by a further step that says so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from planning.papers import Document, Figure, Level
from planning.targets import Observation, Target

State = Literal[
    "de_xuat",
    "duoc_lua_chon",
    "dang_chuyen_hoa",
    "chuyen_hoa_thanh_cong",
    "chua_dat",
    "duy_tri",
    "ra_khoi_dien",
    "phuc_tap_tro_lai",
]
STATES: tuple[State, ...] = get_args(State)
Origin = Literal["unit", "figures", "both", ""]
UnitLevel = Literal["ward", "hamlet"]


@dataclass(frozen=True)
class Programme:
    """One plan of one committee. key: short text that people and the command line call it by.

    register: which list the areas stand on (key of the catalogue's registers); an area has one state per
    register. figures: results as they were reported for the whole, never spread over areas. n_selected: how
    many areas the document chose, None where it does not tell; more than are listed means the others are
    unknown.
    illustrative: made up for demonstration. scenario_id: the approved proposal it came from.
    """

    key: str
    name: str
    level: Level
    place: str
    register: str
    year: int
    document: Document
    start: dt.date | None = None
    end: dt.date | None = None
    n_selected: int | None = None
    targets: tuple[Target, ...] = ()
    observations: tuple[Observation, ...] = ()
    figures: tuple[Figure, ...] = ()
    measures: tuple[str, ...] = ()
    meetings: tuple["Meeting", ...] = ()
    source: str = ""
    note: str = ""
    illustrative: bool = False
    scenario_id: int | None = None


@dataclass(frozen=True)
class Meeting:
    """A review or conference of the committee. kind: key or free text ("sơ kết")."""

    kind: str
    held_on: dt.date | None
    document: Document | None = None
    note: str = ""


@dataclass(frozen=True)
class TargetArea:
    """One place under a programme.

    ward_code with version: as on the boundaries of that version; area_id: the store's boundaries, None where
    none are kept. hamlet: the part below the ward, "" the whole ward. types, reasons: keys of the catalogue
    or free text. start, end: its own days, whatever the programme's. sub_plan_on: the day its own plan came
    in, None not yet. comparison: codes of wards it is judged beside; base_start, base_end: the days before;
    both frozen at approval. reached_early_on: reported as reached before the end, None not.
    """

    ward_code: str
    ward_name: str
    parent: str
    version: str
    area_id: int | None = None
    hamlet: str = ""
    types: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    responsible: str = ""
    origin: Origin = ""
    start: dt.date | None = None
    end: dt.date | None = None
    sub_plan_on: dt.date | None = None
    reassessed_on: dt.date | None = None
    reached_early_on: dt.date | None = None
    comparison: tuple[str, ...] = ()
    base_start: dt.date | None = None
    base_end: dt.date | None = None
    observations: tuple[Observation, ...] = ()
    measures: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    evaluation_note: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One change of state: to what, on which day, by which document, told by whom (an office or a post).

    grade: only with a state that the committee grades, and then always. corrects: the place (0-based) of an
    earlier step that was entered by mistake, None for a plain step.
    """

    to: State
    on: dt.date
    document: Document
    actor: str
    grade: str = ""
    note: str = ""
    corrects: int | None = None
