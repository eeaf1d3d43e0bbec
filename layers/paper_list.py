"""The numbered list and the headline figures beside the map."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layers.palettes import INK, INK_2
from layers.paper_canvas import Anchor, Canvas, Style
from layers.paper_column import CAPTION, HEADING, RULE, Block, Fit, Section, paragraph, pitch_of
from layers.paper_text import wrap, wrap_evenly
from layers.spec import Figure, Listing

HEAD = Style(7.6, 600, INK_2)
CELL = Style(8.3)
VALUE = Style(16.0, 700)


def list_section(canvas: Canvas, listing: Listing, width: float, *, n_shown: int | None = None) -> Section:
    """The numbered list. n_shown: rows that have room; the rest is told as "… (9/21)"."""
    rows = listing.rows if n_shown is None else listing.rows[:n_shown]
    left_out = "" if len(rows) == len(listing.rows) else f"… ({len(rows)}/{len(listing.rows)})"

    def blocks(fit: Fit) -> list[Block]:
        head, cell = fit.style(HEAD), fit.style(CELL)
        columns = _columns(canvas, replace(listing, rows=rows), head, cell, width)
        heading = paragraph(canvas, listing.title, fit.style(HEADING), width, 5.6 * fit.spacing)
        table = (
            [_table_row(canvas, listing.columns, columns, width, fit, heading=True)]
            if any(listing.columns)
            else []
        )
        table += [_table_row(canvas, row, columns, width, fit, heading=False) for row in rows]
        rest = paragraph(canvas, left_out, fit.style(CAPTION), width, 4.2 * fit.spacing) if left_out else []
        return [*heading, *table, *rest]

    return blocks


@dataclass(frozen=True)
class Column:
    """Where a list's column stands: offset and width; figures stand right, the first one bold."""

    left: float
    width: float
    figures: bool
    bold: bool
    muted: bool


def _columns(canvas: Canvas, listing: Listing, head: Style, cell: Style, width: float) -> list[Column]:
    n_columns = max([len(listing.columns), *(len(row) for row in listing.rows)])
    gap = 2.4 * canvas.scale
    cells = [[row[place] for row in listing.rows if place < len(row)] for place in range(n_columns)]
    heads = [listing.columns[place] if place < len(listing.columns) else "" for place in range(n_columns)]
    figures = [bool(texts) and all(_is_figure(text) for text in texts) for texts in cells]
    bold = replace(cell, weight=700)
    natural = [
        max([canvas.width_of(head_text, head), *(canvas.width_of(_widest(text), bold) for text in texts)])
        for head_text, texts in zip(heads, cells, strict=True)
    ]
    widths = _share(natural, figures, width - gap * (n_columns - 1))
    lefts = [sum(widths[:place]) + gap * place for place in range(n_columns)]
    texts_seen = 0
    columns = []
    for place in range(n_columns):
        texts_seen += not figures[place]
        numbering = place == 0 and figures[place]
        muted = not figures[place] and texts_seen > 1
        columns.append(Column(lefts[place], widths[place], figures[place], numbering, muted))
    return columns


def _share(natural: list[float], figures: list[bool], room: float) -> list[float]:
    """Columns of text take up the slack, and give way where there is none."""
    fixed = sum(width for width, figure in zip(natural, figures, strict=True) if figure)
    text = sum(width for width, figure in zip(natural, figures, strict=True) if not figure)
    if not text:
        return [width * room / max(fixed, 1e-9) for width in natural]
    factor = max(room - fixed, room * 0.3) / text
    return [width if figure else width * factor for width, figure in zip(natural, figures, strict=True)]


def _widest(text: str) -> str:
    """The text with every digit as wide as a tabular one, which is how figures are drawn."""
    return "".join("0" if sign.isdigit() else sign for sign in text)


def _is_figure(text: str) -> bool:
    return bool(text.strip()) and all(sign.isdigit() or sign in " .,+-−–%±≥~×" for sign in text)


def _table_row(
    canvas: Canvas,
    texts: Sequence[str],
    columns: Sequence[Column],
    width: float,
    fit: Fit,
    *,
    heading: bool,
) -> Block:
    styles = [_cell_style(fit, column, heading=heading) for column in columns]
    cells = [
        [text] if column.figures and not heading else wrap(canvas, text, style, column.width + 0.01)
        for text, style, column in zip(texts, styles, columns, strict=False)
    ]
    line_height = canvas.em(styles[0]) * 1.2
    n_lines = max(len(lines) for lines in cells)
    height = pitch_of(canvas, fit, CELL, 5.0) + (n_lines - 1) * line_height

    def draw(x: float, y: float) -> None:
        first = y + (height - (n_lines - 1) * line_height + canvas.capital(styles[0])) / 2
        for lines, style, column in zip(cells, styles, columns, strict=False):
            at = x + column.left + (column.width if column.figures else 0.0)
            for number, line in enumerate(lines):
                anchor: Anchor = "right" if column.figures else "left"
                canvas.text(at, first + number * line_height, line, style, anchor=anchor)
        colour, line_px = (INK, 0.9) if heading else (RULE, 0.7)
        canvas.line([(x, y + height), (x + width, y + height)], colour=colour, width_px=line_px)

    return Block(height, draw)


def _cell_style(fit: Fit, column: Column, *, heading: bool) -> Style:
    if heading:
        return fit.style(HEAD)
    colour = INK_2 if column.muted else INK
    weight = 700 if column.bold else 400
    return replace(fit.style(CELL), colour=colour, weight=weight, tabular=column.figures)


def figures_section(canvas: Canvas, figures: Sequence[Figure], width: float) -> Section:
    """Headline numbers, three abreast, each with its words under it."""

    def blocks(fit: Fit) -> list[Block]:
        return [_figure_row(canvas, row, width, fit) for row in _threes(figures)]

    return blocks


def _threes(figures: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    for start in range(0, len(figures), 3):
        yield figures[start : start + 3]


def _figure_row(canvas: Canvas, row: Sequence[Figure], width: float, fit: Fit) -> Block:
    gap = 2.0 * canvas.scale
    each = (width - gap * (len(row) - 1)) / len(row)
    caption = fit.style(CAPTION)
    values = [_value_style(canvas, figure.value, each, fit) for figure in row]
    words = [wrap_evenly(canvas, figure.words, caption, each) for figure in row]
    value_height = canvas.em(fit.style(VALUE)) * 1.05
    line_height = canvas.em(caption) * 1.26
    height = (
        value_height + line_height * max(len(lines) for lines in words) + 1.6 * canvas.scale * fit.spacing
    )

    def draw(x: float, y: float) -> None:
        for place, (figure, style, lines) in enumerate(zip(row, values, words, strict=True)):
            left = x + place * (each + gap)
            canvas.text(left, y + value_height * 0.78, figure.value, style)
            for number, line in enumerate(lines):
                canvas.text(left, y + value_height + line_height * (number + 0.82), line, caption)

    return Block(height, draw)


def _value_style(canvas: Canvas, value: str, room: float, fit: Fit) -> Style:
    style = fit.style(VALUE)
    needed = canvas.width_of(value, style)
    return style.times(max(0.5, min(1.0, room / needed))) if needed else style
