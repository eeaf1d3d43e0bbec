"""Rising lines with their named points, and the small bars of a ward's periods."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from i18n.formats import Formats
from views.chart_parts import (
    ACCENT,
    INK_2,
    NEUTRAL,
    SURFACE,
    Align,
    ChartText,
    axis,
    finish,
    label,
    write_number,
)

LOW_PX = 150
MOST_DOTS = 25  # more would hide the line; each is still found by the pointer


@dataclass(frozen=True)
class Note:
    """A point of a line that is named: where, and its words."""

    x: float
    y: float
    text: str


def curve_chart(
    curve: pd.DataFrame,
    column: str,
    marks: Sequence[Note],
    text: ChartText,
    formats: Formats,
    *,
    is_share: bool,
) -> alt.LayerChart:
    """One rising line from 0 with its named points; dashed lines lead from those to the axes."""
    shown = curve.assign(
        k_text=[formats.number(value) for value in curve["k"]],
        value_text=[write_number(value, formats, is_share=is_share) for value in curve[column]],
    )
    last = float(curve["k"].max()) if len(curve) else 1.0
    x = alt.X(
        "k:Q", title=text.x, axis=axis(",~f", tickMinStep=1), scale=alt.Scale(domain=[0, last], nice=False)
    )
    highest = 1.0 if is_share else 1.14 * float(curve[column].max())
    y = alt.Y(
        f"{column}:Q", title=text.y, axis=axis(".0%" if is_share else ",~f"),
        scale=alt.Scale(domain=[0, max(highest, 1e-9)], nice=False),
    )  # fmt: skip
    start = pd.DataFrame({"k": [0.0], column: [0.0]})
    line = (
        alt.Chart(pd.concat([start, shown[["k", column]]], ignore_index=True))
        .mark_line(color=ACCENT, strokeWidth=2, tooltip=None)
        .encode(x=x, y=y)
    )
    tooltip = [alt.Tooltip("k_text:N", title=text.x), alt.Tooltip("value_text:N", title=text.y)]
    if "share" in curve and not is_share:
        shown = shown.assign(
            share_text=[write_number(value, formats, is_share=True) for value in curve["share"]]
        )
        tooltip.append(alt.Tooltip("share_text:N", title=" "))
    spots = (
        alt.Chart(shown)
        .mark_circle(color=ACCENT, size=40, opacity=1.0 if len(curve) <= MOST_DOTS else 0.0)
        .encode(x="k:Q", y=f"{column}:Q", tooltip=tooltip)
    )
    return finish([line, spots, *_notes(marks, last)], formats)


def _notes(marks: Sequence[Note], last: float) -> list[alt.Chart]:
    """Named points; the words stand beside the rising line: below it while it is young, above it later."""
    if not marks:
        return []
    notes = pd.DataFrame(
        [(note.x, note.y, note.text, 0.0) for note in marks], columns=["x", "y", "text", "zero"]
    )
    base = alt.Chart(notes)
    dash: dict[str, Any] = {"color": INK_2, "strokeDash": [4, 3], "strokeWidth": 1, "tooltip": None}
    down = base.mark_rule(**dash).encode(x="x:Q", y="zero:Q", y2="y:Q")
    left = base.mark_rule(**dash).encode(x="zero:Q", x2="x:Q", y="y:Q")
    spots = base.mark_point(
        filled=True, size=70, color=ACCENT, opacity=1, stroke=SURFACE, strokeWidth=1.5, tooltip=None
    ).encode(x="x:Q", y="y:Q")
    is_late = notes["x"] > 0.6 * last
    sides: tuple[tuple[pd.DataFrame, Align, int, int], ...] = (
        (notes[~is_late], "left", 9, 12),
        (notes[is_late], "right", -6, -11),
    )
    words = [
        label(rows, align=align, dx=dx, dy=dy, weight=600).encode(x="x:Q", y="y:Q", text="text:N")
        for rows, align, dx, dy in sides
        if len(rows)
    ]
    return [down, left, spots, *words]


def periods_chart(counts: pd.Series, text: ChartText, missing: str, formats: Formats) -> alt.LayerChart:
    """Bars from 0 with their figures on top; an unknown count is a word, not a bar of 0."""
    bars = pd.DataFrame(
        {
            "period": [str(name) for name in counts.index],
            "n": counts.to_numpy(dtype=float),
            "label": [missing if pd.isna(n) else formats.number(n) for n in counts],
            "base": counts.fillna(0.0).to_numpy(dtype=float),
            "is_last": [place == len(counts) - 1 for place in range(len(counts))],
        }
    )
    x = alt.X("period:N", title=None, sort=list(bars["period"]), axis=axis(labelAngle=0))
    highest = max(1.0, float(bars["base"].max())) if len(bars) else 1.0
    scale = alt.Scale(domain=[0, 1.18 * highest], nice=False)
    drawn = (
        alt.Chart(bars)
        .mark_bar(size=26)
        .encode(
            x=x,
            y=alt.Y("n:Q", title=text.y, axis=axis(",~f", tickCount=3, tickMinStep=1), scale=scale),
            color=alt.condition("datum.is_last", alt.value(ACCENT), alt.value(NEUTRAL)),
            tooltip=[alt.Tooltip("period:N", title=text.x), alt.Tooltip("label:N", title=text.y)],
        )
    )
    words = label(bars, align="center", dy=-7).encode(x=x, y="base:Q", text="label:N")
    return finish([drawn, words], formats, height=LOW_PX)
