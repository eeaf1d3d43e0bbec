"""Pseudo p-values, held against every possible arrangement and against esda's."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from esda import G_Local, Moran_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import W

from geo.stats.neighbours import contiguity, distance_band
from geo.stats.permutations import Side, permute_local
from geo.stats.weights import Weights
from tests.geo.stats.peers import from_pysal, make_grid, read_can_tho, read_example, to_pysal
from tests.mau import make_wards

SEED = 20241031
N = 999


def contiguity_of_mau() -> Weights:
    frame = make_wards().frame
    return contiguity(frame.geometry, frame.index)


def enumerate_sums(values: list[float], weights: Weights, ward: int) -> tuple[float, list[float]]:
    """The true sum of a ward's neighbours and that of every choice of as many other wards."""
    near = np.flatnonzero(weights.matrix.toarray()[ward])
    others = [place for place in range(len(values)) if place != ward]
    sums = [sum(values[place] for place in chosen) for chosen in combinations(others, len(near))]
    return sum(values[place] for place in near), sums


def noise(p: np.ndarray, *, n: int = N, samples: int = 1) -> np.ndarray:
    """Four standard errors of a share p counted over n draws in `samples` runs, and one count for the +1."""
    return np.asarray(4 * np.sqrt(samples * p * (1 - p) / n) + 1 / n)


@pytest.mark.parametrize("values", [[3.0, 1.0, 4.0, 1.5, 9.0, 2.6], [0.0, 0.0, 0.0, 1.0, 0.0, 6.0]])
def test_shares_of_draws_approach_those_of_all_arrangements(values: list[float]) -> None:
    weights, n = contiguity_of_mau(), 20_000
    series = pd.Series(values, index=weights.codes)
    greater = permute_local("gi", series, weights, n=n, seed=SEED, side="greater").to_numpy()
    less = permute_local("gi", series, weights, n=n, seed=SEED, side="less").to_numpy()
    for ward in range(6):
        true, sums = enumerate_sums(values, weights, ward)
        at_least, at_most = np.mean(np.array(sums) >= true), np.mean(np.array(sums) <= true)
        assert abs(greater[ward] - at_least) <= noise(at_least, n=n)
        assert abs(less[ward] - at_most) <= noise(at_most, n=n)


def assert_as_esda(values: np.ndarray, reference: W, weights: Weights) -> None:
    series = pd.Series(values, index=weights.codes)
    with pytest.warns(DeprecationWarning, match="alternative hypothesis"):
        star = G_Local(values, reference, transform="B", permutations=N, star=True, seed=SEED, n_jobs=1)
    with pytest.warns(DeprecationWarning, match="alternative hypothesis"):
        moran = Moran_Local(values, reference, permutations=N, seed=SEED, n_jobs=1)
    for statistic, theirs in (("gi_star", star.p_sim), ("local_moran", moran.p_sim)):
        ours = permute_local(statistic, series, weights, n=N, seed=SEED).to_numpy()
        far = np.abs(ours - theirs) > noise((ours + theirs) / 2, samples=2)
        assert far.mean() <= 0.001


@pytest.mark.real_data
@pytest.mark.parametrize("seed", [1, 2])
def test_real_wards_get_the_p_values_of_esda_within_chance(seed: int, real_data: Path) -> None:
    frame = read_can_tho(real_data, 2021)
    weights = contiguity(frame.geometry, frame.index)
    values = np.random.default_rng(seed).gamma(2.0, size=len(frame))
    assert_as_esda(values, to_pysal(weights), weights)


def test_the_counties_of_carolina_get_the_p_values_of_esda_within_chance() -> None:
    reference, counties = read_example("sids2", "sids2.dbf")
    births = counties["BIR74"].to_numpy(dtype=float)
    assert_as_esda(births, reference, from_pysal(reference))


