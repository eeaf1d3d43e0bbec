"""Points to wards: exact point in polygon, each point in at most one ward.

The rule: the ward that alone contains the point. On an edge, or where wards overlap, the first ward in
file order, and the row says `edge`. So no incident is counted twice and none is lost on a border.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import metric_crs, points_to_metres, to_metres
from geo.findings import Finding
from geo.frames import Wards

Floats = NDArray[np.float64]
PLACE_COLUMNS = ["ward_code", "method", "outcome", "distance_m"]


def place_points(
    wards: Wards, longitude: Floats, latitude: Floats, *, nearest_m: float = 0.0
) -> pd.DataFrame:
    """One row per point, in order: ward_code (None when none), method, outcome, distance_m.

    (0, 0), NaN and infinite coordinates are no location; points of no ward are outside. nearest_m: a
    point outside but within that many metres of a ward goes to the nearest one, method `nearest`.
    distance_m is 0 for points in a ward, metres for `nearest`, NaN otherwise.
    """
    shapes = wards.frame.geometry.to_numpy()
    located = np.isfinite(longitude) & np.isfinite(latitude) & ~((longitude == 0) & (latitude == 0))
    ward, is_edge = _find_wards(shapes, longitude, latitude, located)
    distance = np.where(ward >= 0, 0.0, np.nan)
    is_nearest = np.zeros(len(ward), dtype=bool)
    if nearest_m > 0:
        is_nearest = _find_nearest(
            wards.frame, longitude, latitude, located & (ward < 0), nearest_m, ward, distance
        )
    codes = np.array([*wards.frame.index, None], dtype=object)
    method = np.select([is_nearest, is_edge, ward >= 0], ["nearest", "edge", "within"], "none")
    outcome = np.select([ward >= 0, located], ["joined", "outside"], "no_location")
    table = pd.DataFrame(
        {
            "ward_code": pd.Series(codes[ward], dtype=object),
            "method": method,
            "outcome": outcome,
            "distance_m": distance,
        }
    )
    return table.astype({"method": object, "outcome": object})


def _find_wards(
    shapes: NDArray[np.object_], longitude: Floats, latitude: Floats, located: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Ward position per point (-1 none), and whether an edge or an overlap had to be decided."""
    ward = np.full(len(longitude), -1, dtype=np.int64)
    is_edge = np.zeros(len(longitude), dtype=bool)
    place = np.flatnonzero(located)
    if not len(place) or not len(shapes):
        return ward, is_edge
    places, index = np.unique(longitude[place] + 1j * latitude[place], return_inverse=True)
    point_id, ward_id = shapely.STRtree(shapes).query(shapely.points(places.real, places.imag))
    ward_id, point_id = _sort_pairs(ward_id, point_id)
    x, y = places.real[point_id], places.imag[point_id]
    shapely.prepare(shapes)
    inside = shapely.contains_xy(shapes[ward_id], x, y)
    n_inside = np.bincount(point_id[inside], minlength=len(places))
    first = _first_ward(point_id[inside], ward_id[inside], len(places))
    touching = ~inside & (n_inside[point_id] == 0)
    touching[touching] = shapely.intersects_xy(shapes[ward_id[touching]], x[touching], y[touching])
    first_touched = _first_ward(point_id[touching], ward_id[touching], len(places))
    chosen = np.where(first >= 0, first, first_touched)
    decided = (n_inside > 1) | ((n_inside == 0) & (first_touched >= 0))
    ward[place], is_edge[place] = chosen[index.ravel()], decided[index.ravel()]
    return ward, is_edge


def _sort_pairs(ward_id: NDArray[np.int64], point_id: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    order = np.lexsort((point_id, ward_id))
    return ward_id[order], point_id[order]


def _first_ward(point_id: NDArray[np.int64], ward_id: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(first, point_id, ward_id)
    return np.where(first == np.iinfo(np.int64).max, -1, first)


def _find_nearest(
    frame: gpd.GeoDataFrame,
    longitude: Floats,
    latitude: Floats,
    homeless: NDArray[np.bool_],
    nearest_m: float,
    ward: NDArray[np.int64],
    distance: Floats,
) -> NDArray[np.bool_]:
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
