"""Boxes that the forms of a programme and of its areas share."""

import datetime as dt

from streamlit.delta_generator import DeltaGenerator

from geo.periods import FIRST_YEAR, LAST_YEAR

FIRST_DAY, LAST_DAY = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)


def ask_day(column: DeltaGenerator, label: str, told: dt.date | None, key: str) -> dt.date | None:
    """A day or none, of any year that a programme may be of."""
    day: dt.date | None = column.date_input(
        label, told, min_value=FIRST_DAY, max_value=LAST_DAY, format="DD/MM/YYYY", key=key
    )
    return day
