"""Steadied rates and funnel limits: published values, the six wards by hand, and laws."""

import json
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.examples import get_path
from libpysal.io import open as open_example
from scipy import sparse, stats

from geo.stats.small_numbers import (
    FUNNEL_CLASSES,
    empirical_bayes,
    empirical_bayes_local,
    excess_risk,
    expected_at_mean,
    funnel_curve,
    funnel_limits,
    funnel_position,
    hide_visitor_wards,
)
from geo.stats.weights import Weights
from tests.mau import CODES, RESIDENTS

NAN = float("nan")
INDEX = pd.Index(CODES, name="ward_code")
PEOPLE = pd.Series(RESIDENTS, index=INDEX)
# lower row 1 2 3, upper row 4 5 6; wards that share a corner are neighbours too
LINKS = {(0, 1), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4), (1, 5), (2, 4), (2, 5), (3, 4), (4, 5)}


def make_weights(links: set[tuple[int, int]] = LINKS, codes: pd.Index = INDEX) -> Weights:
    matrix = np.zeros((len(codes), len(codes)))
    for one, other in links:
        matrix[one, other] = matrix[other, one] = 1
    lonely = tuple(codes[matrix.sum(axis=1) == 0])
    return Weights(sparse.csr_array(matrix), codes, lonely, "queen")


def counts(*n: float) -> pd.Series:
    return pd.Series(n, index=INDEX, dtype=float)


def read_sids() -> tuple[pd.Series, pd.Series]:
    with closing(open_example(get_path("sids2.dbf"))) as table:
        return pd.Series(table.by_col("SID74"), dtype=float), pd.Series(table.by_col("BIR74"), dtype=float)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("key", "measure"), [("sids2_EB5", empirical_bayes), ("sids2_excess_risk5", excess_risk)]
)
def test_sudden_infant_deaths_give_the_published_values(key: str, measure: object, real_data: Path) -> None:
    entries = json.loads((real_data / "stats" / "expected.json").read_text())
    entry = next(one for one in entries if one["id"] == key)
    found = measure(*read_sids()).head(5)  # type: ignore[operator]
    np.testing.assert_allclose(found, entry["expected"], atol=entry["tolerance"], rtol=0)


def test_global_smoothing_agrees_with_esda_everywhere() -> None:
    n, births = read_sids()
    np.testing.assert_allclose(empirical_bayes(n, births), Empirical_Bayes(n, births).r.ravel(), rtol=1e-12)


def test_local_smoothing_agrees_with_esda_everywhere() -> None:
    n, births = read_sids()
    with closing(open_example(get_path("sids2.gal"))) as file:
        w = file.read()
    w.id_order = list(w.id_order)
    codes = pd.Index(w.id_order)
    full, _ = w.full()
    weights = Weights(sparse.csr_array(full), codes, (), "queen")
    n.index = births.index = codes
    expected = Spatial_Empirical_Bayes(n.to_numpy(), births.to_numpy(), w).r.ravel()
    np.testing.assert_allclose(empirical_bayes_local(n, births, weights), expected, rtol=1e-9)


def test_the_six_wards_are_steadied_by_marshalls_formula() -> None:
    n = counts(7, 2, 4, 5, 10, 14)
    # m = 42/42000 = 0.001; A = (6²/1000 + 6²/20000)/42000 − 0.001/7000 = 9e-7 − 1.42857e-7 = 7.57143e-7
    # ward 1: 0.001 + 7.57143/17.57143·0.006; ward 6: 0.001 − 7.57143/8.07143·0.0003; the rest is at the mean
    steadied = [35.85366, 10, 10, 10, 10, 7.185841]
    np.testing.assert_allclose(empirical_bayes(n, PEOPLE, per=10_000), steadied, rtol=1e-6)


