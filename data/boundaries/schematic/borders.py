"""Straight cells made into wards: each border is bent once, so both neighbours keep the same line."""

import numpy as np
import shapely
from numpy.typing import NDArray

from .lines import wave_line
from .power import Objects

Floats = NDArray[np.float64]
GRID_M = 0.001
ATTEMPTS = 20


def bend_borders(cells: Objects, domain: shapely.Polygon, centres: Floats) -> Objects:
    """One ward for each cell, in the same order, with every vertex of a common border shared.

    Borders are calmed where bent ones would cross or put a ward's centre into its neighbour.
    """
    drawn = shapely.union_all(shapely.boundary(cells), grid_size=GRID_M)
    arcs = shapely.get_parts(shapely.line_merge(drawn))
    halfway = shapely.line_interpolate_point(arcs, 0.5, normalized=True)
    bends = shapely.distance(halfway, domain.exterior) > 1
    pairs = [_nearest_two(point, cells) for point in halfway]
    calm = np.where(bends, 1.0, 0.0)
    for _ in range(ATTEMPTS):
        lines = arcs.copy()
        for place in np.flatnonzero(bends):
            lines[place] = _bend(arcs[place], pairs[place], float(calm[place]))
        wards = _close(lines, cells)
        wrong = _find_crossing(lines)
        if wards is not None:
            lost = set(np.flatnonzero(~shapely.contains_xy(wards, *centres.T)).tolist())
            wrong |= {place for place, pair in enumerate(pairs) if lost & set(pair)}
            if not wrong:
                return wards
        calm[list(wrong)] /= 2
    raise RuntimeError("borders still cross or part a ward from its centre")


def _nearest_two(point: shapely.Point, cells: Objects) -> tuple[int, int]:
    one, other = np.argsort(shapely.distance(cells, point), kind="stable")[:2]
    return int(min(one, other)), int(max(one, other))


def _bend(arc: shapely.LineString, pair: tuple[int, int], calm: float) -> shapely.LineString:
    start, end = sorted(shapely.get_coordinates(arc)[[0, -1]].tolist())
    bent = wave_line(np.array(start), np.array(end), pair, calm=calm)
    return shapely.LineString(np.round(bent, 3))


def _close(lines: Objects, cells: Objects) -> Objects | None:
    """Wards in the order of the cells, or None where the lines do not close round each of them."""
    wards = shapely.get_parts(shapely.polygonize(lines))
    if len(wards) != len(cells):
        return None
    shared = shapely.area(shapely.intersection(wards[:, None], cells[None, :])).argmax(axis=0)
    return wards[shared] if len(set(shared.tolist())) == len(cells) else None


def _find_crossing(lines: Objects) -> set[int]:
    """Lines that cross themselves, or meet another elsewhere than at a shared end."""
    found = set(np.flatnonzero(~shapely.is_simple(lines)).tolist())
    for one, other in shapely.STRtree(lines).query(lines, predicate="intersects").T.tolist():
        if one < other:
            ends = shapely.intersection(lines[one].boundary, lines[other].boundary)
            if not shapely.equals(shapely.intersection(lines[one], lines[other]), ends):
                found |= {one, other}
    return found
