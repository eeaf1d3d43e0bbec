"""Facts -> counts per ward: which rows a question chooses, and from which files it counts."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.frames import Joined, Period, find_occurred
from geo.names import fold

QUIET_DAYS = 3


def select_rows(joined: Joined, period: Period | None, category: str | None) -> pd.Series:
    """Rows that count incidents, lie wholly inside the period, and are of the category. Undated rows are in
    no period."""
    rows = joined.rows
    chosen = find_occurred(rows)
    if period is not None:
        chosen &= (rows["start"] >= pd.Timestamp(period.start)) & (rows["end"] <= pd.Timestamp(period.end))
    if category is not None:
        same = [said for said in rows["category"].dropna().unique() if fold(said) == fold(category)]
        chosen &= rows["category"].isin(same)
    return chosen


def find_straddlers(joined: Joined, period: Period) -> pd.Series:
    """Incident rows that overlap the period without lying inside it (a yearly row asked for one month)."""
    rows = joined.rows
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    overlaps = (rows["start"] <= end) & (rows["end"] >= start) & find_occurred(rows)
    return overlaps & ~select_rows(joined, period, None)


def find_span(incidents: Sequence[Joined]) -> tuple[dt.date, dt.date] | None:
    """First and last day of any dated incident row; None when none is dated."""
    days = [fact.rows.loc[find_occurred(fact.rows), ["start", "end"]].dropna() for fact in incidents]
    days = [part for part in days if len(part)]
    if not days:
        return None
    return min(part["start"].min() for part in days).date(), max(part["end"].max() for part in days).date()


def find_reach(incidents: Sequence[Joined], period: Period) -> tuple[dt.date, dt.date] | None:
    """First and last day that the files reach which a period is counted from; None when none does."""
    counted = pick_counted(incidents, period)
    if not counted:
        return None
    return find_span([fact for fact in incidents if fact.by_place == counted[0].by_place])


def covers(incidents: Sequence[Joined], period: Period) -> bool:
    """Whether the rows that the period is counted from reach from its first days to its last. Rare events
    leave quiet days at either end, so a tenth of the period, at least three days, is let pass; reports of
    whole months leave three."""
    reach = find_reach(incidents, period)
    if reach is None:
        return False
    slack = find_slack(incidents, period)
    return reach[0] <= period.start + slack and reach[1] >= period.end - slack


def find_slack(incidents: Sequence[Joined], period: Period) -> dt.timedelta:
    """Days at either end of a period in which nothing need be on file."""
    counted = pick_counted(incidents, period)
    spans = any((fact.rows["start"] < fact.rows["end"]).any() for fact in counted)
    return dt.timedelta(days=QUIET_DAYS if spans else max(QUIET_DAYS, period.n_days // 10))


def find_unfinished(incidents: Sequence[Joined], period: Period) -> dt.date | None:
    """The last day that data reach of a period which they cover from its beginning but not to its end;
    None for any other."""
    reach = find_reach(incidents, period)
    if reach is None or covers(incidents, period):
        return None
    slack = find_slack(incidents, period)
    begins = reach[0] <= period.start + slack
    return reach[1] if begins and period.start <= reach[1] < period.end else None


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
    `not_selected` holds under `n` what lies outside the period or category, and under its own key each
    other measure (`cleared`, `persons` …), which is never added to incidents."""
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
                parts["not_selected"] = _count_others(fact.rows[~chosen])
            for part, sums in parts.items():
                held = tallies.setdefault(kind, {}).setdefault(part, {})
                for outcome, value in sums.items():
                    held[outcome] = held.get(outcome, 0.0) + value
    return tallies


def _count_others(rows: pd.DataFrame) -> dict[str, float]:
    occurred = find_occurred(rows)
    others = rows[~occurred]
    counts = {"n": float(rows.loc[occurred, "n"].sum())}
    if len(others):
        counts |= {str(measure): float(n) for measure, n in others.groupby("measure")["n"].sum().items()}
    return counts
