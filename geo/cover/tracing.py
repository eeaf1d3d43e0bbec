"""Along the border of what zones see in each ward, for the area within it by Green's formula.

That border is made of arcs and sides of zones inside the ward, and of stretches of the ward's own border
inside the zones. An arc or side borders what k zones see where k − 1 others lie over it; a stretch of the
ward's border counts where k or more do. Zones must not share stretches of their borders
with each other or with wards.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.cover.discs import Discs, Ints, toward
from geo.cover.spans import (
    Pieces,
    Segments,
    cover_arcs,
    cover_segments,
    cross,
    cross_segments,
    cut_segments,
    find_chord,
    sweep_spans,
)
from geo.cover.zones import FULL, Floats, Shapes

OPEN_M = 0.01
BATCH = 256
LEVELS = (1, 2)


class Tracer:
    """Sums along the borders, per level and ward: area (m²) and how far from closed the border is (m)."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self.tree = shapely.STRtree(shapes)
        bounds = shapely.bounds(shapes)
        self.origin = (bounds[:, :2] + bounds[:, 2:]) / 2
        self.sums = np.zeros((len(LEVELS), len(shapes), 3))
        shapely.prepare(shapes)

    def find_wards(self, places: Floats) -> tuple[Ints, Ints]:
        """(place, ward) pairs: each ward that holds a place; overlapping wards all do."""
        place, ward = self.tree.query(shapely.points(places))
        order = np.argsort(ward, kind="stable")
        place, ward = place[order], ward[order]
        kept = shapely.intersects_xy(self.shapes[ward], *places[place].T)
        return place[kept], ward[kept]

    def add(self, level: int, ward: Ints, area: Floats, run: Floats) -> None:
        for column, values in enumerate((area, run[:, 0], run[:, 1])):
            self.sums[level - 1, :, column] += np.bincount(ward, values, minlength=len(self.shapes))

    def add_straight(self, level: int, ward: Ints, start: Floats, stop: Floats) -> None:
        begin, end = start - self.origin[ward], stop - self.origin[ward]
        self.add(level, ward, cross(begin, end) / 2, end - begin)

    def add_arcs(
        self, level: int, ward: Ints, centre: Floats, radius: Floats, start: Floats, stop: Floats
    ) -> None:
        run = radius[:, None] * (toward(stop) - toward(start))
        area = (radius**2 * (stop - start) + cross(centre - self.origin[ward], run)) / 2
        self.add(level, ward, area, run)

    def is_open(self) -> NDArray[np.bool_]:
        """Wards whose border does not come back to where it began."""
        return np.asarray((np.abs(self.sums[:, :, 1:]) > OPEN_M).any(axis=(0, 2)))


def trace(discs: Discs, shapes: Shapes) -> Tracer:
    tracer = Tracer(shapes)
    borders, ward = _read_borders(shapes)
    segment_tree = shapely.STRtree(borders.shapes())
    zone, segment = segment_tree.query(discs.boxes())
    crossings = _mark_arcs(discs, borders, zone, segment)
    _trace_borders(tracer, borders, ward, discs, segment, zone)
    _trace_arcs(tracer, discs, crossings)
    _trace_sides(tracer, discs, borders, segment_tree)
    return tracer


def _read_borders(shapes: Shapes) -> tuple[Segments, Ints]:
    """All border segments, the shape to their left, and the ward each is of."""
    parts, ward_of_part = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    segments = cut_segments(rings)
    return segments, ward_of_part[part_of_ring[segments.owner]].astype(np.int64)


def _mark_arcs(discs: Discs, borders: Segments, zone: Ints, segment: Ints) -> tuple[Ints, Floats]:
    """Where ward borders cross the zones' circles: (zone, radians from the arc's start)."""
    origin, step = borders.start[segment] - discs.centre[zone], borders.step[segment]
    marks = []
    for part in find_chord(origin, step, discs.radius[zone]):
        hit = (part >= 0) & (part <= 1)
        place = origin[hit] + part[hit][:, None] * step[hit]
        marks.append((zone[hit], (np.arctan2(place[:, 1], place[:, 0]) - discs.start[zone[hit]]) % FULL))
    return np.concatenate([mark[0] for mark in marks]), np.concatenate([mark[1] for mark in marks])


