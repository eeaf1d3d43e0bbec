"""A programme that did not come from a proposal here: typed in as its document tells it, changed later."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from errors import BadOption, Key, NotComparable
from geo.names import strip_accents
from geo.periods import FIRST_YEAR, LAST_YEAR
from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.papers import Document, Level
from planning.programme import Programme
from planning.targets import Target
from store.plan_records import Kept
from store.repository import Store
from studies.area_editing import Beside
from studies.intake_areas import keep_first_catalogue, load_catalogue
from studies.kpi_words import write_promise
from studies.paper_words import write_paper
from studies.person_guard import names_person
from studies.programme_listing import name_of

FIELDS = (
    "key", "name", "level", "place", "register", "year", "document", "start", "end", "n_selected", "targets",
    "note",
)  # fmt: skip
LEVELS: tuple[Level, ...] = ("province", "district", "ward")
KEY = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
LONGEST_KEY = 60
MOST_AREAS = 100_000


def suggest_key(place: str, year: int, register: str, taken: Collection[str] = ()) -> str:
    """Short text in plain letters that no other programme is called by; a number is added where needed."""
    plain = re.sub(r"[^a-z0-9]+", "-", strip_accents(f"{place} {year} {register}").lower()).strip("-")
    plain = plain[:LONGEST_KEY].strip("-")
    numbered = (f"{plain}-{n}" for n in range(2, len(taken) + 3))
    return plain if plain not in taken else next(key for key in numbered if key not in taken)


def check_programme(programme: Programme, *, today: dt.date, asked: Collection[str] = FIELDS) -> None:
    """asked: the fields that are checked; what a report left open may stay open.

    Raises BadOption: `programme_key` other than plain letters, digits and hyphens; `programme_blank` (field)
    no name, level, place or register; `programme_level` that is none; `programme_year`; `programme_days` an
    end before the start; `programme_document` no number or title, or nobody issued it; `document_day` of a
    day to come; `programme_n` a number of areas that cannot be; `names_person` (field).
    """
    if "key" in asked and not (KEY.fullmatch(programme.key) and len(programme.key) <= LONGEST_KEY):
        raise BadOption("programme_key", value=programme.key or "–")
    for name in ("name", "level", "place", "register"):
        if name in asked and not getattr(programme, name).strip():
            raise BadOption("programme_blank", field=Key("programme_entry.field", name))
    if "level" in asked and programme.level not in LEVELS:
        raise BadOption("programme_level", value=programme.level, choices=", ".join(LEVELS))
    if not FIRST_YEAR <= programme.year <= LAST_YEAR:
        raise BadOption("programme_year", value=str(programme.year))
    if programme.start and programme.end and programme.end < programme.start:
        raise BadOption("programme_days", start=programme.start, end=programme.end)
    if programme.n_selected is not None and not 0 <= programme.n_selected <= MOST_AREAS:
        raise BadOption("programme_n", value=str(programme.n_selected))
    if "note" in asked and names_person(programme.note):
        raise BadOption("names_person", field=Key("programme_entry.field", "note"))
    if "document" in asked:
        _check_document(programme.document, today)


def _check_document(paper: Document, today: dt.date) -> None:
    if not paper.is_named:
        raise BadOption("programme_document")
    if paper.issued_on is not None and paper.issued_on > today:
        raise BadOption("document_day", day=paper.issued_on, today=today)
    if names_person(paper.issued_by):
        raise BadOption("names_person", field=Key("programme_entry.field", "issued_by"))


def find_targets(store: Store, year: int, key: str) -> tuple[Target, ...]:
    """The targets of a set of the catalogue that speaks of the year; none for "". Raises BadOption (reason
    `target_set`)."""
    sets = {each.key: each.targets for each in load_catalogue(store, year).target_sets}
    if key and key not in sets:
        raise BadOption("target_set", value=key, choices=", ".join(sets))
    return sets.get(key, ())


def find_changes(base: Programme, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed that differs from the version the form began with."""
    return {name: value for name, value in typed.items() if getattr(base, name) != value}


def keep_programme(
    store: Store,
    typed: Mapping[str, Any],
    known: Kept[Programme] | None = None,
    *,
    today: dt.date,
    by: str = "",
) -> Kept[Programme]:
    """Keep a new programme, or lay what was typed over the revision the form began with; everything the form
    does not ask stays. typed: every name of FIELDS for a new one.

    Raises as `check_programme`; BadOption (`programme_register`: not of the catalogue); NotComparable
    (`programme_key`: another one has the key; `programme_renamed`); ChangedMeanwhile when somebody kept
    another revision since.
    """
    programme = Programme(**typed) if known is None else replace(known.content, **typed)
    if known is not None and programme == known.content:
        return known
    check_programme(programme, today=today, asked=typed)
    registers = [each.key for each in load_catalogue(store, programme.year).registers]
    if "register" in typed and programme.register not in registers:
        raise BadOption("programme_register", value=programme.register, choices=", ".join(registers))
    if known is None and store.find_programme(programme.key) is not None:
        raise NotComparable("programme_key", key=programme.key)
    keep_first_catalogue(store, by=by)
    return store.keep_programme(
        programme,
        by=by,
        record_id=known.id if known else None,
        base_revision=known.revision if known else None,
    )


def compare_versions(
    base: Programme, changes: Mapping[str, Any], theirs: Programme, catalogue: Catalogue, words: Words
) -> list[Beside]:
    """Every part of FIELDS that one of the two changed since `base`; parts that both changed alike are left
    out."""
    return [
        Beside(
            words(f"programme_entry.field.{name}"),
            write_field(name, changes[name], catalogue, words) if name in changes else "",
            write_field(name, getattr(theirs, name), catalogue, words),
        )
        for name in FIELDS
        if changes.get(name, getattr(base, name)) != getattr(theirs, name)
    ]


def write_field(name: str, value: Any, catalogue: Catalogue, words: Words) -> str:
    """A value in words; what is empty is said to be."""
    if value is None or value == "" or value == ():
        return words("programme_entry.nothing")
    if isinstance(value, Document):
        return write_paper(value, words)
    if name == "targets":
        return "; ".join(f"{target.name}: {write_promise(target, words)}" for target in value)
    if name == "level":
        return words(f"reports.level.{value}")
    if name == "register":
        return name_of(value, catalogue.registers, words)
    return str(value) if name == "year" else words.plain(value)
