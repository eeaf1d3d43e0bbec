"""Who borders whom: from shared borders, from distance, or the nearest few.

The rule decides the answer of every statistic that follows, so it is told with it. Where it misleads: wards
drawn apart from each other by a hair are no neighbours unless a tolerance says so; two wards across a river
share a border and perhaps no bridge; a distance band gives wide rural wards few neighbours or none.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from errors import TooFewWards
from geo.boundaries.topology import TOUCH_M
from geo.crs import to_metres
from geo.stats.weights import Places, Weights, make_weights

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]


def contiguity(shapes: gpd.GeoSeries, codes: pd.Index, *, tolerance_m: float = TOUCH_M) -> Weights:
    """Queen contiguity: wards that share a border or a corner.

    shapes: valid (Multi)Polygons, in degrees or on a plane in metres; codes: their ward codes, same order.
    First come wards with a vertex in common, exactly; then those that touch or overlap without one, such as
    a corner upon another's straight border. tolerance_m: wards no farther apart than this touch. A centimetre
    is what rounding leaves between a corner and a border; 1 m (`topology.SNAP_M`) joins two digitisings of
    one border; 0 takes the outlines at their word.
    """
    outlines = shapes.to_numpy()
    first, second = _share_vertices(outlines)
    if tolerance_m > 0 and shapes.crs is not None and shapes.crs.is_geographic:
        outlines = to_metres(shapes).to_numpy()
    near, far = _find_meeting_boxes(outlines, first * len(codes) + second, margin_m=tolerance_m)
    touch = shapely.dwithin(outlines[near], outlines[far], tolerance_m)
    rows, columns = np.append(first, near[touch]), np.append(second, far[touch])
    return make_weights(np.append(rows, columns), np.append(columns, rows), codes, rule="queen")


def distance_band(easting: Floats, northing: Floats, codes: pd.Index, distance_m: float) -> Weights:
    """Wards whose centres lie no farther apart than distance_m, the limit itself included.

    easting, northing: of the centres in metres, finite."""
    pairs = cKDTree(np.column_stack([easting, northing])).query_pairs(distance_m, output_type="ndarray")
    first, second = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    rows, columns = np.append(first, second), np.append(second, first)
    return make_weights(rows, columns, codes, rule="distance", distance_m=distance_m)


def nearest(easting: Floats, northing: Floats, codes: pd.Index, k: int) -> Weights:
    """The k wards whose centres are nearest; A may be near to B, and B not to A.

    Of wards equally far any may be taken, the same each time. Raises TooFewWards unless more than k wards.
    """
    n = len(codes)
    if n <= k:
        raise TooFewWards("nearest", n=n, k=k, needed=k + 1)
    places = np.column_stack([easting, northing])
    close: Places = np.asarray(cKDTree(places).query(places, k=k + 1)[1], dtype=np.int64)
    is_dropped = close == np.arange(n)[:, np.newaxis]
    is_dropped[~is_dropped.any(axis=1), -1] = True
    rows = np.repeat(np.arange(n, dtype=np.int64), k)
    return make_weights(rows, close[~is_dropped], codes, rule="nearest")


def _share_vertices(outlines: Shapes) -> tuple[Places, Places]:
    """Places (first < second) of shapes with a vertex in common, by equal coordinates."""
    points, owner = shapely.get_coordinates(outlines, return_index=True)
    vertex, vertices = pd.factorize(points[:, 0] + 1j * points[:, 1])
    visits = (np.ones(len(owner), dtype=np.int32), (owner, vertex))
    incidence = sparse.csr_array(visits, shape=(len(outlines), len(vertices)))
    together = sparse.triu(incidence @ incidence.T, k=1).tocoo()
    return together.row.astype(np.int64), together.col.astype(np.int64)


def _find_meeting_boxes(outlines: Shapes, known: Places, *, margin_m: float) -> tuple[Places, Places]:
    """Places (first < second) of shapes whose boxes lie within the margin, but for known pairs.

    known: first * n + second."""
    west, south, east, north = shapely.bounds(outlines).T
    boxes = shapely.box(west - margin_m, south - margin_m, east + margin_m, north + margin_m)
    asked, met = shapely.STRtree(outlines).query(boxes)
    pairs = (asked * len(outlines) + met)[asked < met].astype(np.int64)
    first, second = np.divmod(pairs[~np.isin(pairs, known)], len(outlines))
    return first, second
