"""Points to wards by a grid of cells: a point in a cell that no border touches needs no test of its own.

A cell is touched when any segment of any ring comes within MARGIN_CELLS of it. Cells that are not touched
and share a side lie on the same side of every border, so one exact test tells the ward of all of them. Cells
that are touched, or lie where wards overlap, send their points to the shapes themselves: the answers are
those of `ExactFinder`, point for point.

Why no rounding can spoil this: a coordinate's cell is a subtraction, a multiplication and a floor, each of
which keeps the order of numbers, for vertices and points alike; their errors stay below 1e-11 of a cell and
the margin is a hundred thousand times that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage

from geo.join_exact import NO_WARD, ExactFinder, Flags, Floats, Ints

MARGIN_CELLS = 1e-6
MOST_SIDE = 4096
MOST_TOUCHED = 30_000_000
PIECES_AT_ONCE = 1_000_000
FINEST_CELL_ULPS = 1e6
# What testing one point costs, in cells or in segments dealt with in that time. Measured on cities of 83 and
# 558 wards: from 15 to 120 cells it makes less than a tenth of a difference.
CELLS_PER_TEST = 60
SEGMENTS_PER_TEST = 3
FEWEST_POINTS = 1_000
OPEN = -2


@dataclass(frozen=True)
class Frame:
    """The square table laid over the extent of all wards: n_side columns and rows of equal size."""

    west: float
    south: float
    east: float
    north: float
    n_side: int

    def to_cells(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Columns and rows as numbers with fractions."""
        width, height = self.east - self.west, self.north - self.south
        return (x - self.west) * (self.n_side / width), (y - self.south) * (self.n_side / height)

    def snap(self, along: Floats) -> Ints:
        """The column or row that holds each number; those beyond the last belong to the last."""
        whole: Ints = np.floor(along).astype(np.int64)
        return np.clip(whole, 0, self.n_side - 1, out=whole)

    def middle_of(self, cell: Ints) -> Floats:
        """A row of x, y for each cell."""
        row, column = np.divmod(cell, self.n_side)
        width, height = self.east - self.west, self.north - self.south
        x = self.west + (column + 0.5) / self.n_side * width
        return np.column_stack((x, self.south + (row + 0.5) / self.n_side * height))


@dataclass(frozen=True)
class GridFinder:
    """wards: for each cell, row by row from the south-west, its ward, NO_WARD, or OPEN where only the shapes
    can tell."""

    frame: Frame
    wards: NDArray[np.int32]
    exact: ExactFinder

    @classmethod
    def build(cls, exact: ExactFinder, n_points: int) -> Self | None:
        """A grid as fine as so many points repay; None where none would."""
        n_corners = int(shapely.get_num_coordinates(exact.shapes).sum())
        if n_points < max(FEWEST_POINTS, n_corners / SEGMENTS_PER_TEST):
            return None
        segments = list_segments(exact.shapes)
        frame = choose_frame(segments, n_points)
        if frame is None:
            return None
        touched = mark_touched(segments, frame)
        return cls(frame, settle_cells(touched, frame, exact), exact)

    def place(self, x: Floats, y: Floats) -> tuple[Ints, Flags]:
        """As `ExactFinder.place`."""
        frame = self.frame
        ward = np.full(len(x), NO_WARD)
        is_edge = np.zeros(len(x), dtype=bool)
        near = (x >= frame.west) & (x <= frame.east) & (y >= frame.south) & (y <= frame.north)
        rows = np.flatnonzero(near)
        u, v = frame.to_cells(x[rows], y[rows])
        found = self.wards[frame.snap(v) * frame.n_side + frame.snap(u)]
        ward[rows] = found
        left = rows[found == OPEN]
        ward[left], is_edge[left] = self.exact.place(x[left], y[left])
        return ward, is_edge


