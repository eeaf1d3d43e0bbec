"""The cumulative sum: its steps by hand, its limit against an independent simulation, and missing months."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.relapse import Delay, expect_delay, find_limit, standardise, watch

NAN = float("nan")
SEED = 138
N_COURSES = 20_000


def months(*counts: float) -> pd.Series:
    """Counts of month 1, 2 …"""
    return pd.Series(counts, index=range(1, len(counts) + 1), dtype=float)


def share_of_alarms(counts: np.ndarray, mu: float, limit: float, n_level_months: int | None = None) -> float:
    """Reckoned anew, course by course as a planner would: the share that ever passes the limit."""
    spread = 1.0 if n_level_months is None else math.sqrt(1 + 1 / n_level_months)
    sums, passed = np.zeros(len(counts)), np.zeros(len(counts), bool)
    for month in counts.T:
        sums = np.clip(sums + 2 * (np.sqrt(month) - math.sqrt(mu)) / spread - 0.5, 0, None)
        passed |= sums > limit + 1e-9
    return float(passed.mean())


def test_four_expected_and_nine_found_add_one_and_a_half_a_month() -> None:
    # z = 2(√9 − √4) = 2; S: 0 → 0 + 2 − 0.5 = 1.5 → 3 → 4.5; four gives z = 0 and the sum stays at 0
    found = watch(months(4, 9, 9, 9), 4, 24, seed=SEED)
    assert found.sums.to_dict() == {1: 0.0, 2: 1.5, 3: 3.0, 4: 4.5}
    assert 3.0 < found.limit < 4.5
    assert (found.first_alarm, found.months_since_exit, found.n_missing) == (4, 4, 0)


def test_the_sum_never_falls_below_nothing_and_sinks_with_quiet_months() -> None:
    # z: 2(√9 − 2) = 2, 2(√1 − 2) = −2, 2(√0 − 2) = −4
    found = watch(months(0, 9, 9, 1, 1), 4, 24, seed=SEED)
    assert found.sums.tolist() == [0.0, 1.5, 3.0, 0.5, 0.0]
    assert found.first_alarm is None


def test_a_level_from_few_months_weighs_each_month_less() -> None:
    # 2(3 − 2)/√(1 + 1/3) = 1.732
    assert standardise(np.array([9.0]), 4, 3)[0] == pytest.approx(3**0.5)
    assert standardise(np.array([9.0]), 4)[0] == 2.0


def test_a_missing_month_adds_nothing_and_takes_nothing_away() -> None:
    found = watch(months(9, NAN, 9, NAN), 4, 24, seed=SEED)
    assert found.sums.iloc[[0, 2]].tolist() == [1.5, 3.0]
    assert found.sums.isna().tolist() == [False, True, False, True]
    assert (found.months_since_exit, found.n_missing) == (4, 2)


def test_a_month_that_nobody_lists_is_missing_too() -> None:
    found = watch(pd.Series({1: 9.0, 3: 9.0}), 4, 24, seed=SEED)
    assert found.n_missing == 1
    assert found.sums.index.tolist() == [1, 2, 3]
    assert (found.sums[1], found.sums[3]) == (1.5, 3.0)
    assert math.isnan(found.sums[2])


def test_without_a_level_there_is_no_sum_and_no_alarm() -> None:
    found = watch(months(50, 60), NAN, 12, seed=SEED)
    assert found.sums.isna().all()
    assert math.isnan(found.limit)
    assert (found.first_alarm, found.months_since_exit, found.n_missing) == (None, 2, 0)


def test_before_the_first_month_there_is_nothing_to_tell() -> None:
    found = watch(months(), 4, 12, seed=SEED)
    assert (len(found.sums), found.first_alarm, found.months_since_exit, found.n_missing) == (0, None, 0, 0)


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_watch_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="not all within"):
        watch(pd.Series({month: 1.0}), 4, 12, seed=SEED)


@pytest.mark.parametrize(
    ("mu", "n_months", "chance"),
    [(-0.1, 12, 0.05), (NAN, 12, 0.05), (4, 0, 0.05), (4, 12, 0.0), (4, 12, 1.0)],
)
def test_there_is_no_limit_without_a_level_months_and_a_chance(
    mu: float, n_months: int, chance: float
) -> None:
    with pytest.raises(ValueError, match="no limit"):
        find_limit(mu, n_months, seed=SEED, false_alarm=chance)


@pytest.mark.parametrize("n_months", [12, 24])
@pytest.mark.parametrize("mu", [0.1, 0.5, 1.0, 4.0, 30.0])
def test_of_unchanged_wards_about_one_in_twenty_is_ever_alarmed(mu: float, n_months: int) -> None:
    limit = find_limit(mu, n_months, seed=SEED)
    counts = np.random.default_rng(4).poisson(mu, (N_COURSES, n_months))
    # 5 % with four standard errors of this simulation above; rare incidents come in coarser steps
    assert 0.01 < share_of_alarms(counts, mu, limit) < 0.05 + 4 * math.sqrt(0.05 * 0.95 / N_COURSES)


@pytest.mark.parametrize(("mean", "n_level_months"), [(1.0, 12), (4.0, 3), (4.0, 12)])
def test_a_level_that_is_itself_chance_raises_no_more_false_alarms(mean: float, n_level_months: int) -> None:
    chance = np.random.default_rng(5)
    bases, sizes = np.unique(chance.poisson(mean * n_level_months, N_COURSES), return_counts=True)
    shares = [
        share_of_alarms(
            chance.poisson(mean, (size, 24)),
            round(base / n_level_months, 2),
            find_limit(base / n_level_months, 24, seed=SEED, n_level_months=n_level_months),
            n_level_months,
        )
        for base, size in zip(bases, sizes, strict=True)
    ]
    assert 0.02 < float(np.average(shares, weights=sizes)) < 0.06


def test_taking_that_level_for_certain_would_raise_three_times_as_many() -> None:
    chance = np.random.default_rng(6)
    bases, sizes = np.unique(chance.poisson(4.0 * 3, N_COURSES), return_counts=True)
    shares = [
        share_of_alarms(chance.poisson(4.0, (size, 24)), base / 3, find_limit(base / 3, 24, seed=SEED))
        for base, size in zip(bases, sizes, strict=True)
    ]
    assert float(np.average(shares, weights=sizes)) > 0.15


def test_no_incident_in_a_year_still_leaves_one_or_two_to_chance() -> None:
    limit = find_limit(0.0, 24, seed=SEED, n_level_months=12)
    alone = watch(months(0, 0, 1), 0.0, 24, seed=SEED, n_level_months=12)
    assert 0 < alone.sums[3] < limit
    assert watch(months(0, 2, 2), 0.0, 24, seed=SEED, n_level_months=12).first_alarm == 3


def test_the_same_seed_gives_the_same_limit_and_another_nearly_so() -> None:
    assert find_limit(4, 24, seed=1) == find_limit(4.001, 24, seed=1)
    assert find_limit(4, 24, seed=1) == pytest.approx(find_limit(4, 24, seed=2), abs=0.2)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=24), st.integers(0, 23))
def test_one_more_incident_never_lowers_a_sum_nor_delays_the_alarm(counts: list[int], place: int) -> None:
    more = list(counts)
    more[place % len(counts)] += 1
    fewer, greater = (watch(months(*each), 4, 24, seed=SEED) for each in (counts, more))
    assert (greater.sums >= fewer.sums - 1e-12).all()
    if fewer.first_alarm is not None:
        assert greater.first_alarm is not None
        assert greater.first_alarm <= fewer.first_alarm


def test_a_doubling_is_seen_sooner_the_more_incidents_there_are() -> None:
    found = [expect_delay(mu, 24, factor=2, seed=SEED, n_level_months=12) for mu in (1, 4, 30)]
    assert [delay.month for delay in found] == [9, 5, 2]
    assert [round(100 * delay.share) for delay in found] == [66, 99, 100]


def test_a_level_that_stays_is_alarmed_as_rarely_as_promised_and_an_end_never() -> None:
    assert expect_delay(4, 24, factor=1, seed=SEED).share == pytest.approx(0.05, abs=0.01)
    gone = expect_delay(4, 24, factor=0, seed=SEED)
    assert gone.share == 0
    assert math.isnan(gone.month)
    assert Delay(0.5, 2.0) != gone
