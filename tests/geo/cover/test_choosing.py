"""k places that together reach the most: the proven best, never worse than one after the other."""

from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.cover import choosing
from geo.cover.choosing import GREEDY_SHARE, choose, choose_greedily
from geo.cover.reach_sets import ReachSets, find_reach_sets

RADIUS_M = 15.0
# Middle reaches four, left and right three each and together all six: the greedy choice of two gets five.
TRAP = (0.0, 12.0, 20.0, 30.0, 38.0, 50.0)
LEFT, MIDDLE, RIGHT = 10.0, 25.0, 40.0
FAR = 1_000.0


def on_line(*easting: float) -> np.ndarray:
    return np.column_stack([easting, np.zeros(len(easting))])


def make_sets(candidates: tuple[float, ...], places: tuple[float, ...], n: float = 1.0) -> ReachSets:
    return find_reach_sets(on_line(*candidates), on_line(*places), np.full(len(places), n), RADIUS_M)


def two_traps() -> ReachSets:
    """Of three, the best choice reaches 10 (a pair of sides and the other middle), the greedy one 9."""
    candidates = (LEFT, MIDDLE, RIGHT)
    return make_sets(
        (*candidates, *(FAR + place for place in candidates)), (*TRAP, *(FAR + place for place in TRAP))
    )


def find_best(candidates: np.ndarray, places: np.ndarray, n: np.ndarray, k: int) -> float:
    """By trying every choice."""
    reaches = np.hypot(*np.moveaxis(candidates[:, None] - places[None], 2, 0)) <= RADIUS_M
    choices = combinations(range(len(candidates)), min(k, len(candidates)))
    return max(float(n[reaches[list(choice)].any(axis=0)].sum()) for choice in choices)


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    whole = st.integers(0, 8)
    places = st.lists(st.tuples(whole, whole), min_size=1, max_size=12)
    candidates = np.array(draw(places), dtype=float) * 7
    incidents = np.array(draw(places), dtype=float) * 7
    n = np.array(draw(st.lists(st.integers(1, 4), min_size=len(incidents), max_size=len(incidents))), float)
    share = draw(st.sampled_from([1.0, 0.37]))
    return candidates, incidents, n * share, draw(st.integers(1, 5))


LIGHT = (np.array([[0.0, 0], [0, 21], [14, 7]]),
         np.array([[0.0, 0]] * 9 + [[0, 7], [0, 21], [14, 7]]), np.full(12, 0.37), 2)  # fmt: skip


@settings(max_examples=60, deadline=None)
@example(LIGHT)
@given(problems())
def test_the_choice_is_what_trying_every_choice_finds(
    problem: tuple[np.ndarray, np.ndarray, np.ndarray, int],
) -> None:
    candidates, places, n, k = problem
    sets = find_reach_sets(candidates, places, n, RADIUS_M)
    choice = choose(sets, k)
    assert choice.covered == pytest.approx(find_best(candidates, places, n, k), abs=1e-9)
    assert (choice.method, choice.gap_pct) == ("optimal", 0.0)
    assert len(choice.rows) == len(set(choice.rows)) <= k
    assert (choice.gain > 0).all()
    assert (np.diff(choice.gain) <= 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from([0.0, 0.3]))
def test_a_choice_without_proof_never_claims_too_much(
    problem: tuple[np.ndarray, np.ndarray, np.ndarray, int], gap: float
) -> None:
    candidates, places, n, k = problem
    sets = find_reach_sets(candidates, places, n, RADIUS_M)
    best = find_best(candidates, places, n, k)
    greedy = choose_greedily(sets, k)
    assert GREEDY_SHARE * best - 1e-9 <= greedy.covered <= best + 1e-9
    for choice in (choose(sets, k, gap=gap), choose(sets, k, time_limit_s=0.0)):
        assert greedy.covered - 1e-9 <= choice.covered <= best + 1e-9
        assert best <= choice.bound + 1e-9
        if len(choice.rows):
            assert best <= choice.covered * (1 + choice.gap_pct / 100) + 1e-9


def test_the_solver_finds_what_one_after_the_other_misses() -> None:
    sets = make_sets((LEFT, MIDDLE, RIGHT), TRAP)
    assert choose_greedily(sets, 2).covered == 5.0
    choice = choose(sets, 2)
    assert (choice.rows.tolist(), choice.gain.tolist(), choice.method) == ([0, 2], [3.0, 3.0], "optimal")


def test_without_time_the_greedy_choice_is_told_with_what_the_best_could_be() -> None:
    choice = choose(two_traps(), 3, time_limit_s=0.0)
    assert (choice.method, choice.covered, choice.bound) == ("greedy", 9.0, 11.0)
    assert choice.gap_pct == pytest.approx(100 * 2 / 9)
    assert choose(two_traps(), 3).covered == 10.0


def test_a_solver_that_stops_early_with_a_better_choice_is_told_with_its_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = np.concatenate([[1, 0, 1, 0, 1, 0], np.ones(12)])
    stopped = SimpleNamespace(status=1, x=chosen, fun=-10.0, mip_dual_bound=-40.0)
    monkeypatch.setattr(choosing, "milp", lambda *args, **kwargs: stopped)
    choice = choose(two_traps(), 3)
    assert (choice.method, choice.covered, choice.bound) == ("within_gap", 10.0, 11.0)
    assert choice.rows.tolist() == [4, 0, 2]
    assert choice.gap_pct == pytest.approx(10.0)


def test_a_solver_that_fails_leaves_the_greedy_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = SimpleNamespace(status=4, x=None, fun=None, mip_dual_bound=-9.0)
    monkeypatch.setattr(choosing, "milp", lambda *args, **kwargs: failed)
    choice = choose(two_traps(), 3)
    assert (choice.method, choice.covered, choice.bound) == ("greedy", 9.0, 11.0)


def test_at_a_tie_the_candidate_given_first_is_taken() -> None:
    first = choose(make_sets((FAR, 0.0), (0.0, FAR)), 1)
    assert (first.rows.tolist(), first.covered) == ([0], 1.0)


def test_no_more_places_than_bring_something() -> None:
    choice = choose(make_sets((LEFT, MIDDLE, RIGHT), TRAP), 40)
    assert choice.gain.tolist() == [4.0, 1.0, 1.0]


def test_the_radius_itself_is_within_reach() -> None:
    assert make_sets((0.0,), (15.0, 15.0001)).n_reachable == 1.0


def test_candidates_are_left_out_only_where_another_does_as_well() -> None:
    # 200 reaches nothing; -5 and 1 both reach the place at 2 alone, and 1 is nearer.
    sets = make_sets((200.0, -5.0, 1.0, 30.0), (2.0, 38.0, 18.0))
    assert (sets.n_idle, sets.n_merged, sets.n_dominated) == (1, 1, 0)
    assert sets.candidate.tolist() == [2, 3]


def test_a_candidate_within_another_ones_set_is_dominated() -> None:
    sets = make_sets((0.0, 10.0), (-3.0, 12.0, 20.0))
    assert (sets.candidate.tolist(), sets.n_dominated) == ([1], 1)


def test_incidents_that_the_same_candidates_reach_are_added_up() -> None:
    sets = make_sets((0.0, 60.0), (-5.0, 5.0, 60.0), n=2.0)
    assert sorted(sets.weight.tolist()) == [2.0, 4.0]
    assert sets.n_reachable == 6.0
