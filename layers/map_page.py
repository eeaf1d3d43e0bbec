"""One map as one HTML file that opens anywhere, by double click, without a network.

The page's own policy forbids it every request, so a slip here shows as a missing piece, never as a call.
"""

import base64
import re
from html import escape
from pathlib import Path
from string import Template

from errors import ExportError
from i18n.messages import load_words
from layers.fonts import FILES, font_file
from layers.fonts import FOLDER as FONTS
from layers.screen_geometry import geometry_json, order_hash
from layers.screen_message import encode, furniture_words, map_message
from layers.screen_program import program_text, style_text
from layers.spec import Figure, Listing, MapShapes, MapSpec

LEAFLET = FONTS.parent / "leaflet"
PAGE = Path(__file__).parent / "map_page.html"


def standalone_html(spec: MapSpec, shapes: MapShapes, *, leaflet: Path = LEAFLET, fonts: Path = FONTS) -> str:
    """The interactive map with title, legend, list, figures and source line, everything inside.

    Raises NotAllowed for an internal map; MissingFont or ExportError when set-up has not put the front-end
    assets in place.
    """
    spec.check_may_leave()
    say = load_words(spec.words.language)
    order = order_hash(shapes.ward_codes)
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        language=escape(spec.words.language),
        title=escape(spec.title),
        subtitle=escape(spec.subtitle),
        leaflet_style=_without_images(_read(leaflet / "leaflet.css")),
        leaflet=_inline(_read(leaflet / "leaflet.js")),
        style=style_text(lambda name: _font_data(name, fonts)),
        program=_inline(program_text(style="")),
        geometry=geometry_json(shapes).replace("<", "\\u003c"),
        words=encode(furniture_words(spec.words)),
        message=encode(map_message(spec, order, selected=None)),
        figures=_figures(spec.figures),
        listing=_listing(spec.listing),
        source_word=escape(spec.words.source),
        source=escape(spec.source),
        boundaries_word=escape(spec.words.boundaries),
        boundaries=escape(spec.boundaries),
        made_with=escape(say("screen_map.made_with")),
    )


def _read(path: Path) -> str:
    if not path.is_file():
        raise ExportError("missing_asset", file=str(path))
    return path.read_text(encoding="utf-8")


def _without_images(style: str) -> str:
    """Leaflet's pictures belong to controls that this page does not have."""
    return re.sub(r"url\([^)]*\)", "none", style)


def _inline(script: str) -> str:
    """Fit to stand inside a script element."""
    without_map = re.sub(r"^//# sourceMappingURL=.*$", "", script, flags=re.MULTILINE)
    return without_map.replace("</script", "<\\/script")


def _font_data(name: str, folder: Path) -> str:
    place = next(place for place, file in FILES.items() if file == name)
    data = font_file(*place, folder=folder).read_bytes()
    return f"data:font/ttf;base64,{base64.b64encode(data).decode()}"


def _figures(figures: tuple[Figure, ...]) -> str:
    cells = "".join(f"<div><b>{escape(one.value)}</b>{escape(one.words)}</div>" for one in figures)
    return f'<div class="card figures">{cells}</div>' if cells else ""


def _listing(listing: Listing | None) -> str:
    if listing is None:
        return ""
    head = "".join(f"<th>{escape(column)}</th>" for column in listing.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in listing.rows)
    return (
        f'<div class="card"><h2>{escape(listing.title)}</h2>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
