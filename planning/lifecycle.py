"""The only way through the programme: which step may follow which, and what each step must show.

A state is what the steps say, corrections applied; it is stored nowhere. Steps that reports do not tell of
are not made up: an area may begin further on, with a note saying where it was taken over from. A correction
puts another meaning in the place of the last step; it cannot take a step away.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from errors import ForbiddenStep, Key
from planning.catalogue import Catalogue, GradeState
from planning.programme import State, Step

NEXT: Mapping[State | None, tuple[State, ...]] = MappingProxyType(
    {
        None: ("de_xuat", "duoc_lua_chon", "dang_chuyen_hoa"),
        "de_xuat": ("duoc_lua_chon",),
        "duoc_lua_chon": ("dang_chuyen_hoa",),
        "dang_chuyen_hoa": ("chuyen_hoa_thanh_cong", "chua_dat"),
        "chuyen_hoa_thanh_cong": ("duy_tri",),
        "chua_dat": ("dang_chuyen_hoa",),
        "duy_tri": ("ra_khoi_dien", "phuc_tap_tro_lai"),
        "ra_khoi_dien": ("phuc_tap_tro_lai", "de_xuat"),
        "phuc_tap_tro_lai": ("de_xuat",),
    }
)
END_STATES: tuple[State, ...] = ("ra_khoi_dien", "phuc_tap_tro_lai")
GRADED_STATES: tuple[GradeState, ...] = get_args(GradeState)
BEFORE_GRADE: tuple[State, ...] = ("de_xuat", "duoc_lua_chon", "dang_chuyen_hoa")


def find_in_force(steps: Sequence[Step]) -> tuple[int, ...]:
    """Places (0-based) of the steps that count, in order: a correction stands where the step it corrects
    stood. ValueError for a correction of what is not in force."""
    places: list[int] = []
    for place, step in enumerate(steps):
        if step.corrects is None:
            places.append(place)
        else:
            places[places.index(step.corrects)] = place
    return tuple(places)


def apply_corrections(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps as they are meant, in order."""
    return tuple(steps[place] for place in find_in_force(steps))


def state_of(steps: Sequence[Step]) -> State | None:
    """None before the first step."""
    meant = apply_corrections(steps)
    return meant[-1].to if meant else None


def grade_of(steps: Sequence[Step]) -> str:
    """The committee's grade of the present round; "" before it is given, and again once the area is proposed,
    selected or worked on anew."""
    for step in reversed(apply_corrections(steps)):
        if step.grade or step.to in BEFORE_GRADE:
            return step.grade
    return ""


def entered_on(steps: Sequence[Step], state: State) -> dt.date | None:
    """The day the state was last entered, None never."""
    days = [step.on for step in apply_corrections(steps) if step.to == state]
    return days[-1] if days else None


def check_step(steps: Sequence[Step], step: Step, catalogue: Catalogue, *, today: dt.date) -> None:
    """Whether the area may take this step after those that were accepted.

    A correction is held against what stood before the step it corrects. Raises ForbiddenStep:
    `correction_not_last` only the step last in force may be corrected; `correction_note` it must say why;
    `not_next` (state, to, allowed); `taken_over_note` a history that begins after the proposal must say where
    it was taken over from; `no_document` neither number nor title; `no_actor`; `in_future`; `before_last`
    earlier than the step before; `grade_needed`, `grade_not_here`, `grade_unknown`, `grade_of_other_state`;
    `grade_without_committee` the document of a graded step must tell who issued it, its number or title, and
    its date; `document_in_future`.
    """
    before = _list_before(steps, step)
    state = before[-1].to if before else None
    if step.to not in NEXT[state]:
        raise ForbiddenStep(
            "not_next",
            state=Key("state", state or "none"),
            to=Key("state", step.to),
            allowed=tuple(Key("state", to) for to in NEXT[state]),
        )
    if state is None and step.to != "de_xuat" and not step.note.strip():
        raise ForbiddenStep("taken_over_note", to=Key("state", step.to))
    _check_paper(step, today)
    _check_day(before, step, today)
    _check_grade(step, catalogue)


def _list_before(steps: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """What is in force before the step's own place."""
    if step.corrects is None:
        return apply_corrections(steps)
    in_force = find_in_force(steps)
    if not in_force or step.corrects != in_force[-1]:
        raise ForbiddenStep("correction_not_last", to=Key("state", step.to), corrects=step.corrects + 1)
    if not step.note.strip():
        raise ForbiddenStep("correction_note", to=Key("state", step.to))
    return tuple(steps[place] for place in in_force[:-1])


def _check_paper(step: Step, today: dt.date) -> None:
    if not (step.document.number.strip() or step.document.title.strip()):
        raise ForbiddenStep("no_document", to=Key("state", step.to))
    if step.document.issued_on is not None and step.document.issued_on > today:
        raise ForbiddenStep(
            "document_in_future", to=Key("state", step.to), issued_on=step.document.issued_on, today=today
        )
    if not step.actor.strip():
        raise ForbiddenStep("no_actor", to=Key("state", step.to))


def _check_day(before: Sequence[Step], step: Step, today: dt.date) -> None:
    if step.on > today:
        raise ForbiddenStep("in_future", to=Key("state", step.to), on=step.on, today=today)
    if before and step.on < before[-1].on:
        last = before[-1]
        raise ForbiddenStep(
            "before_last",
            to=Key("state", step.to),
            on=step.on,
            state=Key("state", last.to),
            last_on=last.on,
        )


def _check_grade(step: Step, catalogue: Catalogue) -> None:
    to = Key("state", step.to)
    if step.to not in GRADED_STATES:
        if step.grade:
            raise ForbiddenStep("grade_not_here", to=to, grade=step.grade)
        return
    fitting = tuple(grade.name for grade in catalogue.grades if grade.state == step.to)
    if not step.grade:
        raise ForbiddenStep("grade_needed", to=to, allowed=fitting)
    grade = next((grade for grade in catalogue.grades if grade.key == step.grade), None)
    if grade is None:
        raise ForbiddenStep("grade_unknown", to=to, grade=step.grade, allowed=fitting)
    if grade.state != step.to:
        raise ForbiddenStep("grade_of_other_state", to=to, grade=grade.name, allowed=fitting)
    if not step.document.is_named or step.document.issued_on is None:
        raise ForbiddenStep("grade_without_committee", to=to, grade=grade.name)
