"""Which table of harm weights speaks of a period. None is built in, so there may be none."""

from collections.abc import Sequence

from geo.frames import Period
from geo.harm import HarmWeights


def pick_weights(tables: Sequence[HarmWeights], period: Period | None) -> HarmWeights | None:
    """The newest table that held on the period's first day, so that a change of weights never looks like a
    change of harm within one period; None when none did, or without a period. Of two from one day the later
    listed, which is the area's own where the other is for every area."""
    if period is None:
        return None
    held = [table for table in tables if table.valid_from <= period.start]
    return max(reversed(held), key=lambda table: table.valid_from, default=None)
