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
from views.map_sheet import PageWords, show_page, show_sheet
from views.panels import (
    show_formula,
    show_headline,
    show_tiles,
)
from views.question import Asked
from views.ward_card import show_card


def page(context: Context) -> None:
    show_page(context, PageWords("overview.title"), _show)


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


def _show(asked: Asked, context: Context, top: st.delta_generator.DeltaGenerator) -> None:
    words, holdings, measured = context.words, asked.shown.holdings, asked.measured
    choice = _choose_layer(asked, context)
    sheet = study.answer(holdings, choice, asked.measure, asked.count, words)
    with top:
        show_headline(sheet.headline, words)
        show_tiles(sheet.tiles, words)
    selected = show_sheet(sheet, asked, context)
    show_downloads(sheet, holdings.shapes, words)
    if selected:
        show_card(describe_ward(holdings, measured, selected, words), words)
    session.mirror(dia_ban=selected)
