"""The sheet put together: where map, inset and furniture go, and the order they are drawn in."""

import datetime as dt
from dataclasses import dataclass

from matplotlib.figure import Figure

from layers.palettes import INK
from layers.paper_arrange import arrange
from layers.paper_canvas import Canvas
from layers.paper_column import Section, draw_column, fits
from layers.paper_frame import (
    INSET_TITLE_HEIGHT,
    draw_foot,
    draw_inset_frame,
    draw_north,
    draw_note,
    draw_scale_bar,
    draw_title,
    export_lines,
    note_height,
    title_height,
)
from layers.paper_labels import draw_labels, place_labels
from layers.paper_layout import LAYOUTS, Layout, Paper, Rect
from layers.paper_legend import legend_section
from layers.paper_list import figures_section, list_section
from layers.paper_map import Picture, Window, draw_window
from layers.paper_view import Ground, View, fit
from layers.shapes import Extent
from layers.spec import MapShapes, MapSpec

FRAME_PX = 1.3


def draw_sheet(
    spec: MapSpec,
    shapes: MapShapes,
    *,
    paper: Paper,
    dpi: float,
    code: str,
    exported_on: dt.date | None,
) -> Figure:
    layout = LAYOUTS[paper]
    canvas = Canvas(layout.width, layout.height, layout.scale, dpi)
    layout = layout.lower(title_height(canvas, spec, layout.title.width))
    draw_title(canvas, spec, layout.title)
    view = draw_map(canvas, spec, shapes, layout)
    draw_panel(canvas, spec, layout)
    draw_foot(canvas, spec, layout.foot, view, export_lines(spec.words, code, exported_on))
    return canvas.figure


def draw_map(canvas: Canvas, spec: MapSpec, shapes: MapShapes, layout: Layout) -> View:
    """The framed map with its inset and furniture."""
    picture = Picture(spec, Ground(shapes, spec.extent))
    frame = layout.map
    room = frame.cut_bottom(note_height(canvas, spec.note, frame.width))
    found = arrange(canvas, picture.ground, room, layout, with_inset=spec.inset is not None)
    window = Window(picture, found.view, 2.0, "main")
    badges = draw_window(canvas, window)
    draw_scale_bar(canvas, found.bar, found.bar_box, spec.words)
    draw_north(canvas, found.north_box, spec.words)
    taken = [found.bar_box, found.north_box]
    if found.inset:
        within = _draw_inset(canvas, picture, found.inset)
        mark = _frame_on(found.view, within.bounds)
        canvas.rect(mark, line=INK, line_px=0.9, zorder=2.53, gid="inset-place")
        taken += [found.inset, *_sides(mark)]
    enlarged = spec.inset if found.inset else None
    labels = place_labels(canvas, window, spec.labels, badges, taken, leave_out=enlarged)
    draw_labels(canvas, labels, zorder=4)
    draw_note(canvas, spec.note, frame)
    canvas.rect(frame, line=INK, line_px=FRAME_PX, zorder=9, gid="map-frame")
    return found.view


def _draw_inset(canvas: Canvas, picture: Picture, box: Rect) -> View:
    """The enlarged centre in its frame, with its own names."""
    assert picture.spec.inset is not None
    inner = box.cut_top(INSET_TITLE_HEIGHT * canvas.scale)
    view = fit(picture.ground.bounds(picture.spec.inset), inner, margin=0.0)
    window = Window(picture, view, 6.0, "inset")
    badges = draw_window(canvas, window)
    wards = [label for label in picture.spec.labels if label.kind == "ward"]
    draw_labels(canvas, place_labels(canvas, window, wards, badges, []), zorder=6.7)
    draw_inset_frame(canvas, box, picture.spec.words)
    return view


def _frame_on(view: View, bounds: Extent) -> Rect:
    """Another view's window on this one."""
    west, south, east, north = bounds
    x = view.paper[0] + (west - view.metres[0]) * view.mm_per_m
    y = view.paper[1] - (north - view.metres[1]) * view.mm_per_m
    return Rect(x, y, (east - west) * view.mm_per_m, (north - south) * view.mm_per_m)


def _sides(box: Rect, thickness: float = 0.6) -> list[Rect]:
    """A frame's four lines as boxes that names keep away from."""
    half = thickness / 2
    return [
        Rect(box.x, box.y - half, box.width, thickness),
        Rect(box.x, box.bottom - half, box.width, thickness),
        Rect(box.x - half, box.y, thickness, box.height),
        Rect(box.right - half, box.y, thickness, box.height),
    ]


@dataclass(frozen=True)
class Panel:
    """A column of the panel and the sections in it."""

    box: Rect
    sections: list[Section]


def draw_panel(canvas: Canvas, spec: MapSpec, layout: Layout) -> None:
    """Legend, list and figures in one framed column, or in two side by side."""
    canvas.rect(layout.panel, fill="#FFFFFF", line=INK, line_px=FRAME_PX, zorder=0.5, gid="panel")
    inner = layout.panel.inset(3.8 * canvas.scale, 3.0 * canvas.scale)
    for panel in _panels(canvas, spec, layout, inner):
        draw_column(canvas, panel.box, panel.sections)


def _panels(canvas: Canvas, spec: MapSpec, layout: Layout, inner: Rect) -> list[Panel]:
    if layout.columns == 1 or not (spec.listing or spec.figures):
        legend = legend_section(canvas, spec, inner.width)
        return [Panel(inner, [legend, *_facts(canvas, spec, inner, [legend])])]
    gap = 8.0 * canvas.scale
    half = (inner.width - gap) / 2
    left = Rect(inner.x, inner.y, half, inner.height)
    right = Rect(inner.x + half + gap, inner.y, half, inner.height)
    return [
        Panel(left, [legend_section(canvas, spec, half)]),
        Panel(right, _facts(canvas, spec, right, [])),
    ]


def _facts(canvas: Canvas, spec: MapSpec, box: Rect, above: list[Section]) -> list[Section]:
    """The list and the figures; the list gives up its last rows where even the tightest setting overflows."""
    figures = [figures_section(canvas, spec.figures, box.width)] if spec.figures else []
    if not spec.listing or not spec.listing.rows:
        return figures
    listing = list_section(canvas, spec.listing, box.width)
    for n_shown in range(len(spec.listing.rows) - 1, 0, -1):
        if fits(canvas, box, [*above, listing, *figures]):
            break
        listing = list_section(canvas, spec.listing, box.width, n_shown=n_shown)
    return [listing, *figures]
