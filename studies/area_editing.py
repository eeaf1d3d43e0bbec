"""What a clerk changes in the record of one area, and two versions of it side by side.

An edit holds only what somebody changed. Laid over a newer version it changes nothing else, so what another
person wrote meanwhile stays.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from errors import BadOption, Key
from i18n.messages import Words
from planning.catalogue import Catalogue, Named
from planning.programme import Meeting, Step, TargetArea
from planning.targets import Observation
from studies.evidence_words import write_line
from studies.paper_words import write_title
from studies.person_guard import names_person
from studies.programme_listing import name_of

FIELDS = ("types", "reasons", "responsible", "start", "end", "sub_plan_on", "measures", "note")


@dataclass(frozen=True)
class Edit:
    """fields: new values by name, of FIELDS. observations, meetings: to be added. removed: observations to be
    taken off the list."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    observations: tuple[Observation, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    removed: tuple[Observation, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.observations or self.meetings or self.removed)

    @property
    def only_adds(self) -> bool:
        """Whether it writes over nothing."""
        return not (self.fields or self.removed)


@dataclass(frozen=True)
class Beside:
    """One part of a record as this person and as the other one wants it; cells are final text. yours: ""
    for a part that this person did not change."""

    name: str
    yours: str
    theirs: str


def find_edit(base: TargetArea, typed: Mapping[str, Any]) -> Edit:
    """What was typed that differs from the version the form began with. Raises BadOption: `area_days` an end
    before the start; `names_person`, see `check_office`."""
    start, end = typed.get("start", base.start), typed.get("end", base.end)
    if start is not None and end is not None and end < start:
        raise BadOption("area_days", start=start, end=end)
    check_office(typed.get("responsible", ""), Key("record.field", "responsible"))
    return Edit({name: value for name, value in typed.items() if getattr(base, name) != value})


def apply_edit(content: TargetArea, edit: Edit) -> TargetArea:
    """The version with the edit laid over it. What is to be added and is there already is not added twice."""
    left = tuple(each for each in content.observations if each not in edit.removed)
    return replace(
        content,
        **edit.fields,
        observations=tuple(dict.fromkeys((*left, *edit.observations))),
        meetings=tuple(dict.fromkeys((*content.meetings, *edit.meetings))),
    )


def compare_versions(
    base: TargetArea, edit: Edit, theirs: TargetArea, catalogue: Catalogue | None, words: Words
) -> list[Beside]:
    """Every part that one of the two changed since `base`, in the record's order; parts that both changed
    alike are left out."""
    rows = [
        Beside(
            words(f"record.field.{name}"),
            write_field(name, edit.fields[name], catalogue, words) if name in edit.fields else "",
            write_field(name, getattr(theirs, name), catalogue, words),
        )
        for name in FIELDS
        if edit.fields.get(name, getattr(base, name)) != getattr(theirs, name)
    ]
    rows += _compare_lists(base, edit, theirs, catalogue, words)
    known = {*FIELDS, "observations", "meetings"}
    others = [each.name for each in fields(TargetArea) if each.name not in known]
    if any(getattr(base, name) != getattr(theirs, name) for name in others):
        rows.append(Beside(words("record.field.others"), "", words("record.others_changed")))
    return rows


def write_field(name: str, value: Any, catalogue: Catalogue | None, words: Words) -> str:
    """A value of the record in words; what is empty is said to be."""
    if not value:
        return words("record.nothing")
    if isinstance(value, dt.date):
        return words.date(value)
    if name in ("types", "reasons", "measures"):
        names: Iterable[Named] = getattr(catalogue, name) if catalogue else ()
        return "; ".join(name_of(key, tuple(names), words) for key in value)
    return str(value)


def check_office(text: str, field: Key) -> None:
    """Raises BadOption (reason `names_person`, fact field) where a person is named instead of an office."""
    if names_person(text):
        raise BadOption("names_person", field=field)


def check_step_offices(step: Step) -> Step:
    """The same step. Raises as `check_office`; what else a step must show the store asks."""
    check_office(step.actor, Key("steps", "actor_of"))
    check_office(step.document.issued_by, Key("steps", "issued_by"))
    return step


def check_observation(told: Observation) -> Observation:
    """The same figure. Raises BadOption: `observation_words` a figure in words without its words;
    `observation_value` less than 0; `observation_days` a window that ends before it starts; and
    `names_person`."""
    check_office(told.stated_by, Key("evidence", "stated_by"))
    if told.qualifier == "text" and not told.note:
        raise BadOption("observation_words")
    if told.value is not None and told.value < 0:
        raise BadOption("observation_value", value=told.value)
    if told.start and told.end and told.end < told.start:
        raise BadOption("observation_days", start=told.start, end=told.end)
    return told


def check_meeting(meeting: Meeting) -> Meeting:
    """The same meeting. Raises BadOption (reason `meeting_kind`) for one of no kind."""
    if not meeting.kind:
        raise BadOption("meeting_kind")
    return meeting


def write_meeting(meeting: Meeting, catalogue: Catalogue | None, words: Words) -> str:
    """`Sơ kết 6 tháng, 15/08/2022`, with its paper and note."""
    names = {due.key: due.name for due in catalogue.dues} if catalogue else {}
    day = words.date(meeting.held_on) if meeting.held_on else words("meetings.no_day")
    line = words("meetings.line", kind=names.get(meeting.kind, meeting.kind), day=day)
    paper = write_title(meeting.document, words) if meeting.document else ""
    return "; ".join(part for part in (line, paper, meeting.note) if part)


def _compare_lists(
    base: TargetArea, edit: Edit, theirs: TargetArea, catalogue: Catalogue | None, words: Words
) -> list[Beside]:
    rows = []
    news = [each for each in theirs.observations if each not in base.observations]
    if edit.observations or edit.removed or news:
        mine = [write_line(each, words) for each in edit.observations]
        mine += [words("record.remove", what=write_line(each, words)) for each in edit.removed]
        told = [write_line(each, words) for each in news]
        rows.append(_put(words("record.field.observations"), mine, told, words))
    met = [each for each in theirs.meetings if each not in base.meetings]
    if edit.meetings or met:
        mine = [write_meeting(each, catalogue, words) for each in edit.meetings]
        told = [write_meeting(each, catalogue, words) for each in met]
        rows.append(_put(words("record.field.meetings"), mine, told, words))
    return rows


def _put(name: str, mine: list[str], theirs: list[str], words: Words) -> Beside:
    return Beside(name, "; ".join(mine), "; ".join(theirs) or words("record.nothing_new"))
