"""Nạp số liệu: choose a file, correct its columns, try the join, then read the report."""

from functools import partial

import streamlit as st

from briefing.template import TemplateKind, make_template
from geo.frames import Kind
from geo.reading.read import Table
from i18n.messages import Words
from store.records import Area
from studies.intake import KINDS, Received, Settled, TableProposal, Trial, look_at_table, try_table
from views import cache, session
from views.context import Context
from views.data_areas import choose_area
from views.data_columns import settle
from views.data_crs import look_with_crs
from views.data_encoding import look_with_encoding
from views.data_names import name_column, show_cell
from views.data_report import SLOT, show_report
from views.data_step import heed, step
from views.data_upload import once, take
from views.widgets import escape, show_html

PREVIEW_ROWS = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATES: dict[Kind, tuple[TemplateKind, ...]] = {
    "incidents": ("incidents",),
    "cameras": ("cameras", "camera_places"),
    "population": ("population",),
    "status": ("status",),
}


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
        _offer_template(kind, area, context)
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


def _offer_template(kind: Kind, area: Area, context: Context) -> None:
    words = context.words
    wards = cache.get_holdings(context.store, context.revision, area.id).wards
    with st.container(horizontal=True, vertical_alignment="center"):
        for form in TEMPLATES[kind]:
            st.download_button(
                words(f"data.template.{form}"), data=partial(make_template, form, wards, words),
                file_name=f"mau-{form}.xlsx", mime=XLSX, key=f"template_{form}", on_click="ignore",
            )  # fmt: skip
        st.caption(words("data.table.template_hint"))


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

    def look(encoding: str | None) -> TableProposal | None:
        return look_with_crs(f"table_{token}", partial(read, encoding), None, words)

    def read(encoding: str | None, crs: str | None) -> TableProposal:
        def look_once() -> TableProposal:
            with st.spinner(words("data.reading")):
                return look_at_table(received, kind, sheet=sheet, crs=crs, encoding=encoding)

        return once(f"{SLOT}_look", (received.sha256, received.path, kind, sheet, crs, encoding), look_once)

    proposal = look_with_encoding(f"table_{token}", look, lambda found: found.table.findings, words)
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
    shown = head.where(head.notna(), "").map(show_cell)
    shown = shown.rename(columns=lambda column: name_column(column, words))
    st.dataframe(shown, hide_index=True, width="stretch")


def _try(proposal: TableProposal, settled: Settled | None, area: Area, context: Context) -> Trial | None:
    """The trial of what is settled now; None until it is asked for, or when it was refused."""
    words = context.words
    if settled is None:
        st.button(words("data.table.try"), disabled=True, key="cannot_try")
        st.caption(words("data.table.need"))
        return None
    key = (area.id, proposal.received.sha256, proposal.kind, proposal.table.sheet, proposal.encoding, settled)
    asked = st.button(words("data.table.try"), type="primary", key="try_table")
    st.caption(words("data.table.try_note"))
    held: tuple[object, Trial] | None = session.recall(f"{SLOT}_trial")
    if asked:
        session.forget(f"{SLOT}_trial")
        with heed(words), st.spinner(words("data.joining")):
            trial = try_table(
                context.store.load_wards(area.id), proposal, settled,
                aliases=context.store.list_aliases(area.id),
            )  # fmt: skip
            session.keep(f"{SLOT}_trial", (key, trial))
            return trial
        return None
    if held is None:
        return None
    if held[0] != key:
        show_html(f'<div class="db-note">{escape(words("data.table.stale"))}</div>')
        return None
    return held[1]
