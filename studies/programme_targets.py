"""A programme's promised targets and their lights, for its workbook and in lines. Every light is that of
`studies.kpi_report`, in the words of `studies.kpi_lines`; none is a grade.
"""

from collections import Counter

from briefing.annex import Cell
from i18n.messages import Words
from planning.targets import Target
from studies.kpi_assessing import KpiLine
from studies.kpi_lines import write_levels, write_line_of
from studies.kpi_report import KpiReport
from studies.kpi_words import write_promise

TARGET_HEADS = ("target", "scope", "promised", "value", "light", "needed", "remark", "evidence", "source")


def list_targets(report: KpiReport, words: Words) -> list[tuple[Cell, ...]]:
    """A row per target, and per area where it is each area's; columns as TARGET_HEADS."""
    rows: list[tuple[Cell, ...]] = []
    for target in report.told.programme.targets:
        for line in _list_lines(report, target):
            text = write_line_of(line, report, words)
            row = text.row
            rows.append(
                (
                    row.name, _name_scope(line, words), row.promised, row.value, row.light, row.needed,
                    text.remark, target.evidence, text.source,
                )
            )  # fmt: skip
    return rows


def list_target_lines(report: KpiReport, words: Words) -> list[str]:
    """A line per target: what was promised, and how many of its areas stand under which light; then
    whether incidents it rests on were made up."""
    lines = []
    for target in report.told.programme.targets:
        found = _list_lines(report, target)
        lights = Counter(words(f"kpi.light.{line.assessment.light}") for line in found)
        of_areas = any(line.area for line in found)
        parts = [
            words("reports.light_of", light=light, n=n) if of_areas else light for light, n in lights.items()
        ]
        promised = write_promise(target, words)
        lines.append(words("reports.target", name=target.name, promised=promised, light="; ".join(parts)))
    is_made_up = any(counted.is_made_up for counted in report.counted.values())
    return [*lines, words("kpi_report.made_up")] if is_made_up else lines


def note_targets(report: KpiReport, words: Words) -> tuple[str, ...]:
    """That no light is a grade, then how each level was counted; nothing without a target."""
    told = [note for level in write_levels(report, words) for note in level.notes]
    return tuple(dict.fromkeys((words("kpi_report.no_grade"), *told))) if report.lines else ()


def _list_lines(report: KpiReport, target: Target) -> list[KpiLine]:
    return [line for line in report.lines if line.target == target]


def _name_scope(line: KpiLine, words: Words) -> str:
    """As the sheet of the areas names them."""
    if line.area is None:
        return words(f"kpi.level.{line.target.level}")
    area = line.area.content
    return ", ".join(name for name in (area.hamlet, area.ward_name, area.parent) if name)
