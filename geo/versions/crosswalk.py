"""Which old wards, or which parts of them, became which new ones.

Codes were re-used for other units, so a crosswalk always names both boundary versions. Weights are shares
of an old unit; those of population and of area can disagree wildly, and both are kept.
"""

from dataclasses import dataclass, field

import pandas as pd

from geo.frames import Source


@dataclass(frozen=True)
class Crosswalk:
    """rows: one per part, RangeIndex; old_code, new_code (text; the pair is unique), whole (bool: the old
    unit went into the new one undivided), weight_population, weight_area (shares 0-1 of the old unit; 1.0
    where whole; NaN unknown).
    old_version, new_version: ids of the boundary versions."""

    rows: pd.DataFrame
    old_version: str
    new_version: str
    source: Source = field(default_factory=Source)
