"""Tổng quan: sentences, numbers, the map with its list, and the chosen ward."""

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from geo.frames import Period
from geo.measure import Measured
from geo.question import Question
from studies import overview as study
from studies.overview import Choice
from studies.profile import describe_ward
from views import cache, session
from views import overview_choices as choices
from views.context import Context
from views.downloads import show_downloads
from views.overview_choices import Shown
from views.panels import (
    show_formula,
    show_headline,
    show_legend,
    show_lists,
    show_ranking,
    show_tiles,
    show_title,
    show_version,
)
from views.ward_card import show_card
from views.ward_map import show_map
from views.widgets import calm, escape, show_html


def page(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("overview.no_area"))}</div>')
        return
    place = choices.choose_place(context)
    title, top = st.container(), st.container()
    columns = st.columns([24, 20, 24, 32], vertical_alignment="bottom")
    with calm(words):
        with columns[0]:
            shown = choices.choose_period(place, context)
        ask = partial(_measure, shown, context.revision)
        with columns[1]:
            compare = choices.choose_comparison(shown, words)
        with columns[2]:
            category = choices.choose_category(shown, words)
        choice = choices.make_choice(shown, compare, category)
        measured = ask(choices.make_question(shown, choice))
        with columns[3]:
            choices.find_ward(measured, words)
        choice = _choose_layer(shown, choice, measured, context)
        with title:
            show_title(shown.holdings, words)
            _show_notes(shown, context)
        _show_sheet(shown, choice, measured, context, top)


def _measure(shown: Shown, revision: int, question: Question) -> Measured:
    return cache.get_measured(shown.holdings, revision, shown.view, question)


def _choose_layer(shown: Shown, choice: Choice, measured: Measured, context: Context) -> Choice:
    words = context.words
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="db-choices"
    ):
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="db-layers"):
            choice = replace(choice, key=choices.choose_layer(measured, words))
            with st.popover(words("overview.formula"), type="tertiary"):
                show_formula(choice.key, words)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            choices.choose_boundaries(shown, words)
            choices.choose_calendar(words)
    return choice


def _show_notes(shown: Shown, context: Context) -> None:
    words = context.words
    if shown.is_carried:
        show_version(shown.place, words)
    if not shown.holdings.facts:
        show_html(f'<div class="db-note">{escape(words("overview.nothing"))}</div>')
    if not context.is_local:
        show_html(f'<p class="db-sub">{escape(words("overview.shared_only"))}</p>')


def _show_sheet(
    shown: Shown, choice: Choice, measured: Measured, context: Context, top: st.delta_generator.DeltaGenerator
) -> None:
    words, holdings = context.words, shown.holdings

    def count(period: Period, category: str | None) -> pd.Series:
        return cache.get_count(holdings, context.revision, shown.view, period, category)

    sheet = study.answer(holdings, choice, partial(_measure, shown, context.revision), count, words)
    with top:
        show_headline(sheet.headline, words)
        show_tiles(sheet.tiles)
    left, right = st.columns([63, 37], gap="small")
    selected = session.chosen_ward(measured.frame.index)
    with left:
        show_map(sheet.map, holdings, context, shown.view, selected)
        show_legend(sheet.map, words)
    with right:
        show_ranking(sheet.ranking, selected, words)
    show_lists(sheet.lists)
    show_downloads(sheet, holdings.shapes, words)
    if selected:
        show_card(describe_ward(holdings, measured, selected, words), words)
    session.mirror(dia_ban=selected)
