"""Khu vực tập trung vụ việc: how few wards hold the incidents, which lie together, which stay high."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.cluster_search import BASES, choose_basis
from geo.derive import Derived
from i18n.messages import Words
from studies import concentration as study
from studies.overview import Choice
from studies.patterns import Patterns
from studies.profile import describe_ward
from views import cache, chart_words, session
from views import overview_choices as choices
from views.concentration_expert import NONE, show_expert
from views.context import Context
from views.downloads import show_downloads
from views.map_sheet import PageWords, show_page, show_sheet
from views.panels import show_formula, show_headline, show_tiles
from views.question import Asked
from views.ward_card import show_card
from views.widgets import escape, show_html, table_html

SAID = PageWords("concentration.title", needs="n_incidents", nothing="concentration.nothing")


def page(context: Context) -> None:
    show_page(context, SAID, _show)


def _show(asked: Asked, context: Context, top: st.delta_generator.DeltaGenerator) -> None:
    words, holdings = context.words, asked.shown.holdings
    further = session.choose("chuyen_sau", [NONE, *study.EXPERT_LAYERS], NONE)
    basis = session.choose("tim_theo", list(BASES), choose_basis(asked.measured))
    derived = _derive(asked, context, further, basis)
    choice = _choose_layer(asked, derived, further, context)
    report = study.answer(holdings, choice, derived, asked.count, words)
    with top:
        show_headline(report.sheet.headline, words)
        show_tiles(report.sheet.tiles, words)
    asked = replace(asked, measured=derived.measured)
    selected = show_sheet(report.sheet, asked, context)
    _show_how(report, words)
    show_downloads(report.sheet, holdings.shapes, words, images=choice.key in study.LAYERS)
    _show_changes(report, words)
    _show_charts(report, asked, words)
    show_expert(asked, derived, basis, context)
    if selected:
        show_card(describe_ward(holdings, asked.measured, selected, words), words)
    session.mirror(dia_ban=selected, chuyen_sau=None if further == NONE else further)


def _derive(asked: Asked, context: Context, further: str, basis: str) -> Derived:
    """The measures with clusters and the chosen layer."""
    question = asked.measured.question
    derived = cache.get_derived(asked.measured, context.revision, asked.shown.view, question, further, basis)
    if further != study.PATTERN or derived.chance is None:
        return derived

    def find() -> Patterns:
        return cache.get_patterns(
            asked.shown.holdings, derived, asked.count, context.revision, asked.shown.view, question, basis
        )

    return study.add_patterns(derived, find)


def _has_values(frame: pd.DataFrame, key: str) -> bool:
    return key in frame and bool(frame[key].notna().any())


def _choose_layer(asked: Asked, derived: Derived, further: str, context: Context) -> Choice:
    words, frame = context.words, derived.measured.frame
    layers = [key for key in study.LAYERS if _has_values(frame, key)] or ["n_incidents"]
    has_areas = "gi_star_cluster" in frame and bool((frame["gi_star_cluster"] == "high").any())
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="db-choices"
    ):
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="db-layers"):
            first = next((key for key in layers if key != "gi_star_cluster" or has_areas), layers[0])
            layer = choices.choose_one("lop", layers, first, words("overview.layer"), words)
            key = further if _has_values(frame, further) else layer
            with st.popover(words("overview.formula"), type="tertiary"):
                show_formula(key, words)
        choices.choose_version(asked.shown, words)
    session.mirror(lop=layer)
    return replace(asked.choice, key=key)


def _show_how(report: study.Report, words: Words) -> None:
    """The areas by name, and how they were found."""
    items = "".join(
        f"<p><b>{escape(area.title)}:</b> {escape(', '.join(area.names))}</p>" for area in report.areas
    )
    heading = f"<h3>{escape(words('concentration.areas_heading'))}</h3>" if items else ""
    note = f'<p class="db-sub">{escape(report.chance_note)}</p>'
    show_html(f'<section class="db-card">{heading}{items}{note}</section>')


def _show_changes(report: study.Report, words: Words) -> None:
    if report.changes:
        lines = "".join(f"<p>{escape(line)}</p>" for line in report.changes)
        heading = escape(words("concentration.change_heading"))
        show_html(f'<section class="db-card"><h3>{heading}</h3>{lines}</section>')


def _show_charts(report: study.Report, asked: Asked, words: Words) -> None:
    columns = st.columns(2 if report.lasting else 1, gap="small")
    with columns[0], st.container(border=True, key="db-curve"):
        show_html(f"<h3>{escape(words('concentration.curve_heading'))}</h3>")
        chart_words.show_cumulative(report.curve, words)
        show_html(f'<p class="db-sub">{escape(words("concentration.curve_note"))}</p>')
    if report.lasting:
        with columns[1]:
            _show_lasting(report, asked, words)


def _show_lasting(report: study.Report, asked: Asked, words: Words) -> None:
    heads = [words(f"concentration.lasting_{name}") for name in ("ward", "years", "now")]
    rows = [(row.name, row.years, row.now) for row in report.lasting]
    note = words("concentration.lasting_note", n=asked.measured.history.shape[1])
    show_html(table_html(heads, rows, title=words("concentration.lasting_heading"), foot=note))
