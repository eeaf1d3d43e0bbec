"""The map itself, drawn into a window: fills, hatch, borders, outlines, marks and numbers."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from matplotlib.artist import Artist
from numpy.typing import NDArray

from layers.palettes import (
    DISTRICT_LINE,
    GAP_LINE,
    GROUND_PRINT,
    HALO,
    HATCH_FILL,
    HATCH_LINE,
    HATCH_SPACING_PX,
    HATCH_WIDTH_PX,
    SELECTED_LINE,
    TARGET_LINE,
    WARD_LINE,
    WARD_LINE_PALE,
    ZERO,
)
from layers.paper_canvas import Canvas
from layers.paper_hatch import hatch_lines
from layers.paper_layout import Rect
from layers.paper_marks import DISC_PX, FORMER_DASH, GAP_DASH, MARK_PX, draw_code, draw_disc, draw_mark
from layers.paper_view import Ground, Shapes, View
from layers.shapes import Floats
from layers.spec import MapSpec, OutlineKind

WARD_PX, DISTRICT_PX = 0.7, 1.15
TARGET_PX, CASING_PX = 2.2, 4.4
SELECTED_PX, SELECTED_CASING_PX = 3.4, 6.5
LEAST_MARK_PX = 4.0
TRANSPARENT = "#FFFFFF00"


@dataclass(frozen=True)
class Picture:
    """What a spec says about each ward, by its place in the shapes."""

    spec: MapSpec
    ground: Ground

    @cached_property
    def fills(self) -> list[str | None]:
        classes = self.spec.choropleth.classes
        return [classes[class_id].fill for class_id in self.spec.choropleth.ward_class]

    @cached_property
    def place_of(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.ground.shapes.ward_codes)}

    def outlined(self, kind: OutlineKind) -> list[int]:
        """Places of the wards that have this outline."""
        codes = dict.fromkeys(
            code for outline in self.spec.outlines if outline.kind == kind for code in outline.ward_codes
        )
        return [self.place_of[code] for code in codes]

    @cached_property
    def numbers(self) -> dict[int, str]:
        """The number of each numbered ward."""
        return {
            self.place_of[code]: str(number)
            for outline in self.spec.outlines
            for code, number in zip(outline.ward_codes, outline.numbers, strict=False)
        }

    @cached_property
    def both(self) -> frozenset[int]:
        """Wards that are a target and have many incidents and few cameras."""
        return frozenset(self.outlined("target")) & frozenset(self.outlined("gap"))


@dataclass(frozen=True)
class Window:
    """A picture seen through a view, with what was drawn into it."""

    picture: Picture
    view: View
    zorder: float
    name: str

    @cached_property
    def shown(self) -> NDArray[np.intp]:
        """Places of the wards that reach into the window."""
        return np.flatnonzero(shapely.intersects(self.picture.ground.wards, shapely.box(*self.view.bounds)))

    @cached_property
    def wards(self) -> Shapes:
        return self.view.place_shapes(self.picture.ground.wards)

    @cached_property
    def parents(self) -> Shapes:
        return self.view.place_shapes(self.picture.ground.parents)

    @cached_property
    def circles(self) -> tuple[Floats, Floats]:
        """Centres and radii of the largest circle in each ward, in millimetres."""
        centres, radii = self.picture.ground.circles
        return self.view.place(centres), radii * self.view.mm_per_m


def draw_window(canvas: Canvas, window: Window) -> dict[int, Rect]:
    """Draw the map; gives the box that each ward's disc or mark takes, by the ward's place."""
    clip = canvas.rect(window.view.box, fill=GROUND_PRINT, zorder=window.zorder)
    _draw_fills(canvas, window, clip)
    parents, line = window.parents, DISTRICT_LINE
    canvas.polygons(parents, clip=clip, line=line, width_px=DISTRICT_PX, zorder=window.zorder + 0.3)
    _draw_outlines(canvas, window, clip)
    badges = _place_badges(canvas, window)
    for place, badge in badges.items():
        _draw_badge(canvas, window, place, badge)
    return badges


def _draw_fills(canvas: Canvas, window: Window, clip: Artist) -> None:
    places, fills, z = window.shown, window.picture.fills, window.zorder
    wards = window.wards
    hatched = [place for place in places if fills[place] is None]
    pale = [place for place in places if fills[place] in (None, HATCH_FILL, ZERO)]
    canvas.polygons(wards[hatched], clip=clip, fills=HATCH_FILL, zorder=z + 0.02)
    canvas.polygons(
        wards[places],
        clip=clip,
        fills=[fills[place] or TRANSPARENT for place in places],
        line=WARD_LINE,
        width_px=WARD_PX,
        zorder=z + 0.05,
        gid=f"{window.name}/wards",
    )
    box = shapely.box(*window.view.box.bounds)
    spacing = canvas.mm(HATCH_SPACING_PX)
    lines = [line for place in hatched for line in hatch_lines(wards[place].intersection(box), spacing)]
    canvas.segments(lines, clip=clip, colour=HATCH_LINE, width_px=HATCH_WIDTH_PX, zorder=z + 0.1)
    canvas.polygons(wards[pale], clip=clip, line=WARD_LINE_PALE, width_px=WARD_PX, zorder=z + 0.2)


def _draw_outlines(canvas: Canvas, window: Window, clip: Artist) -> None:
    picture, z, seen = window.picture, window.zorder, set(window.shown)
    targets = [place for place in picture.outlined("target") if place in seen]
    gaps = [place for place in picture.outlined("gap") if place in seen and place not in picture.both]
    selected = [place for place in picture.outlined("selected") if place in seen]
    wards = window.wards
    former = [place for place in picture.outlined("former") if place in seen and place not in set(targets)]
    casing = [*gaps, *former, *targets]
    canvas.polygons(wards[casing], clip=clip, line=HALO, width_px=CASING_PX, zorder=z + 0.4)
    canvas.polygons(wards[gaps], clip=clip, line=GAP_LINE, width_px=TARGET_PX, dash=GAP_DASH, zorder=z + 0.42)
    canvas.polygons(
        wards[former], clip=clip, line=TARGET_LINE, width_px=TARGET_PX, dash=FORMER_DASH, zorder=z + 0.43
    )
    canvas.polygons(wards[targets], clip=clip, line=TARGET_LINE, width_px=TARGET_PX, zorder=z + 0.44)
    canvas.polygons(wards[selected], clip=clip, line=HALO, width_px=SELECTED_CASING_PX, zorder=z + 0.46)
    canvas.polygons(wards[selected], clip=clip, line=SELECTED_LINE, width_px=SELECTED_PX, zorder=z + 0.48)


def _place_badges(canvas: Canvas, window: Window) -> dict[int, Rect]:
    """Where discs and marks go: at the ward's widest place, discs pushed apart where they would touch."""
    centres, radii = window.circles
    picture, frame = window.picture, window.view.box
    disc = canvas.mm(DISC_PX) + canvas.mm(1)
    numbered = [place for place in window.shown if place in picture.numbers or place in picture.both]
    spots = _push_apart({place: centres[place] for place in numbered}, 2 * disc)
    boxes = {place: _around(spot, disc) for place, spot in spots.items()}
    classes, ward_class = picture.spec.choropleth.classes, picture.spec.choropleth.ward_class
    for place in window.shown:
        entry = classes[ward_class[place]]
        if place in boxes or not (entry.mark or entry.code):
            continue
        if radii[place] >= canvas.mm(LEAST_MARK_PX):
            boxes[place] = _around(centres[place], min(canvas.mm(MARK_PX), 0.8 * radii[place]))
    discs = [box for place, box in boxes.items() if place in spots]
    return {
        place: box
        for place, box in boxes.items()
        if frame.holds(box) and (place in spots or not any(box.touches(other) for other in discs))
    }


