"""Points to wards by testing the shapes themselves: the rule, and every point that a grid cannot settle.

The rule: the ward that alone contains the point. On an edge, or where wards overlap, the first ward in
file order.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NO_WARD = -1


@dataclass(frozen=True)
class ExactFinder:
    """shapes: in file order, prepared. tree: of their boxes."""

    shapes: NDArray[np.object_]
    tree: shapely.STRtree

    @classmethod
    def build(cls, shapes: NDArray[np.object_]) -> Self:
        shapely.prepare(shapes)
        return cls(shapes, shapely.STRtree(shapes))

    def place(self, x: Floats, y: Floats) -> tuple[Ints, Flags]:
        """Ward position per finite point (-1 none), and whether an edge or an overlap had to be decided."""
        places, index = _find_distinct(x, y)
        ward, n_inside = self.look(places)
        decided = (n_inside != 1) & (ward >= 0)
        return ward[index], decided[index]

    def look(self, places: Floats) -> tuple[Ints, Ints]:
        """The first ward that holds each place (a row of x, y), its edge included where none contains it (-1
        none), and how many contain it."""
        place, ward = self.tree.query(shapely.points(places))
        by_ward = np.lexsort((place, ward))
        place, ward = place[by_ward], ward[by_ward]
        x, y, shapes = places[place, 0], places[place, 1], self.shapes[ward]
        inside = shapely.contains_xy(shapes, x, y)
        n_inside = np.bincount(place[inside], minlength=len(places))
        touching = ~inside & (n_inside[place] == 0)
        touching[touching] = shapely.intersects_xy(shapes[touching], x[touching], y[touching])
        held = inside | touching
        return _pick_first(place[held], ward[held], len(places)), n_inside


def _find_distinct(x: Floats, y: Floats) -> tuple[Floats, Ints]:
    """Incidents crowd at the same doors: each place once, and which one every point is."""
    points = np.empty(len(x), dtype=np.complex128)
    points.real, points.imag = x, y
    distinct, index = np.unique(points, return_inverse=True)
    return distinct.view(np.float64).reshape(-1, 2), index.ravel()


def _pick_first(place: Ints, ward: Ints, n_places: int) -> Ints:
    """The earliest ward of each place, -1 where there is none; the pairs come in file order of the wards."""
    first = np.full(n_places, NO_WARD)
    first[place[::-1]] = ward[::-1]
    return first
