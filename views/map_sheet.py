"""A map with its list and names, as every map page shows it."""

import streamlit as st

from layers.sheet import Sheet
from views import session
from views.context import Context
from views.map_legend import show_legend
from views.overview_choices import Shown
from views.panels import show_lists, show_ranking, show_version
from views.question import Asked
from views.ward_map import show_map
from views.widgets import escape, show_html


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


def show_shown(shown: Shown, context: Context) -> None:
    """What the reader must know of the figures before reading them."""
    words = context.words
    if shown.is_carried:
        show_version(shown.place, words)
    if not shown.holdings.facts:
        show_html(f'<div class="db-note">{escape(words("overview.nothing"))}</div>')
    if not context.is_local:
        show_html(f'<p class="db-sub">{escape(words("overview.shared_only"))}</p>')
