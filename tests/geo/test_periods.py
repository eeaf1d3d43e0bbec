"""Two calendars, their labels, and what an unfinished period may be compared with."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.frames import Period
from geo.periods import (
    CALENDARS,
    MONTHS_IN,
    Calendar,
    Label,
    Unit,
    before,
    cut,
    cut_both,
    half,
    is_complete,
    month,
    nine_months,
    parse_label,
    quarter,
    recognise,
    same_span,
    tile,
    year,
)

YEARS = st.integers(1901, 2099)


def days(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (month("civil", 2021, 9), "2021-09-01", "2021-09-30"),
        (month("police", 2021, 9), "2021-08-15", "2021-09-14"),
        (month("police", 2021, 1), "2020-12-15", "2021-01-14"),
        (month("police", 2024, 3), "2024-02-15", "2024-03-14"),
        (quarter("civil", 2021, 3), "2021-07-01", "2021-09-30"),
        (quarter("police", 2021, 1), "2020-12-15", "2021-03-14"),
        (half("police", 2021), "2020-12-15", "2021-06-14"),
        (half("police", 2021, 2), "2021-06-15", "2021-12-14"),
        (nine_months("police", 2021), "2020-12-15", "2021-09-14"),
        (nine_months("civil", 2021), "2021-01-01", "2021-09-30"),
        (year("police", 2020), "2019-12-15", "2020-12-14"),
        (year("civil", 2020), "2020-01-01", "2020-12-31"),
    ],
)
def test_a_police_month_runs_from_the_15th_to_the_14th(period: Period, start: str, end: str) -> None:
    assert period == days(start, end)


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), YEARS)
def test_twelve_months_four_quarters_and_two_halves_fill_a_year_without_gap(
    calendar: Calendar, number: int
) -> None:
    whole = year(calendar, number)
    for unit in ("month", "quarter", "half"):
        parts = tile(whole.start, whole.end, unit, calendar)
        assert len(parts) == 12 // MONTHS_IN[unit]
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        assert all(b.start - a.end == dt.timedelta(days=1) for a, b in itertools.pairwise(parts))


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), st.sampled_from(sorted(MONTHS_IN)), YEARS, st.integers(1, 12))
def test_what_a_label_means_is_recognised_again(
    calendar: Calendar, unit: Unit, number: int, part: int
) -> None:
    label = Label(unit, min(part, 12 // MONTHS_IN[unit]), number)
    assert recognise(label.days(calendar)) == (calendar, label)


def test_days_that_are_no_whole_part_of_a_year_are_not_recognised() -> None:
    assert recognise(days("2021-08-15", "2021-09-15")) is None
    assert recognise(days("2021-08-16", "2021-09-14")) is None
    assert recognise(days("2021-02-01", "2021-04-30")) is None
    assert recognise(days("2021-01-01", "2022-12-31")) is None


def test_tiles_touch_the_first_and_the_last_day_of_the_data() -> None:
    found = tile(dt.date(2021, 12, 20), dt.date(2022, 1, 20), "month", "police")
    assert found == [month("police", 2022, 1), month("police", 2022, 2)]
    assert tile(dt.date(2021, 12, 20), dt.date(2022, 1, 20), "year", "police") == [year("police", 2022)]
    assert tile(dt.date(2021, 12, 20), dt.date(2022, 1, 20), "year", "civil") == [
        year("civil", 2021),
        year("civil", 2022),
    ]


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        (month("police", 2022, 3), month("police", 2021, 3)),
        (month("police", 2024, 3), month("police", 2023, 3)),
        (month("civil", 2024, 2), month("civil", 2023, 2)),
        (month("civil", 2025, 2), month("civil", 2024, 2)),
        (days("2024-01-01", "2024-02-29"), days("2023-01-01", "2023-02-28")),
        (days("2023-12-15", "2024-02-29"), days("2022-12-15", "2023-02-28")),
        (days("2024-12-15", "2025-02-28"), days("2023-12-15", "2024-02-28")),
        (days("2025-02-28", "2025-02-28"), days("2024-02-28", "2024-02-28")),
        (days("2021-12-15", "2022-09-14"), days("2020-12-15", "2021-09-14")),
    ],
)
def test_the_same_span_of_the_year_before(period: Period, earlier: Period) -> None:
    assert same_span(period, 1) == earlier


@settings(deadline=None)
@given(st.sampled_from(CALENDARS), st.sampled_from(sorted(MONTHS_IN)), YEARS, st.integers(0, 20))
def test_the_same_span_of_a_whole_period_is_whole(
    calendar: Calendar, unit: Unit, number: int, back: int
) -> None:
    period = Label(unit, 1, number).days(calendar)
    if number - back >= 1900:
        assert recognise(same_span(period, back)) == (calendar, Label(unit, 1, number - back))


@pytest.mark.parametrize(
    ("period", "just_before"),
    [
        (month("police", 2021, 4), month("police", 2021, 3)),
        (month("civil", 2021, 3), month("civil", 2021, 2)),
        (quarter("police", 2021, 1), quarter("police", 2020, 4)),
        (half("civil", 2021, 1), half("civil", 2020, 2)),
        (year("police", 2021), year("police", 2020)),
        (days("2021-03-10", "2021-03-12"), days("2021-03-07", "2021-03-09")),
        (days("2021-03-15", "2021-03-20"), days("2021-03-09", "2021-03-14")),
    ],
)
def test_the_period_just_before_is_whole_months_of_the_same_calendar(
    period: Period, just_before: Period
) -> None:
    assert before(period) == just_before


def test_an_unfinished_period_is_cut_and_compared_with_the_same_days_of_the_year_before() -> None:
    asked, previous, reached = year("police", 2022), year("police", 2021), dt.date(2022, 9, 14)
    assert not is_complete(asked, reached)
    assert is_complete(asked, dt.date(2022, 12, 14))
    assert cut(asked, reached) == nine_months("police", 2022)
    assert cut(asked, dt.date(2023, 1, 1)) == asked
    assert cut_both(asked, previous, reached) == (nine_months("police", 2022), nine_months("police", 2021))


def test_a_part_of_a_month_is_never_compared_with_the_month_before() -> None:
    assert cut_both(month("civil", 2022, 9), month("civil", 2022, 8), dt.date(2022, 9, 10)) is None
    assert cut_both(year("civil", 2022), year("police", 2021), dt.date(2022, 9, 10)) is None
    assert cut_both(year("civil", 2022), year("civil", 2021), dt.date(2021, 9, 10)) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("tháng 9", Label("month", 9)),
        ("Tháng 09", Label("month", 9)),
        ("T9/2021", Label("month", 9, 2021)),
        ("9/2021", Label("month", 9, 2021)),
        ("09-2021", Label("month", 9, 2021)),
        ("tháng 9 năm 2021", Label("month", 9, 2021)),
        ("Tháng 9 - 2021", Label("month", 9, 2021)),
        ("quý III/2021", Label("quarter", 3, 2021)),
        ("Quý 4 năm 2021", Label("quarter", 4, 2021)),
        ("Q3-2021", Label("quarter", 3, 2021)),
        ("6 tháng đầu năm 2021", Label("half", 1, 2021)),
        ("6 tháng đầu năm", Label("half", 1)),
        ("6 tháng cuối năm 2021", Label("half", 2, 2021)),
        ("9 tháng năm 2021", Label("nine_months", 1, 2021)),
        ("9 tháng đầu năm 2021", Label("nine_months", 1, 2021)),
        ("năm 2021", Label("year", 1, 2021)),
        ("cả năm 2021", Label("year", 1, 2021)),
        ("Cả năm", Label("year")),
        ("2021", Label("year", 1, 2021, plain=True)),
        ("2021-09", Label("month", 9, 2021, plain=True)),
    ],
)
def test_labels_of_clerks_are_understood(text: str, label: Label) -> None:
    assert parse_label(text) == label


@pytest.mark.parametrize(
    "text",
    ["", "9", "31", "tháng 13", "0/2021", "quý V/2021", "1/2/2021", "11-2", "2100-13", "9999", "năm nay"],
)
def test_what_is_no_label_is_none(text: str) -> None:
    assert parse_label(text) is None


def test_a_label_without_a_year_has_no_days() -> None:
    with pytest.raises(ValueError, match="no days"):
        Label("month", 9).days("police")
    assert Label("month", 9).in_year(2021).days("police") == month("police", 2021, 9)
    assert Label("month", 9, 2020).in_year(2021).year == 2020
