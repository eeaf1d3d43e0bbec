"""The record of one area: what it says, and the form that changes it."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue, Named
from planning.programme import TargetArea
from store.plan_records import KeptArea
from studies.area_editing import FIELDS, find_edit, write_field
from views.context import Context
from views.follow_forms import Typing, ask_name, restart, take_up, write_edit
from views.follow_steps import DAYS, FIRST_DAY
from views.widgets import calm, escape, show_html

LISTS = ("types", "reasons", "measures")


def show_record(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> None:
    """Part by part; what is empty is said to be unknown."""
    area = kept.content
    unknown = words("reports.unknown")
    facts = [
        (
            words(f"record.field.{name}"),
            write_field(name, value, catalogue, words) if (value := getattr(area, name)) else unknown,
        )
        for name in FIELDS
    ]
    body = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    title = escape(words("record.heading"))
    show_html(f'<div class="db-facts"><h3 class="db-inside">{title}</h3><dl>{body}</dl></div>')


def ask_record(kept: KeptArea, catalogue: Catalogue | None, context: Context) -> None:
    """The form, which begins with the version that the person opened and stays with it."""
    words, typing = context.words, take_up("record", kept)
    with st.expander(words("record.edit")):
        with st.container():
            if typing.base.revision != kept.revision:
                typing = _offer_reload(typing, kept, words)
        with st.form(typing.key("form"), border=False):
            typed = _ask_fields(typing, catalogue, words)
            by = ask_name(typing, words)
            if st.form_submit_button(words("record.save"), type="primary"):
                with calm(words):
                    _save(typing, typed, by, context)


def _offer_reload(typing: Typing, kept: KeptArea, words: Words) -> Typing:
    """Somebody kept a newer version while this form was open."""
    told = words(
        "record.stale", revision=kept.revision, by=kept.by or words("record.someone"),
        day=kept.at.astimezone().date(),
    )  # fmt: skip
    show_html(f'<div class="db-note">{escape(told)}</div>')
    if st.button(words("record.reload"), key=typing.key("reload")):
        return restart("record", kept)
    return typing


def _ask_fields(typing: Typing, catalogue: Catalogue | None, words: Words) -> dict[str, Any]:
    area = typing.base.content
    typed: dict[str, Any] = {
        name: _ask_list(name, area, getattr(catalogue, name) if catalogue else (), typing, words)
        for name in ("types", "reasons")
    }
    typed["responsible"] = st.text_input(
        words("record.field.responsible"), area.responsible, key=typing.key("responsible")
    ).strip()
    for name, column in zip(("start", "end", "sub_plan_on"), st.columns(3), strict=True):
        typed[name] = column.date_input(
            words(f"record.field.{name}"), getattr(area, name), min_value=FIRST_DAY, format=DAYS,
            key=typing.key(name),
        )  # fmt: skip
    typed["measures"] = _ask_list("measures", area, catalogue.measures if catalogue else (), typing, words)
    typed["note"] = st.text_area(
        words("record.field.note"), area.note, key=typing.key("note"), height=100
    ).strip()
    return typed


def _ask_list(
    name: str, area: TargetArea, names: Iterable[Named], typing: Typing, words: Words
) -> tuple[str, ...]:
    """Keys of the catalogue or free text, several of them."""
    known = {each.key: each.name for each in names}
    held: tuple[str, ...] = getattr(area, name)
    options = list(dict.fromkeys((*known, *held)))
    chosen = st.multiselect(
        words(f"record.field.{name}"), options, list(held), accept_new_options=True, key=typing.key(name),
        format_func=lambda key: known.get(key, key), placeholder=words("record.free"),
    )  # fmt: skip
    return tuple(chosen)


def _save(typing: Typing, typed: dict[str, Any], by: str, context: Context) -> None:
    words = context.words
    edit = find_edit(typing.base.content, typed)
    if edit.is_empty:
        show_html(f'<p class="db-sub" role="status">{escape(words("record.unchanged"))}</p>')
        return
    write_edit(typing, typing.base, edit, by, words("record.saved"), context)
