"""The score: points, contributions, what is unknown, and the laws that no weight can break."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from errors import BadOption
from planning.catalogue import Criterion
from planning.score import normalise, score
from tests.mau import CODES

NAN = float("nan")
WARDS = pd.Index(CODES, name="ward_code")
TWO = (Criterion("many", "n_incidents", 60), Criterion("rate", "incidents_per_10k", 40, floor=0))
THREE = (Criterion("a", "a", 1), Criterion("b", "b", 1), Criterion("c", "c", 1))
CELLS = st.one_of(st.integers(0, 12), st.none())
COLUMNS = st.fixed_dictionaries({key: st.lists(CELLS, min_size=6, max_size=6) for key in "abc"})
FULL = st.fixed_dictionaries({key: st.lists(st.integers(0, 12), min_size=6, max_size=6) for key in "abc"})
WEIGHTS = st.fixed_dictionaries({key: st.integers(0, 10) for key in "abc"}).filter(
    lambda weights: any(weights.values())
)


def make_table(columns: dict) -> pd.DataFrame:
    return pd.DataFrame(columns, index=WARDS, dtype=float)


def make_two() -> pd.DataFrame:
    return make_table(
        {"n_incidents": [10, 20, 30, 40, 50, NAN], "incidents_per_10k": [5, 10, NAN, 20, 20, 10]}
    )


def test_weights_are_made_to_sum_to_100() -> None:
    assert normalise({"many": 3, "rate": 1, "gap": 0}) == {"many": 75, "rate": 25, "gap": 0}


@pytest.mark.parametrize("weights", [{}, {"many": 0.0, "rate": 0.0}])
def test_without_any_weight_there_is_no_score(weights: dict[str, float]) -> None:
    with pytest.raises(BadOption) as caught:
        normalise(weights)
    assert caught.value.reason == "no_weight"
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("wrong", [-1.0, NAN, float("inf")])
def test_a_weight_that_is_no_share_is_refused_by_name(wrong: float) -> None:
    with pytest.raises(BadOption) as caught:
        normalise({"many": 1, "rate": wrong})
    assert (caught.value.reason, caught.value.facts) == ("weight", {"value": "rate"})


def test_a_weight_without_its_criterion_is_refused_by_name() -> None:
    with pytest.raises(BadOption) as caught:
        score(make_two(), TWO, {"many": 60, "gone": 1})
    assert (caught.value.reason, caught.value.facts) == ("weight_of", {"value": "gone"})
    assert score(make_two(), TWO, {"many": 60, "gone": 0}).weights == {"many": 100, "rate": 0}


def test_points_run_from_the_smallest_or_the_floor_to_the_largest() -> None:
    scored = score(make_two(), TWO, {"many": 60, "rate": 40})
    pd.testing.assert_frame_equal(
        scored.points,
        make_table({"many": [0, 25, 50, 75, 100, NAN], "rate": [25, 50, NAN, 100, 100, 50]}),
    )
    pd.testing.assert_frame_equal(
        scored.contributions,
        make_table({"many": [0, 15, 30, 45, 60, NAN], "rate": [10, 20, NAN, 40, 40, 20]}),
    )
    assert scored.ends == {"many": (10, 50), "rate": (0, 20)}


def test_an_unknown_criterion_leaves_no_score_but_both_ends_of_it() -> None:
    scored = score(make_two(), TWO, {"many": 60, "rate": 40})
    assert scored.score.dropna().to_dict() == {"00001": 10, "00002": 35, "00004": 85, "00005": 100}
    assert scored.low.tolist() == [10, 35, 30, 85, 100, 20]
    assert scored.high.tolist() == [10, 35, 70, 85, 100, 80]
    assert scored.order() == ["00005", "00004", "00002", "00001"]


def test_an_unknown_criterion_without_weight_does_not_matter() -> None:
    scored = score(make_two(), TWO, {"many": 1})
    assert scored.score.tolist()[:5] == [0, 25, 50, 75, 100]
    assert np.isnan(scored.score["00006"])
    assert np.isnan(scored.contributions.loc["00003", "rate"])


def test_equal_wards_and_wards_below_the_floor_have_no_points() -> None:
    table = make_table({"n_incidents": [7] * 6, "incidents_per_10k": [-4, -3, 0, 1, 2, NAN]})
    scored = score(table, TWO, {"many": 1, "rate": 1})
    assert scored.points["many"].tolist() == [0] * 6
    assert scored.points["rate"].tolist()[:5] == [0, 0, 0, 50, 100]
    nobody = score(make_table({"incidents_per_10k": [-4, -3, -2, -1, 0, NAN]}), TWO[1:], {"rate": 1})
    assert nobody.points["rate"].tolist()[:5] == [0] * 5
    assert np.isnan(nobody.points.loc["00006", "rate"])


def test_a_column_that_is_not_there_is_unknown_for_every_ward() -> None:
    scored = score(make_two().drop(columns="incidents_per_10k"), TWO, {"many": 60, "rate": 40})
    assert scored.order() == []
    assert scored.low.tolist() == [0, 15, 30, 45, 60, 0]
    assert scored.high.tolist() == [40, 55, 70, 85, 100, 100]
    assert np.isnan(scored.ends["rate"]).all()


def test_an_empty_list_has_an_empty_order() -> None:
    assert score(make_two().iloc[:0], TWO, {"many": 1, "rate": 1}).order() == []


def test_ties_go_to_the_greater_sum_of_points_then_to_the_code() -> None:
    table = make_table({"a": [5, 5, 5, 0, 10, 10], "b": [1, 2, 1, 0, 4, NAN], "c": [0] * 6})
    assert score(table, THREE, {"a": 1}).order() == ["00005", "00006", "00002", "00001", "00003", "00004"]


@given(COLUMNS, WEIGHTS, st.integers(1, 99), st.integers(-99, 99), st.sampled_from("abc"))
def test_scores_ignore_units(columns: dict, weights: dict, times: int, plus: int, key: str) -> None:
    table = make_table(columns)
    other = table.assign(**{key: table[key] * times + plus})
    scored, again = score(table, THREE, weights), score(other, THREE, weights)
    pd.testing.assert_frame_equal(scored.points, again.points)
    pd.testing.assert_series_equal(scored.score, again.score)
    assert scored.order() == again.order()


@given(COLUMNS, WEIGHTS, st.floats(1e-6, 1e6))
def test_with_a_floor_of_0_scores_ignore_the_scale(columns: dict, weights: dict, times: float) -> None:
    floored = [Criterion(key, key, 1, floor=0) for key in "abc"]
    table = make_table(columns)
    scored, again = score(table, floored, weights), score(table * times, floored, weights)
    pd.testing.assert_series_equal(scored.score, again.score)


@given(FULL, WEIGHTS, st.sampled_from([None, 0.0]))
def test_a_dominated_ward_never_ranks_above_its_better(
    columns: dict, weights: dict, floor: float | None
) -> None:
    table = make_table(columns)
    criteria = [Criterion(key, key, 1, floor) for key in "abc"]
    scored = score(table, criteria, weights)
    place = {code: rank for rank, code in enumerate(scored.order())}
    assert len(place) == 6
    for worse in CODES:
        for better in CODES:
            gap = table.loc[better] - table.loc[worse]
            if (gap >= 0).all() and (gap > 0).any():
                assert place[better] < place[worse]
                assert scored.score[better] >= scored.score[worse]


@given(COLUMNS, WEIGHTS)
def test_contributions_sum_to_the_score_and_the_score_lies_between_its_ends(
    columns: dict, weights: dict
) -> None:
    scored = score(make_table(columns), THREE, weights)
    assert abs(sum(scored.weights.values()) - 100) < 1e-9
    known = scored.score.notna()
    weighed = [key for key in "abc" if weights[key]]
    assert known.tolist() == scored.points[weighed].notna().all(axis=1).tolist()
    off = scored.contributions.fillna(0).sum(axis=1) - scored.low
    assert off.abs().max() < 1e-8
    assert (scored.low[known] == scored.score[known]).all()
    assert (scored.high[known] == scored.score[known]).all()
    assert ((scored.low >= 0) & (scored.low <= scored.high) & (scored.high <= 100)).all()


@given(COLUMNS, WEIGHTS, st.data())
def test_whatever_the_unknown_turns_out_to_be_the_score_lies_between_low_and_high(
    columns: dict, weights: dict, data: st.DataObject
) -> None:
    table = make_table(columns)
    assume(table.isna().any(axis=None) and (table.max() > table.min()).all())
    filled = table.copy()
    for key in "abc":
        low, high = int(table[key].min()), int(table[key].max())
        filled[key] = [
            data.draw(st.integers(low, high)) if np.isnan(value) else value for value in table[key]
        ]
    before, after = score(table, THREE, weights), score(filled, THREE, weights)
    assert (after.score >= before.low - 1e-8).all()
    assert (after.score <= before.high + 1e-8).all()


@given(COLUMNS, WEIGHTS, st.permutations(CODES))
def test_the_order_holds_every_scored_ward_once_and_not_by_row(
    columns: dict, weights: dict, rows: list[str]
) -> None:
    scored = score(make_table(columns), THREE, weights)
    order = scored.order()
    assert sorted(order) == sorted(scored.score.dropna().index)
    assert score(make_table(columns).loc[rows], THREE, weights).order() == order