def _trace_borders(
    tracer: Tracer, borders: Segments, ward: Ints, discs: Discs, segment: Ints, zone: Ints
) -> None:
    spans = cover_segments(borders, discs, segment, zone)
    pieces = sweep_spans(*spans, (np.empty(0, np.int64), np.empty(0)))
    for level in LEVELS:
        part = pieces.only(pieces.depth >= level)
        tracer.add_straight(level, ward[part.carrier], *_ends(borders, part))


def _trace_arcs(tracer: Tracer, discs: Discs, crossings: tuple[Ints, Floats]) -> None:
    boxes = discs.boxes()
    tree = shapely.STRtree(boxes)
    inside = crossings[1] < discs.sweep[crossings[0]]
    order = np.argsort(crossings[0][inside], kind="stable")
    crossed, turn = crossings[0][inside][order], crossings[1][inside][order]
    for first in range(0, len(boxes), BATCH):
        own = np.arange(first, min(first + BATCH, len(boxes)))
        one, other = tree.query(boxes[own])
        one = own[one]
        apart = one != other
        spans = cover_arcs(discs, one[apart], other[apart])
        some = slice(*np.searchsorted(crossed, [own[0], own[-1] + 1]))
        marks = (
            np.concatenate([own, own, crossed[some]]),
            np.concatenate([np.zeros(len(own)), discs.sweep[own], turn[some]]),
        )
        pieces = sweep_spans(*spans, marks)
        pieces = pieces.only(pieces.depth < len(LEVELS))
        base = discs.start[pieces.carrier]
        start, stop = base + pieces.start, base + pieces.stop
        radius, centre = discs.radius[pieces.carrier], discs.centre[pieces.carrier]
        piece, ward = tracer.find_wards(centre + radius[:, None] * toward((start + stop) / 2))
        for level in LEVELS:
            chosen = pieces.depth[piece] == level - 1
            arc, home = piece[chosen], ward[chosen]
            tracer.add_arcs(level, home, centre[arc], radius[arc], start[arc], stop[arc])


def _trace_sides(tracer: Tracer, discs: Discs, borders: Segments, segment_tree: shapely.STRtree) -> None:
    """The two straight sides of each sector, outwards along its start and back along its end."""
    zone = np.flatnonzero(~discs.is_whole)
    if not len(zone):
        return
    out, back = (
        discs.radius[zone][:, None] * toward(turn)
        for turn in (discs.start[zone], discs.start[zone] + discs.sweep[zone])
    )
    centre = discs.centre[zone]
    sides = Segments(np.concatenate([centre, centre + back]), np.concatenate([out, -back]), np.tile(zone, 2))
    lines = sides.shapes()
    side, other = shapely.STRtree(discs.boxes()).query(lines)
    apart = sides.owner[side] != other
    spans = cover_segments(sides, discs, side[apart], other[apart])
    crossing = cross_segments(sides, borders, *segment_tree.query(lines))
    every = np.arange(len(lines))
    marks = (
        np.concatenate([every, every, crossing[0]]),
        np.concatenate([np.zeros(len(lines)), np.ones(len(lines)), crossing[1]]),
    )
    pieces = sweep_spans(*spans, marks)
    start, stop = _ends(sides, pieces)
    piece, ward = tracer.find_wards((start + stop) / 2)
    for level in LEVELS:
        chosen = pieces.depth[piece] == level - 1
        tracer.add_straight(level, ward[chosen], start[piece[chosen]], stop[piece[chosen]])


def _ends(segments: Segments, pieces: Pieces) -> tuple[Floats, Floats]:
    return segments.at(pieces.carrier, pieces.start), segments.at(pieces.carrier, pieces.stop)
