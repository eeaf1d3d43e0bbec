"""The steps of one area: what was taken, the form for the next one, and the correction of the last."""

import datetime as dt
from typing import Any

import streamlit as st

from errors import ChangedMeanwhile
from i18n.messages import Words
from planning.catalogue import Catalogue
from planning.papers import Document
from planning.programme import Programme, State, Step
from store.plan_records import KeptArea
from studies.area_editing import check_step_offices
from studies.area_steps import StepRow, find_last, list_grades, list_instead, list_next, list_steps
from views import session
from views.context import Context
from views.follow_forms import Typing, ask_name, recall_shown, restart, say, take_up
from views.widgets import calm, escape, show_error, show_html

FIRST_DAY, DAYS = dt.date(1990, 1, 1), "DD/MM/YYYY"
NO_GRADE = ""


def show_steps(kept: KeptArea, catalogue: Catalogue | None, words: Words) -> None:
    """Every step, the oldest first; a corrected one stays, struck."""
    rows = list_steps(kept, catalogue, words)
    body = "".join(_item(row) for row in rows)
    if not rows:
        body = f"<li>{escape(words('steps.none'))}</li>"
    show_html(f'<h3 class="db-inside">{escape(words("steps.heading"))}</h3><ol class="db-steps">{body}</ol>')


def _item(row: StepRow) -> str:
    head = f"<b>{escape(row.taken)}</b>"
    if row.grade:
        head += f' <span class="db-grade">{escape(row.grade)}</span>'
    if row.is_struck:
        head = f"<s>{head}</s>"
    lines = "".join(
        f'<span class="db-under">{escape(text)}</span>'
        for text in (row.document, row.actor, row.note, f"{row.number}; {row.written}")
        if text
    )
    kind = ' class="db-struck"' if row.is_struck else ""
    return f"<li{kind}>{head}{lines}</li>"


def ask_step(kept: KeptArea, programme: Programme, catalogue: Catalogue | None, context: Context) -> None:
    """The next step, of those allowed."""
    words, states = context.words, list_next(kept)
    with st.expander(words("steps.take")):
        _ask("step", kept, states, programme, catalogue, context, corrects=None)


def ask_correction(
    kept: KeptArea, programme: Programme, catalogue: Catalogue | None, context: Context
) -> None:
    """What the step last in force should have been; folded, since it is rarely needed."""
    words, last = context.words, find_last(kept)
    if last is None:
        return
    step = kept.steps[last].step
    with st.expander(words("steps.correct")):
        told = words("steps.correct_note", state=words(f"state.{step.to}"), day=step.on)
        show_html(f'<p class="db-sub">{escape(told)}</p>')
        _ask("correction", kept, list_instead(kept), programme, catalogue, context, corrects=last)


def _ask(
    kind: str,
    kept: KeptArea,
    states: tuple[State, ...],
    programme: Programme,
    catalogue: Catalogue | None,
    context: Context,
    *,
    corrects: int | None,
) -> None:
    words = context.words
    typing = take_up(kind, kept)
    first = kept.steps[corrects].step if corrects is not None else None
    with st.form(typing.key("form"), border=False):
        left, right = st.columns(2)
        to: State = left.selectbox(
            words("steps.to" if first is None else "steps.instead"), states,
            index=states.index(first.to) if first and first.to in states else 0,
            format_func=lambda state: words(f"state.{state}"), key=typing.key(f"to_{len(kept.steps)}"),
        )  # fmt: skip
        on = right.date_input(
            words("steps.on"), first.on if first else dt.date.today(), min_value=FIRST_DAY,
            format=DAYS, key=typing.key("on"),
        )  # fmt: skip
        grade = _ask_grade(states, first, catalogue, typing, kept, words)
        paper = first.document if first else Document(issued_by=programme.document.issued_by)
        document = _ask_paper(paper, typing, words)
        actor = st.text_input(
            words("steps.actor_of"), first.actor if first else "", key=typing.key("actor"),
            help=words("steps.actor_hint"),
        )  # fmt: skip
        label = "note_correct" if first else "note_of" if kept.steps else "note_first"
        note = st.text_area(words(f"steps.{label}"), key=typing.key("note"), height=80)
        by = ask_name(typing, words)
        if st.form_submit_button(
            words("steps.save" if first is None else "steps.save_correction"), type="primary"
        ):
            _take(
                typing,
                kept,
                Step(to, on, document, actor.strip(), grade, note.strip(), corrects),
                by,
                context,
            )


def _ask_grade(
    states: tuple[State, ...],
    first: Step | None,
    catalogue: Catalogue | None,
    typing: Typing,
    kept: KeptArea,
    words: Words,
) -> str:
    """The committee's grade, only where one of the states has grades."""
    grades = list_grades(states, catalogue)
    if not grades:
        return NO_GRADE
    names = {grade.key: f"{grade.name} ({words(f'state.{grade.state}')})" for grade in grades}
    options = [NO_GRADE, *names]
    chosen: str = st.selectbox(
        words("steps.grade"), options,
        index=options.index(first.grade) if first and first.grade in names else 0,
        format_func=lambda key: names.get(key, words("steps.grade_none")), help=words("steps.grade_help"),
        key=typing.key(f"grade_{len(kept.steps)}"),
    )  # fmt: skip
    return chosen


def _ask_paper(first: Document, typing: Typing, words: Words) -> Document:
    left, right = st.columns(2)
    number = left.text_input(words("steps.number_of"), first.number, key=typing.key("number"))
    title = right.text_input(words("steps.title"), first.title, key=typing.key("title"))
    issued_by = left.text_input(words("steps.issued_by"), first.issued_by, key=typing.key("issued_by"))
    issued_on: Any = right.date_input(
        words("steps.issued_on"),
        first.issued_on,
        min_value=FIRST_DAY,
        format=DAYS,
        key=typing.key("issued_on"),
    )
    return Document(title.strip(), number.strip(), issued_by.strip(), issued_on)


def _take(typing: Typing, kept: KeptArea, step: Step, by: str, context: Context) -> None:
    """Write it after the steps that the person saw; a refusal is told and what was typed stays."""
    words = context.words
    session.keep("user_name", by)
    with calm(words):
        try:
            check_step_offices(step)
            new = context.store.take_step(kept.id, step, seen=len(recall_shown(kept).steps), by=by)
        except ChangedMeanwhile as error:
            show_error(error, words)
            return
        restart(typing.kind, new)
        say(new, words("steps.saved", state=words(f"state.{step.to}"), day=step.on))
        st.rerun()
