"""Shares of parts in wholes, and the refusal to add what may be one thing counted twice."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import NotComparable
from planning.model_shares import add, list_shares, may_add, share
from planning.papers import Figure

RECEIVED = Figure("tips_received", "Tin nhận được", 31, "tin", period="2021", place="Quận Một", source="A")
VALUABLE = replace(RECEIVED, key="tips_valuable", measure="Tin có giá trị", value=28)
FOUND = Figure("cases", "Vụ phát hiện", 28, "vụ", period="2021", place="Quận Một", source="A", overlaps="vụ")
ELSEWHERE = replace(FOUND, value=21, place="Quận Hai", overlaps="")


@pytest.mark.parametrize(("part", "whole", "percent"), [(28, 31, "90.3"), (350, 648, "54.0"), (0, 5, "0.0")])
def test_the_share_is_part_of_whole_in_percent(part: float, whole: float, percent: str) -> None:
    assert f"{share(replace(VALUABLE, value=part), replace(RECEIVED, value=whole)):.1f}" == percent


@pytest.mark.parametrize(
    "other",
    [
        replace(RECEIVED, period="2022"),
        replace(RECEIVED, place="Quận Hai"),
        replace(RECEIVED, source="B"),
        replace(RECEIVED, unit="vụ"),
        replace(RECEIVED, qualifier=">="),
        replace(RECEIVED, value=27),
    ],
)
def test_no_share_of_what_differs_in_frame_or_is_not_exact_or_is_smaller(other: Figure) -> None:
    with pytest.raises(NotComparable) as refused:
        share(VALUABLE, other)
    assert refused.value.reason == "share"


def test_a_share_of_what_is_not_told_or_of_nothing_is_not_known() -> None:
    assert math.isnan(share(VALUABLE, replace(RECEIVED, value=None)))
    assert math.isnan(share(replace(VALUABLE, value=None), RECEIVED))
    assert math.isnan(share(replace(VALUABLE, value=0), replace(RECEIVED, value=0)))


def test_shares_are_found_among_the_figures_of_one_period_only() -> None:
    later = replace(RECEIVED, value=40, period="2022")
    assert list_shares((later, RECEIVED, VALUABLE)) == [(VALUABLE, RECEIVED, 100 * 28 / 31)]
    assert list_shares((later, VALUABLE)) == []


def test_counts_of_one_thing_in_places_apart_may_be_added() -> None:
    assert may_add((FOUND, ELSEWHERE))
    assert add((FOUND, ELSEWHERE)) == 49


@pytest.mark.parametrize(
    "other",
    [
        replace(ELSEWHERE, overlaps="vụ"),
        replace(ELSEWHERE, place="Quận Một"),
        replace(ELSEWHERE, place="Phường Ba, Quận Một"),
        replace(ELSEWHERE, unit="đối tượng"),
        replace(ELSEWHERE, key="thefts"),
        replace(ELSEWHERE, period="2022"),
        replace(ELSEWHERE, qualifier="~"),
        replace(ELSEWHERE, value=None),
        replace(ELSEWHERE, value=None, qualifier="text", text="hàng chục vụ"),
    ],
)
def test_what_may_overlap_or_is_of_another_kind_is_not_added(other: Figure) -> None:
    for figures in ((FOUND, other), (other, FOUND)):
        assert not may_add(figures)
        with pytest.raises(NotComparable) as refused:
            add(figures)
        assert refused.value.reason == "figures_overlap"


def test_percentages_figures_of_no_told_period_and_nothing_at_all_are_not_added() -> None:
    assert not may_add(())
    assert not may_add((replace(FOUND, unit="%"), replace(ELSEWHERE, unit="%")))
    assert not may_add((replace(FOUND, period=""), replace(ELSEWHERE, period="")))


def test_the_three_counters_of_one_camera_model_are_never_125() -> None:
    counters = [replace(FOUND, key=key, value=value) for key, value in (("a", 28), ("b", 21), ("c", 76))]
    assert not may_add(counters)
    assert not may_add([replace(counter, key="a") for counter in counters])


@given(st.lists(st.integers(0, 1_000), min_size=2, max_size=6))
def test_sharing_a_word_anywhere_in_the_list_forbids_the_sum(values: list[int]) -> None:
    apart = [replace(ELSEWHERE, value=value, place=f"Quận {n}") for n, value in enumerate(values)]
    assert add(apart) == sum(values)
    ends = {0, len(values) - 1}
    assert not may_add([replace(each, overlaps="vụ") if n in ends else each for n, each in enumerate(apart)])
