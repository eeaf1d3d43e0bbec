"""Areas of a list in the reader's words, before they are kept."""

from i18n.messages import Words
from planning.catalogue import Catalogue, Named
from planning.lifecycle import grade_of, state_of
from studies.areas_file import OUTCOMES, Tally
from studies.intake_areas import Area
from studies.programme_listing import name_of

CELLS = ("ward", "hamlet", "types", "reasons", "responsible", "days", "state", "grade", "note")
UNTOLD = "–"


def list_cells(taken: Area, catalogue: Catalogue, words: Words) -> tuple[str, ...]:
    """One text for each of CELLS. The state is the one that its steps will give, not the one listed."""
    area, steps = taken
    state, grade = state_of(steps), grade_of(steps)
    grades = tuple(Named(each.key, each.name) for each in catalogue.grades)
    days = (words.date(day) if day else UNTOLD for day in (area.start, area.end))
    return (
        f"{area.ward_name}, {area.parent}" if area.parent else area.ward_name,
        area.hamlet or UNTOLD,
        "; ".join(name_of(key, catalogue.types, words) for key in area.types) or UNTOLD,
        "; ".join(name_of(key, catalogue.reasons, words) for key in area.reasons) or UNTOLD,
        area.responsible or UNTOLD,
        " → ".join(days) if area.start or area.end else UNTOLD,
        words("programme_entry.state_on", state=words(f"state.{state}"), on=steps[-1].on)
        if state
        else words("state.none"),
        name_of(grade, grades, words) if grade else UNTOLD,
        area.note or UNTOLD,
    )


def write_rows(tally: Tally, words: Words) -> str:
    """`Tệp có 14 dòng: 12 dòng đã nhận; 2 dòng để trống.`: parts of nought are left out."""
    parts = [words(f"programme_entry.rows.{name}", n=tally[name]) for name in OUTCOMES if tally[name]]
    return words("proposals.balance", given=tally["given"], parts="; ".join(parts))
