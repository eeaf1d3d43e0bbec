"""Points to wards: exact point in polygon, each point in at most one ward.

The rule: the ward that alone contains the point. On an edge, or where wards overlap, the first ward in
file order, and the row says `edge`. So no incident is counted twice and none is lost on a border.
"""

from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import metric_crs, points_to_metres, to_metres
from geo.findings import Finding
from geo.frames import Wards
from geo.join_exact import NO_WARD, ExactFinder, Flags, Floats, Ints
from geo.join_grid import GridFinder

PLACE_COLUMNS = ["ward_code", "method", "outcome", "distance_m"]


class Finder(Protocol):
    """Anything that knows the wards' shapes and keeps the rule."""

    def place(self, x: Floats, y: Floats) -> tuple[Ints, Flags]:
        """Position of the ward in file order for each finite point (-1 none), and whether an edge or an
        overlap had to be decided."""
        ...


def make_finder(wards: Wards, n_points: int) -> Finder:
    """What finds the wards of about so many points soonest; any number may be asked of it."""
    exact = ExactFinder.build(wards.frame.geometry.to_numpy())
    return GridFinder.build(exact, n_points) or exact


def place_points(
    wards: Wards, longitude: Floats, latitude: Floats, *, nearest_m: float = 0.0
) -> pd.DataFrame:
    """One row per point, in order: ward_code (None when none), method, outcome, distance_m.

    (0, 0), NaN and infinite coordinates are no location; points of no ward are outside. nearest_m: a
    point outside but within that many metres of a ward goes to the nearest one, method `nearest`.
    distance_m is 0 for points in a ward, metres for `nearest`, NaN otherwise.
    """
    finder = make_finder(wards, len(longitude))
    return place_points_by(finder, wards, longitude, latitude, nearest_m=nearest_m)


def place_points_by(
    finder: Finder, wards: Wards, longitude: Floats, latitude: Floats, *, nearest_m: float = 0.0
) -> pd.DataFrame:
    """`place_points` with a finder made beforehand, for points that come in batches."""
    located = np.isfinite(longitude) & np.isfinite(latitude) & ~((longitude == 0) & (latitude == 0))
    rows = np.flatnonzero(located)
    ward = np.full(len(located), NO_WARD)
    is_edge = np.zeros(len(located), dtype=bool)
    ward[rows], is_edge[rows] = finder.place(longitude[rows], latitude[rows])
    distance = np.where(ward >= 0, 0.0, np.nan)
    is_nearest = np.zeros(len(ward), dtype=bool)
    if nearest_m > 0:
        is_nearest = _find_nearest(
            wards.frame, longitude, latitude, located & (ward < 0), nearest_m, ward, distance
        )
    codes = np.array([*wards.frame.index, None], dtype=object)
    return pd.DataFrame(
        {
            "ward_code": pd.Series(codes[ward], dtype=object),
            "method": _name(("none", "within", "edge", "nearest"), [ward >= 0, is_edge, is_nearest]),
            "outcome": _name(("no_location", "outside", "joined"), [located, ward >= 0]),
            "distance_m": distance,
        }
    )


def _name(names: tuple[str, ...], flags: list[Flags]) -> pd.Series:
    """The first name where no flag is up, else the name of the last that is."""
    place = np.zeros(len(flags[0]), dtype=np.intp)
    for number, flag in enumerate(flags, start=1):
        place[flag] = number
    return pd.Series(np.array(names, dtype=object)[place], dtype=object)


def _find_nearest(
    frame: gpd.GeoDataFrame,
    longitude: Floats,
    latitude: Floats,
    homeless: Flags,
    nearest_m: float,
    ward: Ints,
    distance: Floats,
) -> Flags:
    """Fill `ward` and `distance` for the homeless points within reach; say which."""
    found = np.zeros(len(ward), dtype=bool)
    place = np.flatnonzero(homeless)
    if not len(place):
        return found
    west, south, east, north = frame.total_bounds
    crs = metric_crs((west, south, east, north))
    easting, northing = points_to_metres(longitude[place], latitude[place], crs)
    finite = np.isfinite(easting) & np.isfinite(northing)
    points = shapely.points(easting[finite], northing[finite])
    tree = shapely.STRtree(to_metres(frame[["geometry"]]).geometry.to_numpy())
    (hit, ward_id), metres = tree.query_nearest(points, max_distance=nearest_m, return_distance=True)
    ward_id, hit, metres = (values[np.lexsort((ward_id, hit))] for values in (ward_id, hit, metres))
    hit, first = np.unique(hit, return_index=True)
    rows = place[finite][hit]
    ward[rows], distance[rows], found[rows] = ward_id[first], metres[first], True
    return found


def list_place_findings(
    placed: pd.DataFrame, longitude: Floats, latitude: Floats, wards: Wards, where: str
) -> tuple[Finding, ...]:
    """What a reader should know about points that found no plain home."""
    findings = []
    for code, severity, mask in (
        ("NoLocation", "warning", placed["outcome"] == "no_location"),
        ("OutsideWards", "warning", placed["outcome"] == "outside"),
        ("OnEdge", "info", placed["method"] == "edge"),
        ("NearestWard", "info", placed["method"] == "nearest"),
    ):
        if mask.any():
            findings.append(Finding(code, severity, where, "", {"n": int(mask.sum())}))  # type: ignore[arg-type]
    outside = (placed["outcome"] == "outside").to_numpy()
    if outside.any() and _would_fit_swapped(longitude[outside], latitude[outside], wards):
        findings.append(Finding("LooksSwapped", "error", where, "", {"n": int(outside.sum())}))
    return tuple(findings)


def _would_fit_swapped(longitude: Floats, latitude: Floats, wards: Wards) -> bool:
    west, south, east, north = wards.frame.total_bounds
    fits = (latitude >= west) & (latitude <= east) & (longitude >= south) & (longitude <= north)
    return bool(fits.mean() > 0.5)