def test_zeros_among_zeros_are_nothing_rare() -> None:
    grid = make_grid(10, 10)
    weights = contiguity(grid, grid.index)
    values = pd.Series(0.0, index=grid.index)
    values["00055"] = 5.0
    around = [f"{place:05d}" for place in (44, 45, 46, 54, 56, 64, 65, 66)]
    p = permute_local("gi_star", values, weights, seed=SEED)
    assert p.drop(around).min() > 0.5


@pytest.mark.parametrize("factor", [1.0, 0.1])
def test_sums_that_are_equal_in_all_but_rounding_are_equal(factor: float) -> None:
    weights = distance_band(np.arange(6.0), np.zeros(6), pd.Index(list("123456")), 1.0)
    values = pd.Series([1.0, 2.0, 3.0, 2.0, 1.0, 3.0], index=weights.codes) * factor
    ones = permute_local("gi", values / factor, weights, n=300, seed=SEED, side="greater")
    assert permute_local("gi", values, weights, n=300, seed=SEED, side="greater").tolist() == ones.tolist()


def test_two_sided_doubles_the_smaller_side_up_to_one() -> None:
    weights = contiguity_of_mau()
    values = pd.Series([3.0, 1.0, 4.0, 1.5, 9.0, 2.6], index=weights.codes)
    sides: tuple[Side, ...] = ("greater", "less", "folded", "two_sided")
    greater, less, folded, both = (
        permute_local("gi_star", values, weights, seed=SEED, side=side) for side in sides
    )
    assert folded.tolist() == np.minimum(greater, less).tolist()
    assert both.tolist() == np.minimum(2 * folded, 1).tolist()


def test_a_low_ward_among_low_ones_has_a_large_moran() -> None:
    grid = make_grid(10, 10)
    weights = contiguity(grid, grid.index)
    values = pd.Series(np.where(grid.bounds["minx"] < 4, 1.0, 5.0), index=grid.index)
    corner_moran = permute_local("local_moran", values, weights, seed=SEED, side="greater")["00001"]
    corner_gi = permute_local("gi", values, weights, seed=SEED, side="less")["00001"]
    assert corner_moran == corner_gi < 0.05


def test_the_same_seed_gives_the_same_answer_and_another_does_not() -> None:
    grid = make_grid(8, 8)
    weights = contiguity(grid, grid.index)
    values = pd.Series(np.random.default_rng(3).normal(size=64), index=grid.index)
    first, again, other = (permute_local("gi", values, weights, seed=seed) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_missing_wards_and_islands_have_no_p() -> None:
    weights = distance_band(np.array([0.0, 1, 2, 3, 4, 50]), np.zeros(6), pd.Index(list("123456")), 1.0)
    values = pd.Series([1.0, np.nan, 3.0, 4.0, 6.0, 9.0], index=weights.codes)
    p = permute_local("gi", values, weights, seed=SEED)
    assert p.index[p.isna()].tolist() == ["1", "2", "6"]


def test_everybody_as_neighbour_leaves_nothing_to_draw() -> None:
    weights = distance_band(np.arange(4.0), np.zeros(4), pd.Index(list("1234")), 9.0)
    values = pd.Series([1.0, 2.0, 7.0, 4.0], index=weights.codes)
    assert permute_local("gi_star", values, weights, seed=SEED).tolist() == [1.0, 1.0, 1.0, 1.0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_wards_changes_no_answer(counts: list[int], shuffle: object) -> None:
    grid = make_grid(4, 3)
    values = pd.Series(counts, index=grid.index, dtype=float)
    order = list(grid.index)
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    here = permute_local("local_moran", values, contiguity(grid, grid.index), n=99, seed=SEED)
    turned = grid[order]
    there = permute_local("local_moran", values[order], contiguity(turned, turned.index), n=99, seed=SEED)
    pd.testing.assert_series_equal(there[grid.index], here)


def test_unknown_statistics_and_sides_are_refused() -> None:
    weights = contiguity_of_mau()
    values = pd.Series(1.0, index=weights.codes)
    with pytest.raises(ValueError, match="no statistic 'geary'"):
        permute_local("geary", values, weights, seed=SEED)
