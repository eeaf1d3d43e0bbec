"""What was counted on old boundaries, shown on those in force.

Counts of undivided units are exact sums, those of divided ones are estimates and say so. A status is not
carried: it is told how many old units had it. A change is told only where nothing is estimated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.counting import count_by_ward, pick_counted, select_rows
from geo.estimates import OF_CAMERAS, OF_INCIDENTS, OF_POPULATION, OF_PREVIOUS
from geo.findings import Finding, list_examples
from geo.frames import Joined, Kind, Period
from geo.indicators import Share
from geo.measure import Measured
from geo.question import EVERY_CRIME, Question, Selection
from geo.versions.carry import carry, count_status
from geo.versions.crosswalk import Crosswalk
from geo.versions.sharing import COUNTS
from studies.holdings import Holdings

CHANGES = ("n_incidents_difference", "incidents_z", "incidents_change_pct")
ONE_OF: tuple[Kind, ...] = ("cameras", "population")


@dataclass(frozen=True)
class CarriedHoldings(Holdings):
    """Holdings of the area in force whose facts came, in part, from earlier versions.

    crosswalk leads from `earlier` (itself perhaps carried) to this area. remarks: of the carrying.
    """

    earlier: Holdings | None = None
    crosswalk: Crosswalk | None = None
    remarks: tuple[Finding, ...] = field(default=())

    def measure(self, question: Question) -> Measured:
        """As ever, with estimates and missing parts marked, changes told only where they hold, and statuses
        as parts."""
        assert self.earlier is not None
        assert self.crosswalk is not None
        measured = super().measure(question)
        findings = [*measured.findings, *self.remarks]
        frame = measured.frame.copy()
        # What was measured, not what was asked: an unfinished period was cut, and the one before it with it.
        _mark_counts(frame, self, measured.question, findings)
        if "status" not in frame or frame["status"].isna().all():
            shares = _share_status(self.earlier, self.crosswalk, question, frame.index)
            if shares is not None:
                frame = frame.drop(columns="status", errors="ignore").assign(old_in_programme=shares)
                findings = [finding for finding in findings if finding.code != "StatusYearMissing"]
        return replace(
            measured,
            frame=frame,
            findings=tuple(findings),
            carried_from=self.earlier.area.version or self.earlier.area.title,
        )


def carry_holdings(earlier: Holdings, later: Holdings, crosswalk: Crosswalk) -> CarriedHoldings:
    """The later area's holdings with the earlier one's incidents, and with its cameras and residents where
    the later one has none of its own; of a ward with a part that told none they stay unknown, for a sum
    without it would look small. Raises NotComparable, BrokenCrosswalk."""
    own = list(later.facts)
    facts, remarks = list[Joined](), list[Finding]()
    for fact in earlier.facts:
        if fact.kind == "status" or (fact.kind in ONE_OF and _has_own(later, fact.kind)):
            continue
        carried, findings = carry(_date(fact, earlier), crosswalk, later.wards)
        facts.append(_leave_unknown(carried, earlier, crosswalk) if fact.kind in ONE_OF else carried)
        remarks += findings
    return CarriedHoldings(
        area=later.area,
        wards=later.wards,
        shapes=later.shapes,
        facts=(*facts, *own),
        datasets=(*earlier.datasets, *later.datasets),
        # A table for one area weighs its incidents wherever they are shown; a list of wards names codes, and
        # codes mean other wards on other boundaries.
        harm_weights=tuple(dict.fromkeys((*earlier.harm_weights, *later.harm_weights))),
        visitor_wards=later.visitor_wards,
        earlier=earlier,
        crosswalk=crosswalk,
        remarks=tuple(remarks),
    )


def _date(fact: Joined, earlier: Holdings) -> Joined:
    """A file that names no version found its wards among the earlier ones: its rows are of theirs."""
    return replace(fact, version=fact.version or earlier.wards.version)


def _has_own(later: Holdings, kind: Kind) -> bool:
    """Residents may also stand in the boundary file."""
    told = kind == "population" and bool(later.wards.frame["population"].notna().any())
    return told or bool(later.of_kind(kind))


def _leave_unknown(carried: Joined, earlier: Holdings, crosswalk: Crosswalk) -> Joined:
    """The counts of wards that lack a part's figures become unknown."""
    if carried.by_place:
        return carried
    tables = [fact for fact in earlier.of_kind(carried.kind) if not fact.by_place]
    told = count_by_ward(earlier.wards.frame.index, tables, None, EVERY_CRIME)
    silent = crosswalk.rows["old_code"].map(told).isna()
    short = carried.rows["ward_code"].isin(crosswalk.rows.loc[silent, "new_code"])
    counts = [name for name in COUNTS if name in carried.rows]
    return replace(
        carried, rows=carried.rows.assign(**{name: carried.rows[name].mask(short) for name in counts})
    )


def carry_all(held: Sequence[Holdings], steps: Sequence[Crosswalk]) -> Holdings:
    """From version to version to the one in force; steps[i] leads from held[i] to held[i + 1]."""
    carried = held[0]
    for later, crosswalk in zip(held[1:], steps, strict=True):
        carried = carry_holdings(carried, later, crosswalk)
    return carried


def list_parts(holdings: Holdings, code: str) -> list[tuple[str, bool]]:
    """(name, whole) of the old units that a ward was made of; empty when nothing was carried."""
    if not isinstance(holdings, CarriedHoldings) or holdings.crosswalk is None or holdings.earlier is None:
        return []
    rows = holdings.crosswalk.rows
    names = holdings.earlier.wards.frame["ward_name"]
    mine = rows[rows["new_code"] == code]
    return [
        (str(names.get(old, old)) or str(old), bool(whole))
        for old, whole in zip(mine["old_code"], mine["whole"], strict=True)
    ]


