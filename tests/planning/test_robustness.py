"""How often a ward stays chosen when the weights waver."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.catalogue import Criterion
from planning.robustness import N_DRAWS, draw_weights, stability
from planning.score import Scored, score
from tests.mau import CODES

NAN = float("nan")
CRITERIA = (Criterion("a", "a", 1), Criterion("b", "b", 1))
WEIGHTS = st.fixed_dictionaries({key: st.integers(0, 10) for key in "abc"}).filter(
    lambda weights: any(weights.values())
)


def make_scored(a: list[float], b: list[float], weights: dict[str, float]) -> Scored:
    table = pd.DataFrame({"a": a, "b": b}, index=pd.Index(CODES, name="ward_code"), dtype=float)
    return score(table, CRITERIA, weights)


def take(n: int, scores: pd.Series) -> list[str]:
    known = scores.dropna()
    return sorted(known.index, key=lambda code: (-known[code], code))[:n]


@given(WEIGHTS, st.integers(0, 99), st.floats(0, 0.99))
def test_draws_sum_to_100_and_keep_zero_and_the_bounds(weights: dict, seed: int, spread: float) -> None:
    draws = draw_weights(weights, n_draws=20, seed=seed, spread=spread)
    assert list(draws.columns) == list(weights)
    assert draws.shape == (20, 3)
    assert np.allclose(draws.sum(axis=1), 100)
    for key, weight in weights.items():
        share = weight / sum(weights.values())
        assert (draws[key] >= 100 * share * (1 - spread) / (1 + spread) - 1e-6).all()
        assert (draws[key] <= 100 * share * (1 + spread) / (1 - spread) + 1e-6).all()
        assert (draws[key] > 0).all() or weight == 0


@given(WEIGHTS, st.integers(0, 99))
def test_the_same_seed_gives_the_same_draws_in_whatever_order_weights_come(weights: dict, seed: int) -> None:
    draws = draw_weights(weights, n_draws=5, seed=seed)
    turned = draw_weights(dict(reversed(weights.items())), n_draws=5, seed=seed)
    pd.testing.assert_frame_equal(draws, turned[list(weights)])
    scaled = draw_weights({key: 7 * weight for key, weight in weights.items()}, n_draws=5, seed=seed)
    pd.testing.assert_frame_equal(draws, scaled)


def test_another_seed_gives_other_draws() -> None:
    one, other = (draw_weights({"a": 1, "b": 1}, n_draws=5, seed=seed) for seed in (1, 2))
    assert not np.allclose(one, other)


def test_each_weight_has_its_own_factor() -> None:
    draws = draw_weights({"a": 1, "b": 1, "c": 1}, n_draws=400, seed=1)
    ratios = draws["a"] / draws["b"]
    assert ratios.min() < 0.5
    assert ratios.max() > 2
    assert abs(np.corrcoef(ratios, draws["c"])[0, 1]) < 0.2


@pytest.mark.parametrize("spread", [-0.1, 1.0, NAN])
def test_a_spread_that_could_wipe_out_every_weight_is_refused(spread: float) -> None:
    with pytest.raises(ValueError, match="spread"):
        draw_weights({"a": 1}, spread=spread)


def test_stability_is_the_share_of_draws_that_choose_the_ward() -> None:
    scored = make_scored([100, 70, 0, 0, 0, 0], [0, 0, 100, 0, 0, 0], {"a": 50, "b": 50})
    draws = pd.DataFrame({"a": [40.0, 45.0, 55.0, 60.0], "b": [60.0, 55.0, 45.0, 40.0]})
    share = stability(scored, draws, lambda scores: take(1, scores))
    assert share.to_dict() == dict(zip(CODES, [0.5, 0, 0.5, 0, 0, 0], strict=True))
    assert share.index.name == "ward_code"
    both = stability(scored, draws, lambda scores: take(2, scores))
    assert both.to_dict() == dict(zip(CODES, [1, 0.25, 0.75, 0, 0, 0], strict=True))


def test_a_ward_without_a_score_has_no_stability_even_when_it_must_be_chosen() -> None:
    scored = make_scored([5, 4, 3, 2, 1, NAN], [5, 4, 3, 2, 1, 9], {"a": 1, "b": 1})
    seen: list[pd.Series] = []

    def choose(scores: pd.Series) -> list[str]:
        seen.append(scores)
        return [*take(1, scores), "00006"]

    share = stability(scored, draw_weights(scored.weights, n_draws=3), choose)
    assert share.dropna().to_dict() == {"00001": 1, "00002": 0, "00003": 0, "00004": 0, "00005": 0}
    assert len(seen) == 3
    assert all(list(scores.index) == list(CODES) and np.isnan(scores["00006"]) for scores in seen)


def test_a_criterion_without_weight_may_be_unknown() -> None:
    scored = make_scored([5, 4, 3, 2, 1, 0], [NAN] * 6, {"a": 1, "b": 0})
    share = stability(scored, draw_weights(scored.weights, n_draws=4), lambda scores: take(2, scores))
    assert share.tolist() == [1, 1, 0, 0, 0, 0]


@given(
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.integers(1, 6),
    st.integers(0, 9),
)
def test_stability_lies_in_0_to_1_adds_up_to_n_and_repeats(a: list, b: list, n: int, seed: int) -> None:
    scored = make_scored(a, b, {"a": 2, "b": 3})
    shares = [
        stability(scored, draw_weights(scored.weights, n_draws=8, seed=seed), lambda s: take(n, s))
        for _ in range(2)
    ]
    assert shares[0].between(0, 1).all()
    assert abs(shares[0].sum() - n) < 1e-9
    pd.testing.assert_series_equal(*shares)


@given(
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.lists(st.integers(0, 9), min_size=6, max_size=6),
    st.integers(1, 6),
)
def test_without_spread_a_ward_is_always_or_never_chosen(a: list, b: list, n: int) -> None:
    scored = make_scored(a, b, {"a": 2, "b": 3})
    share = stability(scored, draw_weights(scored.weights, n_draws=4, spread=0), lambda s: take(n, s))
    assert set(share[share == 1].index) == set(take(n, scored.score))
    assert set(share) <= {0.0, 1.0}


def test_a_province_is_drawn_2000_times() -> None:
    rng = np.random.default_rng(1)
    keys = list("abcde")
    table = pd.DataFrame(rng.random((83, 5)), columns=keys, index=[f"{n:05}" for n in range(83)])
    scored = score(table, [Criterion(key, key, 1) for key in keys], dict.fromkeys(keys, 1))
    draws = draw_weights(scored.weights)
    share = stability(scored, draws, lambda scores: scores.nlargest(9).index)
    assert len(draws) == N_DRAWS == 2000
    assert abs(share.sum() - 9) < 1e-9
    best = scored.order()
    assert share[best[0]] > 0.9
    assert share[best[-1]] == 0
