"""Ghép lại các dòng còn sót: each spelling without a ward, what it may mean, and a person's choice.

The first trial stays as it was; the choices stand beside it and are applied to it anew, all at once.
"""

import streamlit as st

from geo.frames import Wards
from geo.matching.aliases import Alias
from i18n.messages import Words
from studies.doctor import Diagnosis, Matched, diagnose
from studies.intake import Trial
from views.data_doctor_bench import Bench, Choices, apply, find_bench
from views.data_doctor_boxes import Wall, list_lines
from views.data_doctor_file import show_workbook
from views.data_doctor_sums import sums_html, write_applied
from views.data_step import step
from views.widgets import escape, show_html

MOST_SHOWN = 25


def take_repaired(trial: Trial) -> tuple[Trial, tuple[Alias, ...]]:
    """The trial as repaired so far, and the spellings to remember with it; the trial itself at first."""
    bench = find_bench(trial)
    return (bench.repair.trial, bench.repair.aliases) if bench.repair else (trial, ())


def show_doctor(trial: Trial, wards: Wards, words: Words) -> None:
    """The spellings of a trial that found no ward, or found it by an earlier choice. Nothing for rows placed
    by coordinates."""
    if trial.joined.by_place:
        return
    bench, before = find_bench(trial), diagnose(wards, trial)
    if not before.left_over and not before.duplicates and not before.remembered:
        return
    with step("doctor", words("doctor.title")):
        _show_state(before, bench, wards, words)
        wall = Wall.build(wards, bench, words)
        chosen = _ask_open(before, wall, words) | _ask_remembered(before, wall, words)
        same = chosen == bench.choices
        is_asked = not same or any(left.can_be_fixed for left in before.left_over)
        if is_asked and st.button(words("doctor.apply"), type="primary", key="doctor_apply", disabled=same):
            apply(bench, wards, chosen, words)
        if before.left_over:
            show_workbook(before, wards, bench, words)


def _show_state(before: Diagnosis, bench: Bench, wards: Wards, words: Words) -> None:
    """The sums as they stand now, what the last repair moved, and wards that are told twice."""
    repair, now = bench.repair, before
    unit = words(f"balance.unit_{bench.trial.joined.kind}")
    if repair:
        now = diagnose(wards, repair.trial, left_out=repair.left_out)
    show_html(sums_html(now, unit, words))
    if repair:
        in_counts = now.classes[0].n is not None
        moved = write_applied(repair, in_counts=in_counts, unit=unit, words=words)
        show_html(f'<p class="db-good" role="status">{escape(moved)}</p>')
    elif before.left_over:
        show_html(f'<p class="db-sub">{escape(words("doctor.intro"))}</p>')
    lines = "".join(_duplicate_html(matched, words) for matched in now.duplicates[:MOST_SHOWN])
    if lines:
        heading = escape(words("doctor.duplicates"))
        show_html(f'<h4 class="db-h4">{heading}</h4><ul class="db-remarks">{lines}</ul>')


def _duplicate_html(matched: Matched, words: Words) -> str:
    spellings, where = ", ".join(matched.spellings), list_lines(matched.lines, words)
    return f"<li><b>{escape(matched.ward_name)}</b>: {escape(spellings)} ({escape(where)})</li>"


def _ask_open(diagnosis: Diagnosis, wall: Wall, words: Words) -> Choices:
    """The choices of the boxes shown, and those made in a workbook for spellings beyond them."""
    fixable = [left for left in diagnosis.left_over if left.can_be_fixed]
    shown = fixable[:MOST_SHOWN]
    chosen: Choices = {}
    for place, left in enumerate(shown):
        chosen |= wall.ask_left_over(place, left)
    if len(fixable) > MOST_SHOWN:
        st.caption(words("doctor.more", n=len(fixable) - MOST_SHOWN))
    here = {left.choice for left in shown}
    beyond = {left.choice for left in fixable} - here
    return chosen | {choice: code for choice, code in wall.bench.choices.items() if choice in beyond}


def _ask_remembered(diagnosis: Diagnosis, wall: Wall, words: Words) -> Choices:
    """What an earlier confirmation led to, to be chosen anew where it was wrong."""
    if not diagnosis.remembered:
        return {}
    chosen: Choices = {}
    with st.expander(words("doctor.remembered_n", n=len(diagnosis.remembered))):
        st.caption(words("doctor.remembered_hint"))
        for place, matched in enumerate(diagnosis.remembered[:MOST_SHOWN]):
            chosen |= wall.ask_remembered(place, matched)
    return chosen
