"""One sentence on how a count changed, with no more certainty than the counts hold."""

import math

import pandas as pd

from geo.indicators import SMALL_BASE, change_pct
from geo.stats.change import count_z, ratio, ratio_interval, verdict
from geo.stats.evaluation import WDD
from geo.stats.evaluation import verdict as judge
from geo.stats.projection import Projection
from i18n.messages import Words

CONFIDENCE = 0.95


def write_change(
    now: float,
    before: float,
    words: Words,
    *,
    with_pct: bool = False,
    tips_now: float | None = None,
    tips_before: float | None = None,
    n_missing_parts: int = 0,
) -> str:
    """ "12 → 9 vụ, giảm 3 vụ; chưa đủ căn cứ để kết luận". Counts are rounded to whole incidents.

    with_pct: the percentage stands behind the counts, and only where SMALL_BASE incidents or more were
    counted before. tips_now, tips_before: reports from the public; fewer of them, or n_missing_parts months
    without a report, add to a fall that reporting must be checked. A missing count (NaN) is told,
    never guessed.
    """
    if math.isnan(now) or math.isnan(before):
        return _write_unknown(now, before, words)
    n_now, n_before = round(now), round(before)
    found = verdict(n_now, n_before)
    if found == "same":
        return words("change.same", before=n_before, now=n_now)
    percent = ""
    if with_pct and n_before >= SMALL_BASE:
        value = float(change_pct(_one(n_now), _one(n_before)).iloc[0])
        percent = words("change.pct", pct=words.signed(value, decimals=1))
    direction = "rise" if n_now > n_before else "fall"
    told = words(
        f"change.{direction}", before=n_before, now=n_now, difference=abs(n_now - n_before), percent=percent
    )
    told += words(f"change.{found}", z=words.number(count_z(n_now, n_before), decimals=1))
    if direction == "fall":
        told += _doubt(tips_now, tips_before, n_missing_parts, words)
    return told


def _one(n: float) -> pd.Series:
    return pd.Series([float(n)])


def _write_unknown(now: float, before: float, words: Words) -> str:
    if math.isnan(now):
        return words("change.unknown")
    return words("change.unknown_before", now=round(now))


def _doubt(tips_now: float | None, tips_before: float | None, n_missing_parts: int, words: Words) -> str:
    reasons = []
    if tips_now is not None and tips_before is not None and tips_now < tips_before:
        reasons.append(words("change.fewer_tips", before=round(tips_before), now=round(tips_now)))
    if n_missing_parts > 0:
        reasons.append(words("change.missing_parts", n=n_missing_parts))
    return words("change.check", reasons=words("change.and").join(reasons)) if reasons else ""


def write_interval(
    now: float, before: float, words: Words, *, days_now: int = 1, days_before: int = 1
) -> str:
    """The second sentence: the ratio of the two rates with its exact interval; "" where nothing is known or
    counted in either period."""
    exposure = {"days_now": days_now, "days_before": days_before}
    low, high = (
        float(end.iloc[0])
        for end in ratio_interval(_one(now), _one(before), confidence=CONFIDENCE, **exposure)
    )
    if math.isnan(low):
        return ""
    facts: dict[str, object] = {"low": words.number(low, decimals=2), "pct": round(100 * CONFIDENCE)}
    if math.isinf(high):
        return words("change.interval_open", **facts)
    value = float(ratio(_one(now), _one(before), days_now, days_before).iloc[0])
    facts |= {"ratio": words.number(value, decimals=2), "high": words.number(high, decimals=2)}
    return words("change.interval", **facts)


def quote_pct(pct: float, source: str, words: Words) -> str:
    """A percentage that a report states and nobody can recompute: "giảm 32 % (theo nguồn: …)". source is text
    from people; without one it says that the source is not named."""
    size = words.number(abs(pct), decimals=0 if float(pct).is_integer() else 2)
    direction = "same" if pct == 0 else "rise" if pct > 0 else "fall"
    named = words("change.by_source", source=source.strip()) if source.strip() else words("change.no_source")
    return words(f"change.quoted_{direction}", pct=size, source=named)


def write_projection(projection: Projection, words: Words) -> str:
    """What the year may come to, with its range and what the remaining days rest on."""
    if math.isnan(projection.expected):
        return words("projection.unknown")
    return words(
        f"projection.{projection.basis}",
        expected=round(projection.expected),
        low=round(projection.low),
        high=round(projection.high),
        pct=round(100 * projection.confidence),
    )


def write_evaluation(difference: WDD, words: Words) -> str:
    """The remark beside the committee's grade: how many incidents more or fewer than in like wards, the
    interval, and rõ rệt, có dấu hiệu or chưa đủ căn cứ."""
    if math.isnan(difference.z):
        return words("evaluation.unknown")
    n = round(difference.estimate)
    size = (
        words("evaluation.equal")
        if n == 0
        else words("evaluation.fewer" if n < 0 else "evaluation.more", n=abs(n))
    )
    return words(
        f"evaluation.{judge(difference)}",
        size=size,
        low=words.signed(difference.low),
        high=words.signed(difference.high),
        pct=round(100 * difference.confidence),
    )
