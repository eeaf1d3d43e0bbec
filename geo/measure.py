"""Joined facts -> measures per ward. A ward that no table lists is unknown; a ward that no point hit is 0."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from scipy.spatial import cKDTree

from errors import BadOption, NoData
from geo import indicators as ind
from geo.counting import (
    count_by_ward,
    covers,
    find_span,
    find_straddlers,
    find_unfinished,
    pick_counted,
    select_rows,
    tally_facts,
)
from geo.crs import metric_crs, points_to_metres
from geo.findings import Finding, list_examples
from geo.frames import Joined, Period, Source, Wards, find_occurred
from geo.periods import cut_both, same_span
from geo.register import read_status

DEFAULT_RADIUS_M = 50.0
SHORTEST_MONTH_DAYS = 28


@dataclass(frozen=True)
class Question:
    """What is asked of the facts. previous None: no change columns. category None: all.

    asked: the whole period, where `period` is only the part of it that data reach so far and `previous` the
    same span of an earlier year.
    """

    period: Period | None = None
    previous: Period | None = None
    category: str | None = None
    radius_m: float = DEFAULT_RADIUS_M
    asked: Period | None = None


@dataclass(frozen=True)
class Measured:
    """Wards with one column per indicator that could be measured, and what they rest on.

    frame: Wards.frame plus columns named by Indicator.key. tallies: given = joined + left over, in
    incidents and rows, by kind, for the chosen period. history: counts by earlier like periods, the
    newest last. gap_bars: thresholds of camera_gap. carried_from: the boundary version that counts were
    carried from, "" where all stand on their own.
    """

    frame: gpd.GeoDataFrame
    question: Question
    version: str | None
    boundary_source: Source
    sources: tuple[Source, ...]
    tallies: dict[str, dict[str, dict[str, float]]]
    findings: tuple[Finding, ...] = ()
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    gap_bars: ind.GapBars | None = None
    crs_read: str = ""
    place: str = ""
    status_year: int | None = None
    carried_from: str = ""

    def row(self, code: str) -> pd.Series:
        """One ward's line of the table."""
        return pd.Series(self.frame.loc[code])

    @property
    def is_illustrative(self) -> bool:
        return self.boundary_source.illustrative or any(source.illustrative for source in self.sources)

    @property
    def is_schematic(self) -> bool:
        return self.boundary_source.schematic


def measure(wards: Wards, facts: Sequence[Joined], question: Question) -> Measured:
    """Every indicator the facts allow, for the period and category asked."""
    by_kind = {
        kind: [fact for fact in facts if fact.kind == kind]
        for kind in ("incidents", "cameras", "population", "status")
    }
    findings: list[Finding] = []
    question = cut_question(by_kind["incidents"], question)
    wards = _add_population(wards, by_kind["population"])
    frame = wards.frame.copy()
    history = pd.DataFrame(index=frame.index)
    bars = None
    if by_kind["incidents"]:
        history = _add_incidents(frame, by_kind["incidents"], question, findings)
    if by_kind["cameras"]:
        _add_cameras(frame, by_kind["cameras"], findings)
        _add_reach(frame, by_kind["incidents"], by_kind["cameras"], question)
    if "n_incidents" in frame and "cameras_per_km2" in frame:
        frame["incidents_per_camera"] = ind.rate(frame["n_incidents"], frame["n_cameras"])
        bars = ind.find_gap_bars(frame["n_incidents"], frame["cameras_per_km2"])
        frame["camera_gap"] = ind.camera_gap(frame["n_incidents"], frame["cameras_per_km2"], bars)
    status_year = None
    if by_kind["status"]:
        frame["status"], status_year, remarks = read_status(
            frame, by_kind["status"], question.asked or question.period
        )
        findings += remarks
    return Measured(
        frame=frame,
        question=question,
        version=wards.version,
        boundary_source=wards.source,
        sources=tuple(dict.fromkeys(fact.source for fact in facts)),
        tallies=tally_facts(by_kind, question.period, question.category),
        findings=tuple(findings),
        history=history,
        gap_bars=bars,
        crs_read=wards.crs_read,
        place=wards.title,
        status_year=status_year,
    )


