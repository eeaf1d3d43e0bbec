"""The legend under the map, where the map is too narrow to carry it (a phone)."""

from i18n.messages import Words
from layers.palettes import PLACE, ZONE, ink_on
from layers.spec import Choropleth, LegendEntry, MapSpec, MarkerKind
from views.widgets import escape, mark_image, show_html

PAPER = "#FFFFFF"


def show_legend(spec: MapSpec, words: Words) -> None:
    """What the map's own legend says: classes, outlines, and on an internal map its places."""
    shown = spec.choropleth
    outlines = [
        _row(_swatch(f"db-{outline.kind}"), outline.words, words.number(len(outline.ward_codes)))
        for outline in spec.outlines
    ]
    zones = [_row(_swatch("", f"background:{ZONE[zone.kind]}"), zone.words) for zone in spec.zones]
    places = [
        _row(_spot(markers.kind), markers.words, words.number(len(markers.places)))
        for markers in spec.markers
    ]
    rows = [cross_key(shown), *map(legend_row, shown.listed), *outlines, *zones, *places]
    show_html(
        f'<section class="db-legend db-card"><h2>{escape(words("overview.legend"))}: '
        f'{escape(shown.title)}</h2><p class="db-sub">{escape(shown.subtitle)}</p>{"".join(rows)}</section>'
    )


def legend_row(entry: LegendEntry) -> str:
    mark = mark_image(entry.mark) if entry.mark else ""
    style = f"background:{entry.fill}" if entry.fill else ""
    swatch = _swatch("" if entry.fill else "db-hatch", style, mark)
    return _row(swatch, entry.words, str(entry.count), indent=entry.indent)


def cross_key(shown: Choropleth) -> str:
    """The grid of two measures at once, as a table; "" for other maps."""
    cross = shown.cross
    if cross is None:
        return ""
    over = f'<td></td><td colspan="{len(cross.columns)}">{escape(cross.column_title)} →</td>'
    heads = "".join(f"<th>{escape(text)}</th>" for text in (f"{cross.row_title} ↓", *cross.columns))
    rows = [
        f"<tr><th>{escape(name)}</th>{''.join(_cell(shown.classes[place]) for place in cells)}</tr>"
        for name, cells in zip(cross.rows, cross.cells, strict=True)
    ]
    return (
        f'<table class="db-cross"><thead><tr>{over}</tr><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _cell(entry: LegendEntry) -> str:
    fill = entry.fill or PAPER
    style = f"background:{fill};color:{ink_on(fill)}"
    return f'<td class="db-cell" style="{style}" title="{escape(entry.words)}">{entry.count}</td>'


def _row(swatch: str, text: str, count: str = "", *, indent: bool = False) -> str:
    kind = "db-key db-indent" if indent else "db-key"
    said = f'<span class="db-words">{escape(text)}</span><span>{count}</span>'
    return f'<div class="{kind}">{swatch}{said}</div>'


def _swatch(kind: str, style: str = "", inside: str = "") -> str:
    return f'<span class="db-swatch {kind}" style="{style}">{inside}</span>'


def _spot(kind: MarkerKind) -> str:
    return f'<span class="db-spot db-spot-{kind}" style="--spot:{PLACE[kind]}"></span>'
