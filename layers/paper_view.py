"""From degrees to millimetres of paper: one equal-area plane per sheet, one scale per view."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.paper_layout import Rect
from layers.shapes import METRES_PER_DEGREE, Extent, Floats, Plane, label_points, whole_outline
from layers.spec import MapShapes

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Ground:
    """The shapes in metres on the sheet's plane, with the largest circle inside each ward."""

    shapes: MapShapes
    extent: Extent

    @cached_property
    def plane(self) -> Plane:
        return Plane(self.extent)

    @cached_property
    def wards(self) -> Shapes:
        return self.plane.to_metres(self.shapes.wards)

    @cached_property
    def parents(self) -> Shapes:
        """Outlines of the districts, or of the whole where there are none."""
        if len(self.shapes.parents):
            return self.plane.to_metres(self.shapes.parents)
        whole = np.empty(1, dtype=object)
        whole[0] = whole_outline(self.shapes)
        return self.plane.to_metres(whole)

    @cached_property
    def outline(self) -> Shapes:
        """The districts' rough outlines, for finding free corners."""
        west, south, east, north = shapely.total_bounds(self.parents)
        return shapely.simplify(self.parents, max(east - west, north - south) / 400)

    @cached_property
    def circles(self) -> tuple[Floats, Floats]:
        """Centres and radii, in metres."""
        longitudes, latitudes, radii = label_points(self.shapes)
        return self.plane.project(np.column_stack([longitudes, latitudes])), radii * METRES_PER_DEGREE

    def bounds(self, extent: Extent) -> Extent:
        """An extent in degrees as bounds in metres."""
        edge = np.empty(1, dtype=object)
        edge[0] = shapely.segmentize(shapely.box(*extent), max(extent[2] - extent[0], 1e-9) / 8)
        west, south, east, north = shapely.total_bounds(self.plane.to_metres(edge))
        return float(west), float(south), float(east), float(north)


@dataclass(frozen=True)
class View:
    """A window on the ground. The point `metres` lies at `paper`; y is turned downwards."""

    box: Rect
    mm_per_m: float
    metres: tuple[float, float]
    paper: tuple[float, float]

    def place(self, metres: Floats) -> Floats:
        """Points in metres to millimetres on the sheet."""
        x = self.paper[0] + (metres[:, 0] - self.metres[0]) * self.mm_per_m
        y = self.paper[1] - (metres[:, 1] - self.metres[1]) * self.mm_per_m
        return np.column_stack([x, y])

    def place_shapes(self, metres: Shapes) -> Shapes:
        return shapely.transform(metres, self.place)

    @property
    def bounds(self) -> Extent:
        """What the window shows, in metres: west, south, east, north."""
        west = self.metres[0] + (self.box.x - self.paper[0]) / self.mm_per_m
        north = self.metres[1] - (self.box.y - self.paper[1]) / self.mm_per_m
        return (
            west,
            north - self.box.height / self.mm_per_m,
            west + self.box.width / self.mm_per_m,
            north,
        )


def fit(
    bounds: Extent,
    box: Rect,
    *,
    margin: float,
    align: tuple[float, float] = (0.5, 0.5),
    shrink: float = 1.0,
) -> View:
    """The bounds as large as the box allows; align says where spare room goes (0.5: both sides alike)."""
    west, south, east, north = bounds
    width, height = max(east - west, 1.0), max(north - south, 1.0)
    inner = box.inset(margin)
    mm_per_m = shrink * min(inner.width / width, inner.height / height)
    x = inner.x + align[0] * (inner.width - width * mm_per_m)
    y = inner.y + align[1] * (inner.height - height * mm_per_m)
    return View(box, mm_per_m, (west, north), (x, y))
