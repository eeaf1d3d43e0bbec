"""The steps of one area in words, and which one may come next."""

from dataclasses import dataclass

from i18n.messages import Words
from planning.catalogue import Catalogue, Grade
from planning.lifecycle import GRADED_STATES, NEXT, find_in_force, state_of
from planning.programme import State
from store.plan_records import KeptArea, KeptStep
from studies.paper_words import write_paper


@dataclass(frozen=True)
class StepRow:
    """One step as it was written down; cells are final text, "" where nothing is told. is_struck: a later
    one corrects it."""

    number: str
    state: State
    taken: str
    grade: str
    document: str
    actor: str
    note: str
    written: str
    is_struck: bool


def list_next(kept: KeptArea) -> tuple[State, ...]:
    """States that the area may enter from where it stands."""
    return NEXT[state_of(kept.taken)]


def find_last(kept: KeptArea) -> int | None:
    """The place (0-based) of the step last in force, the only one that may be corrected; None without one."""
    places = find_in_force(kept.taken)
    return places[-1] if places else None


def list_instead(kept: KeptArea) -> tuple[State, ...]:
    """States that may stand in the place of the step last in force."""
    places = find_in_force(kept.taken)
    before = kept.steps[places[-2]].step.to if len(places) > 1 else None
    return NEXT[before] if places else ()


def list_grades(states: tuple[State, ...], catalogue: Catalogue | None) -> list[Grade]:
    """Grades of the catalogue that may come with one of the states, the best first."""
    graded = [state for state in states if state in GRADED_STATES]
    return [grade for grade in catalogue.grades if grade.state in graded] if catalogue else []


def list_steps(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> list[StepRow]:
    """Every step, the first one written down first; those corrected since stay, struck."""
    in_force = find_in_force(kept.taken)
    return [
        _write(place, one, place not in in_force, catalogue, words) for place, one in enumerate(kept.steps)
    ]


def _write(place: int, kept: KeptStep, is_struck: bool, catalogue: Catalogue | None, words: Words) -> StepRow:
    step, n = kept.step, place + 1
    names = {grade.key: grade.name for grade in catalogue.grades} if catalogue else {}
    if is_struck:
        number = words("steps.corrected", n=n)
    elif step.corrects is not None:
        number = words("steps.corrects", n=n, of=step.corrects + 1)
    else:
        number = words("steps.number", n=n)
    day = kept.at.astimezone().date()
    return StepRow(
        number=number,
        state=step.to,
        taken=words("steps.taken", state=words(f"state.{step.to}"), day=step.on),
        grade=names.get(step.grade, step.grade),
        document=words("steps.document", document=write_paper(step.document, words)),
        actor=words("steps.actor", actor=step.actor),
        note=words("steps.note", note=step.note) if step.note else "",
        written=words("steps.written_by", by=kept.by, day=day)
        if kept.by
        else words("steps.written", day=day),
        is_struck=is_struck,
    )
