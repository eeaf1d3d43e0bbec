"""Incidents by group, severity, way of becoming known and clearance, and weighed by harm, per ward.

Where numbers mislead: what became known by police work grows with police work; a clearance may be of an
older case; an incident whose severity nobody told is in no class. Unknown parts are told, never guessed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geo import indicators as ind
from geo.categories import APART, GROUPS, find_sums
from geo.counting import count_by_ward, find_span, list_sum_files, pick_counted, select_rows
from geo.findings import Finding, list_examples
from geo.frames import Joined
from geo.harm import HarmWeights, find_weights
from geo.measure_cells import UNGROUPED, Cells, add_up, gather
from geo.question import KNOWN_BY, Question

SERIOUS = ("rat_nghiem_trong", "dac_biet_nghiem_trong")
FULL_PCT = 100.0
ROUNDING = 1e-9


def add_kinds(
    frame: gpd.GeoDataFrame,
    incidents: Sequence[Joined],
    question: Question,
    weights: HarmWeights | None,
    findings: list[Finding],
) -> None:
    """The columns that the files allow, into a frame that has `n_incidents`. The groups of what is chosen add
    up to it; traffic accidents and fires that are not chosen stand beside it."""
    counted = pick_counted(incidents, question.period, question.chosen)
    cells = gather(frame.index, counted, question.period, question.chosen)
    if len(cells.told):
        _add_groups(frame, cells)
    if question.chosen.category is None and question.chosen.group is None:
        _add_apart(frame, incidents, question, findings)
    _add_severity(frame, cells, findings)
    _add_ways(frame, cells, findings)
    _add_cleared(frame, cells, findings)
    _note_cleared_apart(incidents, counted, question, findings)
    _note_left_out(counted, question, findings)
    _note_sums(incidents, counted, question, findings)
    if weights is not None:
        span = find_span(counted)
        start = question.period.start if question.period else span[0] if span else None
        _add_harm(frame, cells, weights, start, findings)


def _add_groups(frame: gpd.GeoDataFrame, cells: Cells) -> None:
    """A column for each group present. A ward that names no category may have any of them, and has all its
    incidents in none."""
    for group in (*GROUPS, UNGROUPED):
        is_of = cells.occurred["group"] == group
        if is_of.any():
            known = cells.told if group != UNGROUPED else _find_known(frame)
            frame[f"n_incidents_{group}"] = cells.add_up(is_of, known)


def _find_known(frame: gpd.GeoDataFrame) -> pd.Index:
    return frame.index[frame["n_incidents"].notna()]


def _find_telling(frame: gpd.GeoDataFrame, told: pd.DataFrame) -> pd.Index:
    """Wards without incidents, and those that tell of any."""
    return frame.index[(frame["n_incidents"] == 0) | frame.index.isin(told["ward_code"].unique())]


def _add_apart(
    frame: gpd.GeoDataFrame, incidents: Sequence[Joined], question: Question, findings: list[Finding]
) -> None:
    """Traffic accidents and fires, which are no crime, and how many of them were not counted as such."""
    n, seen = 0.0, list[str]()
    for group in APART:
        of_group = replace(question.chosen, group=group)
        files = pick_counted(incidents, question.period, of_group)
        told = [fact.rows[select_rows(fact, question.period, of_group)] for fact in files]
        if not any(map(len, told)):
            continue
        frame[f"n_incidents_{group}"] = count_by_ward(frame.index, files, question.period, of_group)
        n += sum(float(rows["n"].sum()) for rows in told)
        seen += [str(text) for rows in told for text in rows["category"].unique()]
    if seen:
        findings.append(Finding("NotCrime", "info", "", list_examples(seen), {"n": n}))


def _add_severity(frame: gpd.GeoDataFrame, cells: Cells, findings: list[Finding]) -> None:
    """Very serious and specially serious ones; missing for a ward that has incidents and tells of none how
    serious it was."""
    severity = cells.occurred["severity"]
    if severity.notna().any():
        known = _find_telling(frame, cells.occurred[severity.notna()])
        frame["n_incidents_serious"] = cells.add_up(severity.isin(SERIOUS), known)
        _note_untold("SeverityUntold", cells.occurred[severity.isna()], findings)


def _add_ways(frame: gpd.GeoDataFrame, cells: Cells, findings: list[Finding]) -> None:
    """Reported and discovered ones; missing for a ward that has incidents and tells of none how it became
    known."""
    known_by = cells.occurred["known_by"]
    if known_by.notna().any():
        known = _find_telling(frame, cells.occurred[known_by.notna()])
        for way in KNOWN_BY:
            frame[f"n_incidents_{way}"] = cells.add_up(known_by == way, known)
        _note_untold("KnownByUntold", cells.occurred[known_by.isna()], findings)


def _note_untold(code: str, untold: pd.DataFrame, findings: list[Finding]) -> None:
    n = float(untold["n"].sum())
    if n > 0:
        findings.append(Finding(code, "info", "", "", {"n": n}))


def _note_left_out(counted: Sequence[Joined], question: Question, findings: list[Finding]) -> None:
    """Where a severity or a way of becoming known is asked for: incidents that tell none."""
    for column, code in (("severity", "SeverityUntold"), ("known_by", "KnownByUntold")):
        if getattr(question.chosen, column) is None:
            continue
        any_of_it = replace(question.chosen, **{column: None})
        rows = [fact.rows[select_rows(fact, question.period, any_of_it)] for fact in counted]
        _note_untold(code, pd.concat([part[part[column].isna()] for part in rows]), findings)


def _note_sums(
    incidents: Sequence[Joined], counted: Sequence[Joined], question: Question, findings: list[Finding]
) -> None:
    """Sums that are not added to their parts, in a file of their own or beside them."""
    if question.chosen.category is not None:
        return
    apart = list_sum_files(incidents, question.period, question.chosen)
    named = [(fact, set(fact.categories[1])) for fact in apart]
    named += [(fact, find_sums(fact.categories[1])) for fact in counted]
    for fact, names in named:
        if names:
            seen = list_examples(sorted(names))
            findings.append(Finding("SumBesideParts", "warning", fact.source.file, seen))


def _add_cleared(frame: gpd.GeoDataFrame, cells: Cells, findings: list[Finding]) -> None:
    """Cleared cases of the period beside its incidents: cleared / occurred, which passes 100 % where older
    cases were cleared."""
    if cells.cleared.empty:
        return
    frame["n_cleared"] = add_up(cells.cleared, frame.index, cells.cleared_told)
    frame["clearance_pct"] = ind.rate(frame["n_cleared"], frame["n_incidents"], per=FULL_PCT)
    above = frame["clearance_pct"] > FULL_PCT + ROUNDING
    if above.any():
        names = list_examples(frame.loc[above, "ward_name"])
        findings.append(Finding("ClearanceOver100", "info", "", names, {"n": int(above.sum())}))


def _note_cleared_apart(
    incidents: Sequence[Joined], counted: Sequence[Joined], question: Question, findings: list[Finding]
) -> None:
    """Clearances in files whose incidents are not counted are set beside nothing."""
    for fact in incidents:
        if any(fact is other for other in counted):
            continue
        cleared = fact.rows[select_rows(fact, question.period, question.chosen, measure="cleared")]
        if len(cleared):
            facts: dict[str, object] = {"n": float(cleared["n"].sum())}
            findings.append(Finding("ClearedApart", "info", fact.source.file, "", facts))


def _add_harm(
    frame: gpd.GeoDataFrame,
    cells: Cells,
    weights: HarmWeights,
    start: dt.date | None,
    findings: list[Finding],
) -> None:
    """Σ n × weight. A ward with an incident that has no weight has no sum: one without it would look small.
    A table that does not hold on the first day is not used."""
    if start is None or weights.valid_from > start:
        facts: dict[str, object] = {"valid_from": weights.valid_from}
        findings.append(Finding("HarmWeightsNotInForce", "warning", "", weights.name, facts))
        return
    cell = cells.occurred
    weight = cell["category"].map(find_weights(weights, map(str, cell["category"].dropna().unique())))
    weighed = cell.assign(harm=cell["n"] * weight.astype(float))
    lacking = weight.isna() & (cell["n"] > 0)
    sums = add_up(weighed[weight.notna()], frame.index, _find_known(frame), of="harm")
    short = cell.loc[lacking, "ward_code"].unique()
    frame["harm_weighted"] = sums.mask(sums.index.isin(short))
    if lacking.any():
        seen = list_examples(cell.loc[lacking, "category"].dropna())
        facts = {"n": float(cell.loc[lacking, "n"].sum()), "n_wards": len(short)}
        findings.append(Finding("NoHarmWeight", "warning", "", seen, facts))
