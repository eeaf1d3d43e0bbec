"""What is measured per ward, and how.

Each Indicator is one record; schema, legend, help text and docs/indicators.md are fed from it. The
functions below take Series and give Series of the same index; missing stays missing. Where numbers
mislead: a percentage on a small base, a rate on few residents, and camera counts of unequal date.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

Better = Literal["lower", "higher", ""]
Family = Literal[
    "incidents",
    "cameras",
    "change",
    "status",
    "level",
    "gap",
    "parts",
    "cluster",
    "pattern",
    "funnel",
    "both",
    "score",
]

SMALL_BASE = 20
SIGNAL_Z = 3.0
TOP_SHARE = 5
HISTORY_PERIODS = 4
GAP_QUANTILE = 2 / 3
FEWEST_MANY = 3.0
PER_10K = 10_000
PER_1K = 1_000


@dataclass(frozen=True)
class Indicator:
    """One measure. Words stand in i18n under `indicator.<key>` (name, unit, formula, source, caution).

    family: which palette it wears. per: residents or area the count is divided by ("" none).
    mapped: may be drawn as a choropleth; a percentage of change never is.
    """

    key: str
    family: Family
    decimals: int = 0
    per: str = ""
    better: Better = ""
    mapped: bool = True


@dataclass(frozen=True, order=True)
class Share:
    """So many of so many, some of them unknown: a status that cannot be summed is told as the parts that
    have it."""

    n: int
    of: int
    unknown: int = 0


INDICATORS: dict[str, Indicator] = {
    record.key: record
    for record in (
        Indicator("n_incidents", "incidents", better="lower"),
        Indicator("incidents_per_10k", "incidents", decimals=1, per="10k residents", better="lower"),
        Indicator("incidents_per_km2", "incidents", decimals=2, per="km2", better="lower"),
        Indicator("n_incidents_social", "incidents", better="lower"),
        Indicator("n_incidents_economic", "incidents", better="lower"),
        Indicator("n_incidents_environment", "incidents", better="lower"),
        Indicator("n_incidents_drugs", "incidents", better="lower"),
        Indicator("n_incidents_vice", "incidents", better="lower"),
        Indicator("n_incidents_traffic", "incidents", better="lower"),
        Indicator("n_incidents_fire", "incidents", better="lower"),
        Indicator("n_incidents_ungrouped", "incidents", better="lower"),
        Indicator("n_incidents_serious", "incidents", better="lower"),
        Indicator("n_incidents_reported", "incidents", better="lower"),
        Indicator("n_incidents_discovered", "incidents"),
        Indicator("n_cleared", "incidents", better="higher"),
        Indicator("clearance_pct", "incidents", decimals=1, better="higher"),
        Indicator("harm_weighted", "incidents", decimals=1, better="lower"),
        Indicator("incidents_per_10k_eb", "incidents", decimals=1, per="10k residents", better="lower"),
        Indicator("incidents_per_10k_eb_local", "incidents", decimals=1, per="10k residents", better="lower"),
        Indicator("funnel_position", "funnel", better="lower"),
        Indicator("years_in_top_fifth", "incidents", better="lower"),
        Indicator("n_incidents_previous", "incidents", better="lower"),
        Indicator("n_incidents_difference", "change", better="lower"),
        Indicator("incidents_z", "change", decimals=1, better="lower"),
        Indicator("incidents_change_pct", "change", decimals=1, better="lower", mapped=False),
        Indicator("incidents_ratio", "change", decimals=2, better="lower", mapped=False),
        Indicator("incidents_ratio_low", "change", decimals=2, mapped=False),
        Indicator("incidents_ratio_high", "change", decimals=2, mapped=False),
        Indicator("hotspot_level", "level", better="lower"),
        Indicator("gi_star_z", "change", decimals=2, better="lower"),
        Indicator("gi_star_cluster", "cluster"),
        Indicator("local_moran_i", "change", decimals=2, mapped=False),
        Indicator("local_moran_cluster", "cluster"),
        Indicator("emerging_pattern", "pattern"),
        Indicator("status", "status"),
        Indicator("n_cameras", "cameras"),
        Indicator("n_cameras_working", "cameras"),
        Indicator("n_cameras_connected", "cameras"),
        Indicator("n_cameras_live", "cameras"),
        Indicator("n_cameras_stored", "cameras"),
        Indicator("cameras_working_pct", "cameras", better="higher"),
        Indicator("cameras_connected_pct", "cameras", better="higher"),
        Indicator("cameras_live_pct", "cameras", better="higher"),
        Indicator("cameras_stored_pct", "cameras", better="higher"),
        Indicator("cameras_per_km2", "cameras", decimals=1, per="km2"),
        Indicator("cameras_per_1k", "cameras", decimals=1, per="1k residents"),
        Indicator("incidents_per_camera", "incidents", decimals=2, per="camera"),
        Indicator("incident_reach_pct", "cameras", decimals=0, better="higher"),
        Indicator("incident_reach_25_pct", "cameras", better="higher"),
        Indicator("incident_reach_100_pct", "cameras", better="higher"),
        Indicator("area_seen_pct", "cameras", decimals=1, better="higher"),
        Indicator("area_seen_twice_pct", "cameras", decimals=1, better="higher"),
        Indicator("streets_seen_pct", "cameras", decimals=1, better="higher"),
        Indicator("n_incidents_unseen", "incidents", better="lower"),
        Indicator("camera_gap", "gap", better="lower"),
        Indicator("incidents_and_cameras", "both"),
        Indicator("camera_gap_points", "incidents", decimals=0, better="lower", mapped=False),
        Indicator("priority_score", "score", decimals=1),
        Indicator("old_in_programme", "parts"),
    )
}
MAPPED = tuple(key for key, indicator in INDICATORS.items() if indicator.mapped)
HOTSPOT_LEVELS = ("khong", "ky_nay", "k_trong_n_ky", "ca_hai")


def rate(n: pd.Series, denominator: pd.Series, *, per: float = 1.0) -> pd.Series:
    """n / denominator * per. Missing where either is missing or the denominator is not positive."""
    return (n / denominator.where(denominator > 0)) * per


def change_z(now: pd.Series, before: pd.Series) -> pd.Series:
    """2(√now − √before), also for small counts. Of two Poisson counts that share one rate it has a standard
    deviation of √2: |z| ≥ 3, taken as a signal, passes in about 3.5 % of such pairs (7 % at 3 incidents)."""
    return now.pow(0.5).sub(before.pow(0.5)).mul(2)


def change_pct(now: pd.Series, before: pd.Series) -> pd.Series:
    """(now − before) / before in percent; missing when before is 0. Never ranked or coloured by."""
    return rate(now - before, before, per=100)


def is_top_fifth(n: pd.Series) -> pd.Series:
    """Whether a ward's count is among the highest fifth of the wards that have one.

    The bar is the count of the ward at place ceil(m / 5) of m wards; wards level with it are in too,
    wards with 0 never. Missing stays missing (boolean dtype).
    """
    known = n.dropna()
    if known.empty:
        return pd.Series(pd.NA, index=n.index, dtype="boolean")
    bar = known.sort_values(ascending=False).iloc[math.ceil(len(known) / TOP_SHARE) - 1]
    is_top: pd.Series = ((n >= bar) & (n > 0)).astype("boolean").mask(n.isna())
    return is_top


def persistence_k(n_periods: int) -> int:
    """In how many of the last n periods a ward must be in the top fifth to count as lasting: three
    quarters, rounded up (3 of 4). With fewer than two periods nothing can last: 0."""
    return math.ceil(0.75 * n_periods) if n_periods > 1 else 0


def hotspot_level(history: pd.DataFrame) -> pd.Series:
    """Level per ward from counts by period: one column per period, the newest last.

    `ky_nay` top fifth in the newest period only; `k_trong_n_ky` in at least k of the n periods but not
    in the newest; `ca_hai` both; `khong` neither. None when the newest count is missing. A missing
    older count is not a hit.
    """
    tops = history.apply(is_top_fifth)
    now = tops.iloc[:, -1]
    k = persistence_k(history.shape[1])
    hits = tops.fillna(False).sum(axis=1)
    lasting = (hits >= k) if k else pd.Series(False, index=history.index)
    is_now = now.fillna(False).astype(bool)
    level = np.select([is_now & lasting, is_now, lasting], ["ca_hai", "ky_nay", "k_trong_n_ky"], "khong")
    return pd.Series(level, index=history.index, dtype=object).mask(now.isna().to_numpy(), None)


@dataclass(frozen=True)
class GapBars:
    """From how many incidents, and below how many cameras per km², a ward counts as a gap."""

    n_incidents: float
    cameras_per_km2: float


def find_gap_bars(n_incidents: pd.Series, cameras_per_km2: pd.Series) -> GapBars | None:
    """The upper third of incidents, never under three, and the lower third of camera density, among wards
    with both.

    None when fewer than three wards have both."""
    known = n_incidents.notna() & cameras_per_km2.notna()
    if known.sum() < 3:
        return None
    bar = float(np.ceil(n_incidents[known].quantile(GAP_QUANTILE)))
    low = float(cameras_per_km2[known].quantile(1 - GAP_QUANTILE))
    if low == 0:  # a third of the wards has no camera: those, and only those, have few
        positive = cameras_per_km2[known & (cameras_per_km2 > 0)]
        return GapBars(max(bar, FEWEST_MANY), _round_down(float(positive.min())) if len(positive) else 1.0)
    return GapBars(max(bar, FEWEST_MANY), round_up(low))


def round_up(value: float) -> float:
    """To two significant figures, upwards, so that the legend's number is the rule's number."""
    if value <= 0:
        return 0.0
    step = _step(value)
    return round(math.ceil(round(value / step, 9)) * step, 9)


def _round_down(value: float) -> float:
    step = _step(value)
    return round(math.floor(value / step) * step, 9)


def _step(value: float) -> float:
    return float(10.0 ** (math.floor(math.log10(value)) - 1))


def camera_gap(n_incidents: pd.Series, cameras_per_km2: pd.Series, bars: GapBars | None) -> pd.Series:
    """1 many incidents and few cameras, 0 not so, NaN where either is missing."""
    known = n_incidents.notna() & cameras_per_km2.notna()
    if bars is None:
        return pd.Series(np.nan, index=n_incidents.index)
    gap = (n_incidents >= bars.n_incidents) & (cameras_per_km2 < bars.cameras_per_km2)
    return gap.astype(float).where(known)
