"""Zones as polygons laid over each other: what lies under one, and what under two or more."""

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geo.cover.zones import Shapes, Zones, draw_zones
from geo.crs import DEGREES

SCREEN_SEGMENTS = 8
SCREEN_M = 1.0


def stack_polygons(shapes: Shapes) -> tuple[BaseGeometry, BaseGeometry]:
    """(under at least one, under at least two) of the shapes; empty polygons where there is none.

    Neighbours along a space-filling curve are laid together first; what two such heaps share lies under two
    at least, and all those shares together are the second answer.
    """
    if not len(shapes):
        return shapely.Polygon(), shapely.Polygon()
    heaps = shapes[gpd.GeoSeries(shapes).hilbert_distance().argsort(kind="stable").to_numpy()]
    empty = np.array([shapely.Polygon()], dtype=object)
    shared = [empty]
    while len(heaps) > 1:
        if len(heaps) % 2:
            heaps = np.concatenate([heaps, empty])
        shared.append(shapely.intersection(heaps[::2], heaps[1::2]))
        heaps = shapely.union(heaps[::2], heaps[1::2])
    parts = shapely.get_parts(np.concatenate(shared))
    areas = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return heaps[0], shapely.disjoint_subset_union_all(areas)


def draw_for_map(zones: Zones, crs: pyproj.CRS) -> tuple[BaseGeometry, BaseGeometry]:
    """(seen, seen twice) in degrees, light enough for the screen; crs: the plane the zones are on.

    For drawing only: 8 segments a quadrant, then simplified by 1 m, so that a disc of 50 m is drawn up to
    1.25 m off its true border. Each part is simplified by itself, which is many times quicker than all at
    once; parts that nearly touch may then overlap by less than that. `seen_area` does not use it.
    """
    levels = stack_polygons(draw_zones(zones.frame, SCREEN_SEGMENTS))
    parts = [shapely.simplify(shapely.get_parts(level), SCREEN_M) for level in levels]
    light = [shapely.MultiPolygon(part.tolist()) for part in parts]
    seen, twice = gpd.GeoSeries(light, crs=crs).to_crs(DEGREES)
    return seen, twice
