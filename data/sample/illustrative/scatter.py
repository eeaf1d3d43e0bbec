"""Points in clusters inside a ward, or just outside the city."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .city import locate

Objects = NDArray[np.object_]
EDGE_M = 5.0
NEAR_M, FAR_M = 400.0, 4_000.0


def scatter_within(
    wards: gpd.GeoDataFrame, counts: pd.Series, chance: np.random.Generator, *, spread: float, n_centres: int
) -> pd.DataFrame:
    """ma_xa, longitude, latitude: so many points per ward, round a few centres, EDGE_M from the border.

    spread: standard deviation of a cluster in radii of a disc of the ward's area.
    """
    shapes = dict(zip(wards.index, wards.geometry, strict=True))
    asked = {code: int(n) for code, n in counts.items() if n}
    spots = [_cluster(shapes[code], n, chance, spread, n_centres) for code, n in asked.items()]
    placed = locate(gpd.GeoSeries(np.concatenate(spots), crs=wards.crs))
    placed.insert(0, "ma_xa", np.repeat(list(asked), list(asked.values())))
    return placed


def scatter_around(wards: gpd.GeoDataFrame, n_points: int, chance: np.random.Generator) -> pd.DataFrame:
    """longitude, latitude: points between NEAR_M and FAR_M outside the city."""
    city = shapely.union_all(wards.geometry.to_numpy())
    spots = shapely.points(_draw_in(city.buffer(FAR_M) - city.buffer(NEAR_M), n_points, chance))
    return locate(gpd.GeoSeries(spots, crs=wards.crs))


def _cluster(
    ward: BaseGeometry, n_points: int, chance: np.random.Generator, spread: float, n_centres: int
) -> Objects:
    room = ward.buffer(-EDGE_M)
    centres = _draw_in(room, n_centres, chance)
    radius = spread * float(np.sqrt(ward.area / np.pi))
    found = np.empty((0, 2))
    while len(found) < n_points:
        near = centres[chance.integers(0, n_centres, 2 * n_points)]
        tried = near + chance.normal(0, radius, near.shape)
        found = np.vstack([found, tried[shapely.contains_xy(room, *tried.T)]])
    return np.asarray(shapely.points(found[:n_points]))


def _draw_in(shape: BaseGeometry, n_points: int, chance: np.random.Generator) -> NDArray[np.float64]:
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    while len(found) < n_points:
        tried = chance.uniform((west, south), (east, north), (20 * n_points, 2))
        found = np.vstack([found, tried[shapely.contains_xy(shape, *tried.T)]])
    return found[:n_points]
