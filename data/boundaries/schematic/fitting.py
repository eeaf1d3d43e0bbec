"""Cells of given areas near given centres.

Newton's method on the weights of a power diagram (Kitagawa, Mérigot and Thibert 2019) gives the areas;
the sites then move until the middle of each cell lies near the ward's centre.
"""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from .power import Cells, cut_cells

Floats = NDArray[np.float64]
NEWTON_STEPS = 30
LEASH = 0.3
LEASH_GROWTH = 1.15
LONGEST_LEASH = 1.0
ELBOW_ROOM = 0.12


@dataclass(frozen=True)
class Diagram:
    """A power diagram that can be fitted again to other areas."""

    sites: Floats
    weights: Floats
    domain: shapely.Polygon

    def cut(self) -> Cells:
        return cut_cells(self.sites, self.weights, self.domain)


def fit_areas(diagram: Diagram, areas: Floats) -> Diagram:
    """New weights that give each site its share of the domain, to a millionth."""
    areas = areas * (diagram.domain.area / areas.sum())
    cells = diagram.cut()
    if cells.areas.min() <= 0.05 * areas.min():
        diagram = replace(diagram, weights=np.zeros(len(areas)))
        cells = diagram.cut()
    least = 0.5 * min(cells.areas.min(), areas.min())
    for _ in range(NEWTON_STEPS):
        wrong = areas - cells.areas
        if np.abs(wrong / areas).max() < 1e-6:
            break
        step = _newton_step(diagram.sites, cells, wrong)
        for halvings in range(14):
            size = 0.5**halvings
            tried = replace(diagram, weights=diagram.weights + size * step)
            cells = tried.cut()
            still_wrong = np.abs(areas - cells.areas).max()
            if cells.areas.min() > least and still_wrong <= (1 - size / 2) * np.abs(wrong).max():
                break
        diagram = tried
    return diagram


def fit_middles(centres: Floats, areas: Floats, domain: shapely.Polygon, *, rounds: int) -> Diagram:
    """Areas as given, middles as near the centres as power cells allow.

    A site may stray from its centre by LEASH radii of a disc of the ward's area; the leash grows for a
    ward whose centre is outside its cell or hard by its border.
    """
    radius = np.sqrt(areas / np.pi)
    reach = LEASH * radius
    points = shapely.points(centres)
    diagram = fit_areas(Diagram(centres.copy(), np.zeros(len(centres)), domain), areas)
    for _ in range(rounds):
        cells = diagram.cut()
        middles = cells.middles
        crowded = shapely.distance(points, shapely.difference(domain, cells.polygons)) < ELBOW_ROOM * radius
        reach = np.where(crowded, np.minimum(reach * LEASH_GROWTH, LONGEST_LEASH * radius), reach)
        strayed = diagram.sites + 0.5 * (centres - middles) - centres
        share = np.minimum(1, reach / np.maximum(np.hypot(*strayed.T), 1e-9))
        moved = centres + strayed * share[:, None]
        carried = 2 * ((moved - diagram.sites) * (diagram.sites - middles)).sum(axis=1)
        diagram = fit_areas(Diagram(moved, diagram.weights + carried, domain), areas)
    return diagram


def _newton_step(sites: Floats, cells: Cells, wrong: Floats) -> Floats:
    """Change of weights; the first stays, for only differences of weights matter."""
    slope = np.zeros((len(sites), len(sites)))
    for (one, other), length in cells.borders.items():
        pull = length / (2 * float(np.hypot(*(sites[one] - sites[other]))))
        slope[one, other] = slope[other, one] = -pull
    np.fill_diagonal(slope, -slope.sum(axis=1))
    step = np.zeros(len(sites))
    step[1:] = np.linalg.solve(slope[1:, 1:], wrong[1:])
    return step
