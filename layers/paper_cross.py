"""The key of two measures at once on paper: a grid of classes with their codes and counts."""

from layers.palettes import HATCH_FILL, INK_2, WARD_LINE_PALE, ink_on
from layers.paper_canvas import Canvas, Style
from layers.paper_column import CAPTION, Block, Fit
from layers.paper_layout import Rect
from layers.paper_text import wrap
from layers.spec import CrossKey, LegendEntry, MapSpec

HEAD = Style(7.6, 400, INK_2)
CODE = Style(6.6)
COUNT = Style(9.2, 700, tabular=True)
CELL_MM = 8.2
GAP_MM = 0.5
FIRST_COLUMN = 0.27


def cross_key(canvas: Canvas, spec: MapSpec, width: float, fit: Fit) -> list[Block]:
    """Column heads, then a block for each row of the grid, then some air."""
    cross = spec.choropleth.cross
    assert cross is not None
    head = fit.style(HEAD)
    left = width * FIRST_COLUMN
    each = (width - left) / len(cross.columns)
    rows = [_row(canvas, spec, cross, place, left, each, fit) for place in range(len(cross.rows))]
    air = 1.6 * fit.spacing * canvas.scale
    return [*_heads(canvas, cross, left, each, head), *rows, Block(air, lambda x, y: None)]


def _heads(canvas: Canvas, cross: CrossKey, left: float, each: float, style: Style) -> list[Block]:
    """Over the columns what they count, then each column's name; over the rows what those count."""
    line_height = canvas.em(style) * 1.22
    columns = [_wrap(canvas, words, style, each - 0.2) for words in cross.columns]
    tall = max(len(lines) for lines in columns)

    def draw_title(x: float, y: float) -> None:
        middle = x + left + each * len(columns) / 2
        canvas.text(middle, y + line_height * 0.8, f"{cross.column_title} →", style, anchor="center")

    def draw_columns(x: float, y: float) -> None:
        canvas.text(x, y + line_height * (tall - 0.2), f"{cross.row_title} ↓", style)
        for place, lines in enumerate(columns):
            middle = x + left + each * (place + 0.5)
            for number, line in enumerate(lines):
                first = tall - len(lines) + number
                canvas.text(middle, y + line_height * (first + 0.8), line, style, anchor="center")

    return [
        Block(line_height * 1.15, draw_title),
        Block(line_height * tall + 0.8 * canvas.scale, draw_columns),
    ]


def _wrap(canvas: Canvas, text: str, style: Style, room: float) -> list[str]:
    return [line for part in text.splitlines() for line in wrap(canvas, part, style, room)]


def _row(
    canvas: Canvas, spec: MapSpec, cross: CrossKey, row: int, left: float, each: float, fit: Fit
) -> Block:
    style = fit.style(CAPTION)
    lines = _wrap(canvas, cross.rows[row], style, left - 1.0)
    line_height = canvas.em(style) * 1.22
    height = max(CELL_MM * fit.spacing * canvas.scale, line_height * len(lines))
    gap = GAP_MM * canvas.scale

    def draw(x: float, y: float) -> None:
        first = y + (height - line_height * (len(lines) - 1) + canvas.capital(style)) / 2
        for number, line in enumerate(lines):
            canvas.text(x, first + number * line_height, line, style)
        for place, class_id in enumerate(cross.cells[row]):
            box = Rect(x + left + place * each, y, each, height).inset(gap / 2)
            _draw_cell(canvas, spec.choropleth.classes[class_id], box, fit)

    return Block(height, draw)


def _draw_cell(canvas: Canvas, entry: LegendEntry, box: Rect, fit: Fit) -> None:
    """The class's colour with its code in the corner and its count in the middle."""
    fill = entry.fill or HATCH_FILL
    ink, gid = ink_on(fill), f"legend/{entry.key}"
    canvas.rect(box, fill=fill, line=WARD_LINE_PALE, line_px=0.8, gid=f"{gid}/swatch")
    code, count = (
        Style(one.size, one.weight, ink, tabular=True) for one in (fit.style(CODE), fit.style(COUNT))
    )
    x, y = box.x + 0.9 * canvas.scale, box.y + canvas.capital(code) + 0.9 * canvas.scale
    canvas.text(x, y, entry.code, code)
    middle = box.x + box.width / 2, box.y + (box.height + canvas.capital(count)) / 2
    canvas.text(*middle, str(entry.count), count, anchor="center", gid=f"{gid}/in-cell")
