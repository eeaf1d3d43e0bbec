"""Measures made from other measures: smoothed rates, funnels, ratios, clusters, the two-way camera map.

What happened is counted in `measure`; here stands what the counts say once chance and neighbours are
weighed. Where it misleads: all of it rests on counts, and says no more than they do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from errors import NoData, QuestionError, UnknownIndicator
from geo import indicators as ind
from geo.cluster_search import (
    CLUSTERED,
    N_PERMUTATIONS,
    Chance,
    check_basis,
    pick_values,
    seek_clusters,
    weigh_neighbours,
)
from geo.cover.both import both
from geo.measure import Measured
from geo.stats import change, small_numbers

Maker = Callable[[gpd.GeoDataFrame, Measured], pd.Series]


@dataclass(frozen=True)
class Derived:
    """The measures with further columns. chance: None when no cluster was sought. refusals: why a column that
    was wished for is not there, by key."""

    measured: Measured
    chance: Chance | None = None
    refusals: Mapping[str, QuestionError] = field(default_factory=dict)


def derive(
    measured: Measured,
    keys: Sequence[str],
    *,
    basis: str | None = None,
    n_permutations: int = N_PERMUTATIONS,
) -> Derived:
    """The measures with the asked columns added; those already there are kept, but for clusters where a basis
    is named.

    basis: key of cluster_search.BASES, None for `choose_basis`. Raises UnknownIndicator (a key that cannot be
    made so), NoData (reason `lacks_<column>`: what it is made of is missing), TooFewWards.
    """
    check_basis(basis)
    is_sought = basis is not None and "n_incidents" in measured.frame
    asked = [key for key in keys if key not in measured.frame or (is_sought and key in CLUSTERED)]
    for key in asked:
        _check(measured.frame, key)
    frame, bars, chance = measured.frame.copy(), measured.both_bars, None
    for key in asked:
        if key in MAKERS:
            frame[key] = MAKERS[key](frame, measured)
    if "incidents_and_cameras" in asked:
        crossed = both(frame["n_incidents"], frame["cameras_per_km2"])
        frame["incidents_and_cameras"], bars = crossed.classes, crossed.bars
    clustered = [key for key in dict.fromkeys(asked) if key in CLUSTERED]
    if clustered:
        values, chance = pick_values(measured, basis)
        chance = replace(chance, n_permutations=n_permutations)
        frame[clustered], chance = seek_clusters(frame, values, chance, clustered)
    return Derived(replace(measured, frame=frame, both_bars=bars), chance)


def _check(frame: gpd.GeoDataFrame, key: str) -> None:
    """Refuse what cannot be made, or not from these figures."""
    if key == "years_in_top_fifth":
        raise NoData("history", key=key)
    if key not in NEEDS:
        raise UnknownIndicator("derived", key=key, keys=", ".join(NEEDS))
    for column in NEEDS[key]:
        if column not in frame or frame[column].isna().all():
            raise NoData(f"lacks_{column}", key=key)


def _residents(measured: Measured) -> pd.Series:
    """Unknown where visitors are many: such a ward would pull the mean of all the others."""
    return small_numbers.hide_visitor_wards(measured.frame["population"], measured.visitor_wards)


def _smooth(frame: gpd.GeoDataFrame, measured: Measured) -> pd.Series:
    return small_numbers.empirical_bayes(frame["n_incidents"], _residents(measured), per=ind.PER_10K)


def _smooth_locally(frame: gpd.GeoDataFrame, measured: Measured) -> pd.Series:
    weights = weigh_neighbours(frame)
    return small_numbers.empirical_bayes_local(
        frame["n_incidents"], _residents(measured), weights, per=ind.PER_10K
    )


def _place_in_funnel(frame: gpd.GeoDataFrame, measured: Measured) -> pd.Series:
    return small_numbers.funnel_position(frame["n_incidents"], _residents(measured))


def _ratio(frame: gpd.GeoDataFrame, measured: Measured) -> pd.Series:
    return change.ratio(*_compared(frame), *_days(measured))


def _ratio_end(place: int) -> Maker:
    def make(frame: gpd.GeoDataFrame, measured: Measured) -> pd.Series:
        days_now, days_before = _days(measured)
        ends = change.ratio_interval(*_compared(frame), days_now=days_now, days_before=days_before)
        return ends[place].replace(np.inf, np.nan)

    return make


def _compared(frame: gpd.GeoDataFrame) -> tuple[pd.Series, pd.Series]:
    """Counts of both periods, where a change may be told of them: not of a ward whose share was estimated."""
    told = frame["n_incidents_difference"].notna()
    return frame["n_incidents"].where(told), frame["n_incidents_previous"].where(told)


def _days(measured: Measured) -> tuple[float, float]:
    period, previous = measured.question.period, measured.question.previous
    return (float(period.n_days), float(previous.n_days)) if period and previous else (1.0, 1.0)


MAKERS: dict[str, Maker] = {
    "incidents_per_10k_eb": _smooth,
    "incidents_per_10k_eb_local": _smooth_locally,
    "funnel_position": _place_in_funnel,
    "incidents_ratio": _ratio,
    "incidents_ratio_low": _ratio_end(0),
    "incidents_ratio_high": _ratio_end(1),
}
RESIDENTS, COMPARED = ("n_incidents", "population"), ("n_incidents", "n_incidents_difference")
NEEDS: dict[str, tuple[str, ...]] = {
    "incidents_per_10k_eb": RESIDENTS,
    "incidents_per_10k_eb_local": RESIDENTS,
    "funnel_position": RESIDENTS,
    "incidents_ratio": COMPARED,
    "incidents_ratio_low": COMPARED,
    "incidents_ratio_high": COMPARED,
    "incidents_and_cameras": ("n_incidents", "cameras_per_km2"),
    **dict.fromkeys(CLUSTERED, ("n_incidents",)),
}
