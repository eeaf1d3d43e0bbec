"""The committee's paper on a saved proposal: what it fixes, and the annex that goes with it."""

import datetime as dt

import pandas as pd
import streamlit as st

from i18n.messages import Words
from planning.papers import Document, Level
from planning.robustness import SEED
from planning.scenario import Scenario
from studies.approving import Decision, approve, list_open, list_target_sets
from studies.holdings import Holdings
from studies.shortlist import Shortlist
from studies.shortlist_annex import write_shortlist
from studies.shortlist_words import name_of
from views import selection_state, session
from views.context import Context
from views.downloads import XLSX_TYPE
from views.selection_state import Work
from views.widgets import calm, escape, show_html

LEVELS: tuple[Level, ...] = ("province", "district", "ward")


def show_approval(
    found: Shortlist, stability: pd.Series, holdings: Holdings, work: Work, context: Context
) -> None:
    """The annex to download, and the form that records the decision."""
    words = context.words
    st.download_button(
        words("annex.download"), data=lambda: write_shortlist(found, stability, holdings, words),
        file_name=words("annex.file", year=str(found.scenario.year)), mime=XLSX_TYPE, on_click="ignore",
    )  # fmt: skip
    if context.is_local and work.kept is not None and work.base.approval is None:
        with st.popover(words("approval.open"), type="primary", key=work.key("box_approval")):
            _ask(found, stability, holdings, work, context)


def _ask(found: Shortlist, stability: pd.Series, holdings: Holdings, work: Work, context: Context) -> None:
    words, scenario = context.words, found.scenario
    show_html(f'<p class="db-sub">{escape(words("approval.what", n=len(found.chosen)))}</p>')
    if still := list_open(context.store, found):
        wards = ", ".join(name_of(found, code, words) for code in still)
        show_html(f'<p class="db-sub">{escape(words("approval.still_open", n=len(still), wards=wards))}</p>')
    start_first, end_first = _propose_days(scenario.year, dt.date.today())
    with st.form(work.key("approval"), border=False):
        number = st.text_input(words("approval.number"), placeholder="12/QĐ-BCĐ138")
        title = st.text_input(words("approval.title"), words("approval.title_first", year=str(scenario.year)))
        issued_by = st.text_input(words("approval.issued_by"), words("approval.issued_by_first"))
        level: Level = st.selectbox(
            words("approval.level"), LEVELS, format_func=lambda key: words(f"level.{key}")
        )
        left, middle, right = st.columns(3)
        on = left.date_input(words("approval.on"), dt.date.today(), format="DD/MM/YYYY")
        start = middle.date_input(words("approval.start"), start_first, format="DD/MM/YYYY")
        end = right.date_input(words("approval.end"), end_first, format="DD/MM/YYYY")
        sets = list_target_sets(found.catalogue)
        names = {each.key: each.name for each in found.catalogue.target_sets}
        chosen = st.multiselect(
            words("approval.targets"), list(sets), list(sets)[:1], format_func=names.__getitem__
        )
        key = st.text_input(words("approval.key"), _propose_key(holdings.area.key, scenario))
        by = st.text_input(words("scenario.by"), session.recall("user_name", ""))
        if st.form_submit_button(words("approval.record"), type="primary"):
            targets = tuple(target for key in chosen for target in sets[key])
            decision = Decision(
                document=Document(title.strip(), number.strip(), issued_by.strip(), on),
                on=on,
                key=key.strip() or _propose_key(holdings.area.key, scenario),
                name=words("approval.programme", place=holdings.area.title, year=str(scenario.year)),
                level=level,
                targets=targets,
                start=start,
                end=end,
                by=by.strip(),
            )
            session.keep("user_name", by.strip())
            _record(found, stability, holdings, work, decision, context)


def _propose_days(year: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """From today, where that is in the plan's year, else the whole year."""
    return today if today.year == year else dt.date(year, 1, 1), dt.date(year, 12, 31)


def _propose_key(area_key: str, scenario: Scenario) -> str:
    """What the programme is called by; a further version has its own."""
    version = f"-{scenario.version}" if scenario.version > 1 else ""
    return f"{area_key}-{scenario.year}-{scenario.register}{version}".lower()


def _record(
    found: Shortlist,
    stability: pd.Series,
    holdings: Holdings,
    work: Work,
    decision: Decision,
    context: Context,
) -> None:
    words: Words = context.words
    assert work.kept is not None, "only a saved scenario is approved"
    with calm(words):
        approve(context.store, work.kept, found, stability, holdings, decision, words, seed=SEED)
        kept = context.store.load_scenario(work.kept.id)
        selection_state.begin(kept.content, kept)
        st.rerun()
