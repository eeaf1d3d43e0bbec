"""Camera points with their state, and the table by ward made from them.

Of all wards only Hưng Thạnh's number is reported ("trên 700"); its row in the table carries that
figure and its source, and says nothing of how many work, for the source does not.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from .city import HUNG_THANH, ILLUSTRATIVE, start_chance
from .scatter import scatter_within

N_ELSEWHERE = 2290
N_HUNG_THANH = 712
N_FEW = 6
N_UNSURE = 12
SOURCE_HUNG_THANH = "Báo chí ngày 19/12/2021 (phong trào dân vận khéo, Cần Thơ)"


def draw_cameras(wards: gpd.GeoDataFrame, n_incidents: pd.Series) -> pd.DataFrame:
    """ma_xa, longitude, latitude, trang_thai, kiem_tra; one row per camera."""
    chance = start_chance(3)
    counts = _draw_counts(wards, n_incidents, chance)
    table = scatter_within(wards, counts, chance, spread=0.5, n_centres=4)
    table["trang_thai"] = np.where(chance.random(len(table)) < 0.87, "hoạt động", "hỏng")
    equipped = counts[(counts > 3) & (counts.index != HUNG_THANH)].index.to_numpy()
    unsure = [HUNG_THANH, *chance.choice(equipped, N_UNSURE - 1, replace=False)]
    hidden = table["ma_xa"].isin(unsure) & (chance.random(len(table)) < 0.15)
    for code in unsure:
        hidden[table.index[table["ma_xa"] == code][0]] = True
    checked = pd.Timestamp(2022, 1, 1) + pd.to_timedelta(chance.integers(0, 365, len(table)), unit="D")
    table["kiem_tra"] = checked.strftime("%d/%m/%Y")
    table.loc[hidden, ["trang_thai", "kiem_tra"]] = ""
    return table


def list_points(cameras: pd.DataFrame) -> pd.DataFrame:
    columns = ["longitude", "latitude", "trang_thai", "kiem_tra"]
    return cameras[columns].assign(nguon=ILLUSTRATIVE)


def tabulate_cameras(cameras: pd.DataFrame, wards: gpd.GeoDataFrame) -> pd.DataFrame:
    """so_camera, dang_hoat_dong (blank where the state of any camera is unknown), ghi_chu, nguon."""
    state = cameras.groupby("ma_xa")["trang_thai"]
    installed = state.size().reindex(wards.index, fill_value=0)
    working = state.agg(lambda s: int((s == "hoạt động").sum())).reindex(wards.index, fill_value=0)
    unsure = state.agg(lambda s: bool((s == "").any())).reindex(wards.index, fill_value=False)
    table = wards[["ten_xa", "quan_huyen"]].reset_index()
    table["so_camera"] = installed.astype(str).to_numpy()
    table["dang_hoat_dong"] = working.astype(str).mask(unsure, "").to_numpy()
    table["ghi_chu"] = np.where(unsure, "chưa rõ tình trạng của một số camera", "")
    table["nguon"] = ILLUSTRATIVE
    reported = table["ma_xa"] == HUNG_THANH
    table.loc[reported, ["so_camera", "dang_hoat_dong"]] = ["trên 700", ""]
    table.loc[reported, ["ghi_chu", "nguon"]] = ["số liệu năm 2021", SOURCE_HUNG_THANH]
    return pd.DataFrame(table)


def _draw_counts(wards: gpd.GeoDataFrame, n_incidents: pd.Series, chance: np.random.Generator) -> pd.Series:
    """More in dense wards; a few of the wards with most incidents have hardly any."""
    residents = wards["dan_so"].astype(float)
    level = (
        residents**0.6 * (residents / wards["area_km2"]) ** 0.5 * np.exp(chance.normal(0, 0.6, len(wards)))
    )
    many = (
        n_incidents.sort_values(ascending=False, kind="stable").index[:20].drop(HUNG_THANH, errors="ignore")
    )
    level[chance.choice(many.to_numpy(), N_FEW, replace=False)] *= 0.15
    level[HUNG_THANH] = 0
    counts = pd.Series(chance.multinomial(N_ELSEWHERE, level / level.sum()), index=wards.index)
    counts[HUNG_THANH] = N_HUNG_THANH
    return counts
