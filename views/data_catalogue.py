"""Danh mục của Ban Chỉ đạo: the catalogue in force, its file, a changed one beside it, then kept."""

import datetime as dt
from pathlib import Path

import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue
from store.plan_records import Kept
from studies.catalogue_words import list_changes, list_shelves, write_counts, write_file
from studies.intake import Received
from studies.intake_catalogue import CatalogueTrial, find_kept_in_force, keep_catalogue, try_catalogue
from views import session
from views.context import Context
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html, table_html

STYLE = Path(__file__).with_name("data_catalogue.css")
SLOT = "catalogue"
TOML = "application/toml"
HEADS = ("shelf", "key", "what", "before", "after")


def show_catalogue(context: Context) -> None:
    words = context.words
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    st.html(STYLE)
    with step(SLOT, words("catalogue.heading")):
        st.caption(words("catalogue.hint"))
        kept = context.store.list_catalogues()
        if kept:
            _show_kept(kept, find_kept_in_force(context.store, today), words)
        received = take(SLOT, words("catalogue.upload"), words("catalogue.formats"), words)
        if received is not None:
            with heed(words):
                _show_trial(received, today, context)


def _show_kept(kept: list[Kept[Catalogue]], in_force: Kept[Catalogue], words: Words) -> None:
    """The one in force; where there are several, any of them."""
    chosen = in_force
    if len(kept) > 1:
        by_id = {str(each.id): each for each in reversed(kept)}

        def name(key: str) -> str:
            told = "option_in_force" if by_id[key].id == in_force.id else "option"
            content = by_id[key].content
            return words(f"catalogue.{told}", name=content.name, day=content.valid_from)

        options = list(by_id)
        key = st.selectbox(
            words("catalogue.choose"), options, index=options.index(str(in_force.id)), format_func=name,
            key="catalogue_shown", width=480,
        )  # fmt: skip
        chosen = by_id[key]
    _show_one(chosen, is_in_force=chosen.id == in_force.id, words=words)


def _show_one(kept: Kept[Catalogue], *, is_in_force: bool, words: Words) -> None:
    told = kept.content
    line = words("catalogue.line", name=told.name, day=told.valid_from)
    state = words("catalogue.in_force" if is_in_force else "catalogue.not_in_force")
    source = words(
        "catalogue.source_line", source=told.source, date=words.date(kept.at), revision=kept.revision
    )
    by = f" {words('extras.by_line', by=kept.by)}" if kept.by else ""
    months = words("catalogue.months", maintenance=told.maintenance_months, watch=told.watch_months)
    show_html(
        f'<div class="db-file"><b>{escape(line)}</b> <span class="db-chip">{escape(state)}</span><br>'
        f'<span class="db-sub">{escape(source + by)}<br>{escape(write_counts(told, words))}. '
        f"{escape(months)}</span></div>"
    )
    for shelf in list_shelves(told, words):
        with st.expander(words("catalogue.open", title=shelf.title, n=shelf.n)):
            if shelf.rows:
                show_html(table_html(shelf.heads, shelf.rows, texts=range(len(shelf.heads))))
            else:
                show_html(f"<p>{escape(words('catalogue.nothing'))}</p>")
    st.download_button(
        words("catalogue.download"), data=lambda: write_file(told, words).encode(), mime=TOML,
        file_name=words("catalogue.file_name", day=told.valid_from.isoformat()), key="catalogue_download",
        on_click="ignore",
    )  # fmt: skip


def _show_trial(received: Received, today: dt.date, context: Context) -> None:
    words = context.words
    trial = once(
        f"{SLOT}_trial", (received.sha256, context.revision, today),
        lambda: try_catalogue(context.store, received, today),
    )  # fmt: skip
    told = trial.catalogue
    text = words("catalogue.read", name=told.name, day=told.valid_from, counts=write_counts(told, words))
    show_html(f'<p class="db-sentence"><b>{escape(text)}</b></p>')
    show_findings(trial.findings, words("catalogue.remarks"), words, file=received.name)
    _show_changes(trial, words)
    for note in _list_notes(trial, today, words):
        st.caption(note)
    _offer_keep(trial, context)


def _show_changes(trial: CatalogueTrial, words: Words) -> None:
    if trial.beside is None:
        show_html(f'<p class="db-sub">{escape(words("catalogue.no_beside"))}</p>')
    elif not trial.changes:
        show_html(f'<p class="db-sub">{escape(words("catalogue.same"))}</p>')
    else:
        kinds = [change.kind for change in trial.changes]
        n = {kind: kinds.count(kind) for kind in ("added", "removed")}
        changed = len(kinds) - sum(n.values())
        name = trial.beside.content.name
        text = words("catalogue.differs", name=name, n=len(kinds), changed=changed, **n)
        show_html(f'<p class="db-sentence">{escape(text)}</p>')
        heads = [words(f"catalogue.head.{head}") for head in HEADS]
        rows = list_changes(trial.changes, words)
        show_html(table_html(heads, rows, title=words("catalogue.differences"), texts=range(len(heads))))


def _list_notes(trial: CatalogueTrial, today: dt.date, words: Words) -> list[str]:
    """What keeping it would mean for the one in force, in plain text."""
    day = trial.catalogue.valid_from
    notes = []
    if trial.replaces is not None and trial.replaces.content != trial.catalogue:
        notes.append(words("catalogue.replaces", day=day))
    if day > today:
        notes.append(words("catalogue.later", day=day, year=str(day.year)))
    elif not trial.will_hold:
        notes.append(words("catalogue.earlier", day=day))
    return notes


def _offer_keep(trial: CatalogueTrial, context: Context) -> None:
    words = context.words
    by = st.text_input(words("catalogue.by"), session.recall("user_name", ""), key="by_catalogue").strip()
    if not by:
        st.caption(words("catalogue.need_by"))
    if not st.button(words("catalogue.keep"), type="primary", key="keep_catalogue", disabled=not by):
        return
    session.keep("user_name", by)
    told = trial.catalogue
    kept = words("catalogue.kept", name=told.name, day=told.valid_from)
    is_new = keep_catalogue(context.store, trial, by=by)
    session.keep("done", (kept if is_new else words("catalogue.unchanged"), ""))
    empty(SLOT)
    st.rerun()
