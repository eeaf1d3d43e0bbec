"""What is due, when, and what is never invented."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.messages import load_words
from planning.dues import DueItem, DueState, add_months, list_due
from planning.papers import Document
from planning.programme import Meeting, Programme, Step, TargetArea
from tests.documents import ROOT, read_table
from tests.planning.areas import DUES, day, make_area, make_catalogue, make_programme, walk

START, END = day("2024-06-06"), day("2024-09-05")
THREE_MONTHS = make_area(start=START, end=END)
WORKING = walk(("duoc_lua_chon", "2024-06-01"), ("dang_chuyen_hoa", "2024-06-06"))
PASSED = (*WORKING, *walk(("chuyen_hoa_thanh_cong", "2024-10-01"), ("duy_tri", "2024-10-01")))


def ask(
    area: TargetArea,
    steps: tuple[Step, ...] = WORKING,
    *,
    today: str,
    programme: Programme | None = None,
) -> dict[str, tuple[str | None, DueState, str | None]]:
    items = list_due(7, area, steps, programme or make_programme(), make_catalogue(), day(today))
    assert {item.area for item in items} <= {7}
    return {item.key: (_write(item.on), item.state, _write(item.done_on)) for item in items}


def _write(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None


def test_an_area_of_three_months_has_its_plan_and_its_three_month_review_only() -> None:
    assert ask(THREE_MONTHS, today="2024-07-07") == {
        "sub_plan": ("2024-07-06", "late", None),
        "review_3": ("2024-09-06", "later", None),
        "report": ("2024-10-05", "later", None),
    }


@pytest.mark.parametrize(
    ("today", "state"),
    [("2024-06-05", "later"), ("2024-06-06", "soon"), ("2024-07-06", "soon"), ("2024-07-07", "late")],
)
def test_a_due_day_is_soon_from_thirty_days_before_and_late_the_day_after(today: str, state: str) -> None:
    assert ask(THREE_MONTHS, today=today)["sub_plan"] == ("2024-07-06", state, None)


def test_a_plan_that_came_in_is_done_even_when_it_came_late() -> None:
    area = make_area(start=START, end=END, sub_plan_on=day("2024-08-01"))
    assert ask(area, today="2024-09-01")["sub_plan"] == ("2024-07-06", "done", "2024-08-01")


def test_an_area_without_days_gets_no_invented_ones() -> None:
    steps = walk(("duoc_lua_chon", "2024-06-01"))
    assert ask(make_area(), steps, today="2025-06-01") == {
        "sub_plan": (None, "undated", None),
        "review_3": (None, "undated", None),
        "review_6": (None, "undated", None),
        "report": (None, "undated", None),
    }
    programme = make_programme(start=day("2024-01-01"), end=day("2024-12-31"))
    assert ask(make_area(), steps, today="2025-06-01", programme=programme)["review_3"][0] is None


def test_work_starts_on_the_day_of_its_step_where_the_area_tells_no_day() -> None:
    told = ask(make_area(end=day("2024-12-05")), today="2024-06-07")
    assert (told["sub_plan"][0], told["review_6"][0]) == ("2024-07-06", "2024-12-06")


def test_dated_dues_come_first_in_the_order_of_their_days() -> None:
    area = make_area(start=START)
    items = list_due(1, area, WORKING, make_programme(), make_catalogue(), day("2024-06-06"))
    assert [item.key for item in items] == ["sub_plan", "review_3", "review_6", "report"]
    assert items[-1] == DueItem(1, "report", None, "undated", None)


def test_nothing_is_due_of_an_area_that_is_only_proposed() -> None:
    assert ask(THREE_MONTHS, walk(("de_xuat", "2024-01-01")), today="2025-01-01") == {}


def test_a_review_is_done_by_a_meeting_of_its_kind_of_the_area_or_of_the_programme() -> None:
    paper = Document("Báo cáo")
    area = make_area(start=START, end=END, meetings=(Meeting("review_3", day("2024-09-10"), paper),))
    assert ask(area, today="2024-10-01")["review_3"] == ("2024-09-06", "done", "2024-09-10")
    programme = make_programme(meetings=(Meeting("review_3", day("2024-08-30")),))
    assert ask(THREE_MONTHS, today="2024-10-01", programme=programme)["review_3"][1:] == (
        "done",
        "2024-08-30",
    )


@pytest.mark.parametrize(
    "meeting",
    [
        Meeting("sơ kết", day("2024-09-01")),
        Meeting("review_6", day("2024-09-01")),
        Meeting("review_3", day("2024-06-05")),
        Meeting("review_3", day("2024-10-02")),
        Meeting("review_3", None),
    ],
    ids=["free name", "another review", "before the area began", "still to come", "no day"],
)
def test_a_meeting_that_is_not_surely_that_review_leaves_it_open(meeting: Meeting) -> None:
    programme = make_programme(meetings=(meeting,))
    assert ask(THREE_MONTHS, today="2024-10-01", programme=programme)["review_3"][1] == "late"


def test_no_review_is_due_after_the_grade() -> None:
    year = make_area(start=day("2024-06-06"), end=day("2025-06-05"))
    assert "review_6" in ask(year, today="2025-01-01")
    assert "review_6" not in ask(year, PASSED, today="2025-01-01")
    carried = (*WORKING, *walk(("chua_dat", "2024-10-01"), ("dang_chuyen_hoa", "2024-11-01")))
    assert "review_6" in ask(year, carried, today="2025-01-01")


def test_maintenance_ends_when_the_area_leaves_it() -> None:
    assert "maintenance_end" not in ask(THREE_MONTHS, today="2025-01-01")
    assert ask(THREE_MONTHS, PASSED, today="2025-05-01")["maintenance_end"] == ("2025-04-01", "late", None)
    left = (*PASSED, *walk(("ra_khoi_dien", "2025-03-20")))
    assert ask(THREE_MONTHS, left, today="2025-05-01")["maintenance_end"] == (
        "2025-04-01",
        "done",
        "2025-03-20",
    )


def test_a_second_maintenance_is_due_anew() -> None:
    second = walk(
        ("phuc_tap_tro_lai", "2025-01-01"),
        ("de_xuat", "2025-02-01"),
        ("duoc_lua_chon", "2025-03-01"),
        ("dang_chuyen_hoa", "2025-03-02"),
        ("chuyen_hoa_thanh_cong", "2025-09-01"),
        ("duy_tri", "2025-09-10"),
    )
    told = ask(THREE_MONTHS, (*PASSED, *second), today="2025-10-01")
    assert told["maintenance_end"] == ("2026-03-10", "later", None)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 60))
def test_months_are_added_as_on_a_calendar(start: dt.date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == min(start.day, calendar.monthrange(later.year, later.month)[1])


def test_every_state_of_a_due_has_its_words() -> None:
    for language in ("vi", "en"):
        assert all(
            load_words(language).has(f"due_state.{state}")
            for state in ("late", "soon", "later", "done", "undated")
        )


def test_the_due_days_in_the_planners_guide_are_those_of_the_program() -> None:
    rows = read_table(ROOT / "docs" / "planning.md", "Việc", "Sau", "Hạn")
    area = make_area(start=day("2024-06-06"), end=day("2024-09-06"))
    keys = {due.name.lower(): due.key for due in DUES} | {"kế hoạch riêng": "sub_plan"}
    told = ask(area, today="2024-06-06")
    words = load_words("vi")
    for name, _, on in rows:
        known = told.get(keys[name])
        assert on == (words.date(day(known[0] or "")) if known else "không có: địa bàn đã kết thúc")
    assert [name for name, *_ in rows] == ["kế hoạch riêng", "rà soát 3 tháng", "rà soát 6 tháng"]
