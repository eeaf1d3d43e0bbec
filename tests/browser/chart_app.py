"""A page of charts with figures that can be read off, served by the tests."""

import numpy as np
import pandas as pd
import streamlit as st

from geo.stats.concentration import cumulative_share
from geo.stats.small_numbers import funnel_curve, funnel_position
from i18n.messages import load_words
from views.charts import (
    ChartText,
    FunnelText,
    Note,
    show_cumulative,
    show_funnel,
    show_periods,
    show_returns,
)
from views.widgets import apply_style

WORDS = load_words("vi")
CHANCE = np.random.default_rng(7)
CODES = [f"{place:05d}" for place in range(83)]

st.set_page_config(layout="wide")
apply_style()
population = pd.Series(CHANCE.integers(1_500, 38_000, 83).astype(float), index=CODES)
n = pd.Series(CHANCE.poisson(population * 14 / 10_000).astype(float), index=CODES)
n.iloc[:3] = [90.0, 2.0, 60.0]
population.iloc[:3] = [31_000.0, 22_000.0, 12_345.0]
points = pd.DataFrame(
    {
        "name": [f"P. Thới Bình {place}" for place in range(83)],
        "population": population,
        "rate": 10_000 * n / population,
        "position": funnel_position(n, population),
    }
)
mean = float(n.sum() / population.sum())
left, right = st.columns(2)
with left:
    show_funnel(
        points,
        funnel_curve(population, mean, per=10_000),
        FunnelText(
            x="Dân số", y="Vụ trên 10.000 dân", alt="Tỷ lệ của 83 địa bàn so với mức chung",
            name="Địa bàn", mean=f"mức chung {WORDS.number(10_000 * mean, decimals=1)}",
            near="giới hạn 95\u00a0%", far="giới hạn 99,8\u00a0%",
            positions={key: WORDS(f"funnel_name.{key}")
                       for key in ("far_above", "above", "within", "below", "far_below")},
        ),
        WORDS,
    )  # fmt: skip
curve = cumulative_share(n)
with right:
    show_cumulative(
        curve,
        [Note(20, float(curve["cumulative_share"].iloc[19]), "20 địa bàn chiếm một nửa số vụ")],
        ChartText("Số địa bàn, nhiều vụ nhất trước", "Tỷ lệ cộng dồn của số vụ", "Mức tập trung"),
        WORDS,
    )
covered = 2_400.0 * (1 - np.exp(-np.arange(1, 11) / 4))
returns = pd.DataFrame({"k": np.arange(1, 11), "n_covered": covered.round(), "share": covered / 3_000})
with left:
    show_returns(
        returns,
        [Note(10.0, float(returns["n_covered"].iloc[-1]), "10 camera: 2.203 vụ")],
        ChartText("Số camera thêm", "Số vụ được quan sát thêm", "Lợi ích giảm dần"),
        WORDS,
    )
with right:
    counts = pd.Series([12.0, np.nan, 0.0, 1_234.0], index=["2019", "2020", "2021", "2022"])
    show_periods(counts, ChartText("Năm", "Số vụ", "Số vụ theo năm"), "chưa có", WORDS)
