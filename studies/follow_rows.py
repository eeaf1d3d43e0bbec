"""One line per area of a programme: where it stands since when, by which figures, and what comes next."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from i18n.messages import Words
from layers.naming import name_with_type
from planning.catalogue import Named
from planning.lifecycle import entered_on, grade_of, state_of
from planning.programme import TargetArea
from planning.targets import Light
from store.plan_records import KeptArea
from studies.follow import Followed, Lights
from studies.follow_dues import find_next
from studies.programme_listing import name_of, write_grade
from studies.watch_words import name_area

LIGHTS: tuple[Light, ...] = ("met", "not_met", "unknown", "not_applicable")
COLUMNS = ("types", "reasons", "responsible", "days", "targets")


@dataclass(frozen=True)
class AreaRow:
    """One area; cells are final text, "" where nothing is known. status: key of the map's statuses, "" where
    it has none. grade: by its name; graded: as a sentence. beside: its state under another programme of the
    register."""

    area_id: int
    number: str
    name: str
    parent: str
    types: str
    reasons: str
    responsible: str
    days: str
    status: str
    state: str
    since: str
    grade: str
    graded: str
    early: str
    targets: str
    next_due: str
    beside: str


def write_rows(followed: Followed, lights: Lights, words: Words) -> list[AreaRow]:
    """A row per named area, in the order they were kept."""
    return [
        _write_row(number, kept, followed, lights, words)
        for number, kept in enumerate(followed.areas, start=1)
    ]


def _write_row(number: int, kept: KeptArea, followed: Followed, lights: Lights, words: Words) -> AreaRow:
    area, state, names = kept.content, state_of(kept.taken), followed.told.catalogue
    since = entered_on(kept.taken, state) if state else None
    grade = write_grade(kept, names, words) if grade_of(kept.taken) else ""
    return AreaRow(
        area_id=kept.id,
        number=str(number),
        name=name_place(area, words),
        parent=name_with_type(area.parent, words),
        types=_name_all(area.types, names.types if names else (), words),
        reasons=_name_all(area.reasons, names.reasons if names else (), words),
        responsible=area.responsible,
        days=write_days(area.start, area.end, words),
        status=find_status(kept),
        state=words(f"state.{state or 'none'}"),
        since=words("follow.since", day=since) if since else "",
        grade=grade,
        graded=words("follow.graded", grade=grade) if grade else "",
        early=words("reports.reached_early", day=area.reached_early_on) if area.reached_early_on else "",
        targets=_write_met(lights.by_area.get(kept.id, {}), words),
        next_due=find_next(kept.id, followed, words),
        beside=_write_beside(kept, followed, words),
    )


def find_status(kept: KeptArea) -> str:
    """Key of the map's statuses: one that left the register is out of scope; "" for an area that no step was
    told of. An area that is only proposed is not on the register yet."""
    state = state_of(kept.taken)
    if state == "chuyen_hoa_thanh_cong" and grade_of(kept.taken) == "tot":
        return "tot"
    return "khong_thuoc_dien" if state in ("de_xuat", "ra_khoi_dien") else state or ""


def name_place(area: TargetArea, words: Words) -> str:
    """`P. An Bình`, a part of it before it."""
    names = (area.hamlet, name_with_type(area.ward_name or area.ward_code, words))
    return ", ".join(name for name in names if name)


def write_days(start: dt.date | None, end: dt.date | None, words: Words) -> str:
    """`từ 11/02/2022 đến 31/12/2022`; "" where neither day is told."""
    if start is None and end is None:
        return ""
    unknown = words("reports.unknown")
    days = (words.date(day) if day else unknown for day in (start, end))
    return " – ".join(days)


def find_silent(rows: Iterable[AreaRow]) -> list[str]:
    """Columns of which nothing is known for any area; they are told in one line, not in a column each."""
    told = list(rows)
    return [column for column in COLUMNS if not any(getattr(row, column) for row in told)]


def _name_all(keys: Iterable[str], names: Iterable[Named], words: Words) -> str:
    known = tuple(names)
    return "; ".join(name_of(key, known, words) for key in keys)


def _write_met(counts: Mapping[Light, int], words: Words) -> str:
    """`3/12 đạt; 1 chưa đạt; 8 chưa đủ căn cứ`; without any that could be judged, that alone."""
    n = sum(counts.values())
    others = [write_light(light, counts[light], words) for light in LIGHTS[1:] if counts.get(light)]
    if not n or counts.get("unknown") == n:
        return words("follow.none_judged", n=n) if n else ""
    return "; ".join((words("follow.met_of", met=counts.get("met", 0), n=n), *others))


def write_light(light: Light, n: int, words: Words) -> str:
    """`8 chưa đủ căn cứ`."""
    return words("follow.light_of", n=n, light=words(f"follow.light.{light}"))


def _write_beside(kept: KeptArea, followed: Followed, words: Words) -> str:
    later = followed.elsewhere.get(kept.id)
    if later is None:
        return ""
    key = "follow.beside" if later.ground == "same" else "follow.beside_part"
    return words(
        key,
        programme=later.programme.name,
        name=name_area(later.area, words),
        state=words(f"state.{later.state}"),
        day=later.on,
    )
