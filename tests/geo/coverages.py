"""Coverages made to trip a point in polygon, and the points that lie closest to their borders."""

import numpy as np
import shapely
from numpy.typing import NDArray

from tests.mau import make_wards

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]
SEED = 20241122


def as_shapes(*shapes: shapely.Geometry) -> Shapes:
    held = np.empty(len(shapes), dtype=object)
    held[:] = shapes
    return held


def shake(places: Floats) -> Floats:
    """The places themselves and their eight neighbours among the floating-point numbers."""
    axes = [np.stack((np.nextafter(axis, -np.inf), axis, np.nextafter(axis, np.inf))) for axis in places.T]
    return np.concatenate([np.column_stack((x, y)) for x in axes[0] for y in axes[1]])


def list_nasty_points(shapes: Shapes, n_side: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """For a grid of n_side columns and rows over the extent: corners, points on sides, rounded middles,
    crossings of grid lines, and of grid lines with the height of a point on a side, each with its
    neighbours; points all over and around; some of them twice."""
    corners, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shapes)), return_index=True)
    starts = chance.permutation(np.flatnonzero(ring[1:] == ring[:-1]))[:150]
    start, end = corners[starts], corners[starts + 1]
    on_sides = start + chance.random((len(start), 1)) * (end - start)
    middles = (start + end) / 2
    low, high = corners.min(axis=0), corners.max(axis=0)
    size = high - low
    lines = low + chance.integers(0, n_side + 1, (len(start), 2)) / n_side * size
    mixed = np.column_stack((lines[:, 0], on_sides[:, 1]))
    near = shake(np.concatenate((start, on_sides, middles, np.round(middles, 6), lines, mixed, [low, high])))
    around = chance.uniform(low - 0.2 * size, high + 0.2 * size, (3_000, 2))
    places = np.concatenate((near, around, around[:50]))
    return places[:, 0].copy(), places[:, 1].copy()


def make_cells(n: int, chance: np.random.Generator, *, west: float, south: float, size: float) -> Shapes:
    """Cells that share their sides to the last digit, rounded as files are."""
    centres = shapely.multipoints(chance.uniform((west, south), (west + size, south + size), (n, 2)))
    box = shapely.box(west, south, west + size, south + size)
    cells = shapely.get_parts(shapely.voronoi_polygons(centres, extend_to=box))
    lines = shapely.union_all(shapely.boundary(shapely.intersection(cells, box)), grid_size=size * 1e-7)
    faces: Shapes = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    return faces


def make_star(n_corners: int, chance: np.random.Generator) -> shapely.Polygon:
    turn = np.linspace(0, 2 * np.pi, n_corners, endpoint=False)
    reach = 0.3 + 0.0005 * chance.random(n_corners) + 0.1 * np.sin(40 * turn)
    return shapely.Polygon(np.column_stack((105.5 + reach * np.cos(turn), 10.5 + reach * np.sin(turn))))


def make_coverages() -> dict[str, Shapes]:
    chance = np.random.default_rng(SEED)
    cells = make_cells(25, chance, west=105.0, south=10.0, size=0.4)
    squares: Shapes = make_wards().frame.geometry.to_numpy()
    ring = shapely.box(105, 10, 105.1, 10.1).difference(shapely.box(105.03, 10.03, 105.06, 10.07))
    yard = shapely.box(105.04, 10.04, 105.05, 10.05)
    islands = shapely.multipolygons(
        [shapely.box(105 + 0.03 * k, 10 + 0.02 * k, 105.01 + 0.03 * k, 10.011 + 0.02 * k) for k in range(5)]
    )
    star = make_star(100_000, chance)
    return {
        "squares": squares,
        "squares backwards": squares[::-1],
        "cells": cells,
        "cells shuffled": chance.permutation(cells),
        "a hole, and a ward in the hole": as_shapes(ring, yard),
        "a hole that another ward fills": as_shapes(ring, shapely.box(105.03, 10.03, 105.06, 10.07)),
        "islands": as_shapes(islands, shapely.box(105.2, 10, 105.3, 10.2)),
        "overlaps": as_shapes(*cells[:6], *shapely.buffer(cells[3:9], 0.01)),
        "a ward inside another": as_shapes(ring, shapely.box(105.005, 10.005, 105.02, 10.02), ring.envelope),
        "the same ward twice": as_shapes(ring, ring),
        "slivers": as_shapes(
            shapely.box(105, 10, 105.1, 10.1),
            shapely.box(105.1, 10, 105.1 + 1e-9, 10.1),
            shapely.box(105.1 + 2e-9, 10, 105.2, 10.1),
            shapely.Polygon([(105, 10.1), (105.2, 10.1), (105.1, 10.1 + 1e-11)]),
        ),
        "sides almost upright": as_shapes(
            shapely.Polygon([(105, 10), (105.05, 10), (105.05 + 1e-12, 10.1), (105, 10.1)]),
            shapely.Polygon([(105.05, 10), (105.1, 10), (105.1, 10.1), (105.05 + 1e-12, 10.1)]),
        ),
        "half the world": make_cells(12, chance, west=0.0, south=0.0, size=180.0),
        "across the zero lines": make_cells(9, chance, west=-0.1, south=-0.1, size=0.2),
        "a ward of the size of a room": make_cells(5, chance, west=105.0, south=10.0, size=1e-5),
        "a hundred thousand corners": as_shapes(star, shapely.box(105, 10, 106, 11).difference(star)),
    }