def _draw_badge(canvas: Canvas, window: Window, place: int, badge: Rect) -> None:
    picture, z = window.picture, window.zorder
    x, y, radius = badge.x + badge.width / 2, badge.y + badge.height / 2, badge.width / 2
    if place in picture.numbers or place in picture.both:
        both = place in picture.both
        draw_disc(canvas, picture.numbers.get(place, ""), x, y, both=both, zorder=z + 0.6)
        return
    entry = picture.spec.choropleth.classes[picture.spec.choropleth.ward_class[place]]
    if entry.mark:
        draw_mark(canvas, entry.mark, x, y, radius, zorder=z + 0.55)
    elif entry.code:
        draw_code(canvas, entry, x, y, zorder=z + 0.55)


def _push_apart(spots: dict[int, Floats], distance: float) -> dict[int, Floats]:
    """Points moved a little until no two are nearer than `distance`; the first ones move least."""
    placed = {place: spot.astype(float).copy() for place, spot in spots.items()}
    for _ in range(24):
        moved = False
        keys = list(placed)
        for i, first in enumerate(keys):
            for second in keys[i + 1 :]:
                apart = placed[second] - placed[first]
                length = float(np.hypot(*apart))
                if length >= distance - 1e-6:
                    continue
                moved = True
                way = apart / length if length > 1e-9 else np.array([1.0, 0.0])
                push = way * (distance - length) / 2
                placed[first] -= push
                placed[second] += push
        if not moved:
            break
    return placed


def _around(spot: Floats, radius: float) -> Rect:
    return Rect(float(spot[0]) - radius, float(spot[1]) - radius, 2 * radius, 2 * radius)
