"""From facts to wards: outline, cells, bent borders, and areas set right after the bending."""

import numpy as np
import shapely
from numpy.typing import NDArray

from .borders import bend_borders
from .fitting import fit_areas, fit_middles
from .outline import grow_outline
from .power import Objects

Floats = NDArray[np.float64]
ISLANDS = {"31213": (2.0, -42.0)}
AREA_TOLERANCE = 0.005
CORRECTIONS = 8


def draw_wards(codes: list[str], centres: Floats, areas: Floats) -> Objects:
    """One polygon per ward; metres and square metres."""
    islands = {codes.index(code): shape for code, shape in ISLANDS.items()}
    domain = grow_outline(centres, areas, islands)
    diagram = fit_middles(centres, areas, domain, rounds=20)
    wanted = areas.copy()
    for _ in range(CORRECTIONS):
        wards = bend_borders(diagram.cut().polygons, domain, centres)
        ratio = areas / shapely.area(wards)
        if np.abs(ratio - 1).max() < AREA_TOLERANCE:
            break
        wanted = wanted * ratio
        diagram = fit_areas(diagram, wanted)
    return wards
