"""An outer outline grown from ward centres and areas alone.

Discs of the wards' areas run together; then each ward's cell is pushed toward its centre and the
outline drawn anew round all of them, a few times over, so that the outline gives way where wards need room.
"""

import itertools

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity

from .fitting import fit_middles
from .lines import wave_line

Floats = NDArray[np.float64]
FILL_M = 5_000.0
SHAVE_M = 1_200.0
STRAIGHTEN_M = 200.0
CALM = 0.7
ROUNDS = 5


def grow_outline(centres: Floats, areas: Floats, islands: dict[int, tuple[float, float]]) -> shapely.Polygon:
    """One polygon without holes, as large as the wards together; metres in, metres out.

    islands: ward -> how many times longer than wide, and its bearing in degrees from east; a long
    island in the river would otherwise start as a disc and bulge.
    """
    discs = shapely.buffer(shapely.points(centres), 0.95 * np.sqrt(areas / np.pi))
    for ward, (ratio, degrees) in islands.items():
        discs[ward] = affinity.rotate(affinity.scale(discs[ward], ratio**0.5, ratio**-0.5), degrees)
    domain = _surround(list(discs), areas.sum())
    for _ in range(ROUNDS):
        cells = fit_middles(centres, areas, domain, rounds=10).cut()
        pushes = centres - cells.middles
        pushed = [affinity.translate(cell, *push) for cell, push in zip(cells.polygons, pushes, strict=True)]
        domain = _surround(pushed, areas.sum())
    return _draw_sides(domain, areas.sum())


def _surround(parts: list[shapely.Geometry], area: float) -> shapely.Polygon:
    filled = shapely.union_all(shapely.buffer(parts, 30)).buffer(FILL_M)
    shaved = _largest(filled.buffer(-FILL_M - SHAVE_M).buffer(SHAVE_M))
    low, high = -3_000.0, 3_000.0
    while high - low > 0.01:
        middle = (low + high) / 2
        if shaved.buffer(middle).area < area:
            low = middle
        else:
            high = middle
    return _largest(_largest(shaved.buffer(high)).simplify(60))


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    return shapely.Polygon(max(shapely.get_parts(shape), key=shapely.area).exterior)


def _draw_sides(domain: shapely.Polygon, area: float) -> shapely.Polygon:
    corners = shapely.get_coordinates(domain.simplify(STRAIGHTEN_M))
    sides = [
        wave_line(corner, after, (place,), calm=CALM)[:-1]
        for place, (corner, after) in enumerate(itertools.pairwise(corners))
    ]
    drawn = shapely.Polygon(np.vstack(sides))
    factor = float(np.sqrt(area / drawn.area))
    return affinity.scale(drawn, factor, factor)
