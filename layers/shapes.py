"""Outlines for drawing: districts dissolved, borders lightened, the crowded centre, places for labels.

Everything is given in degrees; lengths are weighed on an equal-area plane about the map's own centre,
so a place far from the equator is not judged by squashed degrees.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.crs import DEGREES, metric_crs
from geo.frames import Wards
from layers.spec import MapShapes

Extent = tuple[float, float, float, float]
Floats = NDArray[np.float64]
METRES_PER_DEGREE = 111_320.0

FEW_WARDS = 12
VIEW_PX = 640.0
ROOM_PX = 27.0
# Share of the map's longer side, and the share of the small wards that such a window must hold.
WINDOWS = ((0.1, 0.6), (0.13, 0.6), (0.16, 0.5), (0.18, 0.4))
WINDOW_RATIO = 1.4


@dataclass(frozen=True)
class Plane:
    """The metric plane about an extent's middle, true to scale there; for bare geometries."""

    extent: Extent

    @cached_property
    def _transformer(self) -> Transformer:
        return Transformer.from_crs(DEGREES, metric_crs(self.extent), always_xy=True)

    def to_metres(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        return shapely.transform(geometries, self.project)

    def to_degrees(self, geometries: NDArray[np.object_]) -> NDArray[np.object_]:
        return shapely.transform(geometries, self.unproject)

    def project(self, degrees: Floats) -> Floats:
        return np.column_stack(self._transformer.transform(degrees[:, 0], degrees[:, 1]))

    def unproject(self, metres: Floats) -> Floats:
        back = self._transformer.transform(metres[:, 0], metres[:, 1], direction="INVERSE")
        return np.column_stack(back)


def make_shapes(wards: Wards) -> MapShapes:
    """The wards and, where the file names parents, one outline per parent in order of appearance.

    Wards without a parent belong to none; no parents at all when none is named.
    """
    frame = wards.frame
    geometries = np.asarray(frame.geometry.array, dtype=object)
    names = frame["parent"].fillna("").to_numpy()
    parents = [_dissolve(geometries[names == name]) for name in dict.fromkeys(names) if name]
    return MapShapes(
        ward_codes=tuple(str(code) for code in frame.index),
        wards=geometries,
        parents=_objects(parents),
    )


def _objects(geometries: list[shapely.Geometry]) -> NDArray[np.object_]:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array


def _dissolve(geometries: NDArray[np.object_]) -> shapely.Geometry:
    """One outline; hairline gaps between neighbours that do not quite touch are closed."""
    merged = shapely.union_all(geometries)
    smallest_hole = 1e-4 * float(np.median(shapely.area(geometries)))
    parts = [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if _hole_area(hole) > smallest_hole])
        for part in shapely.get_parts(merged)
        if isinstance(part, shapely.Polygon)
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _hole_area(hole: shapely.LinearRing) -> float:
    return float(shapely.Polygon(hole).area)


def whole_outline(shapes: MapShapes) -> shapely.Geometry:
    """The outline of all wards together."""
    return _dissolve(shapes.wards)


def extent(shapes: MapShapes) -> Extent:
    """West, south, east, north of all wards."""
    west, south, east, north = shapely.total_bounds(shapes.wards)
    return float(west), float(south), float(east), float(north)


def simplify(shapes: MapShapes, tolerance_m: float) -> MapShapes:
    """Lighter borders that still touch: neighbours lose the same points.

    tolerance_m: about the square root of the triangles taken away.
    """
    plane = Plane(extent(shapes))
    lighter = shapely.coverage_simplify(plane.to_metres(shapes.wards), tolerance_m)
    wards = plane.to_degrees(lighter)
    parents = [_dissolve(wards[members]) for members in _members(shapes) if members.any()]
    return replace(shapes, wards=wards, parents=_objects(parents))


def _members(shapes: MapShapes) -> list[NDArray[np.bool_]]:
    inside = shapely.point_on_surface(shapes.wards)
    return [shapely.contains(parent, inside) for parent in shapes.parents]


def label_points(shapes: MapShapes) -> tuple[Floats, Floats, Floats]:
    """Centre of the largest circle inside each ward: longitudes, latitudes and radii.

    A radius is in degrees of latitude (111.32 km each); the centre is true within 2 % of the ward's size.
    """
    plane = Plane(extent(shapes))
    wards = plane.to_metres(shapes.wards)
    sizes = np.sqrt(shapely.area(wards))
    lighter = shapely.simplify(wards, sizes * 0.01)
    circles = shapely.maximum_inscribed_circle(lighter, sizes * 0.02)
    centres = plane.unproject(shapely.get_coordinates(shapely.get_point(circles, 0)))
    return centres[:, 0], centres[:, 1], shapely.length(circles) / METRES_PER_DEGREE


def find_inset(shapes: MapShapes) -> Extent | None:
    """The crowded centre worth enlarging, None when every ward can carry its number or there are few.

    Worth it: seen whole, the typical ward among the smallest quarter is narrower than a number disc
    (18 px) with the ward's outline around it.
    Chosen: the smallest window around the middles of most of those wards, small enough to be enlarged
    twofold in a third of the map's width; None when they lie scattered.
    """
    if len(shapes.wards) < FEW_WARDS:
        return None
    plane = Plane(extent(shapes))
    wards = plane.to_metres(shapes.wards)
    west, south, east, north = shapely.total_bounds(wards)
    side = max(east - west, north - south)
    sizes = np.sqrt(shapely.area(wards))
    small = sizes <= np.quantile(sizes, 0.25)
    typical = float(np.median(sizes[small]))
    if typical * VIEW_PX / side >= ROOM_PX:
        return None
    centres = shapely.get_coordinates(shapely.centroid(wards[small]))
    chosen = _crowded(centres, side)
    if chosen is None:
        return None
    window = np.empty(1, dtype=object)
    window[0] = _frame(shapely.total_bounds(shapely.points(centres[chosen])), 0.4 * typical)
    w, s, e, n = shapely.total_bounds(plane.to_degrees(window))
    return float(w), float(s), float(e), float(n)


def _crowded(centres: Floats, side: float) -> NDArray[np.bool_] | None:
    """Which of the small wards lie in the best window; None when no window holds enough of them."""
    for share, enough in WINDOWS:
        half = np.array([share * side / 2, share * side / 2 / WINDOW_RATIO])
        apart = np.abs(centres[:, None, :] - centres[None, :, :])
        near: NDArray[np.bool_] = (apart[:, :, 0] <= half[0]) & (apart[:, :, 1] <= half[1])
        most: NDArray[np.bool_] = near[int(near.sum(axis=1).argmax())]
        if most.mean() >= enough:
            return most
    return None


def _frame(bounds: Floats, pad: float) -> shapely.Polygon:
    """Bounds with some air, brought to the window's shape."""
    west, south, east, north = bounds
    width = max(east - west + 2 * pad, (north - south + 2 * pad) * WINDOW_RATIO)
    height = width / WINDOW_RATIO
    x, y = (west + east) / 2, (south + north) / 2
    window: shapely.Polygon = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return window
