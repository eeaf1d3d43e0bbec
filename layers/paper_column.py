"""A column of a sheet: blocks of known height under each other, set so that all of it fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from layers.palettes import INK_2, UI_LIGHT
from layers.paper_canvas import Canvas, Style
from layers.paper_layout import Rect
from layers.paper_text import wrap

HEADING = Style(10.2, 700)
TITLE = Style(8.6, 600)
CAPTION = Style(7.6, 400, INK_2)
RULE, RULE_STRONG = UI_LIGHT["line"], UI_LIGHT["line_strong"]


@dataclass(frozen=True)
class Fit:
    """How tightly a column is set: factors on the room between lines and on the type."""

    spacing: float
    type: float

    def style(self, style: Style) -> Style:
        return style.times(self.type)


FITS = (
    *(Fit(1.04 - 0.03 * step, 1.0) for step in range(10)),
    *(Fit(0.74 - 0.02 * step, 0.98 - 0.03 * step) for step in range(7)),
)
DESPERATE = tuple(Fit(0.6, 0.78 - 0.04 * step) for step in range(15))


@dataclass(frozen=True)
class Block:
    """Something of a known height that can be drawn with its top left corner anywhere."""

    height: float
    draw: Callable[[float, float], None]


Section = Callable[[Fit], list[Block]]


def draw_column(canvas: Canvas, box: Rect, sections: Sequence[Section]) -> None:
    """Sections under each other with a rule between, in the roomiest setting that fits the box."""
    settings = (*FITS, *DESPERATE)
    fit = next((fit for fit in settings if _height(canvas, sections, fit) <= box.height), settings[-1])
    y = box.y
    for number, section in enumerate(sections):
        gap = _gap(canvas, fit)
        if number:
            canvas.line([(box.x, y + gap / 2), (box.right, y + gap / 2)], colour=RULE_STRONG, width_px=0.8)
            y += gap
        for block in section(fit):
            block.draw(box.x, y)
            y += block.height


def _gap(canvas: Canvas, fit: Fit) -> float:
    return 6.4 * fit.spacing * canvas.scale


def _height(canvas: Canvas, sections: Sequence[Section], fit: Fit) -> float:
    blocks = sum(block.height for section in sections for block in section(fit))
    return blocks + _gap(canvas, fit) * (len(sections) - 1)


def fits(canvas: Canvas, box: Rect, sections: Sequence[Section]) -> bool:
    """Whether the tightest setting that is still comfortable to read holds all of it."""
    return _height(canvas, sections, FITS[-1]) <= box.height


def draw_nothing(x: float, y: float) -> None:
    """A gap."""


def paragraph(canvas: Canvas, text: str, style: Style, width: float, pitch: float) -> list[Block]:
    if not text:
        return []
    height = max(pitch * canvas.scale, canvas.em(style) * 1.2)

    def line_block(line: str) -> Block:
        return Block(height, lambda x, y: canvas.text(x, y + baseline(canvas, height, style), line, style))

    return [line_block(line) for line in wrap(canvas, text, style, width)]


def baseline(canvas: Canvas, height: float, style: Style) -> float:
    """From the top of a line to the baseline that centres its capitals."""
    return (height + canvas.capital(style)) / 2


def pitch_of(canvas: Canvas, fit: Fit, style: Style, natural: float) -> float:
    return max(natural * fit.spacing * canvas.scale, canvas.em(fit.style(style)) * 1.22)
