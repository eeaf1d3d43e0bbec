"""Saved ways of choosing side by side."""

import streamlit as st

from errors import NotFeasible
from i18n.messages import Words
from planning.scenario import Scenario
from store.plan_records import Kept
from studies.frozen import thaw
from studies.scenarios import compare_scenarios
from studies.shortlist import LongList, Shortlist, propose
from studies.shortlist_words import tell_clash
from views.widgets import calm, escape, show_html, table_html


def compare(saved: list[Kept[Scenario]], names: dict[str, str], listed: LongList, words: Words) -> None:
    """names: of the saved ones, by id as text. One that no longer can be met is told and left out."""
    by_id = {str(each.id): each.content for each in saved}
    picked = st.multiselect(
        words("scenario.compare_which"), list(by_id), list(by_id)[:3], key="scenario_compare",
        format_func=names.__getitem__,
    )  # fmt: skip
    found = []
    with calm(words):
        for key in picked:
            try:
                found.append(_find(listed, by_id[key]))
            except NotFeasible as clash:
                told = f"{names[key]}: {tell_clash(clash, listed, by_id[key], words)}"
                show_html(f'<p class="db-sub">{escape(told)}</p>')
        if found:
            compared = compare_scenarios(found, words)
            show_html(table_html(("", *compared.heads), compared.rows))


def _find(listed: LongList, scenario: Scenario) -> Shortlist:
    """An approved one as it was approved, whatever the figures are now."""
    if scenario.approval is not None:
        return thaw(listed, scenario, scenario.approval).found
    return propose(listed, scenario)
