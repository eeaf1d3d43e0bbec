"""Cameras -> counts, density and the incidents within their reach, per ward."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
from scipy.spatial import cKDTree

from geo import indicators as ind
from geo.counting import (
    count_by_ward,
    select_rows,
)
from geo.crs import metric_crs, points_to_metres
from geo.findings import Finding, list_examples
from geo.frames import Joined
from geo.question import Question


def add_cameras(frame: gpd.GeoDataFrame, cameras: Sequence[Joined], findings: list[Finding]) -> None:
    counted = [fact for fact in cameras if not fact.by_place] or list(cameras)
    frame["n_cameras"] = count_by_ward(frame.index, counted, None, None)
    working = count_by_ward(frame.index, counted, None, None, column="n_working")
    for fact in counted:
        note_qualified(frame, fact, findings, pd.Series(True, index=fact.rows.index))
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
