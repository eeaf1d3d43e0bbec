"""Cameras in three steps: installed, of which working, of which of use.

A camera is of use when it is watched as it happens, or its pictures are kept long enough, or it is connected.
Each step stands beside what is not told: a short bar may be missing news. A state is as old as its check.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.frames import Joined

STORED_DAYS = 30
PARTS = ("n_working", "n_live", "n_stored", "n_connected", "n_usable")
CHECKS = ("newest_check", "oldest_check", "check_age_days", "n_checked")
UNTOLD = ("n_unknown", "n_use_unknown")
COLUMNS = ("n_installed", "n_working", "n_unknown", "n_live", "n_stored", "n_connected", "n_usable",
           "n_use_unknown", *CHECKS)  # fmt: skip
AREA = ""


@dataclass(frozen=True)
class Steps:
    """The bar of each ward (index ward_code) and of all of them together, same columns:

    n_installed: missing for a ward that only tables could know and none lists. n_working, n_live, n_stored,
    n_connected, n_usable: cameras of which it is told; missing where it is told of none. n_unknown: cameras
    whose state, working or not, is not told; n_use_unknown: of which none of the three uses is told.
    newest_check, oldest_check (days), check_age_days (median of the rows with a date, whole days before
    `today`; missing without a date), n_checked (rows with a date).
    """

    wards: pd.DataFrame
    area: pd.Series


def three_steps(
    cameras: Sequence[Joined], index: pd.Index, *, stored_days: float = STORED_DAYS, today: dt.date
) -> Steps:
    """Counted from the tables where there is one, else from the points, as n_cameras is.

    Of use is told camera by camera where files do; a table that only gives sums has at least the largest of
    the three in use, which is what counts here. No more are of use than work, where that is told.
    stored_days: from how many days on pictures are kept long enough; n_stored of a table stands as it is.
    """
    facts = [fact for fact in cameras if not fact.by_place] or list(cameras)
    rows = _read_rows(facts, stored_days)
    rows = rows[rows["ward_code"].isin(index)]
    age = (pd.Timestamp(today) - rows["checked_on"]).dt.days.astype(float)
    untold = {
        name: rows["n"].where(rows[of].isna(), 0.0)
        for name, of in zip(UNTOLD, ("n_working", "n_usable"), strict=True)
    }
    told = rows.assign(age=age, **untold)
    wards = _add_up(told, told["ward_code"]).reindex(index)
    empty = ~wards.index.isin(rows["ward_code"])
    if any(fact.by_place for fact in facts):
        counted = [part for part in PARTS if rows[part].notna().any()]
        wards.loc[empty, ["n_installed", *UNTOLD, *counted]] = 0.0
    wards.loc[empty, "n_checked"] = 0.0
    area = _add_up(told, pd.Series(AREA, index=told.index)).reindex([AREA])
    return Steps(wards, area.iloc[0])


def _read_rows(facts: Sequence[Joined], stored_days: float) -> pd.DataFrame:
    """Joined rows with ward_code, n, PARTS and checked_on; what a file does not tell is missing."""
    read = []
    for fact in facts:
        rows = fact.rows[fact.rows["outcome"] == "joined"]
        n = rows["n"].astype(float)
        columns = {part: _told(rows, part) for part in ("n_working", "n_live", "n_stored", "n_connected")}
        days = _told(rows, "stored_days")
        columns["n_stored"] = (
            n.where(days >= stored_days, 0.0).where(days.notna()).fillna(columns["n_stored"])
        )
        uses = pd.DataFrame({part: columns[part] for part in ("n_live", "n_stored", "n_connected")})
        columns["n_usable"] = uses.max(axis=1).clip(upper=columns["n_working"].fillna(n))
        checked = rows["checked_on"] if "checked_on" in rows else pd.Series(pd.NaT, index=rows.index)
        read.append(pd.DataFrame({"ward_code": rows["ward_code"], "n": n, **columns, "checked_on": checked}))
    empty = pd.DataFrame(columns=["ward_code", "n", *PARTS, "checked_on"])
    table = pd.concat(read, ignore_index=True) if read else empty
    return table.astype(dict.fromkeys(("n", *PARTS), float) | {"checked_on": "datetime64[us]"})


def _told(rows: pd.DataFrame, column: str) -> pd.Series:
    if column not in rows:
        return pd.Series(np.nan, index=rows.index)
    return rows[column].astype(float)


def _add_up(rows: pd.DataFrame, owner: pd.Series) -> pd.DataFrame:
    groups = rows.groupby(owner)
    sums = groups[["n", *PARTS, *UNTOLD]].sum(min_count=1)
    checks = groups["checked_on"].agg(newest_check="max", oldest_check="min", n_checked="count")
    table = pd.concat([sums, checks, groups["age"].median().rename("check_age_days")], axis=1)
    table = table.rename(columns={"n": "n_installed"}).astype({"n_checked": float})
    return table[list(COLUMNS)]
