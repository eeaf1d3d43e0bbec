"""Charts, drawn by Vega in the page itself from scripts that this server holds; Altair is known to these
`chart` files alone.

Words come in as text and numbers are written as the reader writes them; labels stand at what they name, so
there is no key.
"""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from i18n.formats import Formats
from views.chart_curves import Note, curve_chart, periods_chart
from views.chart_cutoff import CutLine, cutoff_chart
from views.chart_funnel import FunnelText, funnel_chart
from views.chart_parts import ChartText

__all__ = [
    "ChartText",
    "CutLine",
    "FunnelText",
    "Note",
    "show_cumulative",
    "show_cutoff",
    "show_funnel",
    "show_periods",
    "show_returns",
]


def show_funnel(points: pd.DataFrame, limits: pd.DataFrame, text: FunnelText, formats: Formats) -> None:
    """Wards against the limits of chance. points: name, population, rate, position (a class of the funnel;
    wards without one are left out). limits: `funnel_curve` (population, far_low … far_high), in the points'
    rate."""
    _show(funnel_chart(points, limits, text, formats), text)


def show_cumulative(curve: pd.DataFrame, marks: Sequence[Note], text: ChartText, formats: Formats) -> None:
    """The share of incidents that the k wards with the most hold. curve: k, cumulative_share (0 to 1)."""
    _show(curve_chart(curve, "cumulative_share", marks, text, formats, is_share=True), text)


def show_returns(curve: pd.DataFrame, marks: Sequence[Note], text: ChartText, formats: Formats) -> None:
    """What each further camera adds. curve: k, n_covered, share (0 to 1) of all that could be covered."""
    _show(curve_chart(curve, "n_covered", marks, text, formats, is_share=False), text)


def show_cutoff(
    curve: pd.DataFrame, lines: Sequence[CutLine], k: int, covered: Mapping[str, float], text: ChartText,
    formats: Formats,
) -> None:  # fmt: skip
    """What the first k wards by score hold, in percent, and what the proposal holds."""
    _show(cutoff_chart(curve, lines, k, covered, text, formats), text)


def show_periods(counts: pd.Series, text: ChartText, missing: str, formats: Formats) -> None:
    """Bars of one ward's periods, the last one set apart. counts: by the period's name, oldest first;
    missing: the word where a count is unknown."""
    _show(periods_chart(counts, text, missing, formats), text)


def _show(chart: alt.LayerChart, text: ChartText) -> None:
    st.altair_chart(chart, width="stretch", theme="streamlit", alt=text.alt)
