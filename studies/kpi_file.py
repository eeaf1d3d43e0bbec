"""The report on a programme's targets as a file: a workbook for people, or JSON for programs."""

import dataclasses
from pathlib import Path
from typing import Any

from briefing.kpi_book import KpiSheet, make_kpi_book
from i18n.messages import Words
from planning.targets import LIGHTS
from studies.joined_file import Writer, check_ending, plan_json
from studies.kpi_assessing import KpiLine
from studies.kpi_lines import KpiText, LevelTable, list_reported, write_levels
from studies.kpi_notes import list_fates
from studies.kpi_report import KpiReport, count_lights
from studies.paper_words import write_paper
from studies.plain import as_plain

FORMATS = (".xlsx", ".json")
FATE_HEADS = ("name", "passed_on", "fate", "why", "told_on")
REPORTED_HEADS = ("measure", "as_reported", "unit", "period", "source", "note")


def plan_kpi_file(report: KpiReport, path: Path, words: Words) -> dict[Path, Writer]:
    """How to write it by the file's ending. Raises UnknownFormat, BadOption (reason `folder`)."""
    check_ending(path, FORMATS)
    if path.suffix.lower() == ".json":
        return plan_json(as_json(report), path)
    book = make_book(report, words)
    return {path: lambda target: target.write_bytes(book)}


def make_book(report: KpiReport, words: Words) -> bytes:
    """A sheet per level, then the areas that passed, then what papers report for the whole."""
    programme = report.told.programme
    versions = sorted({kept.content.version for kept in report.told.areas if kept.content.version})
    return make_kpi_book(
        _list_sheets(report, words),
        words,
        title=words("kpi_report.title.book", name=programme.name),
        subtitle=words("kpi_report.as_of", place=programme.place, year=str(programme.year), day=report.today),
        document=write_paper(programme.document, words),
        source=programme.source,
        boundary_version=", ".join(versions),
        is_illustrative=report.is_illustrative,
    )


def write_told(report: KpiReport, path: Path, words: Words) -> str:
    """One line for who asked for the file: how many targets stand under which light."""
    counts = count_lights(report).counts
    told = "; ".join(
        words("kpi_report.light_of", n=counts[light], light=words(f"kpi.light.{light}"))
        for light in LIGHTS
        if counts.get(light)
    )
    return words("kpi_report.kept", file=path.name, told=told or words("kpi_report.no_targets"))


def as_json(report: KpiReport) -> dict[str, Any]:
    """Days as ISO text, what is not known as null."""
    programme, passed = report.told.programme, report.passed
    return {
        "programme": programme.key,
        "name": programme.name,
        "as_of": report.today.isoformat(),
        "illustrative": report.is_illustrative,
        "n_unknown_areas": report.told.n_unknown,
        "targets": [tell_line(line) for line in report.lines],
        "cohort": None
        if passed is None
        else {
            "first": passed.first.isoformat(),
            "last": passed.last.isoformat(),
            "known": passed.cohort.n_known,
            "kept": passed.cohort.n_kept,
            "relapsed": passed.cohort.n_relapsed,
            "unknown": passed.cohort.n_unknown,
            "estimated": passed.cohort.n_estimated,
            "reported_unnamed": passed.cohort.n_reported,
        },
        "reported": [as_plain(figure) for figure in programme.figures],
    }


def tell_line(line: KpiLine) -> dict[str, Any]:
    """One target with its light and all that it rests on; `area` is null above the areas."""
    found, area = line.assessment, line.area
    told = ("light", "value", "qualifier", "numerator", "denominator", "needed", "chance", "reason")
    return {
        "target": found.target.key,
        "level": found.target.level,
        "area": area
        and {
            "ward_code": area.content.ward_code,
            "version": area.content.version,
            "hamlet": area.content.hamlet,
            "name": area.content.ward_name,
        },
        **{name: getattr(found, name) for name in told},
        "missing": list(found.missing),
        "differing": list(found.differing),
        "observations": [as_plain(each) for each in line.observations],
    }


def _list_sheets(report: KpiReport, words: Words) -> list[KpiSheet]:
    levels = write_levels(report, words)
    sheets = [_fill_level(level, words) for level in levels]
    if report.passed is not None and report.passed.cohort.rows:
        fates = [dataclasses.astuple(row) for row in list_fates(report.passed, words)]
        heads = tuple(words(f"kpi_report.fate.{head}") for head in FATE_HEADS)
        name = words("kpi_report.sheet.fates")
        sheets.append(KpiSheet(name, words("kpi_report.title.fates"), fates, heads=heads))
    reported = list_reported(report, words)
    if reported or not sheets:
        rows = [
            (row.measure, row.shown, row.unit, row.period, row.source, _join(row.note, row.adding))
            for row in reported
        ]
        heads = tuple(words(f"reports.head.{head}") for head in REPORTED_HEADS)
        note = () if levels else (words("kpi_report.no_targets_note"),)
        name = words("kpi_report.sheet.reported")
        sheets.append(KpiSheet(name, words("kpi_report.title.reported"), rows, note, heads))
    return sheets


def _fill_level(level: LevelTable, words: Words) -> KpiSheet:
    name = words(f"kpi_report.sheet.{level.level}")
    notes = (words("kpi_report.no_grade"), *level.notes)
    return KpiSheet(name, level.title, [_fill_row(row) for row in level.rows], notes)


def _fill_row(text: KpiText) -> tuple[str, ...]:
    row = text.row
    return (
        text.scope, row.name, row.promised, row.value, row.light, row.needed, text.remark, row.missing,
        "\n".join(text.basis), text.source,
    )  # fmt: skip


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
