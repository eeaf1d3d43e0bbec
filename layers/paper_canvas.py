"""A sheet to draw on in millimetres, y downwards. Text is always text: no markup, no mathematics."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from typing import Any, Literal

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from numpy.typing import NDArray

from layers.fonts import FontName
from layers.palettes import HALO, INK
from layers.paper_fonts import font, printable, width_em
from layers.paper_layout import MM_PER_PT, PT_PER_PX, Rect

Anchor = Literal["left", "center", "right"]
PRINT_DPI = 300
CAPITAL = 0.7
HALO_PX = 3.0


@dataclass(frozen=True)
class Style:
    """How words look. size: points on A4."""

    size: float
    weight: int = 400
    colour: str = INK
    name: FontName = "screen"
    tabular: bool = False

    def times(self, factor: float) -> "Style":
        return dataclass_replace(self, size=self.size * factor)


class Canvas:
    """One figure with one set of axes in millimetres.

    scale: of text and line widths; lengths handed to the methods are final millimetres, except
    widths named _px (screen pixels of the look, 1/96 inch) and sizes in points, which are scaled.
    """

    def __init__(self, width: float, height: float, scale: float, dpi: float) -> None:
        inches = [round(side / 25.4 * PRINT_DPI) / PRINT_DPI for side in (width, height)]
        self.figure = Figure(figsize=(inches[0], inches[1]), dpi=dpi, facecolor="white")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, inches[0] * 25.4)
        self.axes.set_ylim(inches[1] * 25.4, 0)
        self.axes.set_axis_off()
        self.scale = scale

    def points(self, px: float) -> float:
        return px * PT_PER_PX * self.scale

    def mm(self, px: float) -> float:
        return self.points(px) * MM_PER_PT

    def em(self, style: Style) -> float:
        """Millimetres of one em."""
        return style.size * self.scale * MM_PER_PT

    def capital(self, style: Style) -> float:
        """Millimetres of a capital's height."""
        return self.em(style) * CAPITAL

    def width_of(self, text: str, style: Style) -> float:
        return width_em(printable(text, style.name, style.weight), style.name, style.weight) * self.em(style)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        anchor: Anchor = "left",
        halo: bool = False,
        zorder: float = 10,
        gid: str | None = None,
    ) -> None:
        """Words on one line with their baseline at y."""
        shown = printable(text, style.name, style.weight)
        features = ("tnum", "lnum") if style.tabular else None
        for layer in ("halo", "words") if halo else ("words",):
            artist = self.axes.text(
                x,
                y,
                shown,
                fontproperties=font(style.name, style.weight),
                fontsize=style.size * self.scale,
                color=style.colour,
                ha=anchor,
                va="baseline",
                parse_math=False,
                zorder=zorder - 0.1 if layer == "halo" else zorder,
                gid=gid if layer == "words" else "halo",
            )
            if features:
                artist.set_fontfeatures(features)
            if layer == "halo":
                artist.set_path_effects([Stroke(linewidth=2 * self.points(HALO_PX / 2), foreground=HALO)])

    def rect(
        self,
        box: Rect,
        *,
        fill: str | None = None,
        line: str | None = None,
        line_px: float = 0.0,
        radius: float = 0.0,
        dash: tuple[float, float] | None = None,
        zorder: float = 1,
        gid: str | None = None,
    ) -> Artist:
        """A box; dash in pixels of the look."""
        style: dict[str, Any] = {
            "facecolor": fill or "none",
            "edgecolor": line or "none",
            "linewidth": self.points(line_px) if line else 0,
            "zorder": zorder,
            "gid": gid,
            "joinstyle": "miter",
        }
        if dash:
            style["linestyle"] = (0, tuple(part / line_px for part in dash))
        corner = (box.x, box.y)
        patch: Rectangle | FancyBboxPatch
        if radius:
            shape = f"round,pad=0,rounding_size={radius}"
            patch = FancyBboxPatch(corner, box.width, box.height, boxstyle=shape, **style)
        else:
            patch = Rectangle(corner, box.width, box.height, **style)
        return self.axes.add_patch(patch)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        *,
        colour: str,
        width_px: float,
        zorder: float = 1,
        gid: str | None = None,
    ) -> None:
        path = Path(np.asarray(points, dtype=float))
        self.path(path, line=colour, width_px=width_px, zorder=zorder, gid=gid)

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        line: str,
        line_px: float,
        zorder: float,
        gid: str | None = None,
    ) -> None:
        edge = self.points(line_px)
        self.axes.add_patch(
            Circle((x, y), radius, facecolor=fill, edgecolor=line, linewidth=edge, zorder=zorder, gid=gid)
        )

    def path(
        self,
        path: Path,
        *,
        fill: str | None = None,
        line: str | None = None,
        width_px: float = 0.0,
        cap: Literal["butt", "round"] = "butt",
        zorder: float = 1,
        gid: str | None = None,
    ) -> None:
        self.axes.add_patch(
            PathPatch(
                path,
                facecolor=fill or "none",
                edgecolor=line or "none",
                linewidth=self.points(width_px),
                capstyle=cap,
                joinstyle="round" if cap == "round" else "miter",
                zorder=zorder,
                gid=gid,
            )
        )

    def polygons(
        self,
        geometries: Iterable[shapely.Geometry],
        *,
        clip: Artist,
        zorder: float,
        fills: Sequence[str] | str = "none",
        line: str = "none",
        width_px: float = 0.0,
        dash: tuple[float, float] | None = None,
        gid: str | None = None,
    ) -> None:
        """One path per geometry, holes kept, clipped to `clip`; dash in pixels of the look."""
        collection = PathCollection(
            [polygon_path(geometry) for geometry in geometries],
            facecolors=fills,
            edgecolors=line,
            linewidths=self.points(width_px),
            joinstyle="round",
            capstyle="butt",
            zorder=zorder,
            gid=gid,
        )
        if dash:
            collection.set_linestyle([(0.0, tuple(part / width_px for part in dash))])
        self._add(collection, clip)

    def segments(
        self,
        lines: Sequence[NDArray[np.float64]],
        *,
        clip: Artist,
        colour: str,
        width_px: float,
        zorder: float,
        gid: str | None = None,
    ) -> None:
        width = self.points(width_px)
        self._add(LineCollection(lines, colors=colour, linewidths=width, zorder=zorder, gid=gid), clip)

    def _add(self, collection: PathCollection | LineCollection, clip: Artist) -> None:
        self.axes.add_collection(collection, autolim=False)
        collection.set_clip_path(clip)  # type: ignore[arg-type]


def polygon_path(geometry: shapely.Geometry) -> Path:
    """Polygons with their holes as one compound path."""
    rings = [
        ring
        for part in shapely.get_parts(geometry)
        for ring in (part.exterior, *part.interiors)
        if not ring.is_empty
    ]
    if not rings:
        return Path(np.zeros((0, 2)))
    points = [shapely.get_coordinates(ring) for ring in rings]
    codes = [_ring_codes(len(ring)) for ring in points]
    return Path(np.concatenate(points), np.concatenate(codes))


def _ring_codes(n_points: int) -> NDArray[np.uint8]:
    codes = np.full(n_points, Path.LINETO, dtype=np.uint8)
    codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
    return codes
