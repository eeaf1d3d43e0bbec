"""The row of saved ways of choosing: take one up, save, copy, lock, compare, and the way to the approval."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from i18n.messages import Words
from planning.scenario import Scenario
from store.plan_records import Kept
from studies.holdings import Holdings
from studies.scenarios import copy_scenario, first_scenario, is_of
from studies.shortlist import LongList, Shortlist
from views import selection_state, session
from views.context import Context
from views.selection_approval import show_approval
from views.selection_compare import compare
from views.selection_conflict import keep, name_box, show_conflict
from views.selection_state import Work
from views.widgets import escape, show_html

NEW = ""
ROW = "db-scenarios"


def show_scenarios(
    found: Shortlist, stability: pd.Series, listed: LongList, holdings: Holdings, work: Work, context: Context
) -> None:
    """The row under the title. What is shown may differ from what is on file: the row says so."""
    words = context.words
    saved = list_saved(listed, holdings, context)
    with st.container(horizontal=True, vertical_alignment="bottom", key=ROW):
        _pick(saved, work, listed, holdings, words)
        if context.is_local:
            _offer_save(found, work, context)
            _offer_copy(found, work, context)
            _offer_lock(found, work, context)
        if len(saved) > 1:
            box = st.popover(words("scenario.compare"), key="selection_compare", on_change="rerun")
            if box.open:
                names = {str(each.id): _name(each.content, words) for each in saved}
                with box:
                    compare(saved, names, listed, words)
        show_approval(found, stability, holdings, work, context)
    _say_state(found, work, words)
    show_conflict(found, listed, work, context)


def show_choice(listed: LongList, holdings: Holdings, work: Work, context: Context) -> None:
    """The box of scenarios alone, where the one under way cannot be met."""
    with st.container(horizontal=True, vertical_alignment="bottom", key=ROW):
        _pick(list_saved(listed, holdings, context), work, listed, holdings, context.words)


def list_saved(listed: LongList, holdings: Holdings, context: Context) -> list[Kept[Scenario]]:
    """Those that speak of what is looked at."""
    kept = context.store.list_scenarios(holdings.area.id)
    return [each for each in kept if is_of(each.content, holdings, listed.measured, listed.register.key)]


def _pick(
    saved: list[Kept[Scenario]], work: Work, listed: LongList, holdings: Holdings, words: Words
) -> None:
    """The box of scenarios; choosing one starts the widgets anew."""
    by_id = {str(each.id): each for each in saved}
    key = work.key("pick")
    now = str(work.kept.id) if work.kept is not None and str(work.kept.id) in by_id else NEW

    def take_up() -> None:
        picked = by_id.get(str(st.session_state.get(key)))
        base = picked.content if picked else first_scenario(holdings, listed, words)
        selection_state.begin(base, picked)

    options = [NEW, *by_id]
    st.selectbox(
        words("scenario.label"), options, index=options.index(now), key=key, on_change=take_up, width=280,
        format_func=lambda name: _name(by_id[name].content, words) if name else words("scenario.new"),
    )  # fmt: skip


def _name(scenario: Scenario, words: Words) -> str:
    text = scenario.name
    if scenario.version > 1:
        text = words("scenario.version", name=text, n=scenario.version)
    if scenario.approval is not None:
        return words("scenario.approved_name", name=text)
    return words("scenario.locked_name", name=text) if scenario.is_locked else text


def _is_open(work: Work) -> bool:
    return not work.base.is_locked and work.base.approval is None


def _offer_save(found: Shortlist, work: Work, context: Context) -> None:
    words = context.words
    with st.popover(words("scenario.save"), disabled=not _is_open(work), key=name_box("save", work)):
        name = st.text_input(words("scenario.name"), work.base.name, key=work.key("name"))
        note = st.text_input(words("scenario.note"), work.base.note, key=work.key("note"))
        by = write_name(work, words)
        as_new = work.kept is None
        if work.kept is not None:
            as_new = st.checkbox(words("scenario.save_as_new"), key=work.key("as_new"))
        if st.button(
            words("scenario.save_now"), type="primary", key=work.key("save"), disabled=not name.strip()
        ):
            scenario = replace(found.scenario, name=name.strip(), note=note.strip(), chosen=found.chosen)
            keep(scenario, None if as_new else work.kept, by, work, context)


def write_name(work: Work, words: Words) -> str:
    """Who does it; the name stays for the session."""
    by: str = st.text_input(words("scenario.by"), session.recall("user_name", ""), key=work.key("by"))
    session.keep("user_name", by.strip())
    return by.strip()


def _offer_copy(found: Shortlist, work: Work, context: Context) -> None:
    """A copy begins from what is shown, saved or not."""
    words = context.words
    if work.kept is None:
        return
    reopens = work.base.approval is not None
    with st.popover(words("scenario.reopen" if reopens else "scenario.copy"), key=name_box("copy", work)):
        suggested = words("scenario.copy_of", name=work.base.name) if not reopens else work.base.name
        name = st.text_input(words("scenario.name"), suggested, key=work.key("copy_name"))
        if reopens:
            show_html(f'<p class="db-sub">{escape(words("scenario.reopen_note"))}</p>')
        if st.button(words("scenario.copy_now"), key=work.key("copy"), disabled=not name.strip()):
            shown = replace(work.kept, content=replace(found.scenario, chosen=found.chosen))
            by = session.recall("user_name", "")
            keep(copy_scenario(shown, name.strip()), None, by, work, context)


def _offer_lock(found: Shortlist, work: Work, context: Context) -> None:
    """What is on file is locked, so what is shown must be saved before."""
    words = context.words
    if work.kept is None or work.base.approval is not None:
        return
    is_locked = work.kept.content.is_locked
    is_changed = _is_changed(found, work.kept)
    if st.button(
        words("scenario.unlock" if is_locked else "scenario.lock"), key=work.key("lock"), disabled=is_changed,
        help=words("scenario.lock_help") if is_changed else None,
    ):  # fmt: skip
        changed = replace(work.kept.content, is_locked=not is_locked)
        keep(changed, work.kept, session.recall("user_name", ""), work, context)


def _is_changed(found: Shortlist, kept: Kept[Scenario]) -> bool:
    return replace(found.scenario, chosen=()) != replace(kept.content, chosen=())


def _say_state(found: Shortlist, work: Work, words: Words) -> None:
    """Whether what is shown is on file, and under which paper."""
    if work.base.approval is not None:
        approval = work.base.approval
        text = words("scenario.is_approved", number=approval.document.number or approval.document.title,
                     date=approval.document.issued_on or approval.approved_on)  # fmt: skip
    elif work.kept is None:
        text = words("scenario.not_saved")
    elif _is_changed(found, work.kept):
        text = words("scenario.changed", name=work.kept.content.name)
    else:
        text = words("scenario.saved", name=work.kept.content.name, revision=work.kept.revision)
    show_html(f'<p class="db-sub">{escape(text)} {escape(words("shortlist.people"))}</p>')
