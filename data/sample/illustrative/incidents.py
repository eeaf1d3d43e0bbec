"""Monthly incidents by ward and category, and where those of 2022 happened.

A ward's level is drawn once and lasts, so the same wards lead year after year; whether a ward is in a
plan plays no part.
"""

import calendar

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .city import ILLUSTRATIVE, SILENT_2022, YEARS, start_chance
from .scatter import scatter_around, scatter_within

CATEGORIES = {
    "Trộm cắp tài sản": 0.43,
    "Cố ý gây thương tích": 0.13,
    "Ma túy": 0.14,
    "Cướp giật tài sản": 0.06,
    "Đánh bạc": 0.10,
    "Lừa đảo chiếm đoạt tài sản": 0.08,
    "Gây rối trật tự công cộng": 0.06,
}
PER_YEAR = {2019: 1360, 2020: 1340, 2021: 1240, 2022: 1290}
BY_MONTH = (1.15, 1.0, 0.93, 0.95, 1.0, 1.0, 1.02, 1.0, 0.95, 0.95, 0.98, 1.07)
N_QUIET = 4
N_OUTSIDE = 7
N_WITHOUT_PLACE = 11


def draw_monthly(wards: gpd.GeoDataFrame) -> pd.DataFrame:
    """ma_xa, year, month, category, n for every combination of a ward that reported, zeros included."""
    chance = start_chance(1)
    level = _draw_levels(wards, chance)
    mixes = chance.dirichlet(40 * np.array(list(CATEGORIES.values())), size=len(wards))
    drift = np.exp(chance.normal(0, 0.15, size=(len(YEARS), len(wards))))
    season = np.array(BY_MONTH) / sum(BY_MONTH)
    parts = []
    for place, year in enumerate(YEARS):
        share = level * drift[place]
        if year == YEARS[-1]:
            share[np.argsort(level)[:N_QUIET]] = 0
        mean = PER_YEAR[year] * (share / share.sum())[:, None, None] * season[:, None] * mixes[:, None, :]
        parts.append(_list_drawn(chance.poisson(mean), wards, year))
    drawn = pd.concat(parts, ignore_index=True)
    return drawn[~((drawn["year"] == YEARS[-1]) & drawn["ma_xa"].isin(SILENT_2022))]


def tabulate_monthly(monthly: pd.DataFrame, wards: gpd.GeoDataFrame) -> pd.DataFrame:
    """The table as sent: what happened, and one zero row for a month in which nothing did."""
    total = monthly.groupby(["ma_xa", "year", "month"])["n"].transform("sum")
    zero_row = (total == 0) & (monthly["category"] == next(iter(CATEGORIES)))
    sent = monthly[(monthly["n"] > 0) | zero_row]
    month = sent["year"].astype(str) + "-" + sent["month"].astype(str).str.zfill(2)
    table = pd.DataFrame(
        {
            "ma_xa": sent["ma_xa"],
            "ten_xa": sent["ma_xa"].map(wards["ten_xa"]),
            "quan_huyen": sent["ma_xa"].map(wards["quan_huyen"]),
            "thang": month,
            "loai_vu": sent["category"],
            "so_vu": sent["n"],
            "nguon": ILLUSTRATIVE,
        }
    )
    return table.sort_values(["thang", "ma_xa"], kind="stable")


def place_incidents(monthly: pd.DataFrame, wards: gpd.GeoDataFrame) -> pd.DataFrame:
    """One row per incident of 2022; besides, a few outside the city and a few without a place."""
    chance = start_chance(2)
    now = monthly[(monthly["year"] == YEARS[-1]) & (monthly["n"] > 0)]
    each = now.loc[now.index.repeat(now["n"]), ["ma_xa", "month", "category"]].sort_values(
        "ma_xa", kind="stable"
    )
    places = scatter_within(wards, each.groupby("ma_xa").size(), chance, spread=0.35, n_centres=3)
    stray = scatter_around(wards, N_OUTSIDE, chance)
    unknown = pd.DataFrame(
        {"longitude": ["", "0"] * N_WITHOUT_PLACE, "latitude": ["", "0"] * N_WITHOUT_PLACE}
    )
    extra = each.sample(N_OUTSIDE + N_WITHOUT_PLACE, random_state=chance)
    rows = pd.concat([each, extra], ignore_index=True)
    table = pd.concat([places.drop(columns="ma_xa"), stray, unknown[:N_WITHOUT_PLACE]], ignore_index=True)
    days = [int(chance.integers(calendar.monthrange(YEARS[-1], month)[1])) + 1 for month in rows["month"]]
    table["ngay"] = [
        f"{day:02d}/{month:02d}/{YEARS[-1]}" for day, month in zip(days, rows["month"], strict=True)
    ]
    table["loai_vu"] = rows["category"]
    table["nguon"] = ILLUSTRATIVE
    order = np.lexsort([chance.random(len(table)), np.array(days), rows["month"].to_numpy()])
    return table.iloc[order]


def _list_drawn(n: NDArray[np.int64], wards: gpd.GeoDataFrame, year: int) -> pd.DataFrame:
    ward, month, category = (axis.ravel() for axis in np.indices(n.shape))
    names = np.array(list(CATEGORIES), dtype=object)
    columns = {
        "ma_xa": wards.index.to_numpy()[ward],
        "year": year,
        "month": month + 1,
        "category": names[category],
        "n": n.ravel(),
    }
    return pd.DataFrame(columns)


def _draw_levels(wards: gpd.GeoDataFrame, chance: np.random.Generator) -> NDArray[np.float64]:
    residents = wards["dan_so"].to_numpy(dtype=float)
    density = residents / wards["area_km2"].to_numpy(dtype=float)
    unlike = np.exp(chance.normal(0, 0.6, size=len(wards)))
    level: NDArray[np.float64] = residents * density**0.15 * unlike
    return level