def _mark_counts(
    frame: gpd.GeoDataFrame, holdings: CarriedHoldings, question: Question, findings: list[Finding]
) -> None:
    """The columns of `geo.estimates` and `missing_parts` (names of old units without figures of the period,
    "" none); changes go where either period is estimated, or has other parts missing than the other."""
    frame[OF_INCIDENTS] = _is_estimated(frame.index, holdings, question.period, question.chosen)
    frame[OF_PREVIOUS] = question.previous is not None and _is_estimated(
        frame.index, holdings, question.previous, question.chosen
    )
    tables = [fact for fact in holdings.of_kind("cameras") if not fact.by_place]
    frame[OF_CAMERAS] = _holds_share(frame.index, tables)
    frame[OF_POPULATION] = _holds_share(frame.index, holdings.of_kind("population"))
    missing = _list_missing(holdings, question.period, question.chosen)
    frame["missing_parts"] = _name_missing(frame.index, holdings, missing)
    if "n_incidents_difference" not in frame or question.previous is None:
        return
    missing_before = _list_missing(holdings, question.previous, question.chosen)
    uneven = _find_wards(frame.index, holdings, missing ^ missing_before)
    divided = frame[OF_INCIDENTS] | frame[OF_PREVIOUS]
    told = frame["n_incidents_difference"].notna()
    for code, mask in (("NotComparableWards", divided), ("UnevenParts", uneven & ~divided)):
        shown = mask & told
        if shown.any():
            names = list_examples(frame.loc[shown, "ward_name"])
            findings.append(Finding(code, "warning", "", names, {"n": int(shown.sum())}))
    for key in CHANGES:
        if key in frame:
            frame[key] = frame[key].mask(divided | uneven)
    # The city's sum is exact over all parts of a divided unit, not over some of them.
    left_out = uneven | (divided & bool(uneven.any()))
    frame["n_incidents_previous"] = frame["n_incidents_previous"].mask(left_out)


def _is_estimated(codes: pd.Index, holdings: Holdings, period: Period | None, chosen: Selection) -> pd.Series:
    """Wards with a count of the period that is a share of a divided unit."""
    counted = pick_counted(holdings.of_kind("incidents"), period, chosen)
    return _holds_share(
        codes, [replace(fact, rows=fact.rows[select_rows(fact, period, chosen)]) for fact in counted]
    )


def _holds_share(codes: pd.Index, facts: Sequence[Joined]) -> pd.Series:
    """Wards with a row that is a share of a divided unit."""
    shares = [fact.rows.loc[fact.rows["method"] == "estimated", "ward_code"] for fact in facts]
    return pd.Series(codes.isin(pd.concat(shares)) if shares else False, index=codes)


def _list_missing(holdings: CarriedHoldings, period: Period | None, chosen: Selection) -> frozenset[str]:
    """Old units without figures of a period of which others of them have some."""
    assert holdings.earlier is not None
    counted = pick_counted(holdings.earlier.of_kind("incidents"), period, chosen)
    if not counted:
        return frozenset()
    told = count_by_ward(holdings.earlier.wards.frame.index, counted, period, chosen)
    missing = told.isna()
    if isinstance(holdings.earlier, CarriedHoldings):
        missing |= _find_wards(told.index, holdings.earlier, _list_missing(holdings.earlier, period, chosen))
    return frozenset(map(str, told.index[missing]))


def _find_wards(codes: pd.Index, holdings: CarriedHoldings, old_codes: frozenset[str]) -> pd.Series:
    """Wards that hold a part of one of these old units."""
    assert holdings.crosswalk is not None
    rows = holdings.crosswalk.rows
    return pd.Series(codes.isin(rows.loc[rows["old_code"].isin(old_codes), "new_code"]), index=codes)


def _name_missing(codes: pd.Index, holdings: CarriedHoldings, missing: frozenset[str]) -> list[str]:
    assert holdings.crosswalk is not None
    assert holdings.earlier is not None
    names = holdings.earlier.wards.frame["ward_name"]
    rows = holdings.crosswalk.rows
    lost = rows[rows["old_code"].isin(missing)]
    return [
        ", ".join(
            str(names.get(old, old)) or str(old) for old in lost.loc[lost["new_code"] == code, "old_code"]
        )
        for code in codes
    ]


def _share_status(
    earlier: Holdings, crosswalk: Crosswalk, question: Question, codes: pd.Index
) -> pd.Series | None:
    """Of each ward's old units, how many were in the programme; None where nothing is on file."""
    told = [_date(fact, earlier) for fact in earlier.of_kind("status")]
    parts = count_status(told, crosswalk, year=_year(question, earlier))
    if parts.empty or (parts["n_old_unknown"] == parts["n_old_units"]).all():
        return None
    counts = parts.reindex(codes)[["n_old_in_programme", "n_old_units", "n_old_unknown"]]
    shares = [
        None if np.isnan(of) or unknown == of else Share(int(n), int(of), int(unknown))
        for n, of, unknown in counts.to_numpy(dtype=float)
    ]
    return pd.Series(shares, index=codes, dtype=object)


def _year(question: Question, earlier: Holdings) -> int | None:
    if question.period is not None:
        return question.period.end.year
    years = [fact.rows["year"].max() for fact in earlier.of_kind("status")]
    known = [year for year in years if pd.notna(year)]
    return int(max(known)) if known else None
