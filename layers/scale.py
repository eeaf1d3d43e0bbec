"""Values -> breaks and colours, decided once and frozen together.

Breaks are round numbers near the quintiles of all like periods, so a colour means the same number in
every period; they are never stretched to the values of one map. A class holds its lower break:
[12, 16) reads "12 – dưới 16".
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

NICE = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """breaks: rising inner limits; colours: one more than breaks, light to dark."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.colours) != len(self.breaks) + 1:
            raise ValueError(f"{len(self.breaks)} breaks need {len(self.breaks) + 1} colours")
        if any(low >= high for low, high in zip(self.breaks, self.breaks[1:], strict=False)):
            raise ValueError(f"breaks must rise: {self.breaks}")

    def classify(self, values: pd.Series) -> pd.Series:
        """Class 0 … k per value; NaN stays NaN."""
        classes = np.searchsorted(self.breaks, values.to_numpy(dtype=float), side="right").astype(float)
        return pd.Series(classes, index=values.index).where(values.notna())


def make_scale(reference: pd.Series, colours: Sequence[str], *, decimals: int) -> Scale:
    """Quintile breaks of the positive reference values, rounded to nice numbers that stay distinct.

    With few distinct values there are fewer classes; the colours kept are spread over the ramp.
    """
    positive = reference[np.isfinite(reference) & (reference > 0)].astype(float)
    breaks: list[float] = []
    if len(positive):
        shares = np.arange(1, len(colours)) / len(colours)
        lowest, highest = float(positive.min()), float(positive.max())
        for value in np.quantile(positive, shares):
            rounded = round_nice(float(value), decimals=decimals)
            if lowest < rounded <= highest and (not breaks or rounded > breaks[-1]):
                breaks.append(rounded)
    return Scale(tuple(breaks), spread(colours, len(breaks) + 1))


def make_even_scale(reference: pd.Series, colours: Sequence[str]) -> Scale:
    """For differences: nice limits ±a, ±b around 0 at a third and two thirds of the range."""
    size = reference[np.isfinite(reference)].abs()
    far = round_nice(float(size.quantile(0.9)), decimals=0) if len(size) else 3.0
    far = max(far, 3.0)
    near = max(1.0, round_nice(far / 3, decimals=0))
    return Scale((-far, -near, near, far), tuple(colours))


def round_nice(value: float, *, decimals: int) -> float:
    """The nice number (1, 1.2, 1.5, 2, … × 10^k) nearest in ratio, on the grid of the decimals shown."""
    if value <= 0 or not math.isfinite(value):
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    nearest = min(NICE, key=lambda nice: abs(math.log(value / (nice * power))))
    step = 10.0**-decimals
    return max(step, round(round(nearest * power / step) * step, 9))


def spread(colours: Sequence[str], n: int) -> tuple[str, ...]:
    """n colours taken evenly from a ramp, both ends kept (the dark one alone when n is 1)."""
    if n == 1:
        return (colours[len(colours) // 2],)
    return tuple(colours[round(place * (len(colours) - 1) / (n - 1))] for place in range(n))
