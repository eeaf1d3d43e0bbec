"""Whether a fall may be a fall of reporting: fewer tips from people, or months that nobody sent.

And what a year that still runs may come to, from what happened so far.
"""

import datetime as dt
import math
from dataclasses import dataclass

import pandas as pd

from geo.counting import pick_counted, select_period
from geo.frames import Joined, Period
from geo.measure import Measured
from geo.periods import same_span
from geo.stats.projection import Projection, project_year
from studies.holdings import Holdings, is_covered
from studies.reference import Count

TIPS = "tips"
SHORTEST_MONTH_DAYS = 28
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Reporting:
    """Per ward (index ward_code): tips_now, tips_before (NaN where not told), n_missing_parts (months of the
    period that the ward did not send and others did)."""

    table: pd.DataFrame

    def of_ward(self, code: str) -> tuple[float | None, float | None, int]:
        """(tips now, tips before, missing months) of one ward; None where tips are not told."""
        return _tell(self.table.loc[[code]].iloc[0])

    def of_all(self) -> tuple[float | None, float | None, int]:
        """The same of all wards: tips of those that told both periods."""
        both = self.table[["tips_now", "tips_before"]].dropna()
        sums = both.sum(min_count=1)
        return _tell(pd.Series({**sums, "n_missing_parts": self.table["n_missing_parts"].sum()}))


def _tell(row: pd.Series) -> tuple[float | None, float | None, int]:
    now, before = float(row["tips_now"]), float(row["tips_before"])
    known = not (math.isnan(now) or math.isnan(before))
    return (now if known else None, before if known else None, int(row["n_missing_parts"]))


def find_reporting(holdings: Holdings, measured: Measured) -> Reporting:
    """Tips of both periods and months that are missing, for the question that was measured."""
    index, question = measured.frame.index, measured.question
    incidents = holdings.of_kind("incidents")
    table = pd.DataFrame(
        {
            "tips_now": _count_tips(incidents, index, question.period),
            "tips_before": _count_tips(incidents, index, question.previous),
            "n_missing_parts": 0,
        }
    )
    if question.period is not None:
        for fact in pick_counted(incidents, question.period, question.chosen):
            missing = count_missing(fact, index, question.period)
            table["n_missing_parts"] = table["n_missing_parts"].clip(lower=missing)
    return Reporting(table)


def _count_tips(incidents: list[Joined], index: pd.Index, period: Period | None) -> pd.Series:
    total = pd.Series(float("nan"), index=index)
    if period is None:
        return total
    for fact in incidents:
        told = select_period(fact, period, measure=TIPS) & (fact.rows["outcome"] == "joined")
        sums = fact.rows[told].groupby("ward_code")["n"].sum().reindex(index)
        total = total.add(sums, fill_value=0.0).where(total.notna() | sums.notna())
    return total


def count_missing(fact: Joined, index: pd.Index, period: Period) -> pd.Series:
    """Months that other wards sent; 0 for points, and for rows finer than a month."""
    none = pd.Series(0, index=index)
    rows = fact.rows[select_period(fact, period) & (fact.rows["outcome"] == "joined")]
    if fact.by_place or not len(rows):
        return none
    if ((rows["end"] - rows["start"]).dt.days < SHORTEST_MONTH_DAYS - 1).any():
        return none
    parts = rows.groupby("ward_code")["start"].nunique()
    return (parts.max() - parts).reindex(index, fill_value=0).astype(int)


def project(holdings: Holdings, measured: Measured, count: Count) -> Projection | None:
    """What the year may come to, while it runs: None for a period that is no unfinished year.

    Over the wards that are known in both years, where last year is on file."""
    question = measured.question
    asked, period, previous = question.asked, question.period, question.previous
    if asked is None or period is None or asked.n_days < 360 or "n_incidents" not in measured.frame:
        return None
    now = measured.frame["n_incidents"]
    if previous is None or "n_incidents_previous" not in measured.frame:
        return project_year(float(now.sum()), period.n_days, asked.n_days)
    rest = Period(previous.end + DAY, same_span(asked, 1).end)
    if not is_covered(holdings, rest):
        return project_year(float(now.sum()), period.n_days, asked.n_days)
    after = count(rest, question.chosen)
    known = now.notna() & measured.frame["n_incidents_previous"].notna() & after.notna()
    return project_year(
        float(now[known].sum()),
        period.n_days,
        asked.n_days,
        float(measured.frame.loc[known, "n_incidents_previous"].sum()),
        float(after[known].sum()),
    )