def cut_question(incidents: Sequence[Joined], question: Question) -> Question:
    """The question with an unfinished period cut to the days on file, and the previous one to the same span
    of its year; unchanged where there is nothing to cut or no such span to compare with."""
    period, previous = question.period, question.previous
    if period is None or previous is None or question.asked is not None:
        return question
    reached = find_unfinished(incidents, period)
    both = cut_both(period, previous, reached) if reached else None
    if both is None or not covers(incidents, both[1]):
        return question
    return replace(question, period=both[0], previous=both[1], asked=period)


def _add_population(wards: Wards, facts: Sequence[Joined]) -> Wards:
    if not facts:
        return wards
    counted = count_by_ward(wards.frame.index, facts, None, None)
    return wards.with_population(counted.where(counted.notna(), wards.frame["population"]))


def _add_incidents(
    frame: gpd.GeoDataFrame, incidents: Sequence[Joined], question: Question, findings: list[Finding]
) -> pd.DataFrame:
    period, previous = question.period, question.previous
    _check_period(incidents, question, findings)
    _note_cut(question, findings)
    _note_others(incidents, period, findings)
    for fact in pick_counted(incidents, period):
        chosen = select_rows(fact, period, question.category)
        _note_qualified(frame, fact, findings, chosen, code="QualifiedIncidents")

    def count(during: Period | None) -> pd.Series:
        return count_by_ward(frame.index, pick_counted(incidents, during), during, question.category)

    now = count(period)
    frame["n_incidents"] = now
    frame["incidents_per_10k"] = ind.rate(now, frame["population"], per=ind.PER_10K)
    frame["incidents_per_km2"] = ind.rate(now, frame["area_km2"])
    uncovered = [asked for asked in (period, previous) if asked and previous and not covers(incidents, asked)]
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
                findings.append(
                    Finding("PeriodStraddled", "warning", fact.source.file, "", {"n": int(straddling.sum())})
                )
            _note_missing_parts(frame, fact, period, findings)
    history = _count_history(count, period)
    frame["hotspot_level"] = ind.hotspot_level(history)
    return history


