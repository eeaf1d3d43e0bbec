"""Tổng quan: sentences, numbers, the map with its list, and the chosen ward."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from geo.frames import Period
from geo.measure import Measured, Question
from i18n.messages import Words
from layers.naming import name_ward
from studies import overview as study
from studies.holdings import Holdings, find_default, is_covered, list_categories, list_periods
from studies.overview import Choice
from studies.profile import describe_ward
from views import cache, session
from views.context import Context
from views.downloads import show_downloads
from views.panels import (
    show_formula,
    show_headline,
    show_legend,
    show_lists,
    show_ranking,
    show_tiles,
    show_title,
)
from views.ward_card import show_card
from views.ward_map import show_map
from views.widgets import calm, escape, show_html


def page(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("overview.no_area"))}</div>')
        return
    area_id = _choose_area(context)
    holdings = cache.get_holdings(context.store, context.revision, area_id)
    measure = partial(cache.get_measured, holdings, context.revision, area_id)

    def ask(question: Question) -> Measured:
        return measure(question)

    def count(period: Period, category: str | None) -> pd.Series:
        return cache.get_count(holdings, context.revision, area_id, period, category)

    show_title(holdings, words)
    if not holdings.facts:
        show_html(f'<div class="db-note">{escape(words("overview.nothing"))}</div>')
    if not context.is_local:
        show_html(f'<p class="db-sub">{escape(words("overview.shared_only"))}</p>')
    top = st.container()
    choice, measured = _choose(holdings, ask, context)
    with calm(words):
        sheet = study.answer(holdings, choice, ask, count, words)
        with top:
            show_headline(sheet.headline, words)
            show_tiles(sheet.tiles)
        left, right = st.columns([63, 37], gap="small")
        selected = session.chosen_ward(measured.frame.index)
        with left:
            show_map(sheet.map, holdings, context, area_id, selected)
            show_legend(sheet.map, words)
        with right:
            show_ranking(sheet.ranking, selected, words)
        show_lists(sheet.lists)
        show_downloads(sheet, holdings.shapes, words)
        if selected:
            show_card(describe_ward(holdings, measured, selected, words), words)
        session.mirror(bo=str(area_id) if len(context.areas) > 1 else None, dia_ban=selected)


def _choose_area(context: Context) -> int:
    words = context.words
    titles = {str(area.id): area.title for area in context.areas}
    chosen = session.choose("bo", list(titles), str(context.areas[0].id))
    if len(titles) > 1:
        st.selectbox(
            words("overview.area"),
            list(titles),
            key=session.key_of("bo"),
            format_func=titles.__getitem__,
            label_visibility="collapsed",
            width=420,
        )
    return int(chosen)


def _choose(holdings: Holdings, ask: study.Measure, context: Context) -> tuple[Choice, Measured]:
    """The row of select boxes and the layers; what is chosen stands in the address."""
    words = context.words
    periods = study.name_choices(list_periods(holdings), words)
    every = "all"
    columns = st.columns([24, 20, 24, 32], vertical_alignment="bottom")
    default = find_default(holdings, list(periods.values()))
    options = [*periods, every]
    session.choose("ky", options, next((text for text in periods if periods[text] == default), every))

    def name_period(text: str) -> str:
        period = periods.get(text)
        name = study.title_period(period, words)
        if period is not None and not is_covered(holdings, period):
            return words("overview.partial", period=name)
        return name

    with columns[0]:
        period_text = st.selectbox(
            words("overview.period"), options, key=session.key_of("ky"), format_func=name_period
        )
    session.choose("so_voi", ["year", "before"], "year")
    with columns[1]:
        compare = st.selectbox(
            words("overview.compare"),
            ["year", "before"],
            key=session.key_of("so_voi"),
            format_func=lambda text: words(f"compare.{text}"),
            disabled=period_text == every,
        )
    categories = [every, *list_categories(holdings)]
    session.choose("loai", categories, every)
    with columns[2]:
        category = st.selectbox(
            words("overview.category"),
            categories,
            key=session.key_of("loai"),
            format_func=lambda text: words("overview.all_categories") if text == every else text,
        )
    period = periods.get(period_text)
    question = Choice("status", period, compare, None if category == every else category)
    measured = ask(study.make_question(holdings, question))
    session.chosen_ward(measured.frame.index)
    with columns[3]:
        st.selectbox(
            words("overview.find"),
            list(measured.frame.index),
            key=session.key_of("dia_ban"),
            index=None,
            format_func=lambda code: name_ward(measured, code, words),
            placeholder=words("overview.find_hint"),
        )
    with st.container(horizontal=True, vertical_alignment="center", key="db-layers"):
        key = _choose_layer(measured, context)
        with st.popover(words("overview.formula"), type="tertiary"):
            show_formula(key, words)
    session.mirror(ky=period_text, so_voi=compare, loai=None if category == every else category)
    return Choice(key, period, compare, question.category), measured


def _choose_layer(measured: Measured, context: Context) -> str:
    words = context.words
    layers = study.list_layers(measured) or ["n_incidents"]
    default = "status" if "status" in layers else layers[0]
    layer = _choose_one("lop", layers, default, words("overview.layer"), words)
    session.mirror(lop=layer)
    if layer != "cameras":
        session.mirror(camera=None)
        return layer
    keys = study.list_camera_keys(measured)
    key = _choose_one("camera", keys, keys[0], words("overview.camera_measure"), words)
    session.mirror(camera=key)
    return key


def _choose_one(name: str, options: Sequence[str], default: str, label: str, words: Words) -> str:
    """One of a few layers, side by side."""
    session.choose(name, options, default)
    chosen = st.segmented_control(
        label,
        options,
        key=session.key_of(name),
        required=True,
        format_func=lambda text: words(f"layer.{text}"),
        label_visibility="collapsed",
    )
    return chosen or default
