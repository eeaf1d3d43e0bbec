"""Incidents -> counts, rates, change and history per ward."""

from collections.abc import Callable, Sequence

import geopandas as gpd
import pandas as pd

from errors import BadOption, NoData
from geo import indicators as ind
from geo.counting import (
    count_by_ward,
    covers,
    find_span,
    find_straddlers,
    pick_counted,
    select_period,
    select_rows,
)
from geo.findings import Finding, list_examples
from geo.frames import Joined, Period, find_occurred
from geo.measure_cameras import note_qualified
from geo.periods import same_span
from geo.question import Question
from geo.stats.concentration import top_fifth_years

SHORTEST_MONTH_DAYS = 28


def add_incidents(
    frame: gpd.GeoDataFrame, incidents: Sequence[Joined], question: Question, findings: list[Finding]
) -> pd.DataFrame:
    """Counts, rates, change and level into the frame; the history of counts, the newest last."""
    period, previous, chosen = question.period, question.previous, question.chosen
    _check_period(incidents, question, findings)
    _note_cut(question, findings)
    _note_others(incidents, question, findings)
    for fact in pick_counted(incidents, period, chosen):
        taken = select_rows(fact, period, chosen)
        note_qualified(frame, fact, findings, taken, code="QualifiedIncidents")

    def count(during: Period | None) -> pd.Series:
        return count_by_ward(frame.index, pick_counted(incidents, during, chosen), during, chosen)

    now = count(period)
    frame["n_incidents"] = now
    frame["incidents_per_10k"] = ind.rate(now, frame["population"], per=ind.PER_10K)
    frame["incidents_per_km2"] = ind.rate(now, frame["area_km2"])
    compared = [asked for asked in (period, previous) if asked and previous]
    uncovered = [asked for asked in compared if not covers(incidents, asked, chosen)]
    if uncovered:
        days = ", ".join(f"{asked.start.isoformat()}..{asked.end.isoformat()}" for asked in uncovered)
        findings.append(Finding("PeriodNotCovered", "warning", "", days))
    elif previous is not None:
        before = count(previous)
        frame["n_incidents_previous"] = before
        frame["n_incidents_difference"] = now - before
        frame["incidents_z"] = ind.change_z(now, before)
        frame["incidents_change_pct"] = ind.change_pct(now, before)
        if period is not None and abs(period.n_days - previous.n_days) > 1:
            findings.append(Finding("UnequalPeriods", "warning", "", f"{period.n_days} / {previous.n_days}"))
    if period is not None:
        for fact in incidents:
            straddling = find_straddlers(fact, period)
            if straddling.any():
                n_straddling: dict[str, object] = {"n": fact.count_rows(straddling)}
                findings.append(Finding("PeriodStraddled", "warning", fact.source.file, "", n_straddling))
            _note_missing_parts(frame, fact, period, findings)
    history = _count_history(count, period)
    frame["hotspot_level"] = ind.hotspot_level(history)
    if history.shape[1] > 1:
        frame["years_in_top_fifth"] = top_fifth_years(history)["years_in_top_fifth"]
    return history


def _check_period(incidents: Sequence[Joined], question: Question, findings: list[Finding]) -> None:
    """Refuse a period in which nothing is dated; tell how much lies outside it or has no date."""
    period = question.period
    if period is None:
        if question.previous is not None:
            raise BadOption("previous")
        return
    counted = pick_counted(incidents, period, question.chosen)
    if not counted:
        span = find_span(incidents)
        files = ", ".join(fact.source.file for fact in incidents)
        if span is None:
            raise NoData("undated", file=files)
        straddling = sum(fact.count_rows(find_straddlers(fact, period)) for fact in incidents)
        if straddling:
            raise NoData("straddled", file=files, n=straddling, start=period.start, end=period.end)
        raise NoData("period", file=files, start=span[0], end=span[1])
    for fact in counted:
        undated = fact.rows["start"].isna() & find_occurred(fact.rows)
        if undated.any():
            facts: dict[str, object] = {
                "n": float(fact.rows.loc[undated, "n"].sum()),
                "rows": fact.count_rows(undated),
            }
            findings.append(Finding("Undated", "warning", fact.source.file, "", facts))


def _note_cut(question: Question, findings: list[Finding]) -> None:
    """An unfinished period is compared with the same days of another year, and says so."""
    asked, period, previous = question.asked, question.period, question.previous
    if asked is None or period is None or previous is None:
        return
    facts: dict[str, object] = {
        "reached": period.end,
        "start": period.start,
        "previous_start": previous.start,
        "previous_end": previous.end,
        "asked_end": asked.end,
    }
    findings.append(Finding("PeriodCut", "info", "", f"{period.start}..{period.end}", facts))


def _note_others(incidents: Sequence[Joined], question: Question, findings: list[Finding]) -> None:
    """What is on file and is no incident: cleared cases, persons, deaths, damage."""
    for fact in pick_counted(incidents, question.period, question.chosen):
        others = fact.rows[~find_occurred(fact.rows)]
        if len(others):
            seen = list_examples(others["measure"])
            findings.append(Finding("OtherMeasures", "info", fact.source.file, seen, {"n": len(others)}))


def _count_history(count: Callable[[Period | None], pd.Series], period: Period | None) -> pd.DataFrame:
    """Counts of the same days in up to three earlier years that have data, the newest last."""
    columns = {"now" if period is None else period.start.isoformat(): count(period)}
    if period is not None:
        for years_back in range(1, ind.HISTORY_PERIODS):
            earlier = same_span(period, years_back)
            counted = count(earlier)
            if counted.notna().sum() == 0:
                break
            columns = {earlier.start.isoformat(): counted, **columns}
    return pd.DataFrame(columns)


def _note_missing_parts(
    frame: gpd.GeoDataFrame, fact: Joined, period: Period, findings: list[Finding]
) -> None:
    """A ward with fewer months than the others has a sum that looks small."""
    if fact.by_place:
        return
    rows = fact.rows[select_period(fact, period) & (fact.rows["outcome"] == "joined")]
    if ((rows["end"] - rows["start"]).dt.days < SHORTEST_MONTH_DAYS - 1).any():
        return
    parts = rows.groupby("ward_code")["start"].nunique()
    short = parts[parts < parts.max()] if len(parts) else parts
    if len(short):
        facts: dict[str, object] = {"n": len(short), "most": int(parts.max())}
        findings.append(
            Finding(
                "PartsMissing",
                "warning",
                fact.source.file,
                list_examples(frame.loc[short.index, "ward_name"]),
                facts,
            )
        )
