"""Marks, number discs and swatches: small signs in millimetres."""

import numpy as np
import shapely
from matplotlib.path import Path

from layers.marks import MARKS, Command
from layers.palettes import (
    GAP_LINE,
    HATCH_FILL,
    HATCH_LINE,
    HATCH_SPACING_PX,
    HATCH_WIDTH_PX,
    SELECTED_LINE,
    TARGET_LINE,
    WARD_LINE_PALE,
    ink_on,
)
from layers.paper_canvas import Canvas, Style
from layers.paper_hatch import hatch_lines
from layers.paper_layout import MM_PER_PX, Rect
from layers.spec import LegendEntry, Mark, OutlineKind

MARK_PX = 4.6
DISC_PX = 7.6
DISC_LINE_PX = 1.5
NUMBER = Style(8.2, 700)
CODE_SIZE = 6.4
CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
GAP_DASH = (5.5, 3.2)
FORMER_DASH = (6.0, 3.5)
SWATCH_MM = 3.6


def mark_path(commands: tuple[Command, ...], x: float, y: float, radius: float) -> Path:
    """A mark's path about a point."""
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, *numbers in commands:
        pairs = np.array(numbers, dtype=float).reshape(-1, 2) if numbers else np.zeros((1, 2))
        points += [(x + radius * dx, y + radius * dy) for dx, dy in pairs]
        codes += [int(CODES[str(letter)])] * len(pairs)
    return Path(points, codes)


def draw_mark(canvas: Canvas, mark: Mark, x: float, y: float, radius: float, *, zorder: float) -> None:
    drawing = MARKS[mark]
    for stroke in drawing.strokes:
        path = mark_path(stroke.commands, x, y, radius)
        if stroke.width:
            width_px = stroke.width * radius / (MM_PER_PX * canvas.scale)
            canvas.path(path, line=drawing.colour, width_px=width_px, cap="round", zorder=zorder)
        else:
            canvas.path(path, fill=drawing.colour, zorder=zorder)


def draw_code(canvas: Canvas, entry: LegendEntry, x: float, y: float, *, zorder: float) -> None:
    """A class's code on its ward, for copies without colour."""
    style = Style(CODE_SIZE, 600, ink_on(entry.fill or HATCH_FILL))
    canvas.text(x, y + canvas.capital(style) / 2, entry.code, style, anchor="center", zorder=zorder)


def draw_disc(canvas: Canvas, number: str, x: float, y: float, *, both: bool, zorder: float) -> None:
    """A target's number; filled when the ward also has many incidents and few cameras."""
    fill, colour = (GAP_LINE, "#FFFFFF") if both else ("#FFFFFF", TARGET_LINE)
    radius = canvas.mm(DISC_PX)
    canvas.disc(x, y, radius, fill=fill, line=TARGET_LINE, line_px=DISC_LINE_PX, zorder=zorder, gid="disc")
    size = NUMBER.size * {0: 1.0, 1: 1.0, 2: 0.86}.get(len(number), 0.66)
    style = Style(size, NUMBER.weight, colour)
    canvas.text(x, y + canvas.capital(style) / 2, number, style, anchor="center", zorder=zorder + 0.01)


def draw_swatch(canvas: Canvas, box: Rect, entry: LegendEntry, *, gid: str) -> None:
    """A class: its fill or the hatch, with its mark."""
    canvas.rect(box, fill=entry.fill or HATCH_FILL, line=WARD_LINE_PALE, line_px=0.8, gid=f"{gid}/swatch")
    if entry.fill is None:
        clip = canvas.rect(box, zorder=0)
        lines = hatch_lines(shapely.box(*box.bounds), canvas.mm(HATCH_SPACING_PX))
        width = HATCH_WIDTH_PX
        canvas.segments(lines, clip=clip, colour=HATCH_LINE, width_px=width, zorder=1.1, gid=f"{gid}/hatch")
    if entry.mark:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        draw_mark(canvas, entry.mark, x, y, min(canvas.mm(MARK_PX), box.height * 0.36), zorder=1.2)


def draw_outline_swatch(canvas: Canvas, box: Rect, kind: OutlineKind, *, numbered: bool, gid: str) -> None:
    """An outline's look in small."""
    small = box.height / (SWATCH_MM * canvas.scale)
    inner = box.inset(canvas.mm(1.1) * small)
    colour = {"gap": GAP_LINE, "selected": SELECTED_LINE}.get(kind, TARGET_LINE)
    width, dash = (2.0, (3.4, 2.0)) if kind in ("gap", "former") else (2.4, None)
    canvas.rect(inner, line=colour, line_px=width * small, dash=dash, gid=f"{gid}/swatch")
    if kind == "target" and numbered:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        radius = inner.height * 0.33
        canvas.disc(x, y, radius, fill="#FFFFFF", line=TARGET_LINE, line_px=0.9 * small, zorder=1.2)


def draw_both_swatch(canvas: Canvas, box: Rect, number: str, *, gid: str) -> None:
    """A target that also has many incidents and few cameras."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    radius = box.height * 0.55
    canvas.disc(x, y, radius, fill=GAP_LINE, line=TARGET_LINE, line_px=1.0, zorder=1.2, gid=f"{gid}/swatch")
    style = Style((6.5 if len(number) < 2 else 5.0) * box.height / (SWATCH_MM * canvas.scale), 700, "#FFFFFF")
    canvas.text(x, y + canvas.capital(style) / 2, number, style, anchor="center", zorder=1.3)
