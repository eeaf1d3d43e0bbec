"""Two people on one way of choosing: the second is told who was first, sees both, says what shall stand."""

from dataclasses import dataclass, replace

import streamlit as st

from errors import ChangedMeanwhile
from i18n.messages import Words
from planning.scenario import Scenario
from store.plan_records import Kept
from studies.scenario_words import write_differences
from studies.scenarios import check_texts
from studies.shortlist import LongList, Shortlist
from views import selection_state, session
from views.context import Context
from views.selection_state import Work
from views.widgets import calm, escape, show_error, show_html, table_html

NAME = "selection_conflict"
TOLD = "selection_n_told"


@dataclass(frozen=True)
class Conflict:
    """error: who was first. mine: what was to be written. generation: of the widgets it was said with."""

    error: ChangedMeanwhile
    mine: Scenario
    generation: int


def name_box(name: str, work: Work) -> str:
    """The key of a small window; another one, and so a closed window, once a press was answered."""
    return work.key(f"box_{name}_{session.recall(TOLD, 0)}")


def keep(scenario: Scenario, known: Kept[Scenario] | None, by: str, work: Work, context: Context) -> None:
    """Write it and begin anew from it; where somebody was quicker, nothing is written and the page tells."""
    with calm(context.words):
        check_texts(scenario, by)
        try:
            kept = context.store.keep_scenario(
                scenario,
                by=by,
                record_id=known.id if known else None,
                base_revision=known.revision if known else None,
            )
        except ChangedMeanwhile as error:
            session.keep(NAME, Conflict(error, scenario, work.generation))
            session.keep(TOLD, session.recall(TOLD, 0) + 1)
        else:
            session.forget(NAME)
            selection_state.begin(kept.content, kept)
        st.rerun()


def show_conflict(found: Shortlist, listed: LongList, work: Work, context: Context) -> None:
    """Both side by side, and three ways on. What the widgets show stays as it is until one is taken."""
    conflict: Conflict | None = session.recall(NAME)
    if conflict is None or conflict.generation != work.generation:
        return
    words, store = context.words, context.store
    theirs = store.load_scenario(int(str(conflict.error.facts["record_id"])))
    shown = found.scenario
    mine = replace(
        conflict.mine, weights=shown.weights, n=shown.n, rules=shown.rules, bounds=shown.bounds,
        exceptions=shown.exceptions, budget=shown.budget, cost_each=shown.cost_each, chosen=found.chosen,
    )  # fmt: skip
    with st.container(border=True, key="db-conflict"):
        show_error(conflict.error, words)
        heads = (words("scenario.field"), words("scenario.yours"), words("scenario.theirs"))
        rows = write_differences(mine, theirs.content, listed, words)
        show_html(table_html(heads, rows, texts=(0, 1, 2)))
        show_html(f'<p class="db-sub">{escape(words("scenario.overwrite_note"))}</p>')
        _offer_ways(mine, theirs, work, context)


def _offer_ways(mine: Scenario, theirs: Kept[Scenario], work: Work, context: Context) -> None:
    words: Words = context.words
    by = session.recall("user_name", "")
    is_closed = theirs.content.is_locked or theirs.content.approval is not None
    with st.container(horizontal=True):
        if st.button(words("scenario.take_theirs"), key=work.key("take_theirs")):
            session.forget(NAME)
            selection_state.begin(theirs.content, theirs)
            st.rerun()
        if not is_closed and st.button(words("scenario.keep_mine"), key=work.key("keep_mine")):
            keep(mine, theirs, by, work, context)
        if mine.reopens is None and st.button(words("scenario.keep_apart"), key=work.key("keep_apart")):
            name = words("scenario.mine_apart", name=mine.name)
            keep(replace(mine, name=name, is_locked=False), None, by, work, context)
