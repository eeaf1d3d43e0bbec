"""Lựa chọn địa bàn: weights and rules beside table, map and curve. The program proposes; people decide."""

import datetime as dt

import pandas as pd
import streamlit as st

from errors import NotFeasible
from i18n.formats import Formats
from i18n.messages import Words
from layers.palettes import SCORE_PARTS
from studies import shortlist_map
from studies.catalogues import find_catalogue
from studies.frozen import thaw
from studies.profile import describe_ward
from studies.scenarios import first_scenario, is_of
from studies.shortlist import LongList, Shortlist, cell
from studies.shortlist_ties import tell_limits
from studies.shortlist_why import explain
from studies.shortlist_words import (
    make_tiles,
    name_changes,
    tell_clash,
    write_former_cover,
    write_rows,
)
from views import cache, selection_state, session
from views.chart_parts import ChartText
from views.charts import CutLine, show_cutoff
from views.concentration_expert import NONE
from views.context import Context
from views.downloads import show_map_downloads
from views.map_legend import show_legend
from views.map_sheet import PageWords, show_page
from views.panels import show_lists, show_tiles
from views.question import Asked
from views.selection_panel import choose_scenario
from views.selection_scenarios import show_choice, show_scenarios
from views.selection_state import Work
from views.selection_table import show_rows
from views.ward_card import show_card
from views.ward_map import show_map
from views.widgets import escape, show_html

SAID = PageWords("shortlist.title", needs="n_incidents", nothing="shortlist.nothing")
LINES = (("camera_gap_points", "camera_gap"), ("n_incidents", "incidents"), ("population", "other"))
MOST_K = 40


def page(context: Context) -> None:
    show_page(context, SAID, _show)


def _show(asked: Asked, context: Context, top: st.delta_generator.DeltaGenerator) -> None:
    words = context.words
    with top:
        left, heading = st.columns([30, 70], gap="small")
    with left:
        register = _choose_register(asked, context)
    listed = list_wards(asked, context, register)
    work = selection_state.current()
    if work is None or not is_of(work.base, asked.shown.holdings, listed.measured, register):
        work = selection_state.begin(first_scenario(asked.shown.holdings, listed, words))
    with top:
        tiles = st.container()
    left, middle, right = st.columns([18, 49, 33], gap="small")
    with left, st.container(border=True, key="db-panel"):
        scenario = choose_scenario(work, listed, words)
    selection_state.remember(scenario)
    approval = scenario.approval
    if approval is not None:
        thawed = thaw(listed, scenario, approval)
        with top:
            _tell_changed(thawed.n_changed, words)
        found, stability = thawed.found, thawed.stability
    else:
        view, question = asked.shown.view, asked.measured.question
        try:
            found = cache.get_shortlist(listed, context.revision, view, question, scenario)
        except NotFeasible as clash:
            with heading:
                show_choice(listed, asked.shown.holdings, work, context)
            with middle:
                told = tell_clash(clash, listed, scenario, words)
                show_html(f'<div class="db-note" role="alert">{escape(told)}</div>')
            return
        stability = cache.get_stability(found, context.revision, view, question, scenario)
    _show_found(found, stability, listed, asked, context, (heading, tiles, middle, right), work)


def _tell_changed(n_changed: int, words: Words) -> None:
    if n_changed:
        note = words("shortlist.changed_since", n=n_changed)
        show_html(f'<div class="db-note">{escape(note)}</div>')


def _choose_register(asked: Asked, context: Context) -> str:
    """Which list the areas are chosen for; the first of the catalogue where the address names none."""
    names = {each.key: each.name for each in find_catalogue(context.store, _year(asked)).registers}
    register = session.choose("so", list(names), next(iter(names)))
    if len(names) > 1:
        st.selectbox(
            context.words("selection.register"), list(names), key=session.key_of("so"),
            format_func=names.__getitem__,
        )  # fmt: skip
    session.mirror(so=register if register != next(iter(names)) else None)
    return register


def _year(asked: Asked) -> int:
    period = asked.measured.question.period
    return (period.end.year if period else dt.date.today().year) + 1


def list_wards(asked: Asked, context: Context, register: str) -> LongList:
    """The long list of what is looked at."""
    question, view = asked.measured.question, asked.shown.view
    derived = cache.get_derived(asked.measured, context.revision, view, question, NONE, None)
    area_id = asked.shown.holdings.area.id
    return cache.get_long_list(
        context.store, derived.measured, context.revision, view, question, area_id, _year(asked), register
    )


def _show_found(
    found: Shortlist,
    stability: pd.Series,
    listed: LongList,
    asked: Asked,
    context: Context,
    boxes: tuple[st.delta_generator.DeltaGenerator, ...],
    work: Work,
) -> None:
    words, holdings = context.words, asked.shown.holdings
    heading, tiles, middle, right = boxes
    view = asked.shown.view
    spec, caption = shortlist_map.draw_shortlist(holdings, found, words)
    selected = session.chosen_ward(found.table.index)
    with heading:
        show_scenarios(found, stability, listed, holdings, work, context)
    with tiles:
        show_tiles(make_tiles(found, stability, words), words)
    with middle:
        for line in tell_limits(found, words):
            show_html(f'<div class="db-note">{escape(line)}</div>')
        show_rows(found, *write_rows(found, stability, words, also=selected), selected, words)
    with right:
        with st.container(key="db-score-map"):
            show_map(spec, holdings, context, view, selected)
            show_legend(spec, words)
        _show_curve(found, words)
    show_lists(name_changes(found, words))
    _show_why(found, stability, selected, words)
    table = shortlist_map.make_table(found, stability, words)
    show_map_downloads(spec, table, caption, holdings.shapes, words)
    if selected:
        show_card(describe_ward(holdings, found.measured, selected, words), words)
    session.mirror(dia_ban=selected)


def _show_curve(found: Shortlist, words: Words) -> None:
    n, curve = len(found.chosen), found.curve
    shown = curve[curve.index <= max(MOST_K, n)]
    at = min(n, int(curve.index[-1]))
    lines = [
        CutLine(
            column,
            words(f"shortlist.line_{column}"),
            words("shortlist.line_now", k=at, pct=words.number(curve[column].iloc[at])),
            SCORE_PARTS[colour],
        )
        for column, colour in LINES
        if column in shown
    ]
    if not lines:
        return
    with st.container(border=True, key="db-curve"):
        show_html(f"<h3>{escape(words('shortlist.curve_title', n=n))}</h3>")
        alt = words("shortlist.curve_alt", told="; ".join(f"{line.name}: {line.now}" for line in lines))
        text = ChartText(words("shortlist.curve_x"), words("shortlist.curve_y"), alt)
        covered = {str(key): float(value) for key, value in found.covered.items()}
        show_cutoff(shown, lines, at, covered, text, Formats(words.language))
        lines_below = (write_former_cover(found, words), words("shortlist.curve_note"))
        show_html("".join(f'<p class="db-sub">{escape(line)}</p>' for line in lines_below if line))


def _show_why(found: Shortlist, stability: pd.Series, selected: str | None, words: Words) -> None:
    """The paragraph on one ward: the chosen one, else the first of the list."""
    code = selected or (found.chosen[0] if found.chosen else None)
    if code is None:
        return
    with st.container(border=True, key="db-why"):
        show_html(
            f"<h3>{escape(words('why.title', name=str(cell(found.table, code, 'ward_name')) or code))}</h3>"
        )
        st.code(explain(found, stability, code, words), language=None, wrap_lines=True)
        if selected is None:
            show_html(f'<p class="db-sub">{escape(words("why.pick"))}</p>')
