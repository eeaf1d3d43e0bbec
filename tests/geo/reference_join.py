"""The first version's way of finding wards, kept as the oracle: every point against every box it lies in."""

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Answer = tuple[NDArray[np.int64], NDArray[np.bool_]]


def find_wards(shapes: NDArray[np.object_], longitude: Floats, latitude: Floats) -> Answer:
    """Ward position per point (-1 none), and whether an edge or an overlap had to be decided."""
    ward = np.full(len(longitude), -1, dtype=np.int64)
    is_edge = np.zeros(len(longitude), dtype=bool)
    place = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
    if not len(place) or not len(shapes):
        return ward, is_edge
    x, y = longitude[place], latitude[place]
    point_id, ward_id = shapely.STRtree(shapes).query(shapely.points(x, y))
    shapely.prepare(shapes)
    inside = shapely.contains_xy(shapes[ward_id], x[point_id], y[point_id])
    held = shapely.intersects_xy(shapes[ward_id], x[point_id], y[point_id])
    n_inside = np.bincount(point_id[inside], minlength=len(x))
    first_inside = _first_ward(point_id[inside], ward_id[inside], len(x))
    first_held = _first_ward(point_id[held], ward_id[held], len(x))
    ward[place] = np.where(first_inside >= 0, first_inside, first_held)
    is_edge[place] = (n_inside > 1) | ((n_inside == 0) & (first_held >= 0))
    return ward, is_edge


def _first_ward(point_id: NDArray[np.int64], ward_id: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(first, point_id, ward_id)
    return np.where(first == np.iinfo(np.int64).max, -1, first)
