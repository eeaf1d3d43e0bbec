"""The tables of July to September 2025, on the 32 units that the wards became.

Levels go on from those drawn for the old wards, shared out by the crosswalk's weights; the rest is chance.
Nothing here is a fact.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from .city import ILLUSTRATIVE, start_chance
from .incidents import BY_MONTH, CATEGORIES

YEAR = 2025
MONTHS = (7, 8, 9)
PER_YEAR = 1230
GROWTH = 1.2
WORKING_SHARE = 0.87
N_UNSURE = 4
FOLDER = Path(__file__).resolve().parents[1]
BOUNDARIES = FOLDER.parent / "boundaries" / "can_tho_2025.zip"
OUT = "không thuộc diện"
STATES = (
    (3, "được lựa chọn"),
    (5, "đang chuyển hóa"),
    (2, "chuyển hóa thành công"),
    (2, "tốt"),
    (1, "chưa đạt"),
    (2, "duy trì"),
    (1, "phức tạp trở lại"),
)


def make_later_tables(monthly: pd.DataFrame, cameras: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every table of 2025 by its file name, from the incidents and camera points of the old wards."""
    units = _read_units()
    yearly = monthly.groupby(["ma_xa", "year"])["n"].sum().groupby("ma_xa").mean()
    level = share_out(yearly).reindex(units.index)
    return {
        "incidents_2025_q3.csv": _draw_incidents(units, level),
        "cameras_2025.csv": _draw_cameras(units, share_out(cameras.groupby("ma_xa").size())),
        "status_2025.csv": _draw_statuses(units, level),
    }


def share_out(of_old: pd.Series) -> pd.Series:
    """Amounts of old wards summed by new unit: weights by residents first, else by area."""
    parts = pd.read_csv(FOLDER / "crosswalk_2024_2025.csv", dtype={"old_code": str, "new_code": str})
    weight = parts["weight_population"].fillna(parts["weight_area"])
    return (parts["old_code"].map(of_old).fillna(0) * weight).groupby(parts["new_code"]).sum()


def _read_units() -> pd.DataFrame:
    frame = gpd.read_file(BOUNDARIES, ignore_geometry=True)
    return pd.DataFrame(
        frame.set_index("MA_XA")[["TEN_XA"]].set_axis(["ten_xa"], axis=1).rename_axis("ma_xa")
    )


def _draw_incidents(units: pd.DataFrame, level: pd.Series) -> pd.DataFrame:
    """What happened, by month and category, and one zero row for a month in which nothing did."""
    chance = start_chance(5)
    share = level.to_numpy(dtype=float) * np.exp(chance.normal(0, 0.15, size=len(units)))
    mixes = chance.dirichlet(40 * np.array(list(CATEGORIES.values())), size=len(units))
    season = np.array([BY_MONTH[month - 1] for month in MONTHS]) / sum(BY_MONTH)
    mean = PER_YEAR * (share / share.sum())[:, None, None] * season[:, None] * mixes[:, None, :]
    drawn = chance.poisson(mean)
    quiet = drawn.sum(axis=2) == 0
    unit, month, category = np.nonzero((drawn > 0) | (quiet[:, :, None] & (np.arange(len(CATEGORIES)) == 0)))
    table = pd.DataFrame(
        {
            "ma_xa": units.index.to_numpy()[unit],
            "ten_xa": units["ten_xa"].to_numpy()[unit],
            "thang": [f"{YEAR}-{MONTHS[place]:02d}" for place in month],
            "loai_vu": np.array(list(CATEGORIES), dtype=object)[category],
            "so_vu": drawn[unit, month, category],
            "nguon": ILLUSTRATIVE,
        }
    )
    return table.sort_values(["thang", "ma_xa"], kind="stable")


def _draw_cameras(units: pd.DataFrame, before: pd.Series) -> pd.DataFrame:
    """so_camera, dang_hoat_dong (blank where the state of any camera is unknown), ghi_chu, nguon."""
    chance = start_chance(6)
    grown = GROWTH * np.exp(chance.normal(0, 0.1, size=len(units)))
    installed = np.round(before.reindex(units.index).to_numpy(dtype=float) * grown).astype(int)
    working = chance.binomial(installed, WORKING_SHARE).astype(str).astype(object)
    unsure = np.zeros(len(units), dtype=bool)
    unsure[chance.choice(np.flatnonzero(installed > 3), N_UNSURE, replace=False)] = True
    return units.reset_index().assign(
        so_camera=installed,
        dang_hoat_dong=np.where(unsure, "", working),
        ghi_chu=np.where(unsure, "chưa rõ tình trạng của một số camera", ""),
        nguon=ILLUSTRATIVE,
    )


def _draw_statuses(units: pd.DataFrame, level: pd.Series) -> pd.DataFrame:
    """One row per unit; one unit sent nothing and has none."""
    chance = start_chance(7)
    weight = (level + 1) ** 0.7
    told = [state for n, state in STATES for _ in range(n)]
    drawn = chance.choice(
        units.index.to_numpy(), len(told) + 1, replace=False, p=(weight / weight.sum()).to_numpy()
    )
    states = dict.fromkeys(units.index, OUT) | dict(zip(drawn[:-1], told, strict=True))
    table = units.drop(index=drawn[-1])
    told = [states[code] for code in table.index]
    return pd.DataFrame(
        {
            "ma_xa": table.index,
            "ten_xa": table["ten_xa"].to_numpy(),
            "nam": YEAR,
            "tinh_trang": told,
            "loai": "",
            "nguon": ILLUSTRATIVE,
            "minh_hoa": "có",
        }
    )
