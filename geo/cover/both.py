"""Incidents and camera density in one class: nine, from few of both to many of both.

The thirds are of this map's own wards: "many" is many among them, and a map of another place has other bars.
More cameras often stand where more happens; the class says where both are, not that one makes the other.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.indicators import find_gap_bars, round_up

BOTH_CLASSES = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3")


@dataclass(frozen=True)
class BothBars:
    """Two limits of each: below the first is "few", from the second on "many", between them "middling"."""

    n_incidents: tuple[float, float]
    cameras_per_km2: tuple[float, float]


@dataclass(frozen=True)
class Both:
    """classes: one of BOTH_CLASSES per ward, None where either is missing; the letter is incidents (A few,
    C many), the digit camera density (1 low, 3 high). bars: None where fewer than three wards have both."""

    classes: pd.Series
    bars: BothBars | None


def both(n_incidents: pd.Series, cameras_per_km2: pd.Series) -> Both:
    """Classes by thirds of the wards that have both numbers.

    The outer bars are those of `indicators.find_gap_bars`, so that C1 is `camera_gap`: under three incidents
    are never many, and where a third of the wards has no camera those alone have few. Wards level with each
    other share a class; where the lowest third has 0, every 0 is the lowest class, and of density the others
    are halved. The bars are rounded to what a legend prints (incidents to whole ones, density to two figures,
    both upwards), and the rounded bars decide.
    """
    known = n_incidents.notna() & cameras_per_km2.notna()
    classes = pd.Series(np.full(len(known), None, dtype=object), index=known.index, dtype=object)
    outer = find_gap_bars(n_incidents, cameras_per_km2)
    if outer is None:
        return Both(classes, None)
    few = max(1.0, float(math.ceil(n_incidents[known].quantile(1 / 3))))
    dense = round_up(_find_dense(cameras_per_km2[known]))
    bars = BothBars(
        (min(few, outer.n_incidents), outer.n_incidents),
        (outer.cameras_per_km2, max(dense, outer.cameras_per_km2)),
    )
    row = np.searchsorted(bars.n_incidents, n_incidents[known], side="right")
    column = np.searchsorted(bars.cameras_per_km2, cameras_per_km2[known], side="right")
    classes[known] = [BOTH_CLASSES[3 * letter + digit] for letter, digit in zip(row, column, strict=True)]
    return Both(classes, bars)


def _find_dense(density: pd.Series) -> float:
    """From where on the upper third has many cameras; the upper half of those with any, where a third has
    none."""
    low, high = (float(bar) for bar in density.quantile([1 / 3, 2 / 3]))
    if low > 0:
        return high
    positive = density[density > 0]
    return float(positive.median()) if len(positive) else 0.0
