"""One indicator of a joined file, drawn to a file by its ending."""

from pathlib import Path
from typing import cast, get_args

from errors import BadOption
from geo.frames import Wards
from i18n.messages import Words
from layers.atlas import Frame, draw_map
from layers.folium_map import standalone_html
from layers.matplotlib_map import save
from layers.paper_layout import Paper
from layers.shapes import make_shapes
from studies.joined_file import check_ending, read_joined, write_whole
from studies.ward_table import BoundaryFile, load_wards

FORMATS = (".png", ".svg", ".pdf", ".html")


def draw_file(
    joined: Path,
    key: str,
    out: Path,
    words: Words,
    *,
    boundaries: Path | None = None,
    paper: str = "a4-landscape",
    title: str = "",
    registry_folder: Path,
) -> None:
    """Read, style, draw. Raises BadOption, UnknownFormat, UnknownIndicator, NoData, and what reading does."""
    check_ending(out, FORMATS)
    if paper not in get_args(Paper):
        raise BadOption("paper", value=paper, choices=", ".join(get_args(Paper)))
    wards = load_wards(BoundaryFile(boundaries), registry_folder).wards if boundaries else None
    measured = read_joined(joined, boundaries=wards)
    shapes = make_shapes(Wards(measured.frame))
    spec = draw_map(measured, shapes, key, words, Frame(measured.place, title))
    if out.suffix.lower() == ".html":
        page = standalone_html(spec, shapes)
        write_whole(out, lambda target: target.write_text(page, encoding="utf-8"))
    else:
        write_whole(out, lambda target: save(spec, shapes, target, paper=cast("Paper", paper)))
