"""Đề xuất của các đơn vị: a list of wards that units want to take up, read, looked at, then kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from briefing.template import make_template
from geo.frames import Wards
from geo.periods import FIRST_YEAR, LAST_YEAR
from planning.scenario import Proposal
from store.records import Area
from studies.intake import Received
from studies.intake_proposals import ProposalsTrial, keep_proposals, list_types, try_proposals
from studies.proposal_words import list_cells, write_tally
from views import cache, session
from views.context import Context
from views.data_areas import choose_area
from views.data_names import name_ward
from views.data_report_findings import show_findings
from views.data_step import heed, step
from views.data_upload import empty, once, take
from views.widgets import escape, show_html

SLOT = "proposals"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_proposals(context: Context) -> None:
    words = context.words
    with step(SLOT, words("proposals.heading")):
        st.caption(words("proposals.hint"))
        left, right = st.columns(2)
        with left:
            area = choose_area("area_proposals", words("proposals.area"), context)
        year = right.number_input(
            words("proposals.year"), FIRST_YEAR, LAST_YEAR, dt.date.today().year + 1, key="proposals_year"
        )
        wards = cache.get_holdings(context.store, context.revision, area.id).wards
        types = {named.key: named.name for named in list_types(context.store, int(year))}
        kept = context.store.load_proposals(area.id, int(year))
        _show_kept(kept, int(year), wards, types, context)
        st.download_button(
            words("proposals.template"), data=partial(make_template, "proposals", wards, words),
            file_name="mau-proposals.xlsx", mime=XLSX, key="template_proposals", on_click="ignore",
        )  # fmt: skip
        received = take(SLOT, words("proposals.upload"), words("proposals.formats"), words)
        if received is not None:
            with heed(words):
                _show_trial(received, area, int(year), wards, types, kept, context)


def _show_kept(
    kept: Sequence[Proposal], year: int, wards: Wards, types: Mapping[str, str], context: Context
) -> None:
    words = context.words
    if not kept:
        show_html(f'<p class="db-sub">{escape(words("proposals.none", year=str(year)))}</p>')
        return
    told = words("proposals.kept_line", n=len(kept), year=str(year), proposed=_count_proposed(kept))
    show_html(f'<div class="db-file"><b>{escape(told)}</b></div>')
    with st.expander(words("proposals.look", n=len(kept))):
        _show_table(kept, wards, types, context)


def _count_proposed(proposals: Sequence[Proposal]) -> int:
    return sum(each.proposed for each in proposals)


def _show_table(
    proposals: Sequence[Proposal], wards: Wards, types: Mapping[str, str], context: Context
) -> None:
    words = context.words
    rows = [
        {"ward": name_ward(wards, each.ward_code, words), **list_cells(each, types, words)}
        for each in proposals
    ]
    shown = pd.DataFrame(rows)
    shown.columns = pd.Index([words(f"proposals.column.{name}") for name in shown.columns])
    st.dataframe(shown, hide_index=True, width="stretch")


def _show_trial(
    received: Received,
    area: Area,
    year: int,
    wards: Wards,
    types: Mapping[str, str],
    kept: Sequence[Proposal],
    context: Context,
) -> None:
    words = context.words
    trial = once(
        f"{SLOT}_trial", (received.sha256, area.id, year, context.revision),
        lambda: try_proposals(context.store, area.id, year, received),
    )  # fmt: skip
    told = words("proposals.read", n=len(trial.proposals), proposed=_count_proposed(trial.proposals))
    show_html(f'<p class="db-sentence"><b>{escape(told)}</b></p>')
    show_html(f'<div class="db-balance">{escape(write_tally(trial.tally, words))}</div>')
    show_findings(trial.findings, words("proposals.remarks"), words, file=received.name)
    if not trial.proposals:
        show_html(f'<div class="db-note">{escape(words("proposals.empty"))}</div>')
        return
    _show_table(trial.proposals, wards, types, context)
    if kept:
        st.caption(words("proposals.replaces", year=str(year)))
    _offer_keep(trial, area, year, context)


def _offer_keep(trial: ProposalsTrial, area: Area, year: int, context: Context) -> None:
    words = context.words
    by = st.text_input(words("proposals.by"), key="by_proposals").strip()
    if not st.button(words("proposals.keep"), type="primary", key="keep_proposals"):
        return
    is_new = keep_proposals(context.store, area.id, year, trial, by=by)
    kept = words("proposals.kept", n=len(trial.proposals), year=str(year), area=area.title)
    session.keep("done", (kept if is_new else words("proposals.same"), ""))
    empty(SLOT)
    st.rerun()
