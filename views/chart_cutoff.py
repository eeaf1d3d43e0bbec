"""How much the first k wards by score hold: one rising line for each thing that is to be covered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt
import pandas as pd

from i18n.formats import Formats
from views.chart_parts import INK, INK_2, SURFACE, ChartText, axis, finish, label

LEAST_GAP_PCT = 12.0
KEY = "■"
BOLD: Literal[600] = 600
PLAIN: Literal[500] = 500


@dataclass(frozen=True)
class CutLine:
    """column: of the curve. name: beside the line's end; now: its value at the cut, in words."""

    column: str
    name: str
    now: str
    colour: str


def cutoff_chart(
    curve: pd.DataFrame,
    lines: Sequence[CutLine],
    k: int,
    covered: Mapping[str, float],
    text: ChartText,
    formats: Formats,
) -> alt.LayerChart:
    """curve: index k from 0, percent by column. covered: what the proposal itself holds, drawn as rings at k;
    it lies under the line where the rules cost something."""
    last = int(curve.index[-1])
    x = alt.X(
        "k:Q",
        title=text.x,
        axis=axis(",~f", tickMinStep=1, titleAnchor="start"),
        scale=alt.Scale(domain=[0, last], nice=False),
    )
    y = alt.Y("pct:Q", title=text.y, axis=axis(",~f"), scale=alt.Scale(domain=[0, 100]))
    layers: list[alt.Chart] = []
    for line in lines:
        rows = pd.DataFrame({"k": curve.index, "pct": curve[line.column].to_numpy()})
        rows["pct_text"] = [formats.number(value, decimals=1) for value in rows["pct"]]
        tips = [alt.Tooltip("k:Q", title=text.x), alt.Tooltip("pct_text:N", title=line.name)]
        layers.append(
            alt.Chart(rows).mark_line(color=line.colour, strokeWidth=2).encode(x=x, y=y, tooltip=tips)
        )
        at = pd.DataFrame({"k": [k], "pct": [covered.get(line.column, float("nan"))]}).dropna()
        layers.append(
            alt.Chart(at)
            .mark_point(filled=True, size=70, color=line.colour, opacity=1, stroke=SURFACE, strokeWidth=1.5)
            .encode(x="k:Q", y="pct:Q", tooltip=[alt.Tooltip("pct:Q", title=line.name, format=".1f")])
        )
    cut = pd.DataFrame({"k": [k]})
    layers.append(alt.Chart(cut).mark_rule(color=INK_2, strokeWidth=1.5, tooltip=None).encode(x="k:Q"))
    for height, line in _spread([(float(curve[line.column].iloc[-1]), line) for line in lines]):
        for words, dx, dy, weight, colour in (
            (KEY, 6, -6, BOLD, line.colour),
            (line.name, 20, -6, BOLD, INK),
            (line.now, 20, 7, PLAIN, INK),
        ):
            rows = pd.DataFrame({"k": [last], "pct": [height], "words": [words]})
            named = label(rows, align="left", dx=dx, dy=dy, weight=weight, colour=colour)
            layers.append(named.encode(x="k:Q", y="pct:Q", text="words:N"))
    return finish(layers, formats)


def _spread(ends: list[tuple[float, CutLine]]) -> list[tuple[float, CutLine]]:
    """Labels from the top down, no two nearer than a line of text."""
    placed: list[tuple[float, CutLine]] = []
    height = 100.0
    for value, line in sorted(ends, key=lambda end: -end[0]):
        height = min(height, value)
        placed.append((height, line))
        height -= LEAST_GAP_PCT
    return placed
