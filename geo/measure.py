"""Joined facts -> measures per ward. A ward that no table lists is unknown; a ward that no point hit is 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from geo import indicators as ind
from geo.counting import (
    count_by_ward,
    covers,
    find_unfinished,
    tally_facts,
)
from geo.cover.both import BothBars
from geo.findings import Finding
from geo.frames import Joined, Source, Wards
from geo.harm import HarmWeights
from geo.measure_cameras import add_cameras, add_reach
from geo.measure_incidents import add_incidents
from geo.measure_kinds import add_kinds
from geo.periods import cut_both
from geo.question import EVERY_CRIME, Question
from geo.register import read_status


@dataclass(frozen=True)
class Measured:
    """Wards with one column per indicator that could be measured, and what they rest on.

    frame: Wards.frame plus columns named by Indicator.key. tallies: given = joined + left over, in
    incidents and rows, by kind, for the chosen period. history: counts by earlier like periods, the
    newest last. gap_bars: thresholds of camera_gap. carried_from: the boundary version that counts were
    carried from, "" where all stand on their own. both_bars: limits of incidents_and_cameras. sources_of: the
    sources by kind of fact; empty where only a joined file tells. visitor_wards: codes of wards where, people
    say, residents are the wrong denominator.
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
    both_bars: BothBars | None = None
    visitor_wards: frozenset[str] = frozenset()
    sources_of: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)

    def row(self, code: str) -> pd.Series:
        """One ward's line of the table."""
        return pd.Series(self.frame.loc[code])

    @property
    def is_illustrative(self) -> bool:
        return self.boundary_source.illustrative or any(source.illustrative for source in self.sources)

    @property
    def is_schematic(self) -> bool:
        return self.boundary_source.schematic


def measure(
    wards: Wards, facts: Sequence[Joined], question: Question, weights: HarmWeights | None = None
) -> Measured:
    """Every indicator the facts allow, for the period and the incidents asked. weights: the committee's own
    table of harm; without one nothing is weighed."""
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
        history = add_incidents(frame, by_kind["incidents"], question, findings)
        add_kinds(frame, by_kind["incidents"], question, weights, findings)
    if by_kind["cameras"]:
        add_cameras(frame, by_kind["cameras"], findings)
        add_reach(frame, by_kind["incidents"], by_kind["cameras"], question)
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
        tallies=tally_facts(by_kind, question.period, question.chosen),
        findings=tuple(findings),
        history=history,
        gap_bars=bars,
        crs_read=wards.crs_read,
        place=wards.title,
        status_year=status_year,
        sources_of={kind: tuple(dict.fromkeys(fact.source for fact in of)) for kind, of in by_kind.items()},
    )


def cut_question(incidents: Sequence[Joined], question: Question) -> Question:
    """The question with an unfinished period cut to the days on file, and the previous one to the same span
    of its year; unchanged where there is nothing to cut or no such span to compare with."""
    period, previous = question.period, question.previous
    if period is None or previous is None or question.asked is not None:
        return question
    reached = find_unfinished(incidents, period, question.chosen)
    both = cut_both(period, previous, reached) if reached else None
    if both is None or not covers(incidents, both[1], question.chosen):
        return question
    return replace(question, period=both[0], previous=both[1], asked=period)


def _add_population(wards: Wards, facts: Sequence[Joined]) -> Wards:
    if not facts:
        return wards
    counted = count_by_ward(wards.frame.index, facts, None, EVERY_CRIME)
    return wards.with_population(counted.where(counted.notna(), wards.frame["population"]))
