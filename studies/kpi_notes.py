"""What stands under each table of targets: how things were counted, and what nobody knows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from i18n.messages import Words
from planning.lifecycle import apply_corrections
from planning.targets import TargetLevel
from studies.follow import find_judged
from studies.kpi_cohort import Passed
from studies.kpi_report import KpiReport, is_signed
from studies.registers import name_selection
from studies.watch_words import name_area


@dataclass(frozen=True)
class FateRow:
    """One area that passed and what became of it; cells are final text."""

    name: str
    passed_on: str
    fate: str
    why: str
    told_on: str


def write_notes(level: TargetLevel, report: KpiReport, words: Words) -> tuple[str, ...]:
    """Notes of one level."""
    write = {"area": _write_areas, "programme": _write_programme, "cohort": _write_passed}[level]
    return tuple(write(report, words))


def list_fates(passed: Passed, words: Words) -> list[FateRow]:
    """The areas that a cohort follows, in the order in which they passed."""
    rows = sorted(passed.cohort.rows, key=lambda row: row.passed_on)
    return [
        FateRow(
            name=name_area(passed.areas[row.area_id].content, words),
            passed_on=words.date(row.passed_on),
            fate=words(f"fate.{row.fate}"),
            why=words(f"fate_why.{row.why}"),
            told_on=words.date(row.told_on) if row.told_on else words("reports.unknown"),
        )
        for row in rows
    ]


def _write_areas(report: KpiReport, words: Words) -> list[str]:
    counted = report.counted
    lines = [
        words("kpi_report.counted", name=name_selection(chosen, words))
        for chosen in dict.fromkeys(each.chosen for each in counted.values() if each.observations)
    ]
    if any(each.is_cut for each in counted.values()):
        lines.append(words("judging.cut"))
    for gap in dict.fromkeys(each.gap for each in counted.values() if each.gap):
        names = [name_area(kept.content, words) for kept in report.told.areas if counted[kept.id].gap == gap]
        lines.append(words(f"kpi_report.gap.{gap}", names=_join(names, len(counted), words)))
    if any(each.is_made_up for each in counted.values()):
        lines.append(words("kpi_report.made_up"))
    if not report.told.areas:
        lines.append(words("kpi_report.no_areas"))
    return lines + _write_unnamed(report, words)


def _write_programme(report: KpiReport, words: Words) -> list[str]:
    judged = [find_judged(kept.taken) for kept in report.told.areas]
    n_open = sum(step is None or not is_signed(step.document) for step in judged)
    lines = [words("kpi_report.by_paper")]
    if n_open:
        lines.append(words("kpi_report.open", n=n_open))
    return lines + _write_unnamed(report, words)


def _write_unnamed(report: KpiReport, words: Words) -> list[str]:
    n = report.told.n_unknown
    return [words("kpi_report.unnamed", n=n)] if n else []


def _write_passed(report: KpiReport, words: Words) -> list[str]:
    passed = report.passed
    if passed is None:
        return []
    cohort = passed.cohort
    days = {"first": passed.first, "last": passed.last}
    if not cohort.n_known:
        lines = [words("kpi_report.none_passed", **days)]
    else:
        lines = [
            words(
                "kpi_report.passed",
                n=cohort.n_known,
                kept=cohort.n_kept,
                relapsed=cohort.n_relapsed,
                unknown=cohort.n_unknown,
                pct=_percent(cohort.unknown_share, words),
                **days,
            )
        ]
    if not math.isnan(cohort.kept_share) and (cohort.n_unknown or cohort.n_estimated):
        low, high = (_percent(share, words) for share in cohort.bounds)
        known = cohort.n_kept + cohort.n_relapsed
        share = _percent(cohort.kept_share, words)
        lines.append(words("kpi_report.kept_share", n=known, pct=share, low=low, high=high))
    if cohort.n_estimated:
        lines.append(words("kpi_report.estimated", n=cohort.n_estimated))
    if cohort.n_reported:
        lines.append(words("kpi_report.reported", n=cohort.n_reported))
    if any(_passed_twice(passed, row.area_id) for row in cohort.rows):
        lines.append(words("kpi_report.first_time"))
    return lines


def _passed_twice(passed: Passed, area_id: int) -> bool:
    steps = apply_corrections(passed.areas[area_id].taken)
    return sum(step.to == "chuyen_hoa_thanh_cong" for step in steps) > 1


def _percent(share: float, words: Words) -> str:
    return words.number(100 * share)


def _join(names: Sequence[str], n_all: int, words: Words) -> str:
    """All of them in one word, else each by name."""
    return words("kpi_report.all_areas", n=n_all) if len(names) == n_all > 1 else "; ".join(names)
