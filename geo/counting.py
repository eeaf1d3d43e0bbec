"""Facts -> counts per ward: which rows a question chooses, and from which files it counts."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.frames import Joined, Period, find_occurred
from geo.question import EVERY_CRIME, Selection
from geo.selection import Mask, find_chosen, find_sum_files, find_telling, has_realm

QUIET_DAYS = 3


def select_period(joined: Joined, period: Period | None, *, measure: str = "occurred") -> pd.Series:
    """Rows of one measure, incidents of whatever kind, that lie wholly inside the period. Undated rows are in
    no period."""
    return pd.Series(_find_inside(joined, period, measure), index=joined.rows.index)


def _find_inside(joined: Joined, period: Period | None, measure: str = "occurred") -> Mask:
    inside: Mask = joined.occurred
    if measure != "occurred":
        is_told = "measure" in joined.rows
        inside = (joined.rows["measure"] == measure).to_numpy(dtype=bool) if is_told else ~inside
    if period is None:
        return inside.copy()
    start, end = joined.days
    within: Mask = inside & (start >= np.datetime64(period.start)) & (end <= np.datetime64(period.end))
    return within


def select_rows(
    joined: Joined, period: Period | None, chosen: Selection, *, measure: str = "occurred"
) -> pd.Series:
    """Rows of the period that are chosen: of the category, group, severity and way of becoming known."""
    taken = _find_inside(joined, period, measure) & find_chosen(joined, chosen)
    return pd.Series(taken, index=joined.rows.index)


def find_straddlers(joined: Joined, period: Period) -> pd.Series:
    """Incident rows that overlap the period without lying inside it (a yearly row asked for one month)."""
    rows = joined.rows
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    overlaps = (rows["start"] <= end) & (rows["end"] >= start) & find_occurred(rows)
    return overlaps & ~select_period(joined, period)


def find_span(incidents: Sequence[Joined]) -> tuple[dt.date, dt.date] | None:
    """First and last day of any dated incident row; None when none is dated."""
    first, last = list[pd.Timestamp](), list[pd.Timestamp]()
    for fact in incidents:
        start, end = fact.days
        dated = fact.occurred & ~np.isnat(start) & ~np.isnat(end)
        if dated.any():
            first.append(pd.Timestamp(start[dated].min()))
            last.append(pd.Timestamp(end[dated].max()))
    return (min(first).date(), max(last).date()) if first else None


def find_reach(
    incidents: Sequence[Joined], period: Period, chosen: Selection = EVERY_CRIME
) -> tuple[dt.date, dt.date] | None:
    """First and last day that the files reach which a period is counted from; None when none does."""
    counted = pick_counted(incidents, period, chosen)
    if not counted:
        return None
    return find_span([fact for fact in incidents if fact.by_place == counted[0].by_place])


def covers(incidents: Sequence[Joined], period: Period, chosen: Selection = EVERY_CRIME) -> bool:
    """Whether the rows that the period is counted from reach from its first days to its last. Rare events
    leave quiet days at either end, so a tenth of the period, at least three days, is let pass; reports of
    whole months leave three."""
    reach = find_reach(incidents, period, chosen)
    if reach is None:
        return False
    slack = find_slack(incidents, period, chosen)
    return reach[0] <= period.start + slack and reach[1] >= period.end - slack


def find_slack(incidents: Sequence[Joined], period: Period, chosen: Selection = EVERY_CRIME) -> dt.timedelta:
    """Days at either end of a period in which nothing need be on file."""
    counted = pick_counted(incidents, period, chosen)
    spans = any((fact.days[0] < fact.days[1]).any() for fact in counted)
    return dt.timedelta(days=QUIET_DAYS if spans else max(QUIET_DAYS, period.n_days // 10))


def find_unfinished(
    incidents: Sequence[Joined], period: Period, chosen: Selection = EVERY_CRIME
) -> dt.date | None:
    """The last day that data reach of a period which they cover from its beginning but not to its end;
    None for any other."""
    reach = find_reach(incidents, period, chosen)
    if reach is None or covers(incidents, period, chosen):
        return None
    slack = find_slack(incidents, period, chosen)
    begins = reach[0] <= period.start + slack
    return reach[1] if begins and period.start <= reach[1] < period.end else None


def pick_counted(
    incidents: Sequence[Joined], period: Period | None, chosen: Selection = EVERY_CRIME
) -> list[Joined]:
    """The files to count from: tables where any speaks of the period, else points. The same incidents often
    come both as a table and as points, or as a sum in one file and its parts in others; adding them would
    count them twice. A table of traffic accidents alone does not speak of crime, nor of fires."""
    picked = _pick_form(incidents, period, chosen)
    sums = find_sum_files(picked)
    return [fact for fact, _ in picked if not any(fact is other for other in sums)]


def list_sum_files(
    incidents: Sequence[Joined], period: Period | None, chosen: Selection = EVERY_CRIME
) -> list[Joined]:
    """The files that `pick_counted` leaves out because others of them hold their parts."""
    return find_sum_files(_pick_form(incidents, period, chosen))


def _pick_form(
    incidents: Sequence[Joined], period: Period | None, chosen: Selection
) -> list[tuple[Joined, Mask]]:
    inside = [(fact, told) for fact in incidents if (told := _find_inside(fact, period)).any()]
    tables = [pair for pair in inside if not pair[0].by_place]
    points = [pair for pair in inside if pair[0].by_place]
    for form in (tables, points):
        if any(has_realm(fact, told, chosen) for fact, told in form):
            return form
    return tables or points


def count_by_ward(
    wards_index: pd.Index,
    facts: Sequence[Joined],
    period: Period | None,
    chosen: Selection,
    *,
    column: str = "n",
) -> pd.Series:
    """Sum of `column` per ward; NaN for a ward that only tables could know and none lists. A ward that told
    of other incidents of the period has none of those chosen: 0, not unknown."""
    total = pd.Series(np.nan, index=wards_index)
    for fact in facts:
        rows = fact.rows
        taken = (rows["outcome"] == "joined").to_numpy(dtype=bool)
        if fact.kind == "incidents":
            inside = _find_inside(fact, period)
            telling = find_telling(fact, inside, chosen)
            told = rows["ward_code"][telling & taken]
            taken = taken & inside & find_chosen(fact, chosen)
        sums = rows[taken].groupby("ward_code")[column].sum(min_count=1).reindex(wards_index)
        if fact.by_place and (fact.kind != "incidents" or telling.any()):
            sums = sums.fillna(0.0)
        elif fact.kind == "incidents" and sums.isna().any():
            silent = sums.index.isin(told.unique()) & ~sums.index.isin(rows["ward_code"][taken].unique())
            sums = sums.mask(silent, 0.0)
        total = total.add(sums, fill_value=0.0).where(total.notna() | sums.notna())
    return total.reindex(wards_index).astype(float)


def tally_facts(
    by_kind: dict[str, list[Joined]], period: Period | None, chosen: Selection
) -> dict[str, dict[str, dict[str, float]]]:
    """given = joined + left over, by kind, in counts (`n`) and input rows (`rows`), of the files that were
    counted. `thereof` tells how much of joined came by `edge` and by `nearest`. For incidents
    `not_selected` holds under `n` what lies outside the period or was not chosen, and under its own key each
    other measure (`cleared`, `persons` …), which is never added to incidents."""
    tallies: dict[str, dict[str, dict[str, float]]] = {}
    for kind, facts in by_kind.items():
        used = pick_counted(facts, period, chosen) if kind == "incidents" else facts
        if kind == "cameras":
            used = [fact for fact in facts if not fact.by_place] or facts
        for fact in used:
            taken = select_rows(fact, period, chosen) if kind == "incidents" else None
            rows = {outcome: float(n) for outcome, n in fact.tally_rows(taken).items()}
            parts = {"n": fact.tally(taken), "rows": rows}
            given = fact.rows if taken is None else fact.rows[taken]
            parts["thereof"] = {
                method: float(given.loc[given["method"] == method, "n"].sum())
                for method in ("edge", "nearest")
            }
            if taken is not None:
                parts["not_selected"] = _count_others(fact.rows[~taken])
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
