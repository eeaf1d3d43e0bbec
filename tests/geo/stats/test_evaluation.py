"""Treated wards beside wards like them: check values, weights, choice, and regression to the mean."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from errors import NoData, TooFewWards
from geo.stats.comparison import choose_comparison, displacement_ring
from geo.stats.evaluation import DIFFERENCE_VERDICTS, WDD, displacement_difference, pool, verdict
from geo.stats.regression_to_mean import expected_fall_pct
from geo.stats.weights import Weights

NAN = float("nan")
COUNTS = st.integers(0, 500)


def test_the_check_value_is_ten_fewer_with_an_error_of_nineteen() -> None:
    found = displacement_difference(100, 80, 100, 90)
    assert found.estimate == -10
    assert found.standard_error == pytest.approx(19.2354, abs=1e-4)  # √370
    assert found.z == pytest.approx(-0.5199, abs=1e-4)
    assert (found.low, found.high) == pytest.approx((-47.70, 27.70), abs=5e-3)
    assert verdict(found) == "no_ground"


def test_the_papers_example_with_a_displacement_pair() -> None:
    """Wheeler and Ratcliffe 2018: −118, variance 1568, z −2.98, 95 % from −196 to −40."""
    found = displacement_difference(207, 110, 308, 318, 178, 157, 150, 140)
    assert found.estimate == -118
    assert found.standard_error**2 == pytest.approx(1568)
    assert round(found.z, 2) == -2.98
    assert (round(found.low), round(found.high)) == (-196, -40)
    assert verdict(found) == "clear_fall"


def test_a_longer_base_is_scaled_to_the_period_after() -> None:
    # two years before, one after: (60 − 200/2) − (90 − 180/2) = −40; variance 60 + 200/4 + 90 + 180/4 = 245
    found = displacement_difference(200, 60, 180, 90, days_before=730, days_after=365)
    assert found.estimate == -40
    assert found.standard_error == pytest.approx(math.sqrt(245))


def test_several_comparison_wards_weigh_as_much_as_the_treated_ones() -> None:
    # one treated: −20; five like it fall by 50 together, 10 each; variance 180 + (500 + 450)/25 = 218
    found = displacement_difference(100, 80, [100] * 5, [90] * 5)
    assert found.estimate == -10
    assert found.standard_error == pytest.approx(math.sqrt(218))
    two = displacement_difference(pd.Series([60, 40]), pd.Series([50, 30]), [100] * 4, [95] * 4)
    assert two.estimate == -20 + 2 / 4 * 20


def test_a_ring_without_its_own_comparison_is_set_against_no_change() -> None:
    found = displacement_difference(100, 80, 100, 90, [30, 30], [40, 35])
    assert found.estimate == -10 + 15
    assert found.standard_error == pytest.approx(math.sqrt(370 + 135))


def test_areas_must_be_the_same_before_and_after() -> None:
    with pytest.raises(ValueError):
        displacement_difference([1, 2], [1], 3, 4)


def test_nothing_known_or_nothing_counted_is_no_ground() -> None:
    assert verdict(displacement_difference(NAN, 80, 100, 90)) == "no_ground"
    nothing = displacement_difference(0, 0, 0, 0)
    assert math.isnan(nothing.z)
    assert verdict(nothing) == "no_ground"


@pytest.mark.parametrize(
    ("z", "words"),
    [
        (-1.96, "clear_fall"),
        (-1.645, "signs_fall"),
        (-1.64, "no_ground"),
        (0.0, "no_ground"),
        (1.64, "no_ground"),
        (1.645, "signs_rise"),
        (1.96, "clear_rise"),
    ],
)
def test_a_rise_is_never_told_as_a_success(z: float, words: str) -> None:
    assert verdict(WDD(z, 1.0, z, z - 1, z + 1)) == words
    assert words in DIFFERENCE_VERDICTS


def test_with_twenty_incidents_fourteen_must_vanish_for_a_sign() -> None:
    falls = [verdict(displacement_difference(20, 20 - fewer, 20, 20)) for fewer in range(21)]
    assert falls[12:16] == ["no_ground", "no_ground", "signs_fall", "signs_fall"]
    assert falls.index("clear_fall") == 16


@settings(deadline=None, max_examples=50)
@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_treated_and_comparison_swapped_turn_the_answer_round(a: int, b: int, c: int, d: int) -> None:
    one, other = displacement_difference(a, b, c, d), displacement_difference(c, d, a, b)
    assert one.estimate == -other.estimate
    assert one.standard_error == other.standard_error


def test_a_programme_year_pools_what_single_wards_cannot_show() -> None:
    one = displacement_difference(40, 28, 40, 40)
    together = pool([one] * 9)
    assert verdict(one) == "no_ground"
    assert together.estimate == pytest.approx(-108)
    assert together.standard_error == pytest.approx(3 * one.standard_error)
    assert verdict(together) == "clear_fall"
    with pytest.raises(NoData):
        pool([])


# --- Which wards to compare with -----------------------------------------------------------------

CODES = pd.Index([f"{n:05d}" for n in range(1, 11)], name="ward_code")


def make_chain() -> Weights:
    """Ten wards in a row, each bordering the next."""
    matrix = np.eye(10, k=1) + np.eye(10, k=-1)
    return Weights(sparse.csr_array(matrix), CODES, (), "queen")


def make_frame() -> pd.DataFrame:
    """Ward 1 is treated; 3 and 9 are as populous, dense and busy as it, 5 nearly; the others far from it."""
    return pd.DataFrame(
        {
            "population": [10_000.0, 10_000, 10_000, 900, 11_000, 90_000, 1_000, 80_000, 10_000, 700],
            "area_km2": [5.0, 5, 5, 40, 5, 2, 50, 2, 5, 60],
            "n_incidents": [50.0, 50, 50, 1, 45, 400, 2, 300, 50, 0],
        },
        index=CODES,
    )


def test_the_ring_is_the_untreated_wards_that_border_a_treated_one() -> None:
    assert displacement_ring(["00001"], make_chain()) == ("00002",)
    assert displacement_ring({"00004", "00005"}, make_chain()) == ("00003", "00006")
    assert displacement_ring([], make_chain()) == ()


def test_the_most_alike_are_chosen_and_never_a_neighbour() -> None:
    assert choose_comparison(make_frame(), ["00001"], make_chain(), k=3) == ("00003", "00009", "00005")


def test_wards_that_lack_a_figure_are_passed_over() -> None:
    frame = make_frame()
    frame.loc["00003", "population"] = NAN
    frame.loc["00009", "n_incidents"] = NAN
    assert choose_comparison(frame, ["00001"], make_chain(), k=1) == ("00005",)


def test_too_few_wards_to_compare_with_are_refused() -> None:
    with pytest.raises(TooFewWards) as refusal:
        choose_comparison(make_frame(), ["00001", "00005"], make_chain(), k=6)
    assert (refusal.value.reason, refusal.value.facts) == ("comparison", {"n": 5, "needed": 6})
    frame = make_frame()
    frame.loc["00001", "area_km2"] = NAN
    with pytest.raises(KeyError):
        choose_comparison(frame, ["00001"], make_chain())


@settings(deadline=None, max_examples=50)
@given(st.sets(st.sampled_from(list(CODES)), min_size=1, max_size=2), st.permutations(range(10)))
def test_the_choice_does_not_hang_on_the_order_of_wards(treated: set[str], order: list[int]) -> None:
    frame = make_frame()
    there = choose_comparison(frame.iloc[order], treated, make_chain(), k=3)
    assert there == choose_comparison(frame, treated, make_chain(), k=3)
    assert not {*there} & {*treated, *displacement_ring(treated, make_chain())}


# --- Regression to the mean ----------------------------------------------------------------------


def test_wards_alike_but_for_chance_all_return_to_the_mean() -> None:
    # mean 4, variance 4·2/6·… under 4: no true difference, so the two highest (6 and 5) are expected at 4
    n = pd.Series([6.0, 5, 4, 4, 3, 2])
    assert expected_fall_pct(n, 2) == pytest.approx(100 * (1 - 8 / 11))


def test_the_expected_fall_follows_the_shrinkage() -> None:
    # mean 20, variance 500: of it 480 is true, so 60 is expected at 20 + 480/500·40 = 58.4
    n = pd.Series([60.0, 20, 20, 10, 10, 10, 10])
    assert n.var() == pytest.approx(1_000 / 3)
    kept = (1_000 / 3 - 20) / (1_000 / 3)
    assert expected_fall_pct(n, 1) == pytest.approx(100 * (1 - (20 + kept * 40) / 60))


def test_more_periods_leave_less_to_chance() -> None:
    one = pd.Series([30.0, 22, 20, 12, 10, 8])
    several = pd.concat([one] * 4, axis=1)
    assert 0 < expected_fall_pct(several, 2) < expected_fall_pct(one, 2)


def test_nothing_to_expect_of_nothing() -> None:
    assert math.isnan(expected_fall_pct(pd.Series([0.0, 0]), 1))
    assert math.isnan(expected_fall_pct(pd.Series([5.0, NAN]), 1))
    assert math.isnan(expected_fall_pct(pd.Series([5.0, 3]), 0))


def test_drawn_cities_fall_as_expected_when_nothing_is_done() -> None:
    chance = np.random.default_rng(12)
    expected, seen = [], []
    for _ in range(300):
        true = chance.gamma(2.0, 6.0, 150)
        before, after = pd.Series(chance.poisson(true) * 1.0), chance.poisson(true)
        chosen = before.sort_values(ascending=False).index[:12]
        expected.append(expected_fall_pct(before, 12))
        seen.append(100 * (1 - after[chosen].sum() / before[chosen].sum()))
    assert 5 < np.mean(seen) < 20
    assert np.mean(expected) == pytest.approx(np.mean(seen), abs=1.5)
