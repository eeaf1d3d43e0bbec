"""What the counts say of one target area, beside the wards that were frozen as its comparison at approval.

A remark beside the committee's conclusion, never in its place. Where it misleads: comparison wards picked
after the results are known prove anything, so they are never chosen here; wards selected when they were high
fall by themselves (`expected_fall_pct`); and a ward with few incidents hardly ever bears a conclusion.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo.stats import evaluation as wdd
from geo.stats.change import ratio, ratio_interval
from geo.stats.evaluation import WDD, DifferenceVerdict
from geo.stats.regression_to_mean import expected_fall_pct

Lack = Literal["", "no_comparison", "treated", "comparison"]


@dataclass(frozen=True)
class Judgement:
    """treated, comparison: ward codes. before, after: incidents of the treated, NaN where one has no figure.

    ratio, ratio_low, ratio_high: rate per day after over before with its exact interval, see
    `geo.stats.change`. difference: incidents beyond the change of the comparison wards, None where it cannot
    be told, and then `lack` says why and `missing` which wards have no figure. ring: the same of the
    neighbours that have figures (ring_wards), None where there are none: a rise there may be incidents
    displaced.
    expected_fall_pct: how far the wards with the most incidents fall of themselves, NaN unknown.
    """

    treated: tuple[str, ...]
    comparison: tuple[str, ...]
    before: float
    after: float
    ratio: float
    ratio_low: float
    ratio_high: float
    difference: WDD | None
    verdict: DifferenceVerdict | None
    lack: Lack
    missing: tuple[str, ...]
    ring_wards: tuple[str, ...]
    ring: WDD | None
    expected_fall_pct: float


@dataclass(frozen=True)
class Pooled:
    """A programme's areas together. difference None: `twice` names the wards that serve twice, or no area was
    judged. left_out: treated wards without a difference of their own."""

    difference: WDD | None
    verdict: DifferenceVerdict | None
    twice: tuple[str, ...]
    left_out: tuple[str, ...]


def judge(
    treated: pd.DataFrame,
    comparison: pd.DataFrame,
    ring: pd.DataFrame | None = None,
    *,
    days_before: float,
    days_after: float,
    city_before: pd.Series | None = None,
    n_selected: int = 0,
) -> Judgement:
    """Treated wards beside their comparison wards and their ring.

    Each frame: index ward_code, columns before, after (incidents; NaN no figure). One comparison ward without
    a figure takes the difference away, for leaving it out would be choosing anew. A ring ward without one is
    left out. The ring stands apart and is not added to the difference: both rest on the same comparison
    wards, and their errors would not be independent. city_before: incidents of the days before of every ward,
    n_selected: how many were chosen among them, for the fall to be expected.
    """
    counts = treated[["before", "after"]].sum(skipna=False)
    low, high = ratio_interval(
        counts[["after"]],
        counts[["before"]].set_axis(["after"]),
        days_now=days_after,
        days_before=days_before,
    )
    rates = ratio(counts[["after"]], counts[["before"]].set_axis(["after"]), days_after, days_before)
    lack, missing = _find_lack(treated, comparison)
    days = {"days_before": days_before, "days_after": days_after}
    difference = None if lack else _compare(treated, comparison, days)
    near = treated.iloc[:0] if ring is None else ring.dropna()
    is_told = len(comparison) > 0 and bool(comparison.notna().all(axis=None)) and len(near) > 0
    return Judgement(
        treated=_codes(treated),
        comparison=_codes(comparison),
        before=float(counts["before"]),
        after=float(counts["after"]),
        ratio=float(rates.iloc[0]),
        ratio_low=float(low.iloc[0]),
        ratio_high=float(high.iloc[0]),
        difference=difference,
        verdict=None if difference is None else wdd.verdict(difference),
        lack=lack,
        missing=missing,
        ring_wards=_codes(near),
        ring=_compare(near, comparison, days) if is_told else None,
        expected_fall_pct=math.nan if city_before is None else expected_fall_pct(city_before, n_selected),
    )


def pool_apart(judged: Mapping[str, Judgement]) -> Pooled:
    """All areas of a programme together, only where every ward serves once: neither twice as a comparison,
    nor as the comparison of one and the treated of another. judged: by any key of the area."""
    told = [one for one in judged.values() if one.difference is not None]
    uses = Counter(code for one in told for code in (*one.comparison, *one.treated))
    twice = tuple(code for code, n in uses.items() if n > 1)
    left_out = tuple(code for one in judged.values() if one.difference is None for code in one.treated)
    if twice or not told:
        return Pooled(None, None, twice, left_out)
    difference = wdd.pool([one.difference for one in told if one.difference is not None])
    return Pooled(difference, wdd.verdict(difference), (), left_out)


def _find_lack(treated: pd.DataFrame, comparison: pd.DataFrame) -> tuple[Lack, tuple[str, ...]]:
    if comparison.empty:
        return "no_comparison", ()
    for lack, frame in (("treated", treated), ("comparison", comparison)):
        missing = _codes(frame[frame[["before", "after"]].isna().any(axis=1)])
        if missing:
            return ("treated" if lack == "treated" else "comparison"), missing
    return "", ()


def _compare(inside: pd.DataFrame, outside: pd.DataFrame, days: Mapping[str, float]) -> WDD:
    return wdd.displacement_difference(
        inside["before"], inside["after"], outside["before"], outside["after"], **days
    )


def _codes(frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(map(str, frame.index))
