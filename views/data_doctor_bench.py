"""What lies on the doctor's bench in this session: one trial, a person's choices, the trial repaired."""

from dataclasses import dataclass

import streamlit as st

from geo.frames import Wards
from geo.matching.leftovers import ChoiceKey
from i18n.messages import Words
from studies.doctor import Repair, apply_choices
from studies.intake import Trial
from views import session
from views.data_step import heed

NAME = "doctor"
Choices = dict[ChoiceKey, str | None]


@dataclass
class Bench:
    """choices: those that `repair` applied; None leaves a spelling out. turn: raised when the boxes must
    begin anew."""

    trial: Trial
    choices: Choices
    repair: Repair | None = None
    turn: int = 0


def find_bench(trial: Trial) -> Bench:
    """The bench of this trial; a new one when another trial lay there."""
    held: Bench | None = session.recall(NAME)
    if held is None or held.trial is not trial:
        held = Bench(trial, {})
        session.keep(NAME, held)
    return held


def clear() -> None:
    session.forget(NAME)


def apply(bench: Bench, wards: Wards, choices: Choices, words: Words) -> None:
    """Join anew with these choices and draw the page again."""
    with heed(words), st.spinner(words("data.joining")):
        bench.repair = apply_choices(wards, bench.trial, choices)
        bench.choices = choices
        st.rerun()