def test_a_ward_is_steadied_by_its_neighbours_alone() -> None:
    n = counts(7, 2, 4, 5, 10, 14)
    weights = make_weights({(0, 1), (2, 3), (4, 5)})
    # wards 1 and 2: m = 9/3000 = 0.003; A = (49/1000 + 4/2000)/3000 − 0.003² − 0.003/1500 = 6e-6
    # ward 1: 0.003 + 6/(6 + 3)·0.004; ward 2: 0.003 − 6/(6 + 1.5)·0.002; the other pairs differ by chance
    near = empirical_bayes_local(n, PEOPLE, weights, per=10_000)
    np.testing.assert_allclose(near, [56.66667, 14.0, 10, 10, 8, 8], rtol=1e-6)


def test_wards_that_differ_no_more_than_chance_all_get_the_mean() -> None:
    n = counts(1, 2, 4, 5, 10, 20)
    np.testing.assert_allclose(empirical_bayes(n, PEOPLE, per=1_000), [1.0] * 6)


def test_what_is_missing_stays_missing_and_changes_nobody_else() -> None:
    n = counts(10, 2, NAN, 5, 10, 20)
    nobody = PEOPLE.copy()
    nobody.iloc[3] = 0
    for smooth in (
        empirical_bayes(n, nobody),
        empirical_bayes_local(n, nobody, make_weights()),
        excess_risk(n, nobody),
    ):
        assert smooth.isna().tolist() == [False, False, True, True, False, False]
        assert smooth.index.equals(INDEX)
    kept = empirical_bayes(n, nobody).dropna()
    alone = empirical_bayes(n[kept.index], nobody[kept.index])
    pd.testing.assert_series_equal(kept, alone)


def test_no_incidents_anywhere_are_a_rate_of_zero_and_no_risk() -> None:
    nothing = counts(0, 0, 0, 0, 0, 0)
    assert empirical_bayes(nothing, PEOPLE).tolist() == [0.0] * 6
    assert empirical_bayes_local(nothing, PEOPLE, make_weights()).tolist() == [0.0] * 6
    assert excess_risk(nothing, PEOPLE).isna().all()
    assert empirical_bayes(nothing, PEOPLE * NAN).isna().all()


def test_a_ward_without_neighbours_keeps_its_raw_rate() -> None:
    n = counts(10, 2, 4, 5, 10, 20)
    weights = make_weights({(1, 2), (3, 4), (4, 5)})
    assert empirical_bayes_local(n, PEOPLE, weights, per=1_000).iloc[0] == 10.0


def test_a_ward_that_the_weights_do_not_hold_is_missing() -> None:
    short = make_weights({(0, 1), (1, 2)}, INDEX[:5])
    assert empirical_bayes_local(counts(1, 2, 3, 4, 5, 6), PEOPLE, short).isna().tolist() == [False] * 5 + [
        True
    ]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 60), min_size=6, max_size=6))
def test_a_steadied_rate_lies_between_the_raw_rate_and_the_mean(n: list[int]) -> None:
    raw = counts(*n) / PEOPLE
    mean = sum(n) / sum(RESIDENTS)
    smooth = empirical_bayes(counts(*n), PEOPLE)
    assert (smooth >= np.minimum(raw, mean) - 1e-12).all()
    assert (smooth <= np.maximum(raw, mean) + 1e-12).all()


@settings(deadline=None, max_examples=50)
@given(st.permutations(range(6)))
def test_the_order_of_wards_changes_nothing(order: list[int]) -> None:
    n = counts(10, 2, 4, 5, 10, 20)
    for smooth in (empirical_bayes, lambda a, b: empirical_bayes_local(a, b, make_weights())):
        there = smooth(n.iloc[order], PEOPLE.iloc[order])
        np.testing.assert_allclose(there.reindex(INDEX), smooth(n, PEOPLE))


def test_excess_risk_is_one_at_the_mean() -> None:
    n = counts(1, 4, 4, 5, 8, 20)
    np.testing.assert_allclose(excess_risk(n, PEOPLE), [1.0, 2.0, 1.0, 1.0, 0.8, 1.0])
    np.testing.assert_allclose(expected_at_mean(n, PEOPLE), [1, 2, 4, 5, 10, 20])


