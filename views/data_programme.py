"""Chương trình đã có: a programme typed in as its document tells it, or changed, then its areas."""

import datetime as dt
from typing import Any

import streamlit as st

from errors import ChangedMeanwhile
from geo.periods import FIRST_YEAR, LAST_YEAR
from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.papers import Document
from planning.programme import Programme
from store.plan_records import Kept
from studies.follow_words import name_programme
from studies.intake_areas import load_catalogue
from studies.programme_entry import LEVELS, compare_versions, find_changes, keep_programme, suggest_key
from views import programme_draft, session
from views.context import Context
from views.data_programme_areas import show_areas
from views.data_programme_boxes import ask_day
from views.data_programme_targets import TargetTable, ask_targets
from views.data_step import heed, step
from views.programme_draft import Draft
from views.widgets import escape, show_error, show_html, table_html

NEW = ""
MOST_AREAS = 100_000
BLANK = Programme("", "", "", "", "", 0, Document())


def show(context: Context) -> None:
    """Two cards: the programme, and areas under one that is there."""
    with step("programme_form", context.words("programme_entry.heading")):
        st.caption(context.words("programme_entry.hint"))
        draft = _pick(context)
        with heed(context.words):
            _ask(draft, context)
    show_areas(context)


def _pick(context: Context) -> Draft:
    """The box of programmes; choosing one starts the boxes anew."""
    words = context.words
    by_id = {str(each.id): each for each in context.store.list_programmes()}
    draft = programme_draft.current()
    key = draft.key("pick")
    now = str(draft.base.id) if draft.base is not None and str(draft.base.id) in by_id else NEW

    def take_up() -> None:
        programme_draft.begin(by_id.get(str(st.session_state.get(key))))

    options = [NEW, *by_id]
    st.selectbox(
        words("programme_entry.which"), options, index=options.index(now), key=key, on_change=take_up,
        format_func=lambda each: name_programme(by_id[each], words) if each else words("programme_entry.new"),
    )  # fmt: skip
    return programme_draft.current()


def _ask(draft: Draft, context: Context) -> None:
    words = context.words
    told = draft.base.content if draft.base else BLANK
    year = told.year or dt.date.today().year
    catalogue = load_catalogue(context.store, year)
    typed = _ask_fields(told, year, catalogue, draft, context)
    typed["document"] = _ask_document(told.document, draft, words)
    table = ask_targets(told, catalogue, draft, words)
    by = st.text_input(
        words("programme_entry.by"), session.recall("user_name", ""), key=draft.key("by")
    ).strip()
    session.keep("user_name", by)
    if draft.base is not None and _show_newer(draft.base, typed, table, catalogue, context):
        if st.button(words("programme_entry.keep_mine"), type="primary", key=draft.key("keep_mine")):
            changes = find_changes(told, typed | {"targets": table.read()})
            _keep(changes, context.store.load_programme(draft.base.id), by, context)
        return
    name = "keep_changes" if draft.base else "keep_new"
    if st.button(words(f"programme_entry.{name}"), type="primary", key=draft.key("keep")):
        typed |= {"targets": table.read()}
        _keep(find_changes(told, typed) if draft.base else typed, draft.base, by, context)


def _keep(typed: dict[str, Any], known: Kept[Programme] | None, by: str, context: Context) -> None:
    """Somebody who was quicker is told on the next run, beside what was typed."""
    words = context.words
    if known is not None and not typed:
        show_html(f'<div class="db-note">{escape(words("programme_entry.no_changes"))}</div>')
        return
    try:
        kept = keep_programme(context.store, typed, known, today=dt.date.today(), by=by)
    except ChangedMeanwhile:
        st.rerun()
    told = "kept_changes" if known else "kept_new"
    facts = {"name": kept.content.name, "code": kept.content.key, "revision": kept.revision}
    session.keep("done", (words(f"programme_entry.{told}", **facts), ""))
    programme_draft.begin(kept)
    session.keep("programme_of_areas", str(kept.id))
    st.rerun()


