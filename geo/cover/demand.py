"""Incidents that no working camera sees: what further cameras could reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from errors import NoData
from geo.counting import pick_counted, select_rows
from geo.cover.reach import find_seen
from geo.cover.zones import add_metres
from geo.crs import points_to_metres
from geo.findings import Finding
from geo.frames import Joined, Period
from geo.question import Selection

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Demand:
    """places: (m, 2) easting, northing of distinct places on the plane. n: incidents at each, positive.
    n_given: all located incidents that were asked for, those that working cameras see (n_seen) included."""

    places: Floats
    n: Floats
    n_given: float
    n_seen: float
    findings: tuple[Finding, ...] = ()

    @property
    def n_unseen(self) -> float:
        return float(self.n.sum())


def gather_demand(
    incidents: Sequence[Joined],
    cameras: Sequence[Joined],
    period: Period | None,
    selection: Selection,
    crs: pyproj.CRS,
    *,
    radius_m: float,
    within: Collection[str] = (),
) -> Demand:
    """Located incidents in the zone of no working camera, those at one place added up.

    Located: placed by coordinates inside a ward (of `within`, where it names any). A camera works when the
    file says so; one whose state is not known, or that has no place, sees nothing here and is told. Raises
    NoData (siting_incidents, siting_all_seen; siting_camera_places when cameras are known by count alone).
    """
    if cameras and not any(fact.by_place for fact in cameras):
        raise NoData("siting_camera_places", file=cameras[0].source.file)
    located = pick_counted([fact for fact in incidents if fact.by_place], period, selection)
    rows = [_choose(fact, period, selection, within) for fact in located]
    chosen = pd.concat(rows) if rows else pd.DataFrame(columns=["longitude", "latitude", "n"], dtype=float)
    if not len(chosen):
        raise NoData("siting_incidents")
    grouped = chosen.groupby(["longitude", "latitude"])["n"].sum()
    longitude, latitude = (grouped.index.get_level_values(level).to_numpy(dtype=float) for level in (0, 1))
    places = np.column_stack(points_to_metres(longitude, latitude, crs))
    n = grouped.to_numpy(dtype=float)
    eyes, findings = _find_eyes(cameras, crs)
    spots = pd.DataFrame(places, columns=["easting", "northing"])
    seen = find_seen(spots, eyes, radius_m)
    if seen.all():
        raise NoData("siting_all_seen", n=float(n.sum()), radius_m=radius_m)
    return Demand(places[~seen], n[~seen], float(n.sum()), float(n[seen].sum()), findings)


def _choose(
    fact: Joined, period: Period | None, selection: Selection, within: Collection[str]
) -> pd.DataFrame:
    rows = fact.rows
    chosen = select_rows(fact, period, selection) & (rows["outcome"] == "joined") & (rows["n"] > 0)
    if within:
        chosen &= rows["ward_code"].isin(list(within))
    return rows.loc[chosen, ["longitude", "latitude", "n"]].astype(float)


def _find_eyes(cameras: Sequence[Joined], crs: pyproj.CRS) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """(rows of the cameras with a place, in metres; what is not known of the others)."""
    eyes, findings = [], []
    for fact in (fact for fact in cameras if fact.by_place):
        located = fact.rows["longitude"].notna() & fact.rows["latitude"].notna()
        eyes.append(add_metres(fact.rows[located], crs))
        unknown = int((fact.rows["n_working"].isna() & located).sum())
        if unknown:
            facts: dict[str, object] = {"n": unknown, "of": len(fact.rows)}
            findings.append(Finding("SitingStateUnknown", "warning", fact.source.file, facts=facts))
        nowhere = int(((fact.rows["n_working"] > 0) & ~located).sum())
        if nowhere:
            findings.append(Finding("SitingCameraNowhere", "warning", fact.source.file, facts={"n": nowhere}))
    none = pd.DataFrame(columns=["n_working", "easting", "northing"], dtype=float)
    return pd.concat(eyes, ignore_index=True) if eyes else none, tuple(findings)


def find_near(places: Floats, eyes: Floats, radius_m: float) -> NDArray[np.bool_]:
    """Whether any eye lies within the radius, the radius itself included."""
    if not len(places) or not len(eyes):
        return np.zeros(len(places), dtype=bool)
    distance, _ = cKDTree(eyes).query(places, distance_upper_bound=np.nextafter(radius_m, np.inf))
    return np.asarray(np.isfinite(distance))
