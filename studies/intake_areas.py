"""Target areas that a committee lists itself, on their way in: read, looked at, then kept with the steps that
the list and the programme's document tell. Steps that are not told are not made up; the area says so."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from errors import BadOption, Key, NoData
from geo.findings import Finding
from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.catalogue_file import read_catalogue
from planning.programme import Programme, Step, TargetArea
from planning.taken_over import Lack, Listed, take_over
from store.plan_records import Kept
from store.repository import Store
from studies.areas_file import Tally, read_areas
from studies.catalogues import find_catalogue
from studies.intake import Received, receive
from studies.person_guard import names_person

CATALOGUE = Path(__file__).parents[1] / "data" / "planning" / "catalogue.toml"
OFFICES = ("responsible", "hamlet", "reasons")
Area = tuple[TargetArea, tuple[Step, ...]]


@dataclass(frozen=True)
class AreasTrial:
    """A read list, not kept yet; `studies.areas_file.read_areas` says what findings and tally are."""

    received: Received
    programme: Kept[Programme]
    areas: tuple[Area, ...]
    findings: tuple[Finding, ...]
    tally: Tally


def load_catalogue(store: Store, year: int) -> Catalogue:
    """The catalogue that speaks of the year; the shipped one where none is kept."""
    return find_catalogue(store, year) if store.list_catalogues() else read_catalogue(CATALOGUE)


def keep_first_catalogue(store: Store, *, by: str = "") -> None:
    """Give a store without a catalogue the shipped one: a step is held against it."""
    if not store.list_catalogues():
        store.keep_catalogue(read_catalogue(CATALOGUE), by=by)


def find_programme(store: Store, key: str | None) -> Kept[Programme]:
    """Raises BadOption (reason `which_programme`), NoData (reasons `programme_unknown`, `no_programme`)."""
    known = ", ".join(each.content.key for each in store.list_programmes())
    if key is None:
        raise BadOption("which_programme", choices=known or "–")
    kept = store.find_programme(key)
    if kept is None:
        raise NoData("programme_unknown" if known else "no_programme", asked=key, choices=known)
    return kept


def try_areas(
    store: Store,
    programme: Kept[Programme],
    area_id: int,
    received: Received,
    words: Words,
    *,
    today: dt.date,
    sheet: str | None = None,
    encoding: str | None = None,
) -> AreasTrial:
    """Match the list with the wards of the boundaries `area_id` and their remembered spellings; the store is
    not touched. words: for the notes that the areas keep. Raises as `read_areas`."""
    wards, catalogue = store.load_wards(area_id), load_catalogue(store, programme.content.year)
    version = wards.version or ""
    there = [kept.content for kept in store.list_target_areas(programme.id)]
    rows, findings, tally = read_areas(
        received.path, wards, store.list_aliases(area_id), catalogue=catalogue,
        there={(each.ward_code, each.hamlet) for each in there if each.version == version},
        sheet=sheet, encoding=encoding,
    )  # fmt: skip
    source = words("programme_entry.of_list", file=received.name)
    areas, lacks = [], []
    for row in rows:
        ward = wards.frame.loc[row.ward_code]
        area = TargetArea(
            row.ward_code, str(ward["ward_name"]), str(ward["parent"]), version, area_id, row.hamlet,
            row.types, row.reasons, row.responsible, start=row.start, end=row.end, source=source,
        )  # fmt: skip
        taken, lack = make_area(area, row.listed, programme.content, catalogue, words, today=today)
        areas.append(taken)
        lacks.append((lack, taken[0].ward_name))
    remarks = [
        *_tell_lacks(lacks, received.name),
        *_tell_too_many(len(there) + len(areas), programme.content),
    ]
    return AreasTrial(received, programme, tuple(areas), (*findings, *remarks), tally)


def make_area(
    area: TargetArea,
    listed: Listed,
    programme: Programme,
    catalogue: Catalogue,
    words: Words,
    *,
    today: dt.date,
) -> tuple[Area, Lack]:
    """The area with the steps that are told; what its listed state lacks is written into its note."""
    note = words("programme_entry.taken_over", source=area.source)
    steps, lack = take_over(listed, programme.document, catalogue, note=note, today=today)
    if not lack:
        return (area, steps), lack
    told = words(
        "programme_entry.untold_on" if listed.on else "programme_entry.untold",
        state=Key("state", listed.state or "duoc_lua_chon"),
        on=listed.on,
        lack=Key("area_lack", lack),
    )
    return (replace(area, note=" ".join(filter(None, (area.note, told)))), steps), lack


def check_typed(area: TargetArea, listed: Listed) -> None:
    """Raises BadOption: `area_ward` without a name or a code, `area_version` a code without its version,
    `area_days` for an end before the start, `names_person` where an office is asked for (fact field)."""
    if not (area.ward_code.strip() and area.ward_name.strip()):
        raise BadOption("area_ward")
    if not area.version.strip() and area.area_id is None:
        raise BadOption("area_version", ward=area.ward_name)
    if area.start and area.end and area.end < area.start:
        raise BadOption("area_days", start=area.start, end=area.end)
    for name in OFFICES:
        told = getattr(area, name)
        texts = (told,) if isinstance(told, str) else told
        if any(names_person(text, is_place=name == "hamlet") for text in texts):
            raise BadOption("names_person", field=Key("programme_entry.area", name))
    if listed.document is not None and names_person(listed.document.issued_by):
        raise BadOption("names_person", field=Key("programme_entry.area", "issued_by"))


def keep_areas(store: Store, programme_id: int, areas: Sequence[Area], *, by: str = "") -> bool:
    """Whether the store changed: all of them, in one write, or none. Raises as `Store.keep_target_areas`."""
    if not areas:
        return False
    keep_first_catalogue(store, by=by)
    store.keep_target_areas(programme_id, areas, by=by)
    return True


def import_areas(
    store: Store,
    path: Path,
    key: str | None,
    area_id: int,
    words: Words,
    *,
    today: dt.date,
    by: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
) -> tuple[AreasTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as areas`. The programme must be
    there."""
    programme = find_programme(store, key)
    trial = try_areas(
        store, programme, area_id, receive([path]), words, today=today, sheet=sheet, encoding=encoding
    )
    return trial, keep_areas(store, programme.id, trial.areas, by=by)


def _tell_lacks(lacks: Sequence[tuple[Lack, str]], file: str) -> list[Finding]:
    """One remark for each thing that is missing, with the wards."""
    counts = Counter(lack for lack, _ in lacks if lack)
    return [
        Finding("AreaStateUntold", "warning", file, "; ".join(name for told, name in lacks if told == lack),
                {"n": n, "lack": Key("area_lack", lack)})
        for lack, n in counts.items()
    ]  # fmt: skip


def _tell_too_many(n: int, programme: Programme) -> list[Finding]:
    if programme.n_selected is None or n <= programme.n_selected:
        return []
    return [
        Finding("AreasMoreThanSelected", "warning", programme.key, facts={"n": n, "of": programme.n_selected})
    ]