def _check_period(incidents: Sequence[Joined], question: Question, findings: list[Finding]) -> None:
    """Refuse a period in which nothing is dated; tell how much lies outside it or has no date."""
    period = question.period
    if period is None:
        if question.previous is not None:
            raise BadOption("previous")
        return
    if not pick_counted(incidents, period):
        span = find_span(incidents)
        files = ", ".join(fact.source.file for fact in incidents)
        if span is None:
            raise NoData("undated", file=files)
        straddling = sum(int(find_straddlers(fact, period).sum()) for fact in incidents)
        if straddling:
            raise NoData("straddled", file=files, n=straddling, start=period.start, end=period.end)
        raise NoData("period", file=files, start=span[0], end=span[1])
    for fact in pick_counted(incidents, period):
        undated = fact.rows["start"].isna() & find_occurred(fact.rows)
        if undated.any():
            facts: dict[str, object] = {
                "n": float(fact.rows.loc[undated, "n"].sum()),
                "rows": int(undated.sum()),
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


def _note_others(incidents: Sequence[Joined], period: Period | None, findings: list[Finding]) -> None:
    """What is on file and is no incident: cleared cases, persons, deaths, damage."""
    for fact in pick_counted(incidents, period):
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
    rows = fact.rows[select_rows(fact, period, None) & (fact.rows["outcome"] == "joined")]
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


def _add_cameras(frame: gpd.GeoDataFrame, cameras: Sequence[Joined], findings: list[Finding]) -> None:
    counted = [fact for fact in cameras if not fact.by_place] or list(cameras)
    frame["n_cameras"] = count_by_ward(frame.index, counted, None, None)
    working = count_by_ward(frame.index, counted, None, None, column="n_working")
    for fact in counted:
        _note_qualified(frame, fact, findings, pd.Series(True, index=fact.rows.index))
    for fact in counted:
        rows = fact.rows[fact.rows["outcome"] == "joined"]
        unknown = rows[rows["n_working"].isna()]["ward_code"].unique()
        working = working.mask(working.index.isin(unknown))
        if len(unknown):
            findings.append(
                Finding(
                    "WorkingUnknown",
                    "info",
                    fact.source.file,
                    list_examples(frame.loc[unknown, "ward_name"]),
                    {"n": len(unknown)},
                )
            )
    frame["n_cameras_working"] = working
    frame["cameras_per_km2"] = ind.rate(frame["n_cameras"], frame["area_km2"])
    frame["cameras_per_1k"] = ind.rate(frame["n_cameras"], frame["population"], per=ind.PER_1K)


def _note_qualified(
    frame: gpd.GeoDataFrame,
    fact: Joined,
    findings: list[Finding],
    chosen: pd.Series,
    *,
    code: str = "QualifiedCount",
) -> None:
    """ "trên 700" is counted as 700; the reader is told where."""
    if "qualifier" not in fact.rows:
        return
    rough = fact.rows["qualifier"].isin((">=", "<=", "~"))
    rows = fact.rows[chosen & rough & (fact.rows["outcome"] == "joined")]
    if len(rows):
        sign = rows["qualifier"].replace({">=": "≥ ", "<=": "≤ ", "~": "≈ "})
        names = frame.loc[rows["ward_code"], "ward_name"].to_numpy()
        seen = list_examples(names + " " + sign.to_numpy() + rows["n"].map("{:.0f}".format).to_numpy())
        findings.append(Finding(code, "info", fact.source.file, seen, {"n": len(rows)}))


def _add_reach(
    frame: gpd.GeoDataFrame, incidents: Sequence[Joined], cameras: Sequence[Joined], question: Question
) -> None:
    """Share of a ward's placed incidents within the radius of a working camera, in percent."""
    places = [fact for fact in incidents if fact.by_place and select_rows(fact, question.period, None).any()]
    eyes = [
        fact.rows[(fact.rows["n_working"] > 0) & fact.rows["longitude"].notna()]
        for fact in cameras
        if fact.by_place
    ]
    if not places or not eyes:
        return
    west, south, east, north = frame.total_bounds
    crs = metric_crs((west, south, east, north))
    cameras_seen = pd.concat(eyes)
    reached, counted = [], []
    for fact in places:
        rows = fact.rows[
            select_rows(fact, question.period, question.category) & (fact.rows["outcome"] == "joined")
        ]
        near = _is_near(rows, cameras_seen, crs, question.radius_m)
        counted.append(rows.groupby("ward_code")["n"].sum())
        reached.append((rows["n"] * near).groupby(rows["ward_code"]).sum())
    total = pd.concat(counted).groupby(level=0).sum().reindex(frame.index)
    seen = pd.concat(reached).groupby(level=0).sum().reindex(frame.index)
    frame["incident_reach_pct"] = ind.rate(seen, total, per=100)


def _is_near(rows: pd.DataFrame, cameras: pd.DataFrame, crs: pyproj.CRS, radius_m: float) -> np.ndarray:
    if not len(cameras) or not len(rows):
        return np.zeros(len(rows), dtype=bool)
    places = [
        np.column_stack(points_to_metres(part["longitude"].to_numpy(), part["latitude"].to_numpy(), crs))
        for part in (cameras, rows)
    ]
    distance, _ = cKDTree(places[0]).query(places[1], distance_upper_bound=np.nextafter(radius_m, np.inf))
    return np.isfinite(distance)