def list_segments(shapes: NDArray[np.object_]) -> Floats:
    """Every side of every ring, holes included: x, y, x, y."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    follows = np.flatnonzero(ring[1:] == ring[:-1])
    return np.column_stack((corners[follows], corners[follows + 1]))


def choose_frame(segments: Floats, n_points: int) -> Frame | None:
    """Weighs the points that must be tested, n_points × length / n_side, against the cells, n_side².

    length: of all borders, in extents. None where the grid would be coarser than the borders, or its cells
    finer than the numbers.
    """
    if not len(segments):
        return None
    x, y = segments[:, [0, 2]], segments[:, [1, 3]]
    west, south, east, north = (float(side) for side in (x.min(), y.min(), x.max(), y.max()))
    width, height = east - west, north - south
    ulp = np.spacing(max(abs(west), abs(south), abs(east), abs(north)))
    finest = int(min(MOST_SIDE, min(width, height) / (FINEST_CELL_ULPS * ulp)))
    if finest < 1:
        return None
    length = float(np.abs(x[:, 1] - x[:, 0]).sum() / width + np.abs(y[:, 1] - y[:, 0]).sum() / height)
    wanted = (n_points * length * CELLS_PER_TEST / 2) ** (1 / 3)
    n_side = int(min(wanted, finest, MOST_TOUCHED / length))
    return Frame(west, south, east, north, n_side) if n_side > length / 4 else None


def mark_touched(segments: Floats, frame: Frame) -> NDArray[np.bool_]:
    """Which cells any segment touches, the margin included: n_side rows from the south."""
    u, v = frame.to_cells(segments[:, [0, 2]], segments[:, [1, 3]])
    touched = np.zeros(frame.n_side * frame.n_side, dtype=bool)
    first, last = _span(u.min(axis=1), u.max(axis=1), frame)
    n_rows = np.abs(v[:, 1] - v[:, 0]) + 2
    for part in _split(last - first + 1 + n_rows.astype(np.int64)):
        segment, column = _count_up(first[part], last[part])
        low, high = _clip(u[part][segment], v[part][segment], column)
        piece, row = _count_up(*_span(low, high, frame))
        touched[row * frame.n_side + column[piece]] = True
    return touched.reshape(frame.n_side, frame.n_side)


def _span(low: Floats, high: Floats, frame: Frame) -> tuple[Ints, Ints]:
    return frame.snap(low - MARGIN_CELLS), frame.snap(high + MARGIN_CELLS)


def _split(n_pieces: Ints) -> Iterator[slice]:
    """Runs of segments of about PIECES_AT_ONCE pieces each, so that memory stays small."""
    turn = np.cumsum(n_pieces) // PIECES_AT_ONCE
    cuts = [0, *(np.flatnonzero(np.diff(turn)) + 1).tolist(), len(n_pieces)]
    return (slice(start, end) for start, end in pairwise(cuts))


def _count_up(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """(which pair, number) for every number from first to last of every pair."""
    n = last - first + 1
    pair = np.repeat(np.arange(len(n)), n)
    return pair, np.arange(len(pair)) - np.repeat(np.cumsum(n) - n - first, n)


def _clip(u: Floats, v: Floats, column: Ints) -> tuple[Floats, Floats]:
    """Lowest and highest row of each segment within its column, the margin included. An upright segment is
    in its column as a whole."""
    across = u[:, 1] - u[:, 0]
    is_upright = across == 0
    across = np.where(is_upright, 1.0, across)
    with np.errstate(over="ignore"):
        enter = (column - MARGIN_CELLS - u[:, 0]) / across
        leave = (column + 1 + MARGIN_CELLS - u[:, 0]) / across
    enter, leave = (np.where(is_upright, whole, part) for whole, part in ((0.0, enter), (1.0, leave)))
    rise = v[:, 1] - v[:, 0]
    one, other = (v[:, 0] + np.clip(part, 0, 1) * rise for part in (enter, leave))
    return np.minimum(one, other), np.maximum(one, other)


def settle_cells(touched: NDArray[np.bool_], frame: Frame, exact: ExactFinder) -> NDArray[np.int32]:
    """The ward of every cell: one exact test for each group of untouched cells that share sides."""
    groups, n_groups = ndimage.label(~touched)
    groups = groups.ravel()
    sample = np.zeros(n_groups + 1, dtype=np.int64)
    sample[groups] = np.arange(len(groups))
    ward, n_inside = exact.look(frame.middle_of(sample[1:]))
    ward = np.where(n_inside > 1, OPEN, ward)
    settled: NDArray[np.int32] = np.concatenate(([OPEN], ward)).astype(np.int32)[groups]
    return settled
