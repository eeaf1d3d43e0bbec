"""The card of one area: its steps, its record, its figures and meetings, and what the counts say."""

from pathlib import Path

import streamlit as st

from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.lifecycle import entered_on, grade_of, state_of
from planning.programme import Programme
from store.plan_records import Kept, KeptArea
from studies.catalogues import find_catalogue
from studies.follow_rows import find_status
from studies.judging import Remark
from studies.programme_listing import write_grade
from studies.watch_words import name_area
from views import cache
from views.context import Context
from views.follow_evidence import ask_evidence, ask_meeting, ask_removal, show_evidence, show_meetings
from views.follow_forms import note_shown, show_conflict, show_said
from views.follow_kpi import show_area_targets
from views.follow_record import ask_record, show_record
from views.follow_steps import ask_correction, ask_step, show_steps
from views.ward_card import status_chip
from views.widgets import calm, escape, show_html, table_html

STYLE = Path(__file__).with_name("follow_area.css")


def show_area(kept: KeptArea, programme: Kept[Programme], context: Context) -> None:
    """Everything of one area; forms only where nobody else can reach the page."""
    words, told = context.words, programme.content
    catalogue = find_catalogue(context.store, told.year) if context.store.list_catalogues() else None
    st.html(STYLE)
    with st.container(border=True, key="db-area"):
        _show_title(kept, catalogue, words)
        # Boxes of their own: what comes and goes in them must not fold up the forms below.
        with st.container():
            show_said(kept)
        with st.container():
            show_conflict(kept, catalogue, context)
        left, right = st.columns(2, gap="medium")
        with left:
            _show_steps(kept, told, catalogue, context)
        with right:
            _show_record(kept, catalogue, context)
        show_area_targets(kept, programme, context)
        _show_evidence(kept, told, context)
        with calm(words):
            _show_remark(kept, programme, context)
        if not context.is_local:
            show_html(f'<p class="db-sub">{escape(words("area_card.read_only"))}</p>')
    note_shown(kept)


def _show_title(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> None:
    state = state_of(kept.taken)
    since = entered_on(kept.taken, state) if state else None
    day = kept.at.astimezone().date()
    by = {"by": kept.by} if kept.by else {}
    parts = [
        words("area_card.state", day=since) if since else "",
        words("area_card.grade", grade=write_grade(kept, catalogue, words))
        if grade_of(kept.taken)
        else words("area_card.grade_none"),
        words("area_card.version_by" if by else "area_card.version", revision=kept.revision, day=day, **by),
    ]
    chip = status_chip(find_status(kept), words(f"state.{state or 'none'}"))
    sub = "; ".join(part for part in parts if part)
    show_html(
        f'<div class="db-title db-ward" id="db-area-card"><h2>{escape(name_area(kept.content, words))}</h2>'
        f'{chip}<span class="db-sub">{escape(sub)}</span></div>'
    )


def _show_steps(kept: KeptArea, programme: Programme, catalogue: Catalogue | None, context: Context) -> None:
    show_steps(kept, catalogue, context.words)
    if context.is_local:
        ask_step(kept, programme, catalogue, context)
        ask_correction(kept, programme, catalogue, context)


def _show_record(kept: KeptArea, catalogue: Catalogue | None, context: Context) -> None:
    show_record(kept, catalogue, context.words)
    if context.is_local:
        ask_record(kept, catalogue, context)
    show_meetings(kept, catalogue, context.words)
    if context.is_local:
        ask_meeting(kept, catalogue, context)


def _show_evidence(kept: KeptArea, programme: Programme, context: Context) -> None:
    show_evidence(kept, context.words)
    if context.is_local:
        ask_evidence(kept, programme, context)
        ask_removal(kept, context)


def _show_remark(kept: KeptArea, programme: Kept[Programme], context: Context) -> None:
    """What the counts say, beside the committee's conclusion and never in its place."""
    words, told = context.words, programme.content
    areas = context.store.list_target_areas(programme.id)
    found = cache.get_programme_remark(
        context.store, areas, words, told.n_selected, context.revision, programme.id, told.register
    ).by_area.get(kept.id)
    beside = f'<span class="db-sub">{escape(words("area_card.remark_beside"))}</span>'
    title = f'<h3 class="db-inside">{escape(words("area_card.remark"))} {beside}</h3>'
    if found is None:
        show_html(f"{title}<p>{escape(words('area_card.remark_none'))}</p>")
        return
    caution, *notes = found.notes
    how = "".join(f"<p>{escape(note)}</p>" for note in notes)
    head = escape(words("area_card.remark_notes"))
    fold = f'<details class="db-notes"><summary>{head}</summary>{how}</details>' if notes else ""
    show_html(f'{title}<p>{escape(found.sentence)}</p><p class="db-sub">{escape(caution)}</p>{fold}')
    _show_rows(found, words)


def _show_rows(found: Remark, words: Words) -> None:
    if not found.rows:
        return
    heads = [words(f"judging.{head}") for head in ("name", "side", "before", "after")]
    rows = [(row.name, words(f"judging.side_{row.side}"), row.before, row.after) for row in found.rows]
    with st.expander(words("area_card.remark_rows")):
        show_html(table_html(heads, rows, texts=(0, 1)))
