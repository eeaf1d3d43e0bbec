"""The wards of a later boundary version, put together from the drawn ones and from parts of them.

A divided ward is cut by one straight line into pieces of the shares told, each on the side that faces the
rest of the ward that it went to. Where the true line runs is not known.
"""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .borders import GRID_M
from .power import Objects

HALVINGS = 60


def merge_wards(codes: list[str], wards: Objects, parts: pd.DataFrame) -> dict[str, BaseGeometry]:
    """One outline per new_code, in the order of first mention; metres.

    parts: old_code, new_code, whole, weight_area. Each border keeps every vertex of both its sides.
    """
    drawn = dict(zip(codes, wards, strict=True))
    whole = parts[parts["whole"]]
    rest = {
        str(new): shapely.union_all([drawn[code] for code in group["old_code"]])
        for new, group in whole.groupby("new_code")
    }
    pieces = [(drawn[old], new) for old, new in zip(whole["old_code"], whole["new_code"], strict=True)]
    for old, group in parts[~parts["whole"]].groupby("old_code"):
        pieces += _divide(drawn[str(old)], group.sort_values("weight_area"), rest)
    faces = _redraw([shape for shape, _ in pieces])
    new_codes = np.array([new for _, new in pieces], dtype=object)
    return {
        str(new): shapely.coverage_union_all(faces[new_codes == new]) for new in parts["new_code"].unique()
    }


def _divide(
    ward: BaseGeometry, parts: pd.DataFrame, rest: dict[str, BaseGeometry]
) -> list[tuple[BaseGeometry, str]]:
    """The smallest part is cut off first; the largest keeps what is left."""
    left, pieces = ward, []
    for new, share in zip(parts["new_code"][:-1], parts["weight_area"][:-1], strict=True):
        piece = _cut_off(left, share * ward.area, rest[str(new)])
        left = left - piece
        pieces.append((piece, str(new)))
    return [*pieces, (left, str(parts["new_code"].iloc[-1]))]


def _cut_off(ward: BaseGeometry, area: float, toward: BaseGeometry) -> BaseGeometry:
    """The part of that area on the side where the ward borders on `toward`."""
    border = shapely.intersection(ward.boundary, toward.boundary)
    facing = _point(shapely.centroid(border)) - _point(ward.centroid)
    facing /= np.hypot(*facing)
    along = shapely.get_coordinates(ward) @ facing
    low, high = float(along.min()), float(along.max())
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if shapely.intersection(ward, _half_plane(ward, facing, middle)).area > area:
            low = middle
        else:
            high = middle
    return shapely.intersection(ward, _half_plane(ward, facing, high))


def _half_plane(ward: BaseGeometry, facing: NDArray[np.float64], distance: float) -> shapely.Polygon:
    """All that lies at least so far in a direction, as far as the ward could reach."""
    reach = 2 * ward.length
    across = np.array([-facing[1], facing[0]])
    near = _point(ward.centroid)
    start = near + (distance - near @ facing) * facing
    corners = [start - reach * across, start + reach * across]
    return shapely.Polygon([*corners, *(corner + reach * facing for corner in corners[::-1])])


def _redraw(shapes: list[BaseGeometry]) -> Objects:
    """The same shapes, in order, from common lines, so that a cut's ends are vertices of all neighbours."""
    outlines = shapely.boundary(np.array(shapes, dtype=object))
    faces = shapely.get_parts(
        shapely.polygonize(shapely.get_parts(shapely.union_all(outlines, grid_size=GRID_M)))
    )
    inside = shapely.point_on_surface(faces)
    owner, face = shapely.STRtree(inside).query(np.array(shapes, dtype=object), predicate="contains")
    if sorted(owner) != list(range(len(shapes))) or len(faces) != len(shapes):
        raise RuntimeError("the pieces do not close round one face each")
    return np.asarray(faces[face[np.argsort(owner)]])


def _point(point: shapely.Point) -> NDArray[np.float64]:
    return np.array([point.x, point.y])
