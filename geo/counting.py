"""Facts -> counts per ward: which rows a question chooses, and from which files it counts."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.frames import Joined, Period
from geo.names import fold


def select_rows(joined: Joined, period: Period | None, category: str | None) -> pd.Series:
    """Rows that lie wholly inside the period and in the category. Undated rows are in no period."""
    rows = joined.rows
    chosen = pd.Series(True, index=rows.index)
    if period is not None:
        chosen &= (rows["start"] >= pd.Timestamp(period.start)) & (rows["end"] <= pd.Timestamp(period.end))
    if category is not None:
        same = [said for said in rows["category"].dropna().unique() if fold(said) == fold(category)]
        chosen &= rows["category"].isin(same)
    return chosen


def find_straddlers(joined: Joined, period: Period) -> pd.Series:
    """Rows that overlap the period without lying inside it (a yearly row asked for one month)."""
    rows = joined.rows
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    overlaps = (rows["start"] <= end) & (rows["end"] >= start)
    return overlaps & ~select_rows(joined, period, None)


def find_span(incidents: Sequence[Joined]) -> tuple[dt.date, dt.date] | None:
    """First and last day of any dated row; None when none is dated."""
    starts = [fact.rows["start"].min() for fact in incidents]
    ends = [fact.rows["end"].max() for fact in incidents]
    if all(pd.isna(start) for start in starts):
        return None
    return min(s for s in starts if pd.notna(s)).date(), max(e for e in ends if pd.notna(e)).date()


def covers(incidents: Sequence[Joined], period: Period) -> bool:
    """Whether the dated rows reach from the period's first days to its last. Rare incidents leave quiet
    days at either end, so a tenth of the period, at least three days, is let pass."""
    span = find_span(incidents)
    if span is None:
        return False
    slack = dt.timedelta(days=max(3, period.n_days // 10))
    return span[0] <= period.start + slack and span[1] >= period.end - slack


def pick_counted(incidents: Sequence[Joined], period: Period | None) -> list[Joined]:
    """The files to count from: tables where any speaks of the period, else points. The same incidents
    often come both as a table and as points; adding them would count them twice."""
    tables = [fact for fact in incidents if not fact.by_place and select_rows(fact, period, None).any()]
    return tables or [fact for fact in incidents if fact.by_place and select_rows(fact, period, None).any()]


def count_by_ward(
    wards_index: pd.Index,
    facts: Sequence[Joined],
    period: Period | None,
    category: str | None,
    *,
    column: str = "n",
) -> pd.Series:
    """Sum of `column` per ward; NaN for a ward that only tables could know and none lists."""
    total = pd.Series(np.nan, index=wards_index)
    for fact in facts:
        rows = fact.rows
        joined = rows["outcome"] == "joined"
        chosen = joined & (select_rows(fact, period, category) if fact.kind == "incidents" else True)
        sums = rows[chosen].groupby("ward_code")[column].sum(min_count=1).reindex(wards_index)
        if fact.by_place and (fact.kind != "incidents" or select_rows(fact, period, None).any()):
            sums = sums.fillna(0.0)
        elif category is not None:
            heard = rows[joined & select_rows(fact, period, None)]["ward_code"].unique()
            sums = sums.mask(sums.isna() & sums.index.isin(heard), 0.0)
        total = total.add(sums, fill_value=0.0).where(total.notna() | sums.notna())
    return total.reindex(wards_index).astype(float)


def tally_facts(
    by_kind: dict[str, list[Joined]], period: Period | None, category: str | None
) -> dict[str, dict[str, dict[str, float]]]:
    """given = joined + left over, by kind, in counts (`n`) and input rows (`rows`), of the files that were
    counted. `thereof` tells how much of joined came by `edge` and by `nearest`. For incidents
        `not_selected` holds what lies outside the period or category."""
    tallies: dict[str, dict[str, dict[str, float]]] = {}
    for kind, facts in by_kind.items():
        used = pick_counted(facts, period) if kind == "incidents" else facts
        if kind == "cameras":
            used = [fact for fact in facts if not fact.by_place] or facts
        for fact in used:
            chosen = select_rows(fact, period, category) if kind == "incidents" else None
            rows = {outcome: float(n) for outcome, n in fact.tally_rows(chosen).items()}
            parts = {"n": fact.tally(chosen), "rows": rows}
            taken = fact.rows if chosen is None else fact.rows[chosen]
            parts["thereof"] = {
                method: float(taken.loc[taken["method"] == method, "n"].sum())
                for method in ("edge", "nearest")
            }
            if chosen is not None:
                parts["not_selected"] = {"n": float(fact.rows.loc[~chosen, "n"].sum())}
            for part, sums in parts.items():
                held = tallies.setdefault(kind, {}).setdefault(part, {})
                for outcome, value in sums.items():
                    held[outcome] = held.get(outcome, 0.0) + value
    return tallies
