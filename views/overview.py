"""Tổng quan: sentences, numbers, the map with its list, and the chosen ward."""

from dataclasses import replace

import streamlit as st

from studies import overview as study
from studies.overview import Choice
from studies.profile import describe_ward
from views import overview_choices as choices
from views import session
from views.context import Context
from views.downloads import show_downloads
from views.map_sheet import show_sheet, show_shown
from views.panels import (
    show_formula,
    show_headline,
    show_tiles,
    show_title,
)
from views.question import Asked, ask
from views.ward_card import show_card
from views.widgets import calm, escape, show_html


def page(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("overview.no_area"))}</div>')
        return
    place = choices.choose_place(context)
    title, top = st.container(), st.container()
    with calm(words):
        asked = ask(place, context)
        choice = _choose_layer(asked, context)
        with title:
            show_title(asked.shown.holdings, words)
            show_shown(asked.shown, context)
        _show_sheet(asked, choice, context, top)


def _choose_layer(asked: Asked, context: Context) -> Choice:
    words, choice = context.words, asked.choice
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="db-choices"
    ):
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="db-layers"):
            choice = replace(choice, key=choices.choose_layer(asked.measured, words))
            with st.popover(words("overview.formula"), type="tertiary"):
                show_formula(choice.key, words)
        choices.choose_version(asked.shown, words)
    return choice


def _show_sheet(
    asked: Asked, choice: Choice, context: Context, top: st.delta_generator.DeltaGenerator
) -> None:
    words, holdings, measured = context.words, asked.shown.holdings, asked.measured
    sheet = study.answer(holdings, choice, asked.measure, asked.count, words)
    with top:
        show_headline(sheet.headline, words)
        show_tiles(sheet.tiles, words)
    selected = show_sheet(sheet, asked, context)
    show_downloads(sheet, holdings.shapes, words)
    if selected:
        show_card(describe_ward(holdings, measured, selected, words), words)
    session.mirror(dia_ban=selected)
