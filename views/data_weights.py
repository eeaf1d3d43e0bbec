"""Trọng số mức gây hại: the committee's own table, read, looked at, kept with its date and its document."""

import datetime as dt

import pandas as pd
import streamlit as st

from geo.rows.harm_rows import Weighed
from i18n.messages import Words
from store.records import KeptWeights
from studies.intake import Received
from studies.intake_boundaries import read_day
from studies.intake_weights import WeightsTrial, keep_weights, try_weights
from views import session
from views.context import Context
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html

SLOT = "weights"
EVERYWHERE = ""


def show_weights(context: Context) -> None:
    words = context.words
    with step(SLOT, words("extras.weights_heading")):
        st.caption(words("extras.weights_hint"))
        kept = _list_kept(context)
        for each in kept:
            _show_kept(each, context)
        if not kept:
            show_html(f'<p class="db-sub">{escape(words("extras.weights_none"))}</p>')
        received = take(SLOT, words("extras.weights_upload"), words("extras.weights_formats"), words)
        if received is not None:
            with heed(words):
                _show_trial(received, kept, context)


def _list_kept(context: Context) -> list[KeptWeights]:
    """For every area first, then area by area."""
    own = [
        kept
        for area in context.areas
        for kept in context.store.list_harm_weights(area.id)
        if kept.area_id == area.id
    ]
    return [*context.store.list_harm_weights(), *own]


def _name_scope(area_id: int | None, context: Context) -> str:
    titles = {area.id: area.title for area in context.areas}
    return context.words("extras.everywhere") if area_id is None else titles[area_id]


def _show_kept(kept: KeptWeights, context: Context) -> None:
    words, table = context.words, kept.weights
    line = words(
        "extras.weights_line", name=table.name, n=len(table.weights), day=table.valid_from,
        scope=_name_scope(kept.area_id, context),
    )  # fmt: skip
    told = words("extras.weights_source_line", source=table.source, date=words.date(kept.added_at))
    told += f" {words('extras.by_line', by=kept.by)}" if kept.by else ""
    show_html(
        f'<div class="db-file"><b>{escape(line)}</b><br><span class="db-sub">{escape(told)}</span></div>'
    )
    with st.expander(words("extras.weights_look", n=len(table.weights))):
        _show_table(table.weights, words)
        if st.button(words("extras.weights_remove"), key=f"remove_weights_{kept.id}"):
            context.store.remove_harm_weights(kept.id)
            session.keep("done", (words("extras.weights_removed", name=table.name), ""))
            st.rerun()


def _show_table(weights: Weighed, words: Words) -> None:
    shown = pd.DataFrame(
        {
            words("extras.category"): [category for category, _ in weights],
            words("extras.weight"): [words.plain(weight) for _, weight in weights],
        }
    )
    st.dataframe(shown, hide_index=True, width=480)


def _show_trial(received: Received, kept: list[KeptWeights], context: Context) -> None:
    words, token = context.words, received.sha256[:12]
    trial = once(f"{SLOT}_trial", received.sha256, lambda: try_weights(received))
    told = words("extras.weights_read", n=len(trial.weights), low=trial.lowest, high=trial.highest)
    show_html(f'<p class="db-sentence"><b>{escape(told)}</b></p>')
    show_findings(trial.findings, words("extras.remarks"), words, file=received.name)
    _show_table(trial.weights, words)
    scopes = {EVERYWHERE: None, **{str(area.id): area.id for area in context.areas}}
    left, middle = st.columns(2)
    scope = left.selectbox(
        words("extras.weights_scope"), list(scopes), key=f"weights_scope_{token}",
        format_func=lambda key: _name_scope(scopes[key], context),
    )  # fmt: skip
    typed = middle.text_input(
        words("extras.weights_day"), key=f"weights_day_{token}", placeholder=words("data.bounds.day_hint")
    )
    source = left.text_input(words("extras.weights_source"), key=f"weights_source_{token}").strip()
    by = middle.text_input(words("entry.by"), key="by").strip()
    day = read_day(typed)
    if day is not None and any(
        (each.area_id, each.weights.valid_from) == (scopes[scope], day) for each in kept
    ):
        st.caption(words("extras.weights_replaces"))
    _offer_keep(trial, scopes[scope], day, source, by, context)


def _offer_keep(
    trial: WeightsTrial, area_id: int | None, day: dt.date | None, source: str, by: str, context: Context
) -> None:
    words = context.words
    asked = st.button(
        words("extras.weights_keep"), type="primary", key="keep_weights", disabled=not (day and source)
    )
    if not (day and source):
        st.caption(words("extras.weights_need"))
    elif asked:
        is_new = keep_weights(context.store, area_id, trial, day, source=source, by=by)
        done = words("extras.weights_kept", n=len(trial.weights), day=day) if is_new else words("extras.same")
        session.keep("done", (done, ""))
        empty(SLOT)
        st.rerun()
