"""The fill that means "no information": 45-degree lines, cut exactly to the outline."""

import numpy as np
import shapely
from numpy.typing import NDArray


def hatch_lines(outline: shapely.Geometry, spacing: float) -> list[NDArray[np.float64]]:
    """Lines rising to the right, `spacing` apart; neighbours' lines meet. y grows downwards."""
    if shapely.is_empty(outline):
        return []
    left, top, right, bottom = shapely.bounds(outline)
    step = spacing * 2**0.5
    sums = np.arange(np.ceil((left + top) / step), np.floor((right + bottom) / step) + 1) * step
    ends = [[(left, total - left), (right, total - right)] for total in sums]
    if not ends:
        return []
    cut = shapely.intersection(shapely.linestrings(ends), outline)
    parts = shapely.get_parts(cut)
    return [shapely.get_coordinates(line) for line in parts if shapely.length(line) > 0]
