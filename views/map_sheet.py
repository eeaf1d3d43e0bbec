"""What every map page has in common: its frame, and a map with its list and names."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geo.question import DEFAULT_RADIUS_M
from i18n.messages import Words
from layers.sheet import Sheet
from views import session
from views.context import Context
from views.map_legend import show_legend
from views.overview_choices import Shown, choose_place
from views.panels import show_lists, show_ranking, show_title, show_version
from views.question import Asked, ask
from views.ward_map import show_map
from views.widgets import calm, escape, show_html

Show = Callable[[Asked, Context, st.delta_generator.DeltaGenerator], None]


@dataclass(frozen=True)
class PageWords:
    """Keys of words. nothing: said where the measure `needs` is missing; warning: said always, "" none."""

    title: str
    needs: str = ""
    nothing: str = ""
    warning: str = ""


def show_page(context: Context, said: PageWords, show: Show, *, radius_m: float = DEFAULT_RADIUS_M) -> None:
    """Place, boxes and title, then the page's own part, which is handed the box above them for what is said
    first."""
    words = context.words
    if not context.areas:
        _say("overview.no_area", words)
        return
    place = choose_place(context)
    title, top = st.container(), st.container()
    with calm(words):
        asked = ask(place, context, radius_m=radius_m)
        with title:
            show_title(asked.shown.holdings, words, title=said.title)
            if said.warning:
                _say(said.warning, words)
            _show_shown(asked.shown, context)
        if said.needs and said.needs not in asked.measured.frame:
            _say(said.nothing, words)
            return
        show(asked, context, top)


def _say(key: str, words: Words) -> None:
    show_html(f'<div class="db-note">{escape(words(key))}</div>')


def show_sheet(sheet: Sheet, asked: Asked, context: Context) -> str | None:
    """Map and list side by side, outlined wards by name; gives the code of the chosen ward."""
    words = context.words
    left, right = st.columns([63, 37], gap="small")
    selected = session.chosen_ward(asked.measured.frame.index)
    with left:
        show_map(sheet.map, asked.shown.holdings, context, asked.shown.view, selected)
        show_legend(sheet.map, words)
    with right:
        show_ranking(sheet.ranking, selected, words)
    show_lists(sheet.lists)
    return selected


def _show_shown(shown: Shown, context: Context) -> None:
    """What the reader must know of the figures before reading them."""
    words = context.words
    if shown.is_carried:
        show_version(shown.place, words)
    if not shown.holdings.facts:
        _say("overview.nothing", words)
    if not context.is_local:
        show_html(f'<p class="db-sub">{escape(words("overview.shared_only"))}</p>')
