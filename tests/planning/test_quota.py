"""Exactly n areas under every rule: the best there are, or refused with the rules that clash."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, NoData, NotFeasible
from planning import quota_search, quota_sweep
from planning.quota import Limit, choose, make_chooser
from planning.quota_solver import find_best
from planning.quota_terms import Bools, Floats, Rows
from tests.mau import CODES
from tests.planning.choices import NAN, Case, cases, find_by_trying, list_sets

SCORES = pd.Series([35, 36.1, 53.4, 69, 85, NAN], index=list(CODES))
COSTS = pd.Series([200.0, 200, 500, 400, 300, 300], index=list(CODES))
EAST, WEST = frozenset(CODES[:3]), frozenset(CODES[3:])
ONE_EACH = (Limit("east", EAST, least=1), Limit("west", WEST, least=1))


def answer(case: Case) -> tuple[str, ...]:
    chosen = choose(pd.Series(case.scores), case.n, case.limits, budget=case.budget, **case.ask())
    return chosen.codes


def test_without_rules_the_highest_scores_are_chosen_best_first() -> None:
    chosen = choose(SCORES, 2, costs=COSTS)
    assert (chosen.codes, chosen.score, chosen.cost) == (("00005", "00004"), 154, 700)


def test_a_district_that_must_have_one_gets_its_best() -> None:
    chosen = choose(SCORES, 2, ONE_EACH)
    assert chosen.codes == ("00005", "00003")
    assert chosen.score == pytest.approx(138.4)
    assert np.isnan(chosen.cost)


def test_a_district_that_may_have_one_gives_its_second_place_away() -> None:
    limits = [*ONE_EACH, Limit("few", WEST, most=1)]
    assert choose(SCORES, 3, limits).codes == ("00005", "00003", "00002")
    assert make_chooser(3, limits)(SCORES) == ("00005", "00003", "00002")


def test_a_budget_takes_the_cheaper_third_area() -> None:
    chosen = choose(SCORES, 3, ONE_EACH, costs=COSTS, budget=900)
    assert (chosen.codes, chosen.cost) == (("00005", "00004", "00002"), 900)


def test_a_ward_without_a_score_is_in_only_where_it_must_and_leaves_the_sum_unknown() -> None:
    chosen = choose(SCORES, 3, ONE_EACH, required=["00006"])
    assert chosen.codes == ("00005", "00003", "00006")
    assert np.isnan(chosen.score)
    with pytest.raises(NotFeasible) as caught:
        choose(SCORES, 6)
    assert caught.value.facts["clashes"] == ("n",)
    assert caught.value.facts["n_scored"] == 5


def test_under_a_budget_a_ward_without_a_cost_stays_out() -> None:
    costs = COSTS.where(COSTS.index != "00005")
    assert choose(SCORES, 2, costs=costs, budget=10_000).codes == ("00004", "00003")
    chosen = choose(SCORES, 2, costs=costs)
    assert chosen.codes == ("00005", "00004")
    assert np.isnan(chosen.cost)


def test_a_budget_without_the_costs_it_needs_is_refused_by_name() -> None:
    costs = COSTS.where(COSTS.index != "00005")
    with pytest.raises(NoData) as caught:
        choose(SCORES, 2, required=["00005", "00004"], costs=costs, budget=10_000)
    assert (caught.value.reason, caught.value.facts) == ("cost", {"n": 1, "wards": "00005"})
    with pytest.raises(NoData) as caught:
        choose(SCORES, 2, budget=10_000)
    assert caught.value.reason == "costs"


def test_costs_are_told_apart_to_one_dong_and_no_finer() -> None:
    costs = pd.Series([0.1, 0.2, 0.1, 0.2, 0.1, 0.2], index=list(CODES))
    assert choose(SCORES, 2, costs=costs, budget=0.3).codes == ("00005", "00004")
    assert choose(SCORES, 2, costs=costs, budget=0.299999).codes == ("00005", "00003")


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_area_is_no_question(n: int) -> None:
    with pytest.raises(BadOption) as caught:
        choose(SCORES, n)
    assert (caught.value.reason, caught.value.facts) == ("n_areas", {"value": n})


def test_a_required_ward_off_the_list_and_a_key_used_twice_are_refused_by_name() -> None:
    with pytest.raises(BadOption) as caught:
        choose(SCORES, 2, required=["99999"])
    assert (caught.value.reason, caught.value.facts) == ("required_ward", {"value": "99999"})
    with pytest.raises(BadOption) as caught:
        choose(SCORES, 2, [ONE_EACH[0], ONE_EACH[0]])
    assert caught.value.reason == "limit_key"


def test_a_ward_both_required_and_excluded_is_a_clash_of_the_two() -> None:
    with pytest.raises(NotFeasible) as caught:
        choose(SCORES, 2, ONE_EACH, required=["00005"], excluded=["00005", "00001"])
    assert caught.value.facts["clashes"] == ("required", "excluded")


def test_one_area_for_two_districts_is_a_clash_of_the_number_and_both_districts() -> None:
    with pytest.raises(NotFeasible) as caught:
        choose(SCORES, 1, ONE_EACH, costs=COSTS, budget=10_000)
    assert caught.value.facts["clashes"] == ("n", "east", "west")


def test_a_limit_that_contradicts_itself_clashes_alone() -> None:
    with pytest.raises(NotFeasible) as caught:
        choose(SCORES, 2, [Limit("odd", EAST, least=2, most=1), *ONE_EACH])
    assert caught.value.facts["clashes"] == ("odd",)


def test_at_a_tie_the_lower_code_is_chosen_unless_an_order_is_given() -> None:
    scores = pd.Series(1.0, index=list(CODES))
    assert choose(scores, 2, ONE_EACH).codes == ("00001", "00004")
    assert choose(scores, 2, ONE_EACH, tie_order=["00006", "00003", "00004"]).codes == ("00006", "00003")
    pick = make_chooser(2, ONE_EACH, tie_order=["00006", "00003", "00004"])
    assert pick(scores) == ("00006", "00003")


def test_a_difference_below_a_millionth_of_a_point_is_none() -> None:
    scores = pd.Series([1.0, 1.0 + 4e-7, 1.0 + 2e-6], index=list(CODES[:3]))
    assert choose(scores, 2).codes == ("00003", "00001")


@settings(max_examples=60)
@given(cases())
def test_the_answer_is_the_best_of_all_sets_or_a_refusal(case: Case) -> None:
    best = find_by_trying(case)
    if best is None:
        with pytest.raises(NotFeasible):
            answer(case)
    else:
        chosen = choose(pd.Series(case.scores), case.n, case.limits, budget=case.budget, **case.ask())
        assert set(chosen.codes) == set(best)
        total = sum(case.scores[code] for code in best)
        assert chosen.score == pytest.approx(total, nan_ok=True)


@settings(max_examples=60)
@given(cases())
def test_any_one_of_the_clashing_rules_let_go_frees_the_others(case: Case) -> None:
    if list_sets(case):
        return
    with pytest.raises(NotFeasible) as caught:
        answer(case)
    clashes = caught.value.facts["clashes"]
    assert isinstance(clashes, tuple)
    assert list_sets(case, clashes) == []
    stuck = [key for key in clashes if not list_sets(case, [other for other in clashes if other != key])]
    assert stuck == []


@settings(max_examples=60)
@given(cases(), st.lists(st.sampled_from(CODES), unique=True), st.integers(0, 3))
def test_one_more_limit_never_raises_the_score(case: Case, members: list[str], most: int) -> None:
    try:
        before = choose(pd.Series(case.scores), case.n, case.limits, budget=case.budget, **case.ask())
        limits = (*case.limits, Limit("more", frozenset(members), most=most))
        after = choose(pd.Series(case.scores), case.n, limits, budget=case.budget, **case.ask())
    except NotFeasible:
        return
    assert not after.score > before.score + 1e-6  # NaN where a required ward has no score


@settings(max_examples=60)
@given(cases(), st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_areas(case: Case, chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(case.scores)
    chance.shuffle(shuffled)
    other = pd.Series(case.scores)[shuffled]
    asked = {"budget": case.budget, **case.ask()}
    expected = ask(lambda scores: answer(case), other)
    assert ask(lambda scores: choose(scores, case.n, case.limits, **asked).codes, other) == expected
    assert ask(make_chooser(case.n, case.limits, **asked), other) == expected


SEVERAL = st.lists(
    st.lists(st.sampled_from((0.0, 1.0, 2.0, 3.5)), min_size=8, max_size=8), min_size=2, max_size=5
)


@pytest.mark.parametrize(
    ("apart", "budget"), [(True, False), (True, True), (False, False), (False, True)], ids=str
)
@settings(max_examples=40)
@given(data=st.data())
def test_draw_after_draw_the_fast_way_gives_what_the_solver_gives(
    data: st.DataObject, apart: bool, budget: bool
) -> None:
    case = data.draw(cases(apart=apart, budget=budget))
    pick = make_chooser(case.n, case.limits, budget=case.budget, **case.ask())
    known = pd.Series(case.scores)
    for values in data.draw(SEVERAL):
        scores = known.where(known.isna(), pd.Series(values[: len(known)], index=known.index))
        assert ask(pick, scores) == ask(
            lambda scores: choose(scores, case.n, case.limits, budget=case.budget, **case.ask()).codes, scores
        )


def ask(pick: Callable[[pd.Series], tuple[str, ...]], scores: pd.Series) -> object:
    """The codes, or the facts of the refusal."""
    try:
        return pick(scores)
    except NotFeasible as refusal:
        return refusal.facts


@pytest.fixture(scope="module")
def city() -> tuple[pd.DataFrame, tuple[Limit, ...], pd.Series]:
    """83 wards in nine districts with five criteria, four types and a cost each."""
    chance = np.random.default_rng(2000)
    codes = [f"{place:05d}" for place in range(83)]
    points = pd.DataFrame(chance.integers(0, 1001, (83, 5)) / 10, index=codes)
    limits = [Limit(f"district {place}", frozenset(codes[place::9]), least=1) for place in range(9)]
    for place in range(4):
        of_type = frozenset(code for code in codes if chance.random() < 0.4)
        limits.append(Limit(f"type {place}", of_type, least=2, most=6))
    return points, tuple(limits), pd.Series(chance.integers(200, 900, 83).astype(float), index=codes)


def draw_scores(points: pd.DataFrame, n_draws: int) -> list[pd.Series]:
    weights = np.random.default_rng(1).uniform(0.5, 1.5, (n_draws, 5)) * [30, 25, 20, 15, 10]
    return [points @ (one / one.sum()) for one in weights]


@pytest.mark.parametrize(
    ("n", "n_limits", "budget"), [(9, 9, None), (9, 9, 3_500), (12, 13, None), (12, 13, 4_500), (9, 0, 3_000)]
)
def test_a_city_of_83_wards_is_chosen_alike_both_ways(
    city: tuple[pd.DataFrame, tuple[Limit, ...], pd.Series], n: int, n_limits: int, budget: float | None
) -> None:
    points, limits, costs = city
    pick = make_chooser(n, limits[:n_limits], costs=costs, budget=budget)
    draws = draw_scores(points, 20)
    expected = [choose(scores, n, limits[:n_limits], costs=costs, budget=budget).codes for scores in draws]
    assert [pick(scores) for scores in draws] == expected
    assert len(set(expected)) > 1


def test_a_search_that_grows_too_wide_is_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal scores and equal limits let nothing be given up."""
    monkeypatch.setattr(quota_sweep, "MOST_STATES", 5)
    solved: list[int] = []

    def solve(units: Floats, rows: Rows) -> Bools | None:
        solved.append(len(units))
        return find_best(units, rows)

    monkeypatch.setattr(quota_search, "find_best", solve)
    codes = [f"{place:05d}" for place in range(30)]
    crossing = [Limit("a", frozenset(codes[:20]), 2, 3), Limit("b", frozenset(codes[10:]), 2, 3)]
    scores = pd.Series(1.0, index=codes)
    assert make_chooser(5, crossing)(scores) == choose(scores, 5, crossing).codes
    assert solved == [30]