def test_limits_are_the_exact_poisson_ones_interpolated() -> None:
    limits = funnel_limits(pd.Series([5.0, 0.0, NAN]), 1.0)
    assert list(limits) == ["far_low", "low", "expected", "high", "far_high"]
    # P(R ≤ 9) = 0.968172, P(R ≤ 10) = 0.986305: 10 − (0.986305 − 0.975)/0.018133 = 9.3766
    # P(R = 0) = 0.006738, P(R ≤ 1) = 0.040428: 1 − (0.040428 − 0.025)/0.033690 = 0.5421
    np.testing.assert_allclose(limits.iloc[0], [0.0, 0.5421, 5.0, 9.3766, 12.7714], atol=1e-4)
    assert limits.iloc[1].tolist() == [0.0] * 5
    assert limits.iloc[2].isna().all()


@settings(deadline=None, max_examples=50)
@given(st.floats(0.05, 3_000), st.floats(1.001, 3))
def test_limits_stand_in_order_and_grow_with_the_expectation(expected: float, factor: float) -> None:
    limits = funnel_limits(pd.Series([expected, expected * factor]), 1.0)
    assert (limits.diff(axis=1).iloc[:, 1:] >= -1e-9).all(axis=None)
    assert (limits.diff().iloc[1] >= -1e-6).all()
    levels = {"far_low": 0.001, "low": 0.025, "high": 0.975, "far_high": 0.999}
    for name, p in levels.items():
        limit = limits[name].iloc[0]
        assert stats.poisson.cdf(limit - 1, expected) <= p + 1e-9
        assert stats.poisson.cdf(limit + 1, expected) >= p - 1e-9


def test_positions_of_the_six_wards() -> None:
    # expected at the mean of 1 per 1,000: 1, 2, 4, 5, 10, 20 when the sum stays 42
    assert FUNNEL_CLASSES == ("far_above", "above", "within", "below", "far_below")
    n = counts(8, 6, 4, 5, 10, 9)
    assert funnel_position(n, PEOPLE).tolist() == [
        "far_above",
        "above",
        "within",
        "within",
        "within",
        "below",
    ]
    n = counts(1, 2, 4, 15, 19, 1)
    assert funnel_position(n, PEOPLE).tolist()[3:] == ["far_above", "above", "far_below"]


def test_an_unknown_count_or_population_has_no_position() -> None:
    position = funnel_position(counts(1, NAN, 4, 5, 10, 20), hide_visitor_wards(PEOPLE, {"00006"}))
    assert position.tolist() == ["within", None, "within", "within", "within", None]
    assert funnel_position(counts(*[NAN] * 6), PEOPLE).tolist() == [None] * 6
    assert funnel_position(counts(*[0] * 6), PEOPLE).tolist() == ["within"] * 6


def test_few_wards_at_the_mean_rate_pass_the_lines() -> None:
    chance = np.random.default_rng(5)
    people = pd.Series(np.full(20_000, 10_000.0))
    n = pd.Series(chance.poisson(20, 20_000).astype(float))
    share = funnel_position(n, people).value_counts(normalize=True)
    assert share["within"] > 0.93
    assert 0.02 < share["above"] + share["far_above"] < 0.036
    assert share["far_above"] < 0.003


def test_the_curve_is_the_limits_as_rates_from_fewest_to_most_residents() -> None:
    curve = funnel_curve(pd.Series([1_000.0, NAN, 20_000.0]), 0.001, per=10_000)
    assert curve["population"].iloc[[0, -1]].tolist() == pytest.approx([1_000, 20_000])
    np.testing.assert_allclose(curve["expected"], 10.0)
    assert curve["high"].iloc[0] == pytest.approx(29.019, abs=1e-3)  # 2.9019 of 1 expected
    assert curve["high"].iloc[0] > curve["high"].iloc[-1] > 10
    assert funnel_curve(pd.Series([NAN, 0.0]), 0.001).empty
