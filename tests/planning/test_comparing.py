"""Two lists beside each other."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from planning.comparing import Changes, compare_lists, moved, to_ranks
from tests.mau import CODES

NAN = float("nan")
LISTS = st.lists(st.sampled_from(CODES), unique=True)


def test_who_enters_who_leaves_and_who_stays() -> None:
    assert compare_lists(["00005", "00002", "00001"], ["00004", "00001", "00003"]) == Changes(
        entering=("00005", "00002"), leaving=("00004", "00003"), staying=("00001",)
    )


def test_a_first_list_has_only_entering_wards() -> None:
    assert compare_lists(["00002", "00001"], []) == Changes(("00002", "00001"), (), ())


@given(LISTS, LISTS)
def test_every_ward_of_both_lists_is_told_once(now: list[str], before: list[str]) -> None:
    changes = compare_lists(now, before)
    assert sorted(changes.entering + changes.staying) == sorted(now)
    assert sorted(changes.leaving + changes.staying) == sorted(before)
    back = compare_lists(before, now)
    assert (back.entering, back.leaving) == (changes.leaving, changes.entering)


def test_a_ward_that_climbs_three_places_moved_by_3() -> None:
    a, b = to_ranks(["00001", "00002", "00003", "00004"]), to_ranks(["00004", "00001", "00005", "00003"])
    assert a.to_dict() == {"00001": 1, "00002": 2, "00003": 3, "00004": 4}
    expected = pd.Series(
        [-1, NAN, -1, 3, NAN],
        index=pd.Index(["00001", "00002", "00003", "00004", "00005"], name="ward_code", dtype=str),
    )
    pd.testing.assert_series_equal(moved(a, b), expected)


@given(st.permutations(CODES), st.permutations(CODES))
def test_moves_within_the_same_wards_cancel_and_turn_round(a: list[str], b: list[str]) -> None:
    there, back = moved(to_ranks(a), to_ranks(b)), moved(to_ranks(b), to_ranks(a))
    assert there.sum() == 0
    pd.testing.assert_series_equal(there.sort_index(), -back.sort_index(), check_exact=True)


@given(LISTS, LISTS)
def test_moves_name_every_ward_of_either_list(a: list[str], b: list[str]) -> None:
    steps = moved(to_ranks(a), to_ranks(b))
    assert set(steps.index) == {*a, *b}
    assert set(steps.dropna().index) == {*a} & {*b}
