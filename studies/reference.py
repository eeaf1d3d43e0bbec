"""Values of an indicator in all like periods, so that breaks stay the same when the period changes.

Only what the indicator needs is counted: a whole measure of every month would take seconds.
"""

from collections.abc import Callable

import pandas as pd

from geo import indicators as ind
from geo.frames import Period
from studies.holdings import Holdings, find_previous, is_covered, list_like

Count = Callable[[Period, str | None], pd.Series]
MOST_PERIODS = 24
DENOMINATORS = {
    "incidents_per_10k": ("population", float(ind.PER_10K)),
    "incidents_per_km2": ("area_km2", 1.0),
    "incidents_per_camera": ("n_cameras", 1.0),
}


def make_reference(
    holdings: Holdings,
    key: str,
    period: Period | None,
    compare: str,
    category: str | None,
    *,
    count: Count,
    wards: pd.DataFrame,
) -> pd.Series | None:
    """All wards' values in the newest like periods that the data cover, one under another; None without a
    period, for an indicator that is not counted from incidents, and when the data cover none.

    wards: one line per ward with the denominators of rates.
    """
    if period is None:
        return None
    like = [other for other in list_like(holdings, period) if is_covered(holdings, other)][:MOST_PERIODS]
    family = ind.INDICATORS[key].family
    if family == "incidents" and key != "n_incidents_previous":
        values = [_relate(key, count(other, category), wards) for other in like]
    elif family == "change" or key == "n_incidents_previous":
        pairs = [(other, find_previous(other, compare)) for other in like]
        values = [
            _compare(key, count(now, category), count(before, category))
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
