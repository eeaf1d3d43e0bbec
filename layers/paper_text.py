"""Words broken into lines that fit a width, measured with the fonts they are drawn in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from layers.paper_canvas import Canvas, Style

SPACE = 0.28
BREAK = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Run:
    """Some words in one style."""

    text: str
    style: Style


def wrap(canvas: Canvas, text: str, style: Style, width: float) -> list[str]:
    """Lines no wider than `width`; a word that is wider alone is cut. At least one line."""
    lines = wrap_runs(canvas, [Run(text, style)], width)
    return ["".join(run.text for run in line) for line in lines] or [""]


def wrap_evenly(canvas: Canvas, text: str, style: Style, width: float) -> list[str]:
    """As few lines as `wrap`, of about the same length, for what stands centred."""
    lines = wrap(canvas, text, style, width)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = wrap(canvas, text, style, width * share)
        if len(narrower) == len(lines):
            return narrower
    return lines


def wrap_runs(canvas: Canvas, runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The same for words in several styles that follow each other with a space between."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for word in _pieces(canvas, run, width):
            longer = _append(lines[-1], Run(word, run.style))
            if lines[-1] and line_width(canvas, longer) > width:
                lines.append([Run(word, run.style)])
            else:
                lines[-1] = longer
    return [line for line in lines if line]


def _append(line: list[Run], word: Run) -> list[Run]:
    if line and line[-1].style == word.style:
        return [*line[:-1], Run(f"{line[-1].text} {word.text}", word.style)]
    return [*line, word]


def line_width(canvas: Canvas, line: Sequence[Run]) -> float:
    """Width of a line of runs with the spaces between them."""
    spaces = sum(_space(canvas, run) for run in line[1:])
    return spaces + sum(canvas.width_of(run.text, run.style) for run in line)


def _space(canvas: Canvas, run: Run) -> float:
    return canvas.em(run.style) * SPACE


def _pieces(canvas: Canvas, run: Run, width: float) -> list[str]:
    """The run's words; a no-break space does not part them. One wider than a line is cut between letters."""
    pieces: list[str] = []
    for word in filter(None, BREAK.split(run.text)):
        if canvas.width_of(word, run.style) <= width:
            pieces.append(word)
            continue
        piece = ""
        for letter in word:
            if piece and canvas.width_of(piece + letter, run.style) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces


def draw_runs(canvas: Canvas, x: float, y: float, line: Sequence[Run]) -> None:
    """One line of runs from x, baseline at y."""
    for run in line:
        canvas.text(x, y, run.text, run.style)
        x += canvas.width_of(run.text, run.style) + _space(canvas, run)


def shrink_to_width(canvas: Canvas, text: str, style: Style, width: float, *, least: float) -> Style:
    """The style made smaller until the text fits on one line, at most down to `least` of its size."""
    needed = canvas.width_of(text, style)
    return style.times(max(least, min(1.0, width / needed))) if needed else style
