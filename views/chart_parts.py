"""What every chart is made of: words of its axes, labels, the reader's decimal sign, the page's colours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import altair as alt
import pandas as pd

from i18n.formats import MINUS, Formats
from layers.palettes import UI_LIGHT

HEIGHT_PX = 320
LABEL_PX = 12
NEUTRAL = UI_LIGHT["bar"]
# Given to SVG as they are: the page decides, so both themes can be read.
INK, INK_2, ACCENT, SURFACE = "currentColor", "var(--db-ink-2)", "var(--db-accent)", "var(--db-surface)"
SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType({"vi": (",", "."), "en": (".", ",")})
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class ChartText:
    """x, y: titles of the axes; alt: the chart in one sentence, for who cannot see it."""

    x: str
    y: str
    alt: str


def write_number(value: float, formats: Formats, *, is_share: bool) -> str:
    """A count, or a share of 1 in percent."""
    return f"{formats.number(100 * value, decimals=1)}\u00a0%" if is_share else formats.number(value)


def label(
    rows: pd.DataFrame,
    *,
    align: Align,
    dx: int = 0,
    dy: int = 0,
    weight: Literal[500, 600] = 500,
    colour: str = INK,
) -> alt.Chart:
    """Words at points, moved by so many pixels; the caller encodes where and what."""
    chart: alt.Chart = alt.Chart(rows).mark_text(
        align=align, dx=dx, dy=dy, baseline="middle", color=colour, fontSize=LABEL_PX, fontWeight=weight,
        tooltip=None,
    )  # fmt: skip
    return chart


def axis(pattern: str = "", **more: Any) -> alt.Axis:
    """An axis of at most about five ticks. pattern: of its numbers, as D3 writes it."""
    options = {"titlePadding": 8, "labelPadding": 6, "tickCount": 5, **more}
    if pattern:
        options["format"] = pattern
    return alt.Axis(**options)


def finish(layers: Sequence[alt.Chart], formats: Formats, *, height: int = HEIGHT_PX) -> alt.LayerChart:
    """Layers on one pair of axes, with the reader's decimal sign; as SVG, which takes the page's colours."""
    decimal, thousands = SIGNS[formats.language]
    number = {
        "decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""],
        "percent": "\u00a0%", "minus": MINUS,
    }  # fmt: skip
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            height=height,
            usermeta={"embedOptions": {"renderer": "svg"}},
        )
        .configure(background="transparent", locale={"number": number})
        .configure_view(stroke=None)
    )
    return chart
