"""Gi, Gi*, Moran and their classes: by hand on six squares, by law, and beside esda on real wards."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from esda import G_Local, Moran, Moran_Local
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.weights import W

from errors import TooFewWards
from geo.stats.autocorrelation import global_moran
from geo.stats.clusters import (
    GI_CLASSES,
    MORAN_CLASSES,
    classify_gi,
    classify_moran,
    find_gi_clusters,
    find_moran_clusters,
    gi,
    gi_star,
    local_moran,
)
from geo.stats.neighbours import contiguity, distance_band, nearest
from geo.stats.permutations import permute_local
from geo.stats.weights import Weights
from tests.geo.stats.peers import from_pysal, make_grid, read_can_tho, read_example, to_pysal
from tests.mau import make_wards

SEED = 20241031
QUADRANTS = ("high_high", "low_high", "low_low", "high_low")


def contiguity_of_mau() -> Weights:
    frame = make_wards().frame
    return contiguity(frame.geometry, frame.index)


def six(*values: float) -> pd.Series:
    return pd.Series(values, index=contiguity_of_mau().codes, dtype=float)


def weigh_grid(columns: int, rows: int) -> Weights:
    grid = make_grid(columns, rows)
    return contiguity(grid, grid.index)


def test_gi_star_of_one_busy_ward_by_hand() -> None:
    # mean 1, variance 36/6 − 1 = 5; with 4 of 6: (6 − 4)/√(5·4·2/5) = 2/√8; with all six nothing varies
    busy, quiet = 2 / math.sqrt(8), -4 / math.sqrt(8)
    z = gi_star(six(0, 0, 0, 0, 0, 6), contiguity_of_mau())
    assert z.tolist() == pytest.approx([quiet, math.nan, busy, quiet, math.nan, busy], nan_ok=True)


def test_gi_leaves_the_ward_itself_out_by_hand() -> None:
    # of the five others: mean 6/5, variance 36/5 − 1.44 = 5.76; the busy ward's others are all alike
    near, far = 2.4 / math.sqrt(8.64), -3.6 / math.sqrt(8.64)
    z = gi(six(0, 0, 0, 0, 0, 6), contiguity_of_mau())
    assert z.tolist() == pytest.approx([far, math.nan, near, far, math.nan, math.nan], nan_ok=True)


def test_local_moran_by_hand() -> None:
    # deviations −1, −1, −1, −1, −1, 5 with squares of 30; i = 5·d·(mean d of the neighbours)/30
    moran = local_moran(six(0, 0, 0, 0, 0, 6), contiguity_of_mau().by_row())
    assert moran["i"].tolist() == pytest.approx([1 / 6, -1 / 30, -1 / 6, 1 / 6, -1 / 30, -5 / 6])
    assert moran["quadrant"].tolist() == [
        "low_low",
        "low_high",
        "low_high",
        "low_low",
        "low_high",
        "high_low",
    ]


def test_global_moran_is_the_mean_of_the_local_ones_by_hand() -> None:
    moran = global_moran(six(0, 0, 0, 0, 0, 6), contiguity_of_mau().by_row())
    assert (moran.i, moran.expected) == pytest.approx((-4.4 / 30, -1 / 5))
    assert moran.z_random > 0
    assert moran.p_random_one_sided == pytest.approx(0.5 * math.erfc(moran.z_random / math.sqrt(2)))


def assert_equal_to_esda(values: np.ndarray, reference: W, weights: Weights) -> None:
    series = pd.Series(values, index=weights.codes)
    for star, ours in ((True, gi_star(series, weights)), (False, gi(series, weights))):
        theirs = G_Local(values, reference, transform="B", permutations=0, star=star)
        np.testing.assert_allclose(ours, theirs.Zs, rtol=1e-10, atol=1e-10)
    by_row = weights.by_row()
    local, theirs = local_moran(series, by_row), Moran_Local(values, reference, permutations=0)
    np.testing.assert_allclose(local["i"], theirs.Is, rtol=1e-10, atol=1e-10)
    assert local["quadrant"].tolist() == [QUADRANTS[place - 1] for place in theirs.q]
    whole, theirs = global_moran(series, by_row), Moran(values, reference, permutations=0, two_tailed=False)
    found = [whole.i, whole.variance_normal, whole.variance_random, whole.z_normal, whole.z_random]
    wanted = [theirs.I, theirs.VI_norm, theirs.VI_rand, theirs.z_norm, theirs.z_rand]
    assert found == pytest.approx(wanted, rel=1e-10)
    assert whole.p_normal_one_sided == pytest.approx(theirs.p_norm, rel=1e-10)
    assert whole.p_random_one_sided == pytest.approx(theirs.p_rand, rel=1e-10)


@pytest.mark.real_data
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_real_wards_have_the_statistics_of_esda(seed: int, real_data: Path) -> None:
    frame = read_can_tho(real_data, 2021)
    weights = contiguity(frame.geometry, frame.index)
    values = np.random.default_rng(seed).gamma(2.0, size=len(frame))
    assert_equal_to_esda(values, to_pysal(weights), weights)


@pytest.mark.real_data
def test_near_wards_have_the_statistics_of_esda(real_data: Path) -> None:
    centres = read_can_tho(real_data, 2021).to_crs("EPSG:32648").centroid
    weights = nearest(centres.x.to_numpy(), centres.y.to_numpy(), centres.index, 5)
    values = np.random.default_rng(SEED).poisson(6.0, size=len(centres)).astype(float)
    assert_equal_to_esda(values, to_pysal(weights), weights)


@pytest.mark.parametrize(
    ("name", "table", "column"), [("sids2", "sids2.dbf", "SIDR74"), ("columbus", "columbus.dbf", "CRIME")]
)
def test_examples_of_the_literature_have_the_statistics_of_esda(name: str, table: str, column: str) -> None:
    reference, frame = read_example(name, table)
    assert_equal_to_esda(frame[column].to_numpy(dtype=float), reference, from_pysal(reference))


def plant(*, centre: float, ring: float) -> pd.Series:
    """144 squares of seeded noise around 10 with a planted one in the middle of a ring of eight."""
    weights = weigh_grid(12, 12)
    values = pd.Series(np.random.default_rng(SEED).normal(10, 1, 144), index=weights.codes)
    row = weights.matrix.toarray()[CENTRE]
    values[row > 0] = ring
    values.iloc[CENTRE] = centre
    return values


CENTRE = 65


def test_a_planted_concentration_is_found_and_little_else() -> None:
    values, weights = plant(centre=30, ring=25), weigh_grid(12, 12)
    star = find_gi_clusters(values, weights, seed=SEED)["gi_star_cluster"]
    moran = find_moran_clusters(values, weights, seed=SEED)["local_moran_cluster"]
    assert star.iloc[CENTRE] == "high"
    assert moran.iloc[CENTRE] == "high_high"
    beyond = make_grid(12, 12).distance(make_grid(12, 12).iloc[CENTRE]) > 2
    assert set(star[beyond]) == {"none"}
    assert set(moran[beyond]) == {"none"}


def test_a_hollow_is_found_as_low() -> None:
    values, weights = plant(centre=1, ring=2), weigh_grid(12, 12)
    assert find_gi_clusters(values, weights, seed=SEED)["gi_star_cluster"].iloc[CENTRE] == "low"
    moran = find_moran_clusters(values, weights, seed=SEED)["local_moran_cluster"]
    assert moran.iloc[CENTRE] == "low_low"


def test_one_busy_ward_among_quiet_ones_is_no_concentration() -> None:
    values, weights = plant(centre=200, ring=2), weigh_grid(12, 12)
    found = find_gi_clusters(values, weights, seed=SEED).iloc[CENTRE]
    assert found["gi_star_z"] > 1.96
    assert found["gi_star_p"] < 0.01
    assert found["gi_star_cluster"] == "none"
    moran = find_moran_clusters(values, weights, seed=SEED)["local_moran_cluster"]
    assert moran.iloc[CENTRE] == "high_low"


def test_pure_noise_shows_no_cluster() -> None:
    weights = weigh_grid(12, 12)
    values = pd.Series(np.random.default_rng(SEED).gamma(2, size=144), index=weights.codes)
    assert set(find_gi_clusters(values, weights, seed=SEED)["gi_star_cluster"]) == {"none"}
    assert set(find_moran_clusters(values, weights, seed=SEED)["local_moran_cluster"]) == {"none"}


def test_missing_is_not_none_and_an_island_is_neither() -> None:
    weights = distance_band(np.array([0.0, 1, 2, 3, 4, 50]), np.zeros(6), pd.Index(list("123456")), 1.0)
    values = pd.Series([1.0, math.nan, 3.0, 4.0, 6.0, 9.0], index=weights.codes)
    expected = ["island", None, "none", "none", "none", "island"]
    star = find_gi_clusters(values, weights, seed=SEED)
    moran = find_moran_clusters(values, weights, seed=SEED)
    assert star["gi_star_cluster"].tolist() == expected
    assert moran["local_moran_cluster"].tolist() == expected
    measured = [False, False, True, True, True, False]
    assert star["gi_star_z"].notna().tolist() == moran["local_moran_i"].notna().tolist() == measured


@pytest.mark.parametrize("value", [0.0, 7.0, 0.1])
def test_equal_values_have_no_statistic_and_no_cluster(value: float) -> None:
    weights, values = contiguity_of_mau(), six(*[value] * 6)
    star = find_gi_clusters(values, weights, seed=SEED)
    moran = find_moran_clusters(values, weights, seed=SEED)
    assert star["gi_star_z"].isna().all()
    assert moran["local_moran_i"].isna().all()
    assert star["gi_star_cluster"].tolist() == moran["local_moran_cluster"].tolist() == ["none"] * 6
    assert math.isnan(global_moran(values, weights.by_row()).i)
    assert gi(values, weights).isna().all()


def test_fewer_than_three_known_wards_cannot_be_compared() -> None:
    weights, values = contiguity_of_mau(), six(1, 2, *[math.nan] * 4)
    with pytest.raises(TooFewWards) as caught:
        gi_star(values, weights)
    assert (caught.value.args[0], caught.value.reason) == ("TooFewWards (known): n=2, needed=3", "known")
    for ask in (gi, local_moran, global_moran):
        with pytest.raises(TooFewWards):
            ask(six(*[math.nan] * 6), weights)
    with pytest.raises(TooFewWards):
        permute_local("gi", values, weights, seed=SEED)


def test_no_links_at_all_give_no_moran() -> None:
    alone = distance_band(np.array([0.0, 10, 20]), np.zeros(3), pd.Index(list("123")), 1.0)
    moran = global_moran(pd.Series([1.0, 2.0, 4.0], index=alone.codes), alone)
    assert math.isnan(moran.i)
    assert (moran.n, moran.islands) == (3, ("1", "2", "3"))


def test_classes_are_named_by_side_where_p_stands() -> None:
    codes = pd.Index(list("abcdef"))
    p = pd.Series([0.001, 0.001, 0.9, math.nan, math.nan, 0.001], index=codes)
    z = pd.Series([3.0, -3.0, 1.0, math.nan, 0.5, 0.0], index=codes)
    assert classify_gi(z, p, islands=("e",)).tolist() == ["high", "low", "none", None, "island", "none"]
    quadrant = pd.Series(["high_low", "low_high", "low_low", None, None, "high_high"], index=codes)
    moran = pd.DataFrame({"i": z, "quadrant": quadrant})
    assert classify_moran(moran, p, islands=("e",)).tolist() == [
        "high_low",
        "low_high",
        "none",
        None,
        "island",
        "high_high",
    ]


COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 20)), min_size=12, max_size=12).filter(
    lambda counts: sum(count is not None for count in counts) >= 3
)


def find_both(values: pd.Series, weights: Weights) -> pd.DataFrame:
    star = find_gi_clusters(values, weights, seed=SEED, n=99, q=0.4)
    return star.join(find_moran_clusters(values, weights, seed=SEED, n=99, q=0.4))


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.sampled_from([0.1, 1 / 3, 7.0, 1e6]), st.sampled_from([0.0, -5.0, 0.1, 1e4]))
def test_another_unit_or_zero_point_changes_no_answer(
    counts: list[int | None], factor: float, offset: float
) -> None:
    weights = weigh_grid(4, 3)
    values = pd.Series(counts, index=weights.codes, dtype=float)
    pd.testing.assert_frame_equal(
        find_both(values * factor + offset * factor, weights), find_both(values, weights), rtol=1e-6
    )


@settings(max_examples=60, deadline=None)
@given(COUNTS, st.permutations(range(12)))
def test_the_order_of_the_file_changes_no_answer(counts: list[int | None], order: list[int]) -> None:
    grid = make_grid(4, 3)
    values = pd.Series(counts, index=grid.index, dtype=float)
    turned = grid.iloc[order]
    there = find_both(values.iloc[order], contiguity(turned, turned.index))
    here = find_both(values, contiguity(grid, grid.index))
    pd.testing.assert_frame_equal(there.loc[grid.index], here)


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_every_known_ward_has_a_class_of_the_legend(counts: list[int | None]) -> None:
    weights = weigh_grid(4, 3)
    values = pd.Series(counts, index=weights.codes, dtype=float)
    found = find_both(values, weights)
    known = values.notna()
    assert set(found.loc[known, "gi_star_cluster"]) <= set(GI_CLASSES)
    assert set(found.loc[known, "local_moran_cluster"]) <= set(MORAN_CLASSES)
    assert found.loc[~known].isna().all(axis=None)
