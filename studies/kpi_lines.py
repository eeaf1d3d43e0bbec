"""The report on a programme's targets as tables of final text, one per level."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from i18n.messages import Words
from planning.targets import Assessment, Light, TargetLevel
from studies.evidence_words import write_line
from studies.figure_words import FigureRow, list_rows
from studies.kpi_assessing import KpiLine
from studies.kpi_counts import INCIDENTS, MODELS, list_keys
from studies.kpi_notes import write_notes
from studies.kpi_report import NOT_RELAPSED, SELECTED, TRANSFORMED, KpiReport
from studies.kpi_words import KpiRow, write_assessment
from studies.watch_words import name_area

RESULTS = (SELECTED, TRANSFORMED, "transformed_good", NOT_RELAPSED)


@dataclass(frozen=True)
class KpiText:
    """One target of one area, of the programme or of the cohort (area_id None). remark: what to read beside
    the light, the fall to be expected by itself among it. basis: the figures it was judged by."""

    area_id: int | None
    scope: str
    light: Light
    row: KpiRow
    remark: str
    basis: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class LevelTable:
    """rows: in the programme's order, area by area. notes: how it was counted, and what is not known."""

    level: TargetLevel
    title: str
    rows: tuple[KpiText, ...]
    notes: tuple[str, ...]

    def list_areas(self) -> list[tuple[str, list[KpiText]]]:
        """(name, rows) of each area, in order."""
        by_id: dict[int | None, list[KpiText]] = {}
        for row in self.rows:
            by_id.setdefault(row.area_id, []).append(row)
        return [(rows[0].scope, rows) for rows in by_id.values()]


def write_levels(report: KpiReport, words: Words) -> list[LevelTable]:
    """A table for each level that the programme has targets of, from the areas up."""
    promised = {target.level for target in report.told.programme.targets}
    levels: Sequence[TargetLevel] = get_args(TargetLevel)
    return [
        LevelTable(
            level,
            words(f"kpi_report.title.{level}"),
            tuple(write_line_of(line, report, words) for line in report.lines if line.target.level == level),
            write_notes(level, report, words),
        )
        for level in levels
        if level in promised
    ]


def write_line_of(line: KpiLine, report: KpiReport, words: Words) -> KpiText:
    """One line in words."""
    found, doubt = line.assessment, _write_doubt(line, words)
    row = write_assessment(replace(found, reason="") if doubt else found, words)
    if found.light == "not_applicable":
        row = replace(row, needed="")
    keys = list_keys([line.target])
    return KpiText(
        area_id=line.area.id if line.area else None,
        scope=name_area(line.area.content, words) if line.area else words(f"kpi.level.{line.target.level}"),
        light=found.light,
        row=row,
        remark=" ".join(part for part in (doubt, row.remark, _write_fall(line, report, words)) if part),
        basis=tuple(write_line(told, words) for told in line.observations if told.key in keys),
        source=line.target.source,
    )


def list_reported(report: KpiReport, words: Words) -> list[FigureRow]:
    """Results that papers report for the whole, as they were reported: of areas that passed, and of what the
    targets are about."""
    programme = report.told.programme
    asked = {*RESULTS, *list_keys(programme.targets)}
    return list_rows([figure for figure in programme.figures if figure.key in asked], (), words)


def _write_doubt(line: KpiLine, words: Words) -> str:
    """Why the program's own count leaves the light open; "" where it is not its count that does."""
    if line.is_mixed:
        return words("kpi_report.mixed")
    key = line.target.numerator
    own = any(told.key == key and told.counted_by == "program" for told in line.observations)
    if line.assessment.reason != "qualified" or not own:
        return ""
    return words("kpi_report.models_open" if key == MODELS else "kpi_report.areas_open")


def _write_fall(line: KpiLine, report: KpiReport, words: Words) -> str:
    """How far the areas with the most incidents fall of themselves, beside a promised fall."""
    counted = report.counted.get(line.area.id) if line.area else None
    if counted is None or not _promises_fall(line.assessment) or math.isnan(counted.expected_fall_pct):
        return ""
    return words(
        "kpi_report.fall",
        promised=abs(line.target.value),
        pct=words.number(counted.expected_fall_pct),
        n=report.told.programme.n_selected or len(report.told.areas),
    )


def _promises_fall(assessment: Assessment) -> bool:
    target = assessment.target
    return target.form == "change_pct" and target.numerator == INCIDENTS and target.value < 0
