"""Figures that an area's targets are judged by, and its meetings: lists, and the forms that add to them."""

from typing import Any, get_args

import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.dues import MAINTENANCE_END, SUB_PLAN
from planning.papers import Document, Qualifier
from planning.programme import Meeting, Programme
from planning.targets import Observation
from store.plan_records import KeptArea
from studies.area_editing import Edit, check_meeting, check_observation, write_meeting
from studies.evidence_words import name_key, write_line, write_observation
from studies.kpi_counts import list_keys
from views.context import Context
from views.follow_forms import ask_name, recall_shown, take_up, write_edit
from views.follow_labelled import labelled_table, plain_rows
from views.follow_steps import DAYS, FIRST_DAY
from views.widgets import calm, escape, show_html

HEADS = ("key", "phase", "value", "days", "by", "source", "note")
PHASES = ("after", "before", "")


def show_evidence(kept: KeptArea, words: Words) -> None:
    """What people put on file, in the order in which they did."""
    rows = [write_observation(each, words) for each in kept.content.observations]
    if not rows:
        body = f'<p class="db-sub">{escape(words("evidence.none"))}</p>'
    else:
        heads = [words(f"evidence.head.{head}") for head in HEADS]
        lack = dict.fromkeys(("days", "by"), words("reports.unknown"))
        cells = [[getattr(row, name) or lack.get(name, "") for name in HEADS] for row in rows]
        body = labelled_table(heads, plain_rows(cells))
    title = escape(words("evidence.heading"))
    show_html(f'<div class="db-follow"><h3 class="db-inside">{title}</h3>{body}</div>')


def ask_evidence(kept: KeptArea, programme: Programme, context: Context) -> None:
    """One figure more; which ones there are the programme's targets say."""
    words = context.words
    targets = [target for target in programme.targets if target.level == "area"]
    if not targets:
        show_html(f'<p class="db-sub">{escape(words("evidence.no_keys"))}</p>')
        return
    used = {
        key: next(target.name for target in targets if key in list_keys([target]))
        for key in list_keys(targets)
    }
    typing = take_up("evidence", kept)
    with st.expander(words("evidence.add")), st.form(typing.key("form"), border=False):
        key = st.selectbox(
            words("evidence.key"), list(used), key=typing.key("key"),
            format_func=lambda name: f"{name_key(name, words)} – {used[name]}",
        )  # fmt: skip
        left, middle, right = st.columns(3)
        phase: Any = left.selectbox(
            words("evidence.phase_label"), PHASES, key=typing.key("phase"),
            format_func=lambda name: words(f"evidence.phase.{name or 'any'}"),
        )  # fmt: skip
        value = middle.number_input(
            words("evidence.value"), value=None, min_value=0.0, step=1.0, format="%g",
            key=typing.key("value"), help=words("evidence.value_help"),
        )  # fmt: skip
        qualifier: Qualifier = right.selectbox(
            words("evidence.qualifier_label"), get_args(Qualifier), key=typing.key("qualifier"),
            format_func=lambda sign: words(f"evidence.qualifier.{sign}"),
        )  # fmt: skip
        start, end, stated_on = (
            column.date_input(
                words(f"evidence.{name}"), None, min_value=FIRST_DAY, format=DAYS, key=typing.key(name)
            )
            for name, column in zip(("start", "end", "stated_on"), st.columns(3), strict=True)
        )
        stated_by, source, note = (
            st.text_input(words(f"evidence.{name}"), key=typing.key(name)).strip()
            for name in ("stated_by", "source", "note")
        )
        by = ask_name(typing, words)
        if st.form_submit_button(words("evidence.save"), type="primary"):
            with calm(words):
                told = check_observation(
                    Observation(
                        key, value, phase, qualifier, start, end, "people", stated_by, stated_on, source, note
                    )
                )
                said = words("evidence.saved", what=write_line(told, words))
                write_edit(typing, recall_shown(kept), Edit(observations=(told,)), by, said, context)


def ask_removal(kept: KeptArea, context: Context) -> None:
    """A figure that was put in by mistake; folded, since it is rarely needed."""
    words, known = context.words, kept.content.observations
    if not known:
        return
    typing = take_up("removal", kept)
    with st.expander(words("evidence.remove")), st.form(typing.key("form"), border=False):
        show_html(f'<p class="db-sub">{escape(words("evidence.remove_note"))}</p>')
        told = st.selectbox(
            words("evidence.remove_which"), known, key=typing.key(f"which_{kept.revision}"),
            format_func=lambda one: write_line(one, words),
        )  # fmt: skip
        by = ask_name(typing, words)
        if st.form_submit_button(words("evidence.remove_now")):
            said = words("evidence.removed", what=write_line(told, words))
            write_edit(typing, recall_shown(kept), Edit(removed=(told,)), by, said, context)


def show_meetings(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> None:
    """Reviews and conferences of this area alone."""
    lines = [write_meeting(each, catalogue, words) for each in kept.content.meetings]
    body = "".join(f"<li>{escape(line)}</li>" for line in lines)
    told = (
        f'<ul class="db-figures">{body}</ul>'
        if lines
        else f'<p class="db-sub">{escape(words("meetings.none"))}</p>'
    )
    show_html(f'<h3 class="db-inside">{escape(words("meetings.heading"))}</h3>{told}')


def ask_meeting(kept: KeptArea, catalogue: Catalogue | None, context: Context) -> None:
    """A review that was held; one of the catalogue's makes the calendar's item done."""
    words = context.words
    names = {
        due.key: due.name
        for due in (catalogue.dues if catalogue else ())
        if due.key not in (SUB_PLAN, MAINTENANCE_END)
    }
    typing = take_up("meeting", kept)
    with st.expander(words("meetings.add")), st.form(typing.key("form"), border=False):
        left, right = st.columns([2, 1])
        kind: str | None = left.selectbox(
            words("meetings.kind"), list(names), index=None, accept_new_options=True, key=typing.key("kind"),
            format_func=lambda key: names.get(key, key), placeholder=words("record.free"),
        )  # fmt: skip
        held_on: Any = right.date_input(
            words("meetings.held_on"), None, min_value=FIRST_DAY, format=DAYS, key=typing.key("held_on")
        )
        left, right = st.columns([2, 1])
        title = left.text_input(words("meetings.title"), key=typing.key("title")).strip()
        number = right.text_input(words("meetings.number"), key=typing.key("number")).strip()
        note = st.text_input(words("meetings.note"), key=typing.key("note")).strip()
        by = ask_name(typing, words)
        if st.form_submit_button(words("meetings.save"), type="primary"):
            with calm(words):
                paper = Document(title, number) if title or number else None
                meeting = check_meeting(Meeting((kind or "").strip(), held_on, paper, note))
                said = words("meetings.saved", what=write_meeting(meeting, catalogue, words))
                write_edit(typing, recall_shown(kept), Edit(meetings=(meeting,)), by, said, context)