def _show_newer(
    base: Kept[Programme], typed: dict[str, Any], table: TargetTable, catalogue: Catalogue, context: Context
) -> bool:
    """Whether somebody kept another revision since the boxes began; then who, and both side by side."""
    words = context.words
    newest = context.store.load_programme(base.id)
    if newest.revision == base.revision:
        return False
    show_error(
        ChangedMeanwhile(
            "" if newest.by else "unsigned", by=newest.by, revision=newest.revision, at=newest.at
        ),
        words,
    )
    changes = find_changes(base.content, typed | {"targets": table.read()})
    rows = [
        (row.name, row.yours or words("programme_entry.unchanged"), row.theirs)
        for row in compare_versions(base.content, changes, newest.content, catalogue, words)
    ]
    heads = [words(f"programme_entry.{name}") for name in ("field_head", "yours", "theirs")]
    show_html(table_html(heads, rows, texts=(0, 1, 2)))
    return True


def _ask_fields(
    told: Programme, year: int, catalogue: Catalogue, draft: Draft, context: Context
) -> dict[str, Any]:
    words = context.words

    def word(name: str) -> str:
        return words(f"programme_entry.field.{name}")

    typed: dict[str, Any] = {"name": st.text_input(word("name"), told.name, key=draft.key("name")).strip()}
    left, middle, right = st.columns(3)
    typed["place"] = left.text_input(word("place"), told.place, key=draft.key("place")).strip()
    typed["level"] = (
        middle.selectbox(
            word("level"), LEVELS, LEVELS.index(told.level) if told.level in LEVELS else None,
            key=draft.key("level"), placeholder=words("programme_entry.choose"),
            format_func=lambda key: words(f"level.{key}"),
        )
        or ""
    )  # fmt: skip
    names = {each.key: each.name for each in catalogue.registers}
    keys = [*names, *([told.register] if told.register and told.register not in names else [])]
    typed["register"] = (
        right.selectbox(
            word("register"), keys, keys.index(told.register) if told.register else None,
            key=draft.key("register"), placeholder=words("programme_entry.choose"),
            format_func=lambda key: names.get(key, key),
        )
        or ""
    )  # fmt: skip
    left, middle, right = st.columns(3)
    typed["year"] = int(left.number_input(word("year"), FIRST_YEAR, LAST_YEAR, year, key=draft.key("year")))
    typed["start"] = ask_day(middle, word("start"), told.start, draft.key("start"))
    typed["end"] = ask_day(right, word("end"), told.end, draft.key("end"))
    left, right = st.columns([1, 2])
    typed["n_selected"] = left.number_input(
        word("n_selected"), 0, MOST_AREAS, told.n_selected, step=1, key=draft.key("n_selected"),
        placeholder=words("programme_entry.unknown_hint"),
    )  # fmt: skip
    typed["note"] = right.text_input(word("note"), told.note, key=draft.key("note")).strip()
    typed["key"] = told.key or _ask_key(typed, draft, context)
    return typed


def _ask_key(typed: dict[str, Any], draft: Draft, context: Context) -> str:
    """What is left blank takes the suggestion."""
    words = context.words
    taken = {each.content.key for each in context.store.list_programmes()}
    suggested = suggest_key(typed["place"], typed["year"], typed["register"], taken)
    given = st.text_input(
        words("programme_entry.field.key"), key=draft.key("key"), placeholder=suggested,
        help=words("programme_entry.key_hint", code=suggested),
    ).strip()  # fmt: skip
    return given or suggested


def _ask_document(told: Document, draft: Draft, words: Words) -> Document:
    left, right = st.columns(2)
    texts = {
        name: column.text_input(
            words(f"programme_entry.field.{name}"), getattr(told, name), key=draft.key(name)
        ).strip()
        for name, column in (("title", left), ("number", right), ("issued_by", left))
    }
    day = ask_day(right, words("programme_entry.field.issued_on"), told.issued_on, draft.key("issued_on"))
    return Document(**texts, issued_on=day)
