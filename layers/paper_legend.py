"""The legend's rows: what each says, shown beside which swatch."""

from dataclasses import dataclass, replace
from typing import Literal

from i18n.formats import Formats
from layers.palettes import INK_2
from layers.paper_canvas import Canvas, Style
from layers.paper_column import (
    CAPTION,
    HEADING,
    RULE,
    TITLE,
    Block,
    Fit,
    Section,
    draw_nothing,
    paragraph,
    pitch_of,
)
from layers.paper_cross import cross_key
from layers.paper_layout import Rect
from layers.paper_marks import draw_both_swatch, draw_outline_swatch, draw_swatch
from layers.paper_text import wrap
from layers.spec import LegendEntry, MapSpec, Outline

ROW = Style(8.6)
COUNT = Style(8.6, 400, INK_2, tabular=True)
SWATCH = (5.1, 3.6)
INDENT = 5.1


@dataclass(frozen=True)
class LegendRow:
    """One row. ruled: a rule stands above it; count: "" for none; number: shown in the swatch's disc."""

    gid: str
    words: str
    count: str
    entry: LegendEntry | None = None
    outline: Outline | None = None
    number: str = ""
    indent: bool = False
    ruled: bool = False


def legend_rows(spec: MapSpec) -> list[LegendRow]:
    """Classes that stand in no grid in their order, then targets, gaps, both at once, the selected ward."""
    rows = [_class_row(spec, entry) for entry in spec.choropleth.listed]
    kinds = ("target", "former", "gap")
    outlines = [outline for kind in kinds for outline in spec.outlines if outline.kind == kind]
    selected = [outline for outline in spec.outlines if outline.kind == "selected"]
    extra = [_outline_row(spec, outline) for outline in outlines]
    extra += [_both_row(spec)] if _both(spec) else []
    extra += [_outline_row(spec, outline) for outline in selected]
    return [*rows, *(replace(row, ruled=place == 0) for place, row in enumerate(extra))]


def _class_row(spec: MapSpec, entry: LegendEntry) -> LegendRow:
    count = _count(spec, entry.count)
    return LegendRow(f"legend/{entry.key}", entry.words, count, entry=entry, indent=entry.indent)


def _count(spec: MapSpec, n_wards: int) -> str:
    return Formats(spec.words.language).number(n_wards)


def _outline_row(spec: MapSpec, outline: Outline) -> LegendRow:
    count = "" if outline.kind == "selected" else _count(spec, len(outline.ward_codes))
    return LegendRow(f"legend/{outline.kind}", outline.words, count, outline=outline)


def _codes(spec: MapSpec, kind: Literal["target", "gap"]) -> dict[str, str]:
    """Ward codes of an outline with their numbers."""
    return {
        code: str(outline.numbers[place]) if outline.numbers else ""
        for outline in spec.outlines
        if outline.kind == kind
        for place, code in enumerate(outline.ward_codes)
    }


def _both(spec: MapSpec) -> dict[str, str]:
    gaps = _codes(spec, "gap")
    return {code: number for code, number in _codes(spec, "target").items() if code in gaps}


def _both_row(spec: MapSpec) -> LegendRow:
    both = _both(spec)
    return LegendRow(
        "legend/both", spec.words.both, _count(spec, len(both)), number=next(iter(both.values()))
    )


def _draw_swatch(canvas: Canvas, row: LegendRow, box: Rect) -> None:
    if row.entry:
        draw_swatch(canvas, box, row.entry, gid=row.gid)
    elif row.outline:
        numbered = bool(row.outline.numbers)
        draw_outline_swatch(canvas, box, row.outline.kind, numbered=numbered, gid=row.gid)
    else:
        draw_both_swatch(canvas, box, row.number, gid=row.gid)


def legend_section(canvas: Canvas, spec: MapSpec, width: float) -> Section:
    """Title with its unit, what the right column counts, then a row per class and per outline."""

    def blocks(fit: Fit) -> list[Block]:
        choropleth = spec.choropleth
        heads = [
            *paragraph(canvas, spec.words.legend, fit.style(HEADING), width, 5.0 * fit.spacing),
            *paragraph(canvas, choropleth.title, fit.style(TITLE), width, 4.4 * fit.spacing),
            *paragraph(canvas, choropleth.subtitle, fit.style(CAPTION), width, 3.9 * fit.spacing),
        ]
        grid = cross_key(canvas, spec, width, fit) if choropleth.cross else []
        rows = [_legend_row(canvas, row, width, fit) for row in legend_rows(spec)]
        return [*heads, Block(1.2 * fit.spacing * canvas.scale, draw_nothing), *grid, *rows]

    return blocks


def _legend_row(canvas: Canvas, row: LegendRow, width: float, fit: Fit) -> Block:
    style, count_style = fit.style(ROW), fit.style(COUNT)
    size = canvas.scale * fit.type
    indent = INDENT * size if row.indent else 0.0
    left = indent + (SWATCH[0] + 2.2) * size
    room = width - left - max(canvas.width_of("000", count_style), canvas.width_of(row.count, count_style))
    lines = wrap(canvas, row.words, style, room - 2.0)
    line_height = canvas.em(style) * 1.22
    height = pitch_of(canvas, fit, ROW, 5.4) + (len(lines) - 1) * line_height
    lead = 2.4 * fit.spacing * canvas.scale if row.ruled else 0.0

    def draw(x: float, y: float) -> None:
        if row.ruled:
            canvas.line([(x, y + lead / 2), (x + width, y + lead / 2)], colour=RULE, width_px=0.8)
        y += lead
        middle = y + height / 2
        tall = min(SWATCH[1] * size, (height - (len(lines) - 1) * line_height) * 0.82)
        swatch = Rect(x + indent, middle - tall / 2, SWATCH[0] * size, tall)
        _draw_swatch(canvas, row, swatch)
        first = middle - (len(lines) - 1) * line_height / 2 + canvas.capital(style) / 2
        for number, line in enumerate(lines):
            gid = f"{row.gid}/words/{number}"
            canvas.text(x + left, first + number * line_height, line, style, gid=gid)
        if row.count:
            gid = f"{row.gid}/count"
            canvas.text(x + width, first, row.count, count_style, anchor="right", gid=gid)

    return Block(lead + height, draw)
