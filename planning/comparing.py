"""Two lists beside each other: who enters, who leaves, and how far each ward moves.

Codes are compared as text, so both lists must stand on one boundary version.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Changes:
    """entering, staying: codes in the order of the list now; leaving: in the order of the list before."""

    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    staying: tuple[str, ...]


def compare_lists(now: Sequence[str], before: Sequence[str]) -> Changes:
    """What changed between two lists of wards; a code named twice counts once."""
    listed, was_listed = dict.fromkeys(now), dict.fromkeys(before)
    return Changes(
        entering=tuple(code for code in listed if code not in was_listed),
        leaving=tuple(code for code in was_listed if code not in listed),
        staying=tuple(code for code in listed if code in was_listed),
    )


def to_ranks(order: Sequence[str]) -> pd.Series:
    """The place of each ward of an order, 1 the first; index ward_code."""
    return pd.Series(
        range(1, len(order) + 1), index=pd.Index(list(order), name="ward_code", dtype=str), dtype=float
    )


def moved(ranks_a: pd.Series, ranks_b: pd.Series) -> pd.Series:
    """Places that each ward climbs from list a to list b: rank in a − rank in b, so 3 is three places up.

    Index: wards of a in its order, then those of b alone. NaN where either list has no rank for the ward.
    """
    codes = ranks_a.index.append(ranks_b.index.difference(ranks_a.index, sort=False))
    return ranks_a.reindex(codes) - ranks_b.reindex(codes)
