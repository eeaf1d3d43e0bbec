"""Nạp số liệu: choose a file, correct its columns, try the join, then read the report."""

import streamlit as st

from geo.frames import Kind
from geo.read import Table
from i18n.messages import Words
from store.records import Area
from studies.intake import KINDS, Received, Settled, TableProposal, Trial, look_at_table, try_table
from views import session
from views.context import Context
from views.data_areas import choose_area
from views.data_columns import settle
from views.data_crs import look_with_crs
from views.data_report import SLOT, show_report
from views.data_step import heed, step
from views.data_upload import once, take
from views.widgets import escape, show_html

PREVIEW_ROWS = 5


def show(context: Context) -> None:
    words = context.words
    if not context.areas:
        show_html(f'<div class="db-note">{escape(words("data.table.no_area"))}</div>')
        return
    proposal = None
    with step("file", words("data.table.step_file")):
        left, right = st.columns(2)
        with left:
            area = choose_area("area_joined", words("data.table.area"), context)
        with right:
            kind = _choose_kind(words)
        received = take(SLOT, words("data.table.upload"), words("data.table.formats"), words)
        if received is not None:
            with heed(words):
                proposal = _look(received, kind, words)
    if proposal is None:
        return
    with step("columns", words("data.table.step_columns")):
        _show_preview(proposal, words)
        settled = None
        with heed(words):
            settled = settle(proposal, area, words)
        trial = _try(proposal, settled, area, context)
    if trial is not None:
        show_report(trial, area, context)


def _choose_kind(words: Words) -> Kind:
    session.choose("kind", list(KINDS), "incidents")
    chosen: Kind = st.selectbox(
        words("data.table.kind"), KINDS, key=session.key_of("kind"), width=480,
        format_func=lambda kind: words(f"data.kind.{kind}"),
    )  # fmt: skip
    return chosen


def _look(received: Received, kind: Kind, words: Words) -> TableProposal | None:
    token = received.sha256[:12]
    sheet: str | None = session.recall(f"sheet_{token}")

    def look(crs: str | None) -> TableProposal:
        def read() -> TableProposal:
            with st.spinner(words("data.reading")):
                return look_at_table(received, kind, sheet=sheet, crs=crs)

        return once(f"{SLOT}_look", (received.sha256, received.path, kind, sheet, crs), read)

    proposal = look_with_crs(f"table_{token}", look, None, words)
    if proposal is not None and len(proposal.sheets) > 1:
        chosen = st.selectbox(
            words("data.table.sheet"), proposal.sheets, key=f"sheet_of_{token}", width=480,
            index=proposal.sheets.index(proposal.table.sheet),
        )  # fmt: skip
        if chosen != proposal.table.sheet:
            session.keep(f"sheet_{token}", chosen)
            st.rerun()
    return proposal


def _show_preview(proposal: TableProposal, words: Words) -> None:
    table: Table = proposal.table
    note = words("data.table.preview", file=proposal.received.name, n=len(table.frame))
    show_html(f'<p class="db-sub">{escape(note)}</p>')
    head = table.frame.head(PREVIEW_ROWS).astype(object)
    st.dataframe(head.where(head.notna(), "").astype(str), hide_index=True, width="stretch")


def _try(proposal: TableProposal, settled: Settled | None, area: Area, context: Context) -> Trial | None:
    """The trial of what is settled now; None until it is asked for, or when it was refused."""
    words = context.words
    if settled is None:
        st.button(words("data.table.try"), disabled=True, key="cannot_try")
        st.caption(words("data.table.need"))
        return None
    key = (area.id, proposal.received.sha256, proposal.kind, proposal.table.sheet, settled)
    asked = st.button(words("data.table.try"), type="primary", key="try_table")
    st.caption(words("data.table.try_note"))
    held: tuple[object, Trial] | None = session.recall(f"{SLOT}_trial")
    if asked:
        session.forget(f"{SLOT}_trial")
        with heed(words), st.spinner(words("data.joining")):
            trial = try_table(context.store.load_wards(area.id), proposal, settled)
            session.keep(f"{SLOT}_trial", (key, trial))
            return trial
        return None
    if held is None:
        return None
    if held[0] != key:
        show_html(f'<div class="db-note">{escape(words("data.table.stale"))}</div>')
        return None
    return held[1]
