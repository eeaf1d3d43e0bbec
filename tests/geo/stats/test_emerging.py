"""The eight patterns, each drawn as a row of periods: H high, L low, . neither; the newest stands last."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import TooFewPeriods
from geo.stats.emerging import PATTERNS, classify_patterns, mark_periods
from geo.stats.trend import mann_kendall
from i18n.messages import load_words

CLASS = {"H": "high", "L": "low", ".": "none", "?": None}
OTHER = str.maketrans("HL", "LH")
DRAWN = [
    (".........H", 0, "hot_new"),
    ("........HH", 0, "hot_consecutive"),
    ("..HHHHHHHH", 0, "hot_consecutive"),
    (".HHHHHHHHH", 0, "hot_persistent"),
    ("HHHHHHHHHH", 0, "hot_persistent"),
    (".HHHHHHHHH", 3, "hot_intensifying"),
    ("HHHHHHHHHH", 3, "hot_intensifying"),
    ("HHHHHHHHHH", -3, "hot_diminishing"),
    ("HHHHHHHHHH", 1.9, "hot_persistent"),
    ("H........H", 0, "hot_sporadic"),
    ("H.HHHHHH.H", 0, "hot_sporadic"),
    ("L........H", 0, "hot_oscillating"),
    ("L...H...HH", 0, "hot_oscillating"),
    ("LHHHHHHHHH", 0, "hot_persistent"),
    ("HHHHHHHHH.", 0, "hot_historical"),
    ("HHHHHHHHH.", -3, "hot_historical"),
    ("HHHHHHHHHL", 0, "cold_oscillating"),
    ("HHHHHHHH..", 0, "none"),
    ("H.........", 0, "none"),
    ("..........", 3, "none"),
    ("HHHH?HHHHH", 0, None),
    ("?.........", 0, None),
]


def draw(rows: list[str]) -> pd.DataFrame:
    return pd.DataFrame([[CLASS[mark] for mark in row] for row in rows], dtype=object)


@pytest.mark.parametrize(("row", "trend", "pattern"), DRAWN)
def test_a_row_of_periods_has_its_pattern(row: str, trend: float, pattern: str | None) -> None:
    assert classify_patterns(draw([row]), pd.Series([trend])).tolist() == [pattern]


@settings(deadline=None, max_examples=50)
@given(st.text("HL.", min_size=10, max_size=14), st.sampled_from([-3.0, 0.0, 3.0]))
def test_what_is_hot_turned_round_is_cold(row: str, trend: float) -> None:
    warm = classify_patterns(draw([row]), pd.Series([trend])).iloc[0]
    cool = classify_patterns(draw([row.translate(OTHER)]), pd.Series([-trend])).iloc[0]
    swapped = {"hot": "cold", "cold": "hot", "none": "none"}
    assert warm in PATTERNS
    assert cool == "_".join([swapped[warm.split("_")[0]], *warm.split("_")[1:]])


def test_every_pattern_is_drawn_on_both_sides() -> None:
    drawn = {pattern for _, _, pattern in DRAWN if pattern and pattern.startswith("hot_")}
    assert {f"{side}_{name.removeprefix('hot_')}" for name in drawn for side in ("hot", "cold")} | {
        "none"
    } == set(PATTERNS)
    assert len(PATTERNS) == 17


def test_scores_are_marked_at_their_two_sided_bar() -> None:
    z = pd.DataFrame([[1.95, 1.97, -1.97, -1.95, np.nan]])
    assert mark_periods(z).iloc[0].tolist() == ["none", "high", "low", "none", None]
    assert mark_periods(z, alpha=0.01).iloc[0].tolist() == ["none"] * 4 + [None]


def test_scores_and_their_classes_give_the_same_patterns() -> None:
    chance = np.random.default_rng(4)
    z = pd.DataFrame(chance.normal(np.linspace(-4, 4, 300)[:, None], 1.2, (300, 12)))
    trend = mann_kendall(z)["z"]
    by_score = classify_patterns(z, trend)
    pd.testing.assert_series_equal(by_score, classify_patterns(mark_periods(z), trend))
    assert by_score.nunique() > 6


def test_a_missing_trend_leaves_a_ward_unknown() -> None:
    assert classify_patterns(draw(["HHHHHHHHHH"]), pd.Series([np.nan])).tolist() == [None]


def test_fewer_than_ten_periods_are_refused_with_the_way_out() -> None:
    with pytest.raises(TooFewPeriods) as refusal:
        classify_patterns(draw(["........H"]), pd.Series([0.0]))
    assert refusal.value.facts == {"n": 9, "least": 10}
    assert "ít nhất 10 kỳ" in load_words("vi").error(refusal.value)
