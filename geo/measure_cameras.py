"""Cameras -> counts, density, what is in use, and the incidents within their reach, per ward.

Where numbers mislead: installed is not working, and working is not watched; a part that one camera of a
ward does not tell is unknown for the ward.
"""

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import pandas as pd

from geo import indicators as ind
from geo.counting import count_by_ward, select_period, select_rows
from geo.cover.reach import find_seen
from geo.cover.zones import add_metres
from geo.crs import metric_crs
from geo.findings import Finding, list_examples
from geo.frames import Joined
from geo.question import EVERY_CRIME, Question

STORED_DAYS = 30  # a month of pictures; what is long enough is for the committee to say
BAND_M = {"incident_reach_25_pct": 25.0, "incident_reach_100_pct": 100.0}
PARTS = {
    "n_cameras_working": ("n_working", "cameras_working_pct", "WorkingUnknown"),
    "n_cameras_connected": ("n_connected", "cameras_connected_pct", "ConnectedUnknown"),
    "n_cameras_live": ("n_live", "cameras_live_pct", "LiveUnknown"),
    "n_cameras_stored": ("n_stored", "cameras_stored_pct", "StoredUnknown"),
}


def add_cameras(frame: gpd.GeoDataFrame, cameras: Sequence[Joined], findings: list[Finding]) -> None:
    """Installed, of which working, connected, watched live and stored for at least STORED_DAYS; density."""
    counted = [fact for fact in cameras if not fact.by_place] or list(cameras)
    counted = [replace(fact, rows=_tell_stored(fact.rows)) for fact in counted]
    frame["n_cameras"] = count_by_ward(frame.index, counted, None, EVERY_CRIME)
    for fact in counted:
        note_qualified(frame, fact, findings, pd.Series(True, index=fact.rows.index))
    for key, (column, pct, code) in PARTS.items():
        is_told = any(column in fact.rows and fact.rows[column].notna().any() for fact in counted)
        if is_told or key == "n_cameras_working":
            frame[key] = _count_part(frame, counted, column, code, findings)
            frame[pct] = ind.rate(frame[key], frame["n_cameras"], per=100)
    frame["cameras_per_km2"] = ind.rate(frame["n_cameras"], frame["area_km2"])
    frame["cameras_per_1k"] = ind.rate(frame["n_cameras"], frame["population"], per=ind.PER_1K)


def _tell_stored(rows: pd.DataFrame) -> pd.DataFrame:
    """With `n_stored`: all cameras of a row that keeps pictures for STORED_DAYS or longer, none of one that
    does not, else what the file counts."""
    if "stored_days" not in rows:
        return rows
    days = rows["stored_days"]
    by_days = rows["n"].where(days >= STORED_DAYS, 0.0).where(days.notna())
    return rows.assign(n_stored=by_days.fillna(rows["n_stored"]) if "n_stored" in rows else by_days)


def _count_part(
    frame: gpd.GeoDataFrame, counted: Sequence[Joined], column: str, code: str, findings: list[Finding]
) -> pd.Series:
    """Sum per ward; missing for a ward with a camera of which it is not known."""
    known = [fact for fact in counted if column in fact.rows]
    total = count_by_ward(frame.index, known, None, EVERY_CRIME, column=column)
    for fact in counted:
        rows = fact.rows[fact.rows["outcome"] == "joined"]
        untold = rows[column].isna() if column in rows else pd.Series(True, index=rows.index)
        unknown = rows.loc[untold, "ward_code"].unique()
        total = total.mask(total.index.isin(unknown))
        if len(unknown):
            names = list_examples(frame.loc[unknown, "ward_name"])
            findings.append(Finding(code, "info", fact.source.file, names, {"n": len(unknown)}))
    return total


def note_qualified(
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


def add_reach(
    frame: gpd.GeoDataFrame, incidents: Sequence[Joined], cameras: Sequence[Joined], question: Question
) -> None:
    """Share of a ward's placed incidents in the zones of working cameras (`geo.cover.zones`) at the radius
    asked, 25 m and 100 m, in percent; and how many lie outside them at the radius asked: 0 for a ward without
    incidents, missing for one whose incidents are not placed. Nothing where no camera's state is told."""
    places = [
        fact
        for fact in incidents
        if fact.by_place and "n_rows" not in fact.rows and select_period(fact, question.period).any()
    ]
    eyes = [fact.rows[fact.rows["longitude"].notna()] for fact in cameras if fact.by_place]
    if not places or not any(rows["n_working"].notna().any() for rows in eyes):
        return
    west, south, east, north = frame.total_bounds
    crs = metric_crs((west, south, east, north))
    cameras_placed = add_metres(pd.concat(eyes, ignore_index=True), crs)
    radii = {"incident_reach_pct": question.radius_m, **BAND_M}
    placed = []
    for fact in places:
        taken = select_rows(fact, question.period, question.chosen) & (fact.rows["outcome"] == "joined")
        rows = add_metres(fact.rows[taken], crs)
        near = {key: rows["n"] * find_seen(rows, cameras_placed, radius_m) for key, radius_m in radii.items()}
        placed.append(pd.DataFrame({"ward_code": rows["ward_code"], "n": rows["n"], **near}))
    sums = pd.concat(placed).groupby("ward_code").sum().reindex(frame.index)
    for key in radii:
        frame[key] = ind.rate(sums[key], sums["n"], per=100)
    unseen = sums["n"] - sums["incident_reach_pct"]
    frame["n_incidents_unseen"] = unseen.mask(unseen.isna() & (frame["n_incidents"] == 0), 0.0)
