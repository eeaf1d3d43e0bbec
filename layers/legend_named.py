"""Legends of classes that come by name: clusters, patterns over periods, the funnel, and incidents beside
cameras. A colour belongs to its class, whatever classes are present."""

from collections.abc import Sequence

import pandas as pd

from geo.cover.both import BothBars
from i18n.messages import Words
from layers import palettes
from layers.legend import build
from layers.spec import Choropleth, CrossKey, Mark

GI_ORDER = ("high", "low", "none")
MORAN_ORDER = ("high_high", "high_low", "low_high", "low_low", "none")
ISLAND = "island"
MOST_ISLANDS = 3
ROWS, COLUMNS = ("C", "B", "A"), ("1", "2", "3")
HIGH_CLASSES = {
    "gi_star_cluster": ("high",),
    "local_moran_cluster": ("high_high",),
    "emerging_pattern": tuple(
        key for key in palettes.PATTERN if key.startswith("hot_") and key != "hot_historical"
    ),
    "funnel_position": ("far_above", "above"),
    "incidents_and_cameras": ("C1",),
}


def classify_cluster(
    values: pd.Series, names: pd.Series, words: Words, *, key: str, title: str, subtitle: str
) -> Choropleth:
    """Clusters of Gi* or local Moran. names: of the wards; those without a neighbour are told by name."""
    order = list(MORAN_ORDER if key == "local_moran_cluster" else GI_ORDER)
    texts = {name: words(f"cluster.{name}") for name in order}
    islands = [str(name) for name in names[values == ISLAND]]
    if islands:
        order.append(ISLAND)
        texts[ISLAND] = name_islands(islands, words)
    return build(values, order, texts, palettes.CLUSTER, words, title=title, subtitle=subtitle)


def name_islands(names: Sequence[str], words: Words) -> str:
    """The class of wards without a neighbour, by name where there are few."""
    if len(names) > MOST_ISLANDS:
        return words("cluster.islands")
    return words("cluster.island", names=", ".join(names))


def classify_pattern(values: pd.Series, words: Words, *, title: str, subtitle: str) -> Choropleth:
    """Patterns over periods: a row for each that occurs, and for none."""
    present = set(values.dropna())
    order = [key for key in palettes.PATTERN if key in present or key == "none"]
    marks: dict[str, Mark] = {
        key: palettes.PATTERN_MARK[key.split("_", 1)[1]] for key in order if key != "none"
    }
    texts = {key: words(f"pattern.{key}") for key in order}
    return build(values, order, texts, palettes.PATTERN, words, title=title, subtitle=subtitle, marks=marks)


def classify_funnel(values: pd.Series, words: Words, *, title: str, subtitle: str) -> Choropleth:
    """Where a rate stands against what chance allows for so many residents."""
    order = list(palettes.FUNNEL)
    texts = {key: words(f"funnel.{key}") for key in order}
    return build(values, order, texts, palettes.FUNNEL, words, title=title, subtitle=subtitle)


def classify_both(
    values: pd.Series,
    words: Words,
    *,
    title: str,
    subtitle: str,
    bars: BothBars | None,
) -> Choropleth:
    """Incidents against camera density, three by three, with the limits of each where they are given."""
    order = [row + column for row in ROWS for column in COLUMNS]
    cells = tuple(tuple(order.index(row + column) for column in COLUMNS) for row in ROWS)
    cross = CrossKey(
        row_title=words("both.incidents"),
        column_title=words("both.cameras"),
        rows=tuple(reversed(_name_thirds(bars.n_incidents if bars else None, words))),
        columns=_name_thirds(bars.cameras_per_km2 if bars else None, words),
        cells=cells,
    )
    texts = {key: words(f"both.{key}") for key in order}
    return build(
        values, order, texts, palettes.BIVARIATE, words,
        title=title, subtitle=subtitle, codes=order, cross=cross,
    )  # fmt: skip


def _name_thirds(bars: tuple[float, float] | None, words: Words) -> tuple[str, str, str]:
    """Few, middling, many, each with its limits where they are known; a limit belongs to what is above it."""
    few, middling, many = (words(f"both.{size}") for size in ("few", "middling", "many"))
    if bars is None:
        return few, middling, many
    low, high = (words.plain(float(bar)) for bar in bars)
    between = words("both.between", low=low, high=high) if low != high else words("both.nothing")
    return (
        words("both.third", name=few, span=words("both.under", high=low)),
        words("both.third", name=middling, span=between),
        words("both.third", name=many, span=words("both.least", low=high)),
    )
