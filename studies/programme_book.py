"""A programme as a workbook's content: itself, its areas, their steps, its targets, models and results.

Numbers stay at the level, with the period and source, they were reported with. What is not known is said in
words, in every cell where it matters.
"""

import datetime as dt
from collections.abc import Sequence

from briefing.annex import Annex, AnnexTable, Cell
from i18n.messages import Words
from planning.lifecycle import entered_on, state_of
from store.plan_records import KeptArea
from studies.figure_words import list_rows
from studies.kpi_report import KpiReport
from studies.paper_words import write_paper, write_title
from studies.programme_listing import (
    ProgrammeFile,
    count_states,
    name_of,
    write_grade,
    write_results,
    write_selected,
)
from studies.programme_targets import TARGET_HEADS, list_targets, note_targets

AREA_HEADS = (
    "number", "ward_code", "ward_name", "parent", "version", "hamlet", "types", "reasons", "responsible",
    "start", "end", "state", "since", "early", "grade", "note",
)  # fmt: skip
STEP_HEADS = (
    "ward_name",
    "number",
    "step",
    "on",
    "grade",
    "document",
    "issued_by",
    "issued_on",
    "actor",
    "note",
)
FIGURE_HEADS = (
    "owner", "level", "place", "measure", "as_reported", "number_only", "unit", "period", "no_add", "source",
    "note",
)  # fmt: skip


def make_book(report: KpiReport, words: Words) -> Annex:
    """Five sheets: the programme, its areas, their steps, its targets, models and results."""
    told, programme = report.told, report.told.programme
    versions = sorted({kept.content.version for kept in told.areas if kept.content.version})
    return Annex(
        title=programme.name,
        subtitle=words("kpi_report.as_of", place=programme.place, year=str(programme.year), day=report.today),
        document=write_paper(programme.document, words),
        notes=(),
        tables=(
            _tabulate("programme", ("what", "content"), _list_facts(told, words), words),
            _tabulate("areas", AREA_HEADS, _list_areas(told, words), words),
            _tabulate("steps", STEP_HEADS, _list_steps(told, words), words),
            _tabulate(
                "targets", TARGET_HEADS, list_targets(report, words), words, note_targets(report, words)
            ),
            _tabulate("figures", FIGURE_HEADS, _list_figures(told, words), words),
        ),
        source=programme.source,
        boundary_version=", ".join(versions),
        is_illustrative=report.is_illustrative,
        language=words.language,
    )


def _tabulate(
    sheet: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Cell, ...]],
    words: Words,
    notes: tuple[str, ...] = (),
) -> AnnexTable:
    name = words(f"reports.sheet.{sheet}")
    note = f"reports.note.{sheet}"
    return AnnexTable(
        title=name,
        heads=tuple(words(f"reports.head.{head}") for head in heads),
        rows=tuple(rows),
        notes=(words(note), *notes) if words.has(note) else notes,
        sheet=name,
    )


def _list_facts(told: ProgrammeFile, words: Words) -> list[tuple[Cell, ...]]:
    programme, paper = told.programme, told.programme.document
    unknown = words("reports.unknown")
    meetings = (
        " – ".join(part for part in (each.kind, _day(each.held_on, words), each.note) if part)
        for each in programme.meetings
    )
    facts: dict[str, Cell] = {
        "key": programme.key,
        "name": programme.name,
        "document": write_title(paper, words) or unknown,
        "issued_by": paper.issued_by or unknown,
        "issued_on": paper.issued_on or unknown,
        "level": words(f"reports.level.{programme.level}") if programme.level else unknown,
        "place": programme.place,
        "register": name_of(programme.register, told.catalogue.registers if told.catalogue else (), words),
        "year": str(programme.year),
        "start": programme.start or unknown,
        "end": programme.end or unknown,
        "n_selected": write_selected(programme, words),
        "n_named": words("reports.selected", n=len(told.areas)),
        "states": count_states(told, words),
        "results": write_results(told, words),
        "measures": "; ".join(
            name_of(key, told.catalogue.measures if told.catalogue else (), words)
            for key in programme.measures
        ),
        "meetings": "; ".join(meetings),
        "source": programme.source or unknown,
        "note": programme.note or None,
    }
    return [
        (words(f"reports.head.{key}"), unknown if content == "" else content)
        for key, content in facts.items()
    ]


def _list_areas(told: ProgrammeFile, words: Words) -> list[tuple[Cell, ...]]:
    rows = [_write_area(number, kept, told, words) for number, kept in enumerate(told.areas, start=1)]
    if told.n_unknown:
        others = words("reports.others", n=told.n_unknown)
        rows.append(tuple(others if head == "ward_name" else None for head in AREA_HEADS))
    return rows


def _write_area(number: int, kept: KeptArea, told: ProgrammeFile, words: Words) -> tuple[Cell, ...]:
    area, steps, names = kept.content, kept.taken, told.catalogue
    state = state_of(steps)
    cells: dict[str, Cell] = {
        "number": number,
        "ward_code": area.ward_code,
        "ward_name": area.ward_name,
        "parent": area.parent,
        "version": area.version or None,
        "hamlet": area.hamlet,
        "types": ", ".join(name_of(key, names.types if names else (), words) for key in area.types) or None,
        "reasons": ", ".join(name_of(key, names.reasons if names else (), words) for key in area.reasons)
        or None,
        "responsible": area.responsible or None,
        "start": area.start,
        "end": area.end,
        "state": words(f"state.{state or 'none'}"),
        "since": entered_on(steps, state) if state else None,
        "early": area.reached_early_on or "",
        "grade": write_grade(kept, names, words),
        "note": area.note,
    }
    return tuple(cells[head] for head in AREA_HEADS)


def _list_steps(told: ProgrammeFile, words: Words) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    grades = {each.key: each.name for each in told.catalogue.grades} if told.catalogue else {}
    for kept in told.areas:
        for number, step in enumerate(kept.taken, start=1):
            paper = step.document
            corrects = () if step.corrects is None else (words("reports.corrects", n=step.corrects + 1),)
            cells: dict[str, Cell] = {
                "ward_name": kept.content.ward_name,
                "number": number,
                "step": words(f"state.{step.to}"),
                "on": step.on,
                "grade": grades.get(step.grade, step.grade),
                "document": write_title(paper, words),
                "issued_by": paper.issued_by or None,
                "issued_on": paper.issued_on,
                "actor": step.actor,
                "note": "; ".join((*corrects, step.note) if step.note else corrects),
            }
            rows.append(tuple(cells[head] for head in STEP_HEADS))
    return rows


def _list_figures(told: ProgrammeFile, words: Words) -> list[tuple[Cell, ...]]:
    return [
        (
            row.owner, row.level, row.place, row.measure, row.shown, _whole(row.value), row.unit, row.period,
            row.adding, row.source, row.note,
        )
        for row in list_rows(told.programme.figures, told.models, words)
    ]  # fmt: skip


def _whole(value: float | None) -> float | None:
    """A count without decimals as a whole number."""
    return int(value) if value is not None and value.is_integer() else value


def _day(day: dt.date | None, words: Words) -> str:
    return words.date(day) if day else words("reports.unknown")
