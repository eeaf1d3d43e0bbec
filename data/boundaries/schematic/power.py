"""Power diagram: each site takes the points for which |x - site|² - weight is least.

A cell may come out in several parts where the domain is not convex; the caller must look.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

Floats = NDArray[np.float64]
Objects = NDArray[np.object_]
Ring = list[tuple[Floats, int]]


@dataclass(frozen=True)
class Cells:
    """Cells in the order of the sites; `borders` gives each pair i < j the length of their border."""

    polygons: Objects
    borders: dict[tuple[int, int], float]

    @property
    def areas(self) -> Floats:
        return np.asarray(shapely.area(self.polygons), dtype=float)

    @property
    def middles(self) -> Floats:
        return np.asarray(shapely.get_coordinates(shapely.centroid(self.polygons)), dtype=float)


def cut_cells(sites: Floats, weights: Floats, domain: shapely.Polygon) -> Cells:
    """The power diagram within the domain. Metres; a site hidden by the others has an empty cell."""
    west, south, east, north = domain.buffer(1.0).bounds
    frame = [np.array(corner) for corner in ((west, south), (east, south), (east, north), (west, north))]
    polygons = np.empty(len(sites), dtype=object)
    borders: dict[tuple[int, int], float] = {}
    shapely.prepare(domain)
    for site, others in enumerate(_find_neighbours(sites, weights)):
        ring: Ring = [(corner, -1) for corner in frame]
        for other in others:
            normal = 2 * (sites[other] - sites[site])
            middle = (sites[other] + sites[site]) / 2
            ring = _clip(ring, normal, float(normal @ middle + weights[site] - weights[other]), other)
        visible = bool(others) and len(ring) > 2
        cell = shapely.Polygon([point for point, _ in ring] if visible else None)
        polygons[site] = shapely.intersection(cell, domain)
        for place, (point, neighbour) in enumerate(ring):
            if neighbour > site:
                border = shapely.LineString([point, ring[(place + 1) % len(ring)][0]])
                borders[site, neighbour] = float(shapely.length(shapely.intersection(border, domain)))
    return Cells(polygons, borders)


def _find_neighbours(sites: Floats, weights: Floats) -> list[list[int]]:
    """Edges of the regular triangulation: the lower hull of the sites lifted by |p|² - weight."""
    centred = sites - sites.mean(axis=0)
    height = (centred**2).sum(axis=1) - weights
    hull = ConvexHull(np.column_stack([centred, height / np.abs(height).max() * np.abs(centred).max()]))
    found: list[set[int]] = [set() for _ in sites]
    for corners in hull.simplices[hull.equations[:, 2] < 0]:
        for corner in corners:
            found[int(corner)].update(int(other) for other in corners if other != corner)
    return [sorted(others) for others in found]


def _clip(ring: Ring, normal: Floats, offset: float, label: int) -> Ring:
    """Keep where normal·x <= offset; each vertex of the convex ring carries the label of its next edge."""
    kept: Ring = []
    excess = [float(normal @ point) - offset for point, _ in ring]
    for place, (point, edge) in enumerate(ring):
        after = (place + 1) % len(ring)
        stays = excess[place] <= 0
        if stays:
            kept.append((point, edge))
        if stays != (excess[after] <= 0):
            share = excess[place] / (excess[place] - excess[after])
            kept.append((point + share * (ring[after][0] - point), label if stays else edge))
    return kept
