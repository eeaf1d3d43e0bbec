"""The chosen incidents of a period in cells: one per ward, category, severity and way of becoming known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.categories import group_of
from geo.counting import select_period
from geo.frames import Joined, Period
from geo.question import Selection
from geo.selection import Mask, find_chosen, find_telling

UNGROUPED = "ungrouped"
KEYS = ["ward_code", "category", "severity", "known_by"]


@dataclass(frozen=True)
class Cells:
    """wards: all of them. occurred, cleared: ward_code, category, severity, known_by, group (of
    categories.GROUPS, or `ungrouped`) and n, of joined rows; n is NaN where no number of a cell could be
    read. told: wards that named a category; cleared_told: wards of which silence means none cleared."""

    wards: pd.Index
    occurred: pd.DataFrame
    cleared: pd.DataFrame
    told: pd.Index
    cleared_told: pd.Index

    def add_up(self, picked: pd.Series, known: pd.Index, *, of: str = "n") -> pd.Series:
        """Sum per ward of the occurred cells picked; 0 where a ward known to tell has none of them."""
        return add_up(self.occurred[picked], self.wards, known, of=of)


def add_up(cells: pd.DataFrame, wards: pd.Index, known: pd.Index, *, of: str = "n") -> pd.Series:
    """Sum per ward, NaN for none; 0 for a ward of `known` without a cell."""
    sums = cells.groupby("ward_code")[of].sum(min_count=1).reindex(wards).astype(float)
    silent = wards.isin(known) & ~wards.isin(cells["ward_code"].unique())
    return sums.mask(silent, 0.0)


def gather(wards: pd.Index, files: Sequence[Joined], period: Period | None, chosen: Selection) -> Cells:
    """Cells of the files that are counted, each file added up once."""
    occurred, cleared = [], []
    told, cleared_told = wards[:0], wards[:0]
    for fact in files:
        rows = fact.rows
        inside = select_period(fact, period)
        settled = select_period(fact, period, measure="cleared")
        telling = find_telling(fact, inside.to_numpy(), chosen) & (fact.categories[0] >= 0)
        told = told.union(_wards_of(wards, fact, telling))
        cleared_told = cleared_told.union(wards if fact.by_place and settled.any() else wards[:0])
        taken = (rows["outcome"] == "joined") & find_chosen(fact, chosen)
        occurred.append(_sum(rows[taken & inside]))
        cleared.append(_sum(rows[taken & settled]))
    return Cells(wards, _together(occurred), _together(cleared), told, cleared_told)


def _wards_of(wards: pd.Index, fact: Joined, telling: Mask) -> pd.Index:
    if fact.by_place:
        return wards if telling.any() else wards[:0]
    heard = fact.rows["ward_code"][telling & (fact.rows["outcome"] == "joined")]
    return wards[wards.isin(heard.unique())]


def _sum(rows: pd.DataFrame) -> pd.DataFrame:
    told = rows.reindex(columns=[*KEYS, "n"])
    cells = told.groupby(KEYS, dropna=False, sort=False)["n"].sum(min_count=1)
    return cells.reset_index()


def _together(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    cells = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*KEYS, "n"])
    groups = {text: group_of(text) or UNGROUPED for text in cells["category"].dropna().unique()}
    group = cells["category"].map(groups).astype(object)
    return cells.assign(group=group.where(group.notna(), UNGROUPED), n=cells["n"].astype(np.float64))
