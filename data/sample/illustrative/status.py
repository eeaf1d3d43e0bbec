"""The programme's status of each ward and year.

A fact: the nine wards of the 2022 plan are being transformed. All else is drawn by chance and marked so.
The results reported for 2021 (nine areas, six of them good) were never tied to wards and are not used.
"""

import geopandas as gpd
import numpy as np
import pandas as pd

from .city import ILLUSTRATIVE, PLAN_2022, SILENT_2022, YEARS, start_chance

OUT, CHOSEN, UNDER_WAY = "không thuộc diện", "được lựa chọn", "đang chuyển hóa"
PASSED, GOOD, NOT_YET = "chuyển hóa thành công", "tốt", "chưa đạt"
KEPT, RELAPSED = "duy trì", "phức tạp trở lại"
SOURCE_2022 = "Kế hoạch của Ban Chỉ đạo 138 thành phố Cần Thơ ngày 11/02/2022, theo báo PLO"

HISTORIES = (
    (3, (OUT, OUT, OUT, CHOSEN)),
    (4, (OUT, CHOSEN, UNDER_WAY, PASSED)),
    (4, (OUT, CHOSEN, UNDER_WAY, GOOD)),
    (2, (OUT, CHOSEN, UNDER_WAY, NOT_YET)),
    (5, (CHOSEN, UNDER_WAY, PASSED, KEPT)),
    (2, (UNDER_WAY, PASSED, KEPT, RELAPSED)),
    (6, (UNDER_WAY, GOOD, KEPT, OUT)),
)


def draw_statuses(wards: gpd.GeoDataFrame, n_incidents: pd.Series) -> pd.DataFrame:
    """One row per ward and year; wards that sent nothing in 2022 have no row for it."""
    chance = start_chance(4)
    others = wards.index.difference([*PLAN_2022, *SILENT_2022], sort=False)
    weight = (n_incidents.reindex(others).fillna(0) + 1) ** 0.7
    n_drawn = sum(n for n, _ in HISTORIES)
    drawn = chance.choice(others.to_numpy(), n_drawn, replace=False, p=(weight / weight.sum()).to_numpy())
    history = dict.fromkeys(wards.index, (OUT,) * len(YEARS))
    history |= dict.fromkeys(PLAN_2022, (OUT, OUT, OUT, UNDER_WAY))
    told = [states for n, states in HISTORIES for _ in range(n)]
    history |= dict(zip(drawn, told, strict=True))
    rows = [
        {"ma_xa": code, "nam": year, "tinh_trang": state}
        for place, year in enumerate(YEARS)
        for code, state in ((code, states[place]) for code, states in history.items())
        if not (year == YEARS[-1] and code in SILENT_2022)
    ]
    table = pd.DataFrame(rows)
    is_fact = (table["nam"] == YEARS[-1]) & table["ma_xa"].isin(PLAN_2022)
    table["loai"] = ""
    table["nguon"] = np.where(is_fact, SOURCE_2022, ILLUSTRATIVE)
    table["minh_hoa"] = np.where(is_fact, "không", "có")
    table.insert(1, "ten_xa", table["ma_xa"].map(wards["ten_xa"]))
    table.insert(2, "quan_huyen", table["ma_xa"].map(wards["quan_huyen"]))
    return table
