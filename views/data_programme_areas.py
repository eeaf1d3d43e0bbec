"""Địa bàn của chương trình đã có: one by one, or from a committee's list."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

import streamlit as st

from briefing.template import make_template
from planning.catalogue import Catalogue
from planning.programme import Programme
from store.plan_records import Kept
from store.records import Area
from studies.area_words import CELLS, list_cells, write_rows
from studies.follow_words import name_programme
from studies.intake import Received
from studies.intake_areas import Area as Taken
from studies.intake_areas import keep_areas, load_catalogue, try_areas
from views import cache, session
from views.context import Context
from views.data_areas import choose_area
from views.data_programme_area import ask_area
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import drop, empty, once, take
from views.widgets import escape, show_html, table_html

SLOT = "programme"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAYS = ("one", "list")


def show_areas(context: Context) -> None:
    words = context.words
    with step("programme_areas", words("programme_entry.areas_heading")):
        st.caption(words("programme_entry.areas_hint"))
        programme = _choose_programme(context)
        if programme is None:
            show_html(f'<div class="db-note">{escape(words("programme_entry.no_programme"))}</div>')
            return
        _tell_there(programme, context)
        way = WAYS[0]
        if context.areas:
            way = st.radio(
                words("programme_entry.way"), WAYS, horizontal=True, key="programme_areas_way",
                format_func=lambda name: words(f"programme_entry.way_{name}"),
            )  # fmt: skip
        catalogue = load_catalogue(context.store, programme.content.year)
        with heed(words):
            if way == "list":
                _ask_list(programme, catalogue, context)
            else:
                drop(SLOT)
                _ask_one(programme, catalogue, context)


def _choose_programme(context: Context) -> Kept[Programme] | None:
    """The one kept last in this session comes first."""
    by_id = {str(each.id): each for each in context.store.list_programmes()}
    if not by_id:
        return None
    latest = session.recall("programme_of_areas", "")
    chosen = st.selectbox(
        context.words("programme_entry.areas_of"), list(by_id), key=f"programme_of_areas_{latest}",
        index=list(by_id).index(latest) if latest in by_id else 0,
        format_func=lambda key: name_programme(by_id[key], context.words),
    )  # fmt: skip
    return by_id[chosen]


def _tell_there(programme: Kept[Programme], context: Context) -> None:
    n, of = len(context.store.list_target_areas(programme.id)), programme.content.n_selected
    key = "has_areas" if of is None or of <= n else "has_areas_of"
    show_html(f'<p class="db-sub">{escape(context.words(f"programme_entry.{key}", n=n, of=of))}</p>')


def _ask_one(programme: Kept[Programme], catalogue: Catalogue, context: Context) -> None:
    words = context.words
    taken = ask_area(programme, catalogue, context)
    if taken is None:
        return
    told = "; ".join(cell for cell in list_cells(taken, catalogue, words)[-3:] if cell != "–")
    show_html(f'<p class="db-sentence">{escape(words("programme_entry.will_be", text=told))}</p>')
    _offer_keep([taken], words("programme_entry.keep_area"), programme, context)


def _ask_list(programme: Kept[Programme], catalogue: Catalogue, context: Context) -> None:
    words = context.words
    area = choose_area("area_programme", words("programme_entry.boundaries"), context)
    wards = cache.get_holdings(context.store, context.revision, area.id).wards
    st.download_button(
        words("programme_entry.template"), data=partial(make_template, "areas", wards, words),
        file_name="mau-areas.xlsx", mime=XLSX, key="template_areas", on_click="ignore",
    )  # fmt: skip
    received = take(SLOT, words("programme_entry.upload"), words("programme_entry.formats"), words)
    if received is not None:
        _show_trial(received, area, programme, catalogue, context)


def _show_trial(
    received: Received, area: Area, programme: Kept[Programme], catalogue: Catalogue, context: Context
) -> None:
    words, today = context.words, dt.date.today()
    trial = once(
        f"{SLOT}_trial", (received.sha256, area.id, programme.id, context.revision, today),
        lambda: try_areas(context.store, programme, area.id, received, words, today=today),
    )  # fmt: skip
    n = len(trial.areas)
    show_html(f'<p class="db-sentence"><b>{escape(words("programme_entry.read", n=n))}</b></p>')
    show_html(f'<div class="db-balance">{escape(write_rows(trial.tally, words))}</div>')
    show_findings(trial.findings, words("programme_entry.remarks"), words, file=received.name)
    if not trial.areas:
        show_html(f'<div class="db-note">{escape(words("programme_entry.empty"))}</div>')
        return
    heads = [words(f"programme_entry.area.{name}") for name in CELLS]
    rows = [list_cells(taken, catalogue, words) for taken in trial.areas]
    show_html(table_html(heads, rows, texts=range(len(heads))))
    _offer_keep(trial.areas, words("programme_entry.keep_areas", n=n), programme, context)


def _offer_keep(areas: Sequence[Taken], label: str, programme: Kept[Programme], context: Context) -> None:
    words = context.words
    by = st.text_input(
        words("programme_entry.areas_by"), session.recall("user_name", ""), key="by_programme_areas"
    ).strip()
    if not st.button(label, type="primary", key="keep_programme_areas"):
        return
    session.keep("user_name", by)
    keep_areas(context.store, programme.id, areas, by=by)
    said = words("programme_entry.kept_areas", n=len(areas), name=programme.content.name)
    session.keep("done", (said, ""))
    session.keep("programme_area_turn", session.recall("programme_area_turn", 0) + 1)
    empty(SLOT)
    st.rerun()
