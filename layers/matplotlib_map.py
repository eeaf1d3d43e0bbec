"""MapSpec -> a sheet of paper with legend, scale bar, north arrow and source line.

PDF keeps its words as text in embedded TrueType fonts, so a report can be searched and copied from.
SVG draws words as outlines, because the reader's machine seldom has our fonts and a browser would
put others in their place. The same spec gives the same bytes: nothing of the clock or of the
program's version goes into a file.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex, to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text
from numpy.typing import NDArray

from errors import UnknownFormat
from layers.paper_layout import Paper
from layers.paper_png import shrink_png
from layers.paper_sheet import draw_sheet
from layers.spec import MapShapes, MapSpec

DPI = 300
CHAT_PX = 1600
SETTINGS: dict[Any, Any] = {
    "pdf.fonttype": 42,
    "svg.fonttype": "path",
    "svg.hashsalt": "diaban",
    "text.hinting": "none",
}
METADATA: Mapping[str, Mapping[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Creator": None, "Date": None, "Format": None, "Type": None},
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
}
RENDERING = Lock()  # matplotlib's settings and font cache are shared by all threads


def draw(
    spec: MapSpec,
    shapes: MapShapes,
    *,
    paper: Paper = "a4-landscape",
    dpi: float = DPI,
    code: str = "",
    exported_on: dt.date | None = None,
) -> Figure:
    """The whole sheet. code, exported_on: printed at the right bottom when given.

    Raises NotAllowed for an internal map, MissingFont.
    """
    spec.check_may_leave()
    with RENDERING, mpl.rc_context(SETTINGS):
        figure = draw_sheet(spec, shapes, paper=paper, dpi=dpi, code=code, exported_on=exported_on)
    FigureCanvasAgg(figure)
    return figure


def save(
    spec: MapSpec,
    shapes: MapShapes,
    path: Path,
    *,
    paper: Paper = "a4-landscape",
    dpi: float = DPI,
    code: str = "",
    exported_on: dt.date | None = None,
) -> None:
    """Write the sheet as .png, .svg or .pdf, by the file's ending.

    Raises UnknownFormat and NotAllowed before anything is written, MissingFont.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in METADATA:
        raise UnknownFormat(file=path.name, known=", ".join(f".{known}" for known in METADATA))
    figure = draw(spec, shapes, paper=paper, dpi=dpi, code=code, exported_on=exported_on)
    path.write_bytes(_render(figure, ending, spec.title))


def to_png(
    spec: MapSpec,
    shapes: MapShapes,
    *,
    paper: Paper = "a4-landscape",
    dpi: float = DPI,
    max_bytes: int | None = None,
    code: str = "",
    exported_on: dt.date | None = None,
) -> bytes:
    """The sheet as PNG. With max_bytes: 1600 pixels wide in at most 256 colours, for chat.

    The classes' own colours stay exact in either.
    """
    figure = draw(spec, shapes, paper=paper, dpi=dpi, code=code, exported_on=exported_on)
    if max_bytes is None:
        return _render(figure, "png", spec.title)
    figure.set_dpi(CHAT_PX / figure.get_figwidth())
    return shrink_png(_render(figure, "png", spec.title), max_bytes)


def _render(figure: Figure, ending: str, title: str) -> bytes:
    buffer = BytesIO()
    metadata = {"Title": title, **METADATA[ending]}
    with RENDERING, mpl.rc_context(SETTINGS):
        figure.savefig(buffer, format=ending, dpi=figure.dpi, metadata=metadata)
    return buffer.getvalue()


def drawn_wards(figure: Figure) -> list[str | None]:
    """The fills of the wards on the main map as drawn, in the shapes' order; None for the hatch."""
    wards = next(artist for artist in figure.findobj(PathCollection) if artist.get_gid() == "main/wards")
    return [_hex(colour) for colour in to_rgba_array(wards.get_facecolor())]


def drawn_legend(figure: Figure) -> list[tuple[str, str | None, str]]:
    """The legend's rows as drawn, from top to bottom: words, fill (None for the hatch), count.

    An outline's row gives its line's colour.
    """
    artists = {str(artist.get_gid()): artist for artist in figure.findobj(_in_legend)}
    rows = dict.fromkeys(gid.split("/")[1] for gid in artists if gid.endswith("/words/0"))
    return [_legend_row(artists, f"legend/{key}") for key in rows]


def drawn_cells(figure: Figure) -> dict[str, tuple[str | None, str]]:
    """The cells of a key of two measures as drawn: fill and count by the class's key; {} without one."""
    fills = {str(patch.get_gid()): _hex(to_rgba(patch.get_facecolor())) for patch in figure.findobj(Patch)}
    counts = {str(artist.get_gid()).split("/")[1]: _text(artist) for artist in figure.findobj(_in_cell)}
    return {key: (fills[f"legend/{key}/swatch"], count) for key, count in counts.items()}


def _in_cell(artist: Artist) -> bool:
    return str(artist.get_gid()).endswith("/in-cell")


def _in_legend(artist: Artist) -> bool:
    return str(artist.get_gid()).startswith("legend/")


def _legend_row(artists: Mapping[str, Artist], gid: str) -> tuple[str, str | None, str]:
    words = [text for name, text in artists.items() if name.startswith(f"{gid}/words/")]
    swatch, count = artists[f"{gid}/swatch"], artists.get(f"{gid}/count")
    assert isinstance(swatch, Patch)
    colour = _hex(to_rgba(swatch.get_facecolor())) or _hex(to_rgba(swatch.get_edgecolor()))
    fill = None if f"{gid}/hatch" in artists else colour
    return " ".join(_text(part) for part in words), fill, _text(count) if count else ""


def _text(artist: Artist) -> str:
    assert isinstance(artist, Text)
    return artist.get_text()


def _hex(colour: Sequence[float] | NDArray[np.float64]) -> str | None:
    """`#RRGGBB`, None for what is transparent."""
    red, green, blue, alpha = colour
    return to_hex((red, green, blue)).upper() if alpha else None
