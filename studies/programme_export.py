"""A programme as a file: a workbook for people, or JSON for programs. Lights are those of the
`studies.kpi_report`; nothing is worked out anew."""

from pathlib import Path
from typing import Any

from briefing.annex import make_annex
from i18n.messages import Words
from planning.lifecycle import state_of
from studies.figure_words import list_rows
from studies.joined_file import Writer, check_ending, plan_json
from studies.kpi_file import tell_line
from studies.kpi_report import KpiReport
from studies.plain import as_plain
from studies.programme_book import make_book
from studies.programme_listing import ProgrammeFile

FORMATS = (".xlsx", ".json")


def plan_programme_file(report: KpiReport, path: Path, words: Words) -> dict[Path, Writer]:
    """How to write it by the file's ending. Raises UnknownFormat, BadOption (reason `folder`)."""
    check_ending(path, FORMATS)
    if path.suffix.lower() == ".json":
        return plan_json(as_json(report), path)
    book = make_annex(make_book(report, words))
    return {path: lambda target: target.write_bytes(book)}


def write_kept(told: ProgrammeFile, path: Path, words: Words) -> str:
    """One line for who asked for the file."""
    programme = told.programme
    figures = [row for row in list_rows(programme.figures, told.models, words) if row.measure]
    return words(
        "reports.kept",
        file=path.name,
        areas=len(told.areas),
        targets=len(programme.targets),
        figures=len(figures),
    )


def as_json(report: KpiReport) -> dict[str, Any]:
    """Days as ISO text, what is not known as null. `n_unknown`: selected areas without a name; `targets`: as
    the file of targets tells them, on the day `as_of`."""
    told = report.told
    areas = [
        {
            **as_plain(kept.content),
            "state": state_of(kept.taken),
            "steps": [as_plain(step) for step in kept.taken],
        }
        for kept in told.areas
    ]
    models = [as_plain(model) for model in told.models]
    return {
        "programme": as_plain(told.programme),
        "areas": areas,
        "n_unknown": told.n_unknown,
        "models": models,
        "as_of": report.today.isoformat(),
        "illustrative": report.is_illustrative,
        "targets": [tell_line(line) for line in report.lines],
    }
