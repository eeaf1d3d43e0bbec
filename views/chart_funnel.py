"""The funnel: every ward's rate against what chance allows for so many residents."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import altair as alt
import pandas as pd

from i18n.formats import Formats
from layers.palettes import FUNNEL
from views.chart_labels import pick_labels
from views.chart_parts import INK, INK_2, NEUTRAL, SURFACE, Align, ChartText, axis, finish, label

POSITIONS: Mapping[str, str] = MappingProxyType({**FUNNEL, "within": NEUTRAL})
FAR = ("far_above", "far_below")


@dataclass(frozen=True)
class FunnelText(ChartText):
    """mean, near, far: labels of the mean and of the two limits; name: heading of the ward in a tip;
    positions: words of each position."""

    name: str
    mean: str
    near: str
    far: str
    positions: Mapping[str, str]


def funnel_chart(
    points: pd.DataFrame, limits: pd.DataFrame, text: FunnelText, formats: Formats
) -> alt.LayerChart:
    """Bands of chance, the mean, and every ward; those far outside by name."""
    known = points[points["position"].isin(list(POSITIONS))].assign(
        population_text=lambda frame: [formats.number(value) for value in frame["population"]],
        rate_text=lambda frame: [formats.number(value, decimals=1) for value in frame["rate"]],
        position_text=lambda frame: [text.positions[position] for position in frame["position"]],
    )
    x = alt.X("population:Q", title=text.x, axis=axis(",~f"), scale=alt.Scale(nice=False, padding=8))
    top = 1.08 * max([float(known["rate"].max()), *_typical_top(limits)]) if len(known) else 1.0
    scale = alt.Scale(domain=[0, top], nice=False)
    frame = alt.Chart(limits)
    clipped: dict[str, Any] = {"clip": True, "tooltip": None}
    far = frame.mark_area(color=NEUTRAL, opacity=0.16, **clipped).encode(
        x=x, y=alt.Y("far_low:Q", title=text.y, axis=axis(",~f"), scale=scale), y2="far_high:Q"
    )
    near = frame.mark_area(color=NEUTRAL, opacity=0.22, **clipped).encode(x=x, y="low:Q", y2="high:Q")
    mean = frame.mark_line(color=INK_2, strokeWidth=1.2, **clipped).encode(x=x, y="expected:Q")
    dots = (
        alt.Chart(known)
        .mark_circle(size=64, opacity=1, strokeWidth=1)
        .encode(
            x=x,
            y="rate:Q",
            color=alt.Color("position:N", scale=_colours(), legend=None),
            stroke=alt.condition(
                alt.FieldOneOfPredicate(field="position", oneOf=list(FAR)), alt.value(INK), alt.value(SURFACE)
            ),
            tooltip=[
                alt.Tooltip("name:N", title=text.name),
                alt.Tooltip("population_text:N", title=text.x),
                alt.Tooltip("rate_text:N", title=text.y),
                alt.Tooltip("position_text:N", title=" "),
            ],
        )
    )
    named = [_names(rows, x, align) for align, rows in pick_labels(known[known["position"].isin(FAR)], known)]
    return finish([far, near, mean, *_limit_names(limits, text, x), dots, *named], formats)


def _typical_top(limits: pd.DataFrame) -> list[float]:
    """How high the outer limit stands for a middling ward: for the smallest it leaves any scale."""
    return [float(limits["far_high"].median())] if len(limits) else []


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(POSITIONS), range=list(POSITIONS.values()))


def _names(rows: pd.DataFrame, x: alt.X, align: Align) -> alt.Chart:
    shift = 8 if align == "left" else -8
    return label(rows, align=align, dx=shift).encode(x=x, y="rate:Q", text="name:N")


def _limit_names(limits: pd.DataFrame, text: FunnelText, x: alt.X) -> list[alt.Chart]:
    """The outer limit at its upper line, the mean, the inner at its lower line: beside the right end."""
    last = limits.tail(1)
    return [
        label(last.assign(label=words), align="left", dx=6, colour=INK_2).encode(
            x=x, y=f"{column}:Q", text="label:N"
        )
        for column, words in (("far_high", text.far), ("expected", text.mean), ("low", text.near))
    ]
