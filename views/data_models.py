"""Bảng mô hình: a list of models and their results, read, looked at, then kept."""

import streamlit as st

from studies.intake import Received
from studies.intake_models import ModelsTrial, keep_models, try_models
from studies.model_words import list_model_rows, write_tally
from views import session
from views.context import Context
from views.data_areas import choose_area
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html, table_html

SLOT = "models"
HEADS = ("name", "place", "n_members", "figures", "what")


def show_models(context: Context) -> None:
    words = context.words
    with step(SLOT, words("models_file.heading")):
        st.caption(words("models_file.hint"))
        area = choose_area("area_models", words("models_file.area"), context)
        received = take(SLOT, words("models_file.upload"), words("models_file.formats"), words)
        if received is not None:
            with heed(words):
                _show_trial(received, area.id, context)


def _show_trial(received: Received, area_id: int, context: Context) -> None:
    words = context.words
    trial = once(
        f"{SLOT}_trial", (received.sha256, area_id, context.revision),
        lambda: try_models(context.store, area_id, received),
    )  # fmt: skip
    told = words("models_file.read", n=len(trial.pairs), new=trial.n_new, changed=trial.n_changed)
    show_html(f'<p class="db-sentence"><b>{escape(told)}</b></p>')
    show_html(f'<div class="db-balance">{escape(write_tally(trial.tally, words))}</div>')
    show_findings(trial.findings, words("models_file.remarks"), words, file=received.name)
    if not trial.pairs:
        show_html(f'<div class="db-note">{escape(words("models_file.empty"))}</div>')
        return
    heads = [words(f"models_file.head.{head}") for head in HEADS]
    show_html(table_html(heads, list_model_rows(trial.pairs, words), texts=range(len(heads))))
    _offer_keep(trial, context)


def _offer_keep(trial: ModelsTrial, context: Context) -> None:
    words = context.words
    by = st.text_input(words("model_form.by"), session.recall("user_name", ""), key="by_models").strip()
    if not st.button(words("models_file.keep"), type="primary", key="keep_models"):
        return
    session.keep("user_name", by)
    is_new = keep_models(context.store, trial, by=by)
    kept = words("models_file.kept", n=len(trial.pairs))
    session.keep("done", (kept if is_new else words("models_file.same"), ""))
    empty(SLOT)
    st.rerun()
