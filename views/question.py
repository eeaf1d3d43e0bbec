"""The row of boxes that every map page begins with: period, comparison, incidents, ward; and the answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from geo.frames import Period
from geo.measure import Measured
from geo.question import DEFAULT_RADIUS_M, Question, Selection
from studies.overview import Choice
from studies.place import Place
from studies.reference import Count
from views import cache
from views import overview_choices as choices
from views.context import Context
from views.overview_choices import Shown


@dataclass(frozen=True)
class Asked:
    """What is looked at and what was measured of it. measure, count: any other question, remembered."""

    shown: Shown
    choice: Choice
    measured: Measured
    measure: Callable[[Question], Measured]
    count: Count


def ask(place: Place, context: Context, *, radius_m: float = DEFAULT_RADIUS_M) -> Asked:
    """Draw the boxes, read them, measure. radius_m: how far a camera sees."""
    words = context.words
    columns = st.columns([24, 20, 24, 32], vertical_alignment="bottom")
    with columns[0]:
        shown = choices.choose_period(place, context)
    with columns[1]:
        compare = choices.choose_comparison(shown, words)
    with columns[2]:
        chosen = choices.choose_incidents(shown, words)
    choice = choices.make_choice(shown, compare, chosen)
    measure = partial(_measure, shown, context.revision)
    measured = measure(replace(choices.make_question(shown, choice), radius_m=radius_m))
    with columns[3]:
        choices.find_ward(measured, words)

    def count(period: Period, chosen: Selection) -> pd.Series:
        return cache.get_count(shown.holdings, context.revision, shown.view, period, chosen)

    return Asked(shown, choice, measured, measure, count)


def _measure(shown: Shown, revision: int, question: Question) -> Measured:
    return cache.get_measured(shown.holdings, revision, shown.view, question)
