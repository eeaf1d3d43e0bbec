"""Where the map, its inset, scale bar and north arrow go: as large as can be without covering a ward."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
import shapely

from layers.paper_canvas import Canvas
from layers.paper_layout import Layout, Rect
from layers.paper_view import Ground, Shapes, View, fit

MARGIN = 5.0
EDGE = 3.0
SHRINKS = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76)
CLEAR_MM2 = 1.0
BAR_MM = 34.0
NICE = (1, 2, 5)


@dataclass(frozen=True)
class Arrangement:
    """covered: square millimetres of wards under the furniture."""

    view: View
    inset: Rect | None
    bar: "ScaleBar"
    bar_box: Rect
    north_box: Rect
    covered: float


def arrange(canvas: Canvas, ground: Ground, room: Rect, layout: Layout, *, with_inset: bool) -> Arrangement:
    """The first arrangement in which nothing covers a ward, from the largest map down; else the best."""
    best: Arrangement | None = None
    for view, inset in _tries(ground, room, layout, with_inset=with_inset):
        found = _furnish(canvas, ground, view, room, inset)
        if found.covered < CLEAR_MM2:
            return found
        if best is None or found.covered < best.covered:
            best = found
    assert best is not None
    return best


def _tries(
    ground: Ground, room: Rect, layout: Layout, *, with_inset: bool
) -> Iterator[tuple[View, Rect | None]]:
    bounds, margin = ground.bounds(ground.extent), MARGIN * layout.scale
    inner = room.inset(EDGE * layout.scale)
    width, height = layout.inset
    for shrink in SHRINKS:
        if not with_inset:
            yield fit(bounds, room, margin=margin, shrink=shrink), None
            continue
        for left, top in ((0.0, 1.0), (1.0, 1.0), (0.0, 0.0)):
            x, y = inner.x + left * (inner.width - width), inner.y + top * (inner.height - height)
            for align in ((0.5, 0.5), (1 - left, 1 - top)):
                view = fit(bounds, room, margin=margin, align=align, shrink=shrink)
                yield view, Rect(x, y, width, height)


def _furnish(canvas: Canvas, ground: Ground, view: View, room: Rect, inset: Rect | None) -> Arrangement:
    """Scale bar and north arrow where they cover the least."""
    blocked = view.place_shapes(ground.outline)
    inner = room.inset(2.5 * canvas.scale)
    bar = make_scale_bar(view, BAR_MM * canvas.scale)
    size = bar.length + 14 * canvas.scale, 7.4 * canvas.scale
    bars = [_corner(inner, size, x, y) for x, y in ((0.93, 1), (1, 1), (0.75, 1), (0.55, 1), (0, 1), (0, 0))]
    bar_box, under_bar = least_covering(_clear_of(bars, [inset]), blocked)
    size = 8 * canvas.scale, 13 * canvas.scale
    norths = [_corner(inner, size, x, y) for x, y in ((1, 0), (0, 0), (1, 0.85), (0, 0.85))]
    north_box, under_north = least_covering(_clear_of(norths, [inset, bar_box]), blocked)
    under_inset = least_covering([inset], blocked)[1] if inset else 0.0
    return Arrangement(view, inset, bar, bar_box, north_box, under_bar + under_north + under_inset)


def _corner(room: Rect, size: tuple[float, float], right: float, down: float) -> Rect:
    width, height = size
    return Rect(room.x + right * (room.width - width), room.y + down * (room.height - height), width, height)


def _clear_of(boxes: Sequence[Rect], taken: Sequence[Rect | None]) -> Sequence[Rect]:
    free = [box for box in boxes if not any(other and box.touches(other) for other in taken)]
    return free or boxes


def least_covering(candidates: Sequence[Rect], blocked: Shapes) -> tuple[Rect, float]:
    """The first of the boxes that cover the least of what is blocked, and how much (mm2)."""
    boxes = shapely.box(*np.array([box.bounds for box in candidates]).T)
    covered = [float(shapely.area(shapely.intersection(blocked, box)).sum()) for box in boxes]
    best = int(np.argmin(np.round(covered, 2)))
    return candidates[best], covered[best]


@dataclass(frozen=True)
class ScaleBar:
    """A round length in metres and what it measures on the sheet."""

    metres: float
    length: float


def make_scale_bar(view: View, most: float) -> ScaleBar:
    """The longest of 1, 2, 5, 10 … that is at most `most` millimetres long."""
    reach = most / view.mm_per_m
    power = 10.0 ** floor(log10(reach))
    metres = max(nice * power for nice in NICE if nice * power <= reach * (1 + 1e-9))
    return ScaleBar(metres, metres * view.mm_per_m)
