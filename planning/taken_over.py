"""The first steps of an area that stood on a committee's list before it stood here.

A list tells where an area stands, seldom how it came there. Only what the list and its papers date is taken
over; the rest stays untold, with the reason. A grade never rests on the document that chose the area.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from errors import ForbiddenStep
from planning.catalogue import Catalogue
from planning.lifecycle import GRADED_STATES, check_step
from planning.papers import Document
from planning.programme import State, Step

Lack = Literal[
    "", "programme_document", "programme_day", "day", "start", "grade", "document", "earlier", "order",
    "future", "other_grade", "other",
]  # fmt: skip
LACK_OF: dict[str, Lack] = {
    "before_last": "order",
    "in_future": "future",
    "document_in_future": "future",
    "grade_of_other_state": "other_grade",
}


@dataclass(frozen=True)
class Listed:
    """What a list tells of one area. state: None where it only lists the area, which means chosen. on: the
    day of that state; started_on: the day work began. grade: key of the catalogue, "" not told. document: of
    that state, None where the list names none."""

    state: State | None = None
    on: dt.date | None = None
    started_on: dt.date | None = None
    grade: str = ""
    document: Document | None = None


def take_over(
    listed: Listed, document: Document, catalogue: Catalogue, *, note: str, today: dt.date
) -> tuple[tuple[Step, ...], Lack]:
    """The steps that are told, each one the lifecycle allows, and what is missing for the listed state, ""
    for nothing. document: of the programme; its day is that of the choice. note: where the steps were taken
    from.

    Missing: `programme_document` the programme's paper has no number or title, or nobody issued it, so no
    step can rest on it; `programme_day` it has no day; `day` of the state; `start` of the work, before a
    result; `grade`, and `document` with issuer, number or title and day, for a result; `earlier` the result
    that comes before what is listed, which one row cannot tell; `order` days run backwards; `future` a day to
    come; `other_grade` the grade belongs to another result; `other` anything else that is forbidden.
    """
    if not document.is_named:
        return (), "programme_document"
    steps, lack = _list_told(listed, document, note)
    allowed: list[Step] = []
    for step in steps:
        try:
            check_step(allowed, step, catalogue, today=today)
        except ForbiddenStep as refusal:
            return tuple(allowed), LACK_OF.get(refusal.reason, "other")
        allowed.append(step)
    return tuple(allowed), lack


def _list_told(listed: Listed, document: Document, note: str) -> tuple[list[Step], Lack]:
    """What is dated, in order, before anything is held against the lifecycle."""
    actor, state = document.issued_by, listed.state
    if state == "de_xuat":
        return ([Step(state, listed.on, document, actor, note=note)], "") if listed.on else ([], "day")
    is_choice = state in (None, "duoc_lua_chon")
    chosen_on = (listed.on if is_choice else None) or document.issued_on
    steps = [Step("duoc_lua_chon", chosen_on, document, actor, note=note)] if chosen_on else []
    if is_choice:
        return steps, "" if steps else "programme_day"
    started_on = listed.on or listed.started_on if state == "dang_chuyen_hoa" else listed.started_on
    if started_on:
        steps.append(Step("dang_chuyen_hoa", started_on, document, actor, note=note))
    lack = _find_lack(listed, started_on)
    paper = listed.document
    if not lack and state in GRADED_STATES and listed.on and paper:
        steps.append(Step(state, listed.on, paper, paper.issued_by, listed.grade, note))
    return steps, lack


def _find_lack(listed: Listed, started_on: dt.date | None) -> Lack:
    """What is missing for a state that comes after the choice."""
    if listed.state == "dang_chuyen_hoa":
        return "" if started_on else "day"
    if listed.state not in GRADED_STATES:
        return "earlier"
    if listed.on is None:
        return "day"
    if started_on is None:
        return "start"
    if not listed.grade:
        return "grade"
    paper = listed.document
    return "" if paper and paper.is_named and paper.issued_on else "document"
