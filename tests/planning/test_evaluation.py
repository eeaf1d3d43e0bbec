"""One area beside the wards frozen for it, and a programme's areas together only where that is sound."""

import math

import pandas as pd
import pytest

from geo.stats.regression_to_mean import expected_fall_pct
from planning.evaluation import Judgement, judge, pool_apart

NAN = float("nan")


def counts(**wards: tuple[float, float]) -> pd.DataFrame:
    """before, after by ward."""
    return pd.DataFrame.from_dict(wards, orient="index", columns=["before", "after"], dtype=float)


def judge_years(
    treated: pd.DataFrame, comparison: pd.DataFrame, ring: pd.DataFrame | None = None
) -> Judgement:
    return judge(treated, comparison, ring, days_before=365, days_after=365)


def test_a_fall_counts_only_beyond_that_of_the_comparison_wards() -> None:
    found = judge_years(counts(t=(100, 50)), counts(a=(80, 72), b=(120, 108)))
    # (50 − 100) − (180 − 200)/2 = −40; √(150 + 380/4) = √245 = 15.65; z = −2.56
    assert found.difference is not None
    assert found.difference.estimate == -40
    assert found.difference.standard_error == pytest.approx(245**0.5)
    assert found.verdict == "clear_fall"
    assert (found.treated, found.comparison, found.lack, found.missing) == (("t",), ("a", "b"), "", ())


def test_the_plain_change_stands_beside_with_its_exact_interval() -> None:
    found = judge_years(counts(t=(12, 9)), counts(a=(10, 10)))
    assert (found.before, found.after, found.ratio) == (12, 9, 0.75)
    # Clopper-Pearson of 9 in 21: 0.2182 to 0.6598, p/(1 − p)
    assert (found.ratio_low, found.ratio_high) == pytest.approx((0.279, 1.939), abs=0.001)


def test_a_quarter_after_a_year_is_compared_by_the_day() -> None:
    found = judge(counts(t=(40, 10)), counts(a=(80, 20)), days_before=360, days_after=90)
    assert (found.ratio, found.difference and found.difference.estimate) == (1.0, 0.0)


def test_a_comparison_ward_without_a_figure_takes_the_verdict_away_and_is_not_replaced() -> None:
    found = judge_years(counts(t=(100, 50)), counts(a=(80, 72), b=(120, NAN)), counts(r=(10, 40)))
    assert (found.difference, found.verdict, found.ring) == (None, None, None)
    assert (found.lack, found.missing, found.comparison) == ("comparison", ("b",), ("a", "b"))
    assert (found.before, found.after) == (100, 50)


def test_without_comparison_wards_there_is_the_plain_change_alone() -> None:
    found = judge_years(counts(t=(100, 50)), counts())
    assert (found.difference, found.lack, found.missing, found.ratio) == (None, "no_comparison", (), 0.5)


def test_a_treated_ward_without_a_figure_is_named_and_its_sum_unknown() -> None:
    found = judge_years(counts(t=(100, 50), u=(NAN, 3)), counts(a=(80, 72)), counts(r=(10, 40)))
    assert (found.lack, found.missing) == ("treated", ("u",))
    assert math.isnan(found.before)
    assert found.after == 53
    assert found.ring is not None


def test_the_ring_is_set_against_the_same_comparison_wards_and_not_added() -> None:
    found = judge_years(counts(t=(100, 50)), counts(a=(100, 90)), counts(r=(20, 60), s=(20, 40), u=(5, NAN)))
    # (100 − 40) − 2·(90 − 100) = 80; √(140 + 4·190) = 30
    assert found.ring is not None
    assert (found.ring.estimate, found.ring.standard_error) == (80, 30)
    assert found.ring_wards == ("r", "s")
    assert found.difference is not None
    assert found.difference.estimate == -40


def test_nothing_before_and_after_bears_no_conclusion() -> None:
    found = judge_years(counts(t=(0, 0)), counts(a=(0, 0)))
    assert found.verdict == "no_ground"
    assert math.isnan(found.ratio)


def test_the_fall_to_be_expected_is_that_of_the_highest_wards() -> None:
    city = pd.Series([40.0, 30, 10, 8, 6, 4])
    found = judge(
        counts(t=(40, 30)), counts(a=(10, 10)), days_before=1, days_after=1, city_before=city, n_selected=1
    )
    assert found.expected_fall_pct == expected_fall_pct(city, 1) > 0
    assert math.isnan(judge_years(counts(t=(40, 30)), counts(a=(10, 10))).expected_fall_pct)


def test_areas_with_comparison_wards_of_their_own_are_pooled() -> None:
    one = judge_years(counts(t=(100, 50)), counts(a=(100, 90)))
    two = judge_years(counts(u=(60, 50)), counts(b=(40, 50)))
    found = pool_apart({"1": one, "2": two})
    # −40 and −20; variances 150 + 190 and 110 + 90
    assert found.difference is not None
    assert found.difference.estimate == -60
    assert found.difference.standard_error == pytest.approx(540**0.5)
    assert (found.verdict, found.twice, found.left_out) == ("clear_fall", (), ())


def test_a_comparison_ward_that_serves_twice_forbids_the_sum() -> None:
    one = judge_years(counts(t=(100, 50)), counts(a=(100, 90)))
    two = judge_years(counts(u=(60, 50)), counts(a=(100, 90)))
    found = pool_apart({"1": one, "2": two})
    assert (found.difference, found.verdict, found.twice) == (None, None, ("a",))


def test_a_treated_ward_that_serves_another_as_comparison_forbids_it_too() -> None:
    one = judge_years(counts(t=(100, 50)), counts(u=(60, 50)))
    two = judge_years(counts(u=(60, 50)), counts(a=(100, 90)))
    assert pool_apart({"1": one, "2": two}).twice == ("u",)


def test_an_area_without_a_verdict_is_left_out_by_name() -> None:
    one = judge_years(counts(t=(100, 50)), counts(a=(100, 90)))
    lost = judge_years(counts(u=(60, 50)), counts())
    found = pool_apart({"1": one, "2": lost})
    assert found.difference == one.difference
    assert found.left_out == ("u",)
    assert pool_apart({"2": lost}).difference is None
