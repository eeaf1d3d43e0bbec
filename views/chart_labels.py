"""Which points of a crowded chart are named: those farthest out, while their names keep apart."""

import pandas as pd

from views.chart_parts import Align

MOST_NAMED = 8
APART_X, APART_Y = 0.18, 0.06
RIGHT_SIDE = 0.7


def pick_labels(candidates: pd.DataFrame, points: pd.DataFrame) -> list[tuple[Align, pd.DataFrame]]:
    """Candidates (population, rate) farthest from the middle rate of all points, at most eight, none within
    the room of another's name; grouped by the side on which the name has room: ("left" aligned or "right",
    rows). Empty groups are left out."""
    if candidates.empty:
        return []
    middle = float(points["rate"].median())
    ordered = candidates.iloc[(candidates["rate"] - middle).abs().argsort(kind="stable")[::-1]]
    across = ((ordered["population"] - points["population"].min()) / _spread(points["population"])).tolist()
    up = (ordered["rate"] / _spread(points["rate"])).tolist()
    chosen: list[int] = []
    for place in range(len(ordered)):
        is_near = any(
            abs(across[place] - across[other]) < APART_X and abs(up[place] - up[other]) < APART_Y
            for other in chosen
        )
        if not is_near and len(chosen) < MOST_NAMED:
            chosen.append(place)
    sides: tuple[tuple[Align, list[int]], ...] = (
        ("left", [place for place in chosen if across[place] <= RIGHT_SIDE]),
        ("right", [place for place in chosen if across[place] > RIGHT_SIDE]),
    )
    return [(align, ordered.iloc[places]) for align, places in sides if places]


def _spread(values: pd.Series) -> float:
    return float(values.max() - values.min()) or 1.0
