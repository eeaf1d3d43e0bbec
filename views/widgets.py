"""Small pieces that pages share. Text from data goes through `escape`; pages write no other HTML."""

import base64
import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import streamlit as st

from errors import AppError
from i18n.messages import Words
from layers.marks import MARKS
from layers.spec import Mark

STYLE = Path(__file__).with_name("style.css")
BOLD = re.compile(r"\*\*(.+?)\*\*")


def apply_style() -> None:
    """The house's own lines of CSS, once per run."""
    st.html(STYLE)


def escape(text: object) -> str:
    return html.escape(str(text), quote=True)


def rich(text: str) -> str:
    """Escaped text in which `**…**` of our own words becomes bold."""
    return BOLD.sub(r"<b>\1</b>", escape(text))


@cache
def mark_image(mark: Mark) -> str:
    """A status mark as an image, from the paths that the map draws (Streamlit strips inline SVG)."""
    drawn = MARKS[mark]
    parts = "".join(
        f'<path d="{stroke.svg}" fill="{"none" if stroke.width else drawn.colour}" stroke="{drawn.colour}" '
        f'stroke-width="{stroke.width:g}"/>'
        for stroke in drawn.strokes
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.2 -1.2 2.4 2.4">{parts}</svg>'
    encoded = base64.b64encode(drawing.encode()).decode()
    return f'<img class="db-mark" alt="" src="data:image/svg+xml;base64,{encoded}">'


def table_html(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    foot: str = "",
    title: str = "",
    texts: Collection[int] = (0,),
) -> str:
    """A card with a table that scrolls under its head. texts: places of the columns of names, on the left;
    the others hold figures. All cells are text."""

    def row(cells: Sequence[str], tag: str) -> str:
        kinds = ("" if place in texts else ' class="db-num"' for place in range(len(cells)))
        inner = (f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in zip(kinds, cells, strict=True))
        return f"<tr>{''.join(inner)}</tr>"

    body = "".join(row(cells, "td") for cells in rows)
    named = f"<h3>{escape(title)}</h3>" if title else ""
    note = f'<p class="db-sub">{escape(foot)}</p>' if foot else ""
    return (
        f'<section class="db-card db-ranking db-short">{named}<div class="db-scroll" tabindex="0"><table>'
        f"<thead>{row(heads, 'th')}</thead><tbody>{body}</tbody></table></div>{note}</section>"
    )


def show_html(markup: str) -> None:
    """Markup made by the pages from escaped parts."""
    st.html(markup)


def show_error(error: AppError, words: Words) -> None:
    """One calm box: what is wrong and the way out."""
    show_html(f'<div class="db-note" role="alert">{escape(words.error(error))}</div>')


@contextmanager
def calm(words: Words) -> Iterator[None]:
    """An AppError inside becomes one calm message, and the page goes on after it."""
    try:
        yield
    except AppError as error:
        show_error(error, words)


def run_page(page: Callable[[], None], words: Words, *, name: str) -> Callable[[], None]:
    """A page that shows an AppError instead of breaking."""

    def shown() -> None:
        with calm(words):
            page()

    shown.__name__ = name
    return shown
