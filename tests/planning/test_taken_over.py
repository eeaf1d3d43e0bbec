"""Only what a list dates and documents becomes a step; whatever it tells, the lifecycle allows the result."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.catalogue_file import read_catalogue
from planning.lifecycle import check_step, state_of
from planning.papers import Document
from planning.programme import STATES, Step
from planning.taken_over import Listed, take_over

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "data" / "planning" / "catalogue.toml")
PLAN = Document("Kế hoạch", "12/KH-BCĐ138", "Ban Chỉ đạo 138", dt.date(2024, 2, 11))
RESULT = Document("", "45/QĐ-BCĐ138", "Ban Chỉ đạo 138", dt.date(2024, 12, 20))
START, END, TODAY = dt.date(2024, 3, 1), dt.date(2024, 12, 20), dt.date(2025, 6, 1)
PASSED = Listed("chuyen_hoa_thanh_cong", END, START, "dat", RESULT)


def take(listed: Listed, document: Document = PLAN) -> tuple[list[tuple[str, dt.date]], str]:
    steps, lack = take_over(listed, document, CATALOGUE, note="theo danh sách", today=TODAY)
    return [(step.to, step.on) for step in steps], lack


CHOSEN, WORKED = ("duoc_lua_chon", dt.date(2024, 2, 11)), ("dang_chuyen_hoa", START)


def test_an_area_that_is_only_listed_was_chosen_on_the_day_of_the_document() -> None:
    steps, lack = take_over(Listed(), PLAN, CATALOGUE, note="theo danh sách", today=TODAY)
    chosen = Step("duoc_lua_chon", dt.date(2024, 2, 11), PLAN, "Ban Chỉ đạo 138", note="theo danh sách")
    assert (steps, lack) == ((chosen,), "")


def test_a_result_with_its_days_grade_and_paper_is_taken_over_whole() -> None:
    assert take(PASSED) == ([CHOSEN, WORKED, ("chuyen_hoa_thanh_cong", END)], "")
    steps, _ = take_over(PASSED, PLAN, CATALOGUE, note="n", today=TODAY)
    assert (steps[-1].grade, steps[-1].document, steps[-1].actor) == ("dat", RESULT, "Ban Chỉ đạo 138")


@pytest.mark.parametrize(
    ("listed", "steps", "lack"),
    [
        (replace(PASSED, on=None), [CHOSEN, WORKED], "day"),
        (replace(PASSED, started_on=None), [CHOSEN], "start"),
        (replace(PASSED, grade=""), [CHOSEN, WORKED], "grade"),
        (replace(PASSED, grade="chua_dat"), [CHOSEN, WORKED], "other_grade"),
        (replace(PASSED, document=None), [CHOSEN, WORKED], "document"),
        (replace(PASSED, document=replace(RESULT, issued_on=None)), [CHOSEN, WORKED], "document"),
        (replace(PASSED, document=replace(RESULT, issued_by="")), [CHOSEN, WORKED], "document"),
        (replace(PASSED, started_on=dt.date(2024, 1, 1)), [CHOSEN], "order"),
        (replace(PASSED, on=dt.date(2025, 12, 1)), [CHOSEN, WORKED], "future"),
        (replace(PASSED, state="duy_tri"), [CHOSEN, WORKED], "earlier"),
        (Listed("dang_chuyen_hoa", started_on=START), [CHOSEN, WORKED], ""),
        (Listed("dang_chuyen_hoa"), [CHOSEN], "day"),
        (Listed("de_xuat", dt.date(2024, 1, 5)), [("de_xuat", dt.date(2024, 1, 5))], ""),
        (Listed("de_xuat"), [], "day"),
        (Listed("duoc_lua_chon", dt.date(2024, 2, 20)), [("duoc_lua_chon", dt.date(2024, 2, 20))], ""),
    ],
)
def test_what_is_missing_is_named_and_the_area_stays_at_what_is_known(
    listed: Listed, steps: list[tuple[str, dt.date]], lack: str
) -> None:
    assert take(listed) == (steps, lack)


def test_a_document_without_a_day_or_a_name_carries_only_what_is_dated_elsewhere() -> None:
    undated = replace(PLAN, issued_on=None)
    assert take(Listed(), undated) == ([], "programme_day")
    assert take(Listed("dang_chuyen_hoa", START), undated) == ([WORKED], "")
    assert take(PASSED, Document("Kế hoạch")) == ([], "programme_document")


DAYS = st.none() | st.dates(dt.date(2024, 1, 1), dt.date(2025, 12, 31))


@given(
    st.builds(
        Listed,
        state=st.none() | st.sampled_from(STATES),
        on=DAYS,
        started_on=DAYS,
        grade=st.sampled_from(["", "tot", "dat", "chua_dat", "la"]),
        document=st.none() | st.builds(replace, st.just(RESULT), issued_on=DAYS),
    ),
    st.builds(replace, st.just(PLAN), issued_on=DAYS),
)
def test_the_lifecycle_allows_every_step_and_nothing_missing_means_the_state_is_reached(
    listed: Listed, document: Document
) -> None:
    steps, lack = take_over(listed, document, CATALOGUE, note="theo danh sách", today=TODAY)
    for n, step in enumerate(steps):
        check_step(steps[:n], step, CATALOGUE, today=TODAY)
    told = {listed.on, listed.started_on, document.issued_on}
    assert {step.on for step in steps} <= told - {None}
    if not lack:
        assert state_of(steps) == (listed.state or "duoc_lua_chon")
