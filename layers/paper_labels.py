"""Names on the map: placed in the order of their rank; one that collides is dropped, never shrunk."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.palettes import DISTRICT_LABEL, LABEL
from layers.paper_canvas import Canvas, Style
from layers.paper_layout import Rect
from layers.paper_map import Window
from layers.paper_view import Shapes
from layers.shapes import Extent, Floats
from layers.spec import Label

TARGET = Style(7.8, 600, LABEL)
WARD = Style(7.2, 500, DISTRICT_LABEL)
DISTRICT = Style(7.4, 600, DISTRICT_LABEL)
ABOVE, BELOW = 0.9, 0.24
SPACED = "\N{HAIR SPACE}\N{HAIR SPACE}"
WORD_GAP = "   "
ALMOST = 0.2
# How much worse a place is: one step farther, outside its own area, over an outline, over a marked ward.
FARTHER, ABROAD, CROSSING, STRIKING = 0.25, 60, 40, 25


@dataclass(frozen=True)
class Placed:
    """A name that found room: its words as drawn, their style, centre and baseline, and its box."""

    label: Label
    text: str
    style: Style
    x: float
    baseline: float
    box: Rect


def place_labels(
    canvas: Canvas,
    window: Window,
    labels: Iterable[Label],
    badges: dict[int, Rect],
    taken: Iterable[Rect],
    *,
    leave_out: Extent | None = None,
) -> list[Placed]:
    """The names that fit into the window. taken: boxes that nothing may cover.

    leave_out: an extent in degrees that is enlarged elsewhere; ward names inside wait for that view.
    """
    chosen = sorted((label for label in labels if _wanted(label, leave_out)), key=lambda label: label.rank)
    if not chosen:
        return []
    degrees = np.array([(label.longitude, label.latitude) for label in chosen])
    points = window.view.place(window.picture.ground.plane.project(degrees))
    crowd = _Crowd(canvas, window, badges, [*taken, *badges.values()])
    for label, point in zip(chosen, points, strict=True):
        if window.view.box.bounds[0] <= point[0] <= window.view.box.right:
            crowd.add(label, point)
    return crowd.placed


def draw_labels(canvas: Canvas, placed: Iterable[Placed], *, zorder: float) -> None:
    for name in placed:
        canvas.text(
            name.x,
            name.baseline,
            name.text,
            name.style,
            anchor="center",
            halo=True,
            zorder=zorder,
            gid=f"label/{name.label.kind}",
        )


def _wanted(label: Label, leave_out: Extent | None) -> bool:
    if leave_out is None or label.kind == "district":
        return True
    west, south, east, north = leave_out
    return not (west <= label.longitude <= east and south <= label.latitude <= north)


class _Crowd:
    """Names placed so far and the room that is left."""

    def __init__(self, canvas: Canvas, window: Window, badges: dict[int, Rect], taken: list[Rect]) -> None:
        self.canvas = canvas
        self.window = window
        self.badges = badges
        self.taken = [box.bounds for box in taken]
        self.placed: list[Placed] = []
        self.tree = shapely.STRtree(window.wards)
        targets = window.wards[window.picture.outlined("target") + window.picture.outlined("gap")]
        self.outlines = shapely.union_all(shapely.boundary(targets))
        self.striking = shapely.union_all(window.wards[list(badges)])
        shapely.prepare([self.outlines, self.striking])

    def add(self, label: Label, point: Floats) -> None:
        style = _style(label)
        text = label.text if label.kind == "ward" else space_capitals(label.text)
        width, em = self.canvas.width_of(text, style), self.canvas.em(style)
        height = em * (ABOVE + BELOW)
        own, badge = self._own(label, point)
        if label.kind == "ward" and not label.always and not self._roomy(own, height):
            return
        spots = self._spots(label, point, width, height, badge)
        boxes = shapely.box(
            spots[:, 0] - width / 2,
            spots[:, 1] - height / 2,
            spots[:, 0] + width / 2,
            spots[:, 1] + height / 2,
        )
        penalty = self._penalty(label, boxes, own)
        best = int(np.argmin(penalty))
        if not np.isfinite(penalty[best]):
            return
        x, y = float(spots[best, 0]), float(spots[best, 1])
        box = Rect(x - width / 2, y - height / 2, width, height)
        self.taken.append(box.bounds)
        self.placed.append(Placed(label, text, style, x, box.bottom - em * BELOW, box))

    def _own(self, label: Label, point: Floats) -> tuple[shapely.Geometry | None, Rect | None]:
        """The area that the name belongs to, and the disc or mark that stands there."""
        if label.kind == "district":
            hit = np.flatnonzero(shapely.intersects(self.window.parents, shapely.Point(point)))
            return (self.window.parents[hit[0]] if len(hit) else None), None
        places = self.tree.query(shapely.Point(point), predicate="intersects")
        if not len(places):
            return None, None
        return self.window.wards[places[0]], self.badges.get(int(places[0]))

    def _roomy(self, own: shapely.Geometry | None, height: float) -> bool:
        if own is None:
            return False
        left, top, right, bottom = shapely.bounds(own)
        return bool(right - left > height and bottom - top > height)

    def _spots(self, label: Label, point: Floats, width: float, height: float, badge: Rect | None) -> Floats:
        """Places to try for the middle of the name, the dearest first."""
        if badge is not None:
            x, y = badge.x + badge.width / 2, badge.y + badge.height / 2
            side, up = (badge.width + width) / 2 + 0.5, (badge.height + height) / 2 + 0.15
            steps = [(0, up), (0, -up), (side, 0), (-side, 0), (side * 0.7, up), (-side * 0.7, up)]
            steps += [(side * 0.7, -up), (-side * 0.7, -up)]
            return _about(np.array([x, y]), steps)
        if label.kind == "ward":
            shifts = [(dx * width, dy * height) for dy in (-0.6, 0.6, 0) for dx in (0, -0.2, 0.2)]
            return _about(point, [(0.0, 0.0), *shifts])
        rings = [(0.0, 0.0)]
        for radius in np.arange(1.5, 16.0, 1.5) * self.canvas.scale:
            angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
            rings += [(float(radius * np.cos(a)), float(radius * np.sin(a) * 0.8)) for a in angles]
        return _about(point, rings)

    def _penalty(self, label: Label, boxes: Shapes, own: shapely.Geometry | None) -> Floats:
        """How bad each place is; infinite where the name would collide or leave what it may not leave."""
        bounds = shapely.bounds(boxes)
        frame = self.window.view.box.inset(0.8).bounds
        left, top, right, bottom = bounds.T
        outside = (left < frame[0]) | (top < frame[1]) | (right > frame[2]) | (bottom > frame[3])
        penalty = FARTHER * np.arange(len(boxes), dtype=float)
        if self.taken:
            taken = np.array(self.taken)
            outside = outside | np.array([_covers(box, taken) for box in bounds])
        area = shapely.Polygon() if own is None else shapely.buffer(own, ALMOST)
        within: NDArray[np.bool_] = shapely.within(boxes, area)
        crossing = shapely.intersects(boxes, self.outlines)
        if label.kind == "ward" and not label.always:
            outside = outside | ~within
        penalty += np.where(within, 0, ABROAD) + np.where(crossing, CROSSING, 0)
        if label.kind == "district":
            penalty += np.where(shapely.intersects(boxes, self.striking), STRIKING, 0)
        penalty[outside] = np.inf
        return penalty


def _style(label: Label) -> Style:
    if label.kind == "district":
        return DISTRICT
    return TARGET if label.always else WARD


def _about(point: Floats, shifts: list[tuple[float, float]]) -> Floats:
    return np.array([(point[0] + dx, point[1] + dy) for dx, dy in shifts], dtype=np.float64)


def _covers(box: Floats, taken: Floats) -> bool:
    """Whether a box overlaps any of the boxes taken (left, top, right, bottom)."""
    left, top, right, bottom = box
    hits = (left < taken[:, 2]) & (taken[:, 0] < right) & (top < taken[:, 3]) & (taken[:, 1] < bottom)
    return bool(hits.any())


def space_capitals(text: str) -> str:
    """Spaced capitals, as districts are written."""
    return WORD_GAP.join(SPACED.join(word) for word in text.upper().split())
