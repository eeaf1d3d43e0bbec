"""What the first k wards hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.cutoff import shares_by_k
from tests.mau import CODES

NAN = float("nan")
WARDS = pd.Index(CODES, name="ward_code")
AMOUNTS = st.lists(st.one_of(st.floats(0, 1e6), st.just(NAN)), min_size=6, max_size=6)


def test_each_further_ward_adds_its_part_of_the_whole() -> None:
    table = pd.DataFrame(
        {"n_incidents": [50, 30, 20, 0, 0, 0], "population": [10, NAN, 40, 30, 20, NAN]}, index=WARDS
    )
    shares = shares_by_k(["00003", "00002", "00001"], table, ["n_incidents", "population"])
    expected = pd.DataFrame(
        {"n_incidents": [0.0, 20, 50, 100], "population": [0.0, 40, 40, 50]},
        index=pd.RangeIndex(4, name="k"),
    )
    pd.testing.assert_frame_equal(shares, expected)


def test_nothing_to_share_has_no_share() -> None:
    table = pd.DataFrame({"none": [0.0] * 6, "unknown": [NAN] * 6, "some": [1.0] * 6}, index=WARDS)
    shares = shares_by_k(["00001", "00002"], table, ["none", "unknown", "some"])
    assert shares[["none", "unknown"]].isna().all(axis=None)
    assert shares["some"].round(3).tolist() == [0, 16.667, 33.333]


def test_an_empty_order_holds_nothing() -> None:
    shares = shares_by_k([], pd.DataFrame({"n": [1.0] * 6}, index=WARDS), ["n"])
    assert shares.to_dict("list") == {"n": [0.0]}
    assert list(shares.index) == [0]


def test_a_ward_that_the_table_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        shares_by_k(["99999"], pd.DataFrame({"n": [1.0] * 6}, index=WARDS), ["n"])


@given(AMOUNTS, st.permutations(CODES), st.integers(0, 6))
def test_shares_never_fall_and_end_at_100_when_every_ward_is_in(
    amounts: list[float], order: list[str], k: int
) -> None:
    table = pd.DataFrame({"n": amounts}, index=WARDS)
    shares = shares_by_k(order, table, ["n"])["n"]
    assert list(shares.index) == [0, 1, 2, 3, 4, 5, 6]
    if not np.nansum(amounts) > 0:
        assert shares.isna().all()
        return
    assert (shares.diff().dropna() >= 0).all()
    assert shares[0] == 0
    assert shares[6] == pytest.approx(100)
    assert shares.max() <= 100
    cut = shares_by_k(order[:k], table, ["n"])["n"]
    pd.testing.assert_series_equal(cut, shares.iloc[: k + 1])
