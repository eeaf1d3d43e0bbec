"""The marks that stand on a class besides its colour, as plain paths: screen and paper draw the same.

A mark lies in a square from -1 to 1, y downwards, and is scaled to the radius it is drawn with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from types import MappingProxyType

from layers.palettes import INK, INK_3
from layers.spec import Mark

Command = tuple[str | float, ...]
ARC = 4 / 3 * (2**0.5 - 1)


@dataclass(frozen=True)
class Stroke:
    """One part of a mark. commands: ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y), ("Z",).

    width: of the line, in radii; 0 means filled, without a line.
    """

    commands: tuple[Command, ...]
    width: float = 0.0

    @property
    def svg(self) -> str:
        """The same as an SVG path, also what a browser's Path2D takes."""
        return " ".join(
            " ".join(part if isinstance(part, str) else f"{part:g}" for part in command)
            for command in self.commands
        )


@dataclass(frozen=True)
class MarkPath:
    """A mark with the colour it is drawn in."""

    strokes: tuple[Stroke, ...]
    colour: str = INK


def _polygon(points: list[tuple[float, float]]) -> tuple[Command, ...]:
    first, *rest = points
    return (("M", *first), *(("L", *point) for point in rest), ("Z",))


def _line(*points: tuple[float, float]) -> tuple[Command, ...]:
    return _polygon(list(points))[:-1]


def _right_half(radius_x: float, radius_y: float) -> tuple[Command, ...]:
    kx, ky = ARC * radius_x, ARC * radius_y
    return (
        ("M", 0.0, -radius_y),
        ("C", kx, -radius_y, radius_x, -ky, radius_x, 0.0),
        ("C", radius_x, ky, kx, radius_y, 0.0, radius_y),
    )


def _ellipse(radius_x: float, radius_y: float) -> tuple[Command, ...]:
    kx, ky = ARC * radius_x, ARC * radius_y
    return (
        *_right_half(radius_x, radius_y),
        ("C", -kx, radius_y, -radius_x, ky, -radius_x, 0.0),
        ("C", -radius_x, -ky, -kx, -radius_y, 0.0, -radius_y),
        ("Z",),
    )


def _star(inner: float) -> tuple[Command, ...]:
    radii = [1.0 if corner % 2 == 0 else inner for corner in range(10)]
    return _polygon([(r * sin(pi * i / 5), 0.06 - r * cos(pi * i / 5)) for i, r in enumerate(radii)])


def _disc(x: float, y: float, radius: float) -> tuple[Command, ...]:
    return tuple(_shift(command, x, y) for command in _ellipse(radius, radius))


def _shift(command: Command, x: float, y: float) -> Command:
    letter, *numbers = command
    return (letter, *(float(number) + (y if place % 2 else x) for place, number in enumerate(numbers)))


def _discs(*centres: tuple[float, float], radius: float) -> tuple[Stroke, ...]:
    return tuple(Stroke(_disc(x, y, radius)) for x, y in centres)


ARROW_UP = (
    Stroke(_line((0.0, 0.85), (0.0, -0.6)), 0.34),
    Stroke(_line((-0.68, -0.1), (0.0, -0.78), (0.68, -0.1)), 0.34),
)
ARROW_DOWN = (
    Stroke(_line((0.0, -0.85), (0.0, 0.6)), 0.34),
    Stroke(_line((-0.68, 0.1), (0.0, 0.78), (0.68, 0.1)), 0.34),
)
WAVE = (("M", -0.95, 0.1), ("C", -0.6, -1.0, -0.25, -0.7, 0.0, 0.0), ("C", 0.25, 0.7, 0.6, 1.0, 0.95, -0.1))
WHITE = "#FFFFFF"
MARKS: Mapping[Mark, MarkPath] = MappingProxyType(
    {
        "zero": MarkPath((Stroke(_ellipse(0.42, 0.66), 0.22),), INK_3),
        "ring": MarkPath((Stroke(_ellipse(0.82, 0.82), 0.34),)),
        "half_disc": MarkPath(
            (Stroke(_ellipse(0.84, 0.84), 0.26), Stroke((*_right_half(0.84, 0.84), ("Z",))))
        ),
        "check": MarkPath((Stroke(_line((-0.88, 0.1), (-0.25, 0.7), (0.92, -0.66)), 0.36),)),
        "star": MarkPath((Stroke(_star(0.44)),), WHITE),
        "cross": MarkPath(
            (
                Stroke(_line((-0.72, -0.72), (0.72, 0.72)), 0.36),
                Stroke(_line((-0.72, 0.72), (0.72, -0.72)), 0.36),
            ),
            WHITE,
        ),
        "two_bars": MarkPath(
            (
                Stroke(_line((-0.86, -0.34), (0.86, -0.34)), 0.36),
                Stroke(_line((-0.86, 0.34), (0.86, 0.34)), 0.36),
            )
        ),
        "triangle": MarkPath((Stroke(_polygon([(0.0, -0.86), (0.95, 0.76), (-0.95, 0.76)])),), WHITE),
        "arrow_up": MarkPath(ARROW_UP, WHITE),
        "square": MarkPath(
            (Stroke(_polygon([(-0.66, -0.66), (0.66, -0.66), (0.66, 0.66), (-0.66, 0.66)])),), WHITE
        ),
        "two_dots": MarkPath(_discs((-0.5, 0.0), (0.5, 0.0), radius=0.36), WHITE),
        "dot": MarkPath(_discs((0.0, 0.0), radius=0.5), WHITE),
        "arrow_down": MarkPath(ARROW_DOWN),
        "three_dots": MarkPath(_discs((-0.55, 0.4), (0.0, -0.5), (0.55, 0.4), radius=0.27)),
        "wave": MarkPath((Stroke(WAVE, 0.32),)),
    }
)
