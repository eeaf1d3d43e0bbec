"""Where everything stands on a sheet, in millimetres from the top left corner."""

from dataclasses import dataclass, replace
from typing import Literal

Paper = Literal["a4-landscape", "a4", "a3", "16x9"]
PT_PER_PX = 0.75
MM_PER_PT = 25.4 / 72
MM_PER_PX = PT_PER_PX * MM_PER_PT


@dataclass(frozen=True)
class Rect:
    """A box: left, top, width, height; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return self.x, self.y, self.right, self.bottom

    def touches(self, other: "Rect") -> bool:
        """Whether the two overlap."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Rect") -> bool:
        """Whether the other lies wholly inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def inset(self, dx: float, dy: float | None = None) -> "Rect":
        """The same box with its sides moved inwards."""
        dy = dx if dy is None else dy
        return Rect(self.x + dx, self.y + dy, self.width - 2 * dx, self.height - 2 * dy)

    def cut_top(self, height: float) -> "Rect":
        return Rect(self.x, self.y + height, self.width, self.height - height)

    def cut_bottom(self, height: float) -> "Rect":
        return Rect(self.x, self.y, self.width, self.height - height)


@dataclass(frozen=True)
class Layout:
    """One paper. scale: of text and line widths against A4; columns: of the legend panel."""

    width: float
    height: float
    title: Rect
    map: Rect
    panel: Rect
    foot: Rect
    inset: tuple[float, float]
    scale: float
    columns: int = 1

    def lower(self, by: float) -> "Layout":
        """The same sheet with `by` millimetres more for its title."""
        panel = self.panel.cut_top(by) if self.columns == 1 else self.panel
        return replace(self, map=self.map.cut_top(by), panel=panel)


ENLARGE_A3 = 2**0.5
LAYOUTS: dict[Paper, Layout] = {
    "a4-landscape": Layout(
        width=297,
        height=210,
        title=Rect(10, 9, 277, 16),
        map=Rect(10, 27, 201, 154),
        panel=Rect(215, 27, 72, 154),
        foot=Rect(10, 184, 277, 16),
        inset=(66, 52),
        scale=1,
    ),
    "a4": Layout(
        width=210,
        height=297,
        title=Rect(10, 9, 190, 16),
        map=Rect(10, 27, 190, 150),
        panel=Rect(10, 181, 190, 86),
        foot=Rect(10, 270, 190, 18),
        inset=(60, 48),
        scale=1,
        columns=2,
    ),
    "a3": Layout(
        width=420,
        height=297,
        title=Rect(14, 12, 392, 22),
        map=Rect(14, 37, 288, 220),
        panel=Rect(307, 37, 99, 220),
        foot=Rect(14, 261, 392, 23),
        inset=(92, 72),
        scale=1.25,
    ),
    "16x9": Layout(
        width=338.67,
        height=190.5,
        title=Rect(9, 7, 320.67, 19),
        map=Rect(9, 28, 216, 142),
        panel=Rect(229, 28, 100.67, 142),
        foot=Rect(9, 173, 320.67, 14),
        inset=(70, 54),
        scale=1.2,
    ),
}
