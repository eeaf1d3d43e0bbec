"""Which of several observations counts, and which models do."""

import dataclasses
import datetime as dt
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.evidence import JUDGED, count_models, find_evidence
from planning.models import CrimeModel
from planning.targets import Observation

JUNE, DECEMBER, JANUARY = dt.date(2024, 6, 30), dt.date(2024, 12, 31), dt.date(2025, 1, 15)
OLD = Observation("a", 4, end=JUNE, stated_on=DECEMBER)
NEW = Observation("a", 6, end=DECEMBER, stated_on=DECEMBER)
MENDED = Observation("a", 7, end=DECEMBER, stated_on=JANUARY)
BLANK = Observation("a", None)


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ([OLD], 4), ([OLD, NEW], 6), ([MENDED, NEW, OLD], 7), ([OLD, BLANK], 4),
        ([Observation("a", 9), BLANK], 9),
        ([Observation("a", 9), Observation("a", 9)], 9), ([Observation("a", 9), Observation("b", 1)], 9),
        ([Observation("a", 3), Observation("a", 5, phase="after")], 5),
        ([Observation("a", 3, stated_on=JUNE), Observation("a", 5, stated_on=DECEMBER)], 5),
    ],
)  # fmt: skip
def test_the_newest_statement_counts(told: list[Observation], value: float) -> None:
    assert find_evidence(told, "a", JUDGED).value == value


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ([], "missing"), ([BLANK], "missing"), ([Observation("a", math.nan)], "missing"),
        ([Observation("a", 4), Observation("a", 5)], "contradicting"),
        ([OLD, Observation("a", 5)], "contradicting"),
        ([NEW, dataclasses.replace(NEW, value=5)], "contradicting"),
        ([OLD, dataclasses.replace(NEW, value=None)], "missing"),
        ([Observation("a", None, qualifier="text")], "in_words"),
        ([Observation("a", -2)], "impossible"), ([Observation("a", math.inf)], "impossible"),
        ([Observation("a", 4, phase="before")], "missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_counts_for_nothing(told: list[Observation], reason: str) -> None:
    found = find_evidence(told, "a", JUDGED)
    assert (found.reason, found.is_known) == (reason, False)
    assert math.isnan(found.value)


@given(st.permutations([OLD, NEW, MENDED, BLANK, Observation("a", None, end=JUNE)]))
def test_the_order_of_statements_does_not_matter(told: list[Observation]) -> None:
    assert find_evidence(told, "a", JUDGED).value == 7


def test_the_program_s_count_fills_in_words_and_blanks_but_settles_no_quarrel() -> None:
    counted = Observation("a", 23, counted_by="program")
    in_words = Observation("a", None, qualifier="text", note="hàng chục lượt")
    for stated in (BLANK, in_words):
        assert find_evidence([stated, counted], "a", JUDGED).value == 23
    quarrel = [Observation("a", 4), Observation("a", 5), counted]
    assert find_evidence(quarrel, "a", JUDGED).reason == "contradicting"


@pytest.mark.parametrize(
    ("stated", "differs"),
    [
        (Observation("a", 700, qualifier=">="), False), (Observation("a", 800, qualifier=">="), True),
        (Observation("a", 730, qualifier="~"), False), (Observation("a", 760), True),
        (Observation("a", 750), False),
    ],
)  # fmt: skip
def test_a_count_that_the_statement_allows_does_not_differ(stated: Observation, differs: bool) -> None:
    counted = Observation("a", 750, counted_by="program")
    found = find_evidence([stated, counted], "a", JUDGED)
    assert (found.value, found.differs) == (stated.value, differs)


def test_about_a_hundred_is_between_ninety_five_and_a_hundred_and_five() -> None:
    found = find_evidence([Observation("a", 100, qualifier="~")], "a", JUDGED)
    assert (found.low, found.high) == (Fraction(95), Fraction(105))


def test_days_are_counted_with_both_ends_and_never_backwards() -> None:
    told = Observation("a", 1, start=dt.date(2024, 6, 1), end=JUNE)
    assert find_evidence([told], "a", JUDGED).n_days == 30
    backwards = dataclasses.replace(told, start=DECEMBER)
    assert find_evidence([backwards], "a", JUDGED).n_days is None


def model(effective: bool | None, started: dt.date | None = None) -> CrimeModel:
    return CrimeModel("Camera an ninh", "ward", "Phường Một", effective=effective, started=started)


@pytest.mark.parametrize(
    ("models", "value", "qualifier"),
    [
        ([], None, "="), ([model(True), model(False), model(True)], 2, "="), ([model(False)], 0, "="),
        ([model(True), model(None)], 1, ">="), ([model(None)], 0, ">="),
    ],
)  # fmt: skip
def test_only_models_that_work_well_count(
    models: list[CrimeModel], value: float | None, qualifier: str
) -> None:
    found = count_models("effective_models", models)
    assert (found.value, found.qualifier, found.counted_by) == (value, qualifier, "program")


@pytest.mark.parametrize(
    ("started", "value", "qualifier"),
    [(JUNE, 1, "="), (DECEMBER, 0, "="), (None, 0, ">=")],
)
def test_with_days_only_models_built_or_strengthened_then_count(
    started: dt.date | None, value: float, qualifier: str
) -> None:
    found = count_models("m", [model(True, started)], start=dt.date(2024, 6, 1), end=JUNE)
    assert (found.value, found.qualifier, found.start, found.end) == (
        value,
        qualifier,
        dt.date(2024, 6, 1),
        JUNE,
    )
