"""Values of an indicator in all like periods, so that breaks stay the same when the period changes.

Only what the indicator needs is counted: a whole measure of every month would take seconds.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from geo import indicators as ind
from geo.categories import GROUPS
from geo.frames import Period
from geo.question import Selection
from studies.holdings import Holdings, find_previous, is_covered, list_like

Count = Callable[[Period, Selection], pd.Series]
MOST_PERIODS = 24
DENOMINATORS = {
    "incidents_per_10k": ("population", float(ind.PER_10K)),
    "incidents_per_10k_eb": ("population", float(ind.PER_10K)),  # steadied and raw rates share one legend
    "incidents_per_10k_eb_local": ("population", float(ind.PER_10K)),
    "incidents_per_km2": ("area_km2", 1.0),
    "incidents_per_camera": ("n_cameras", 1.0),
}
COMPARED = ("n_incidents_previous", "n_incidents_difference", "incidents_z", "incidents_change_pct")


def make_reference(
    holdings: Holdings,
    key: str,
    period: Period | None,
    compare: str,
    chosen: Selection,
    *,
    count: Count,
    wards: pd.DataFrame,
) -> pd.Series | None:
    """All wards' values in the newest like periods that the data cover, one under another; None without a
    period, for an indicator that is not made of incident counts alone, and when the data cover none.

    wards: one line per ward with the denominators of rates.
    """
    if period is None:
        return None
    like = [other for other in list_like(holdings, period) if is_covered(holdings, other)][:MOST_PERIODS]
    group = key.removeprefix("n_incidents_")
    if group in GROUPS and chosen.category is None:
        values = [count(other, replace(chosen, group=group)) for other in like]
    elif key == "n_incidents" or key in DENOMINATORS:
        values = [_relate(key, count(other, chosen), wards) for other in like]
    elif key in COMPARED:
        pairs = [(other, find_previous(other, compare)) for other in like]
        values = [
            _compare(key, count(now, chosen), count(before, chosen))
            for now, before in pairs
            if is_covered(holdings, before)
        ]
    else:
        return None
    return pd.concat(values, ignore_index=True) if values else None


def _relate(key: str, n: pd.Series, wards: pd.DataFrame) -> pd.Series:
    if key not in DENOMINATORS:
        return n
    column, per = DENOMINATORS[key]
    return ind.rate(n, wards[column], per=per)


def _compare(key: str, now: pd.Series, before: pd.Series) -> pd.Series:
    if key == "n_incidents_previous":
        return before
    if key == "incidents_z":
        return ind.change_z(now, before)
    return ind.change_pct(now, before) if key == "incidents_change_pct" else now - before
