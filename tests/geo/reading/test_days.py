"""Cells of a date column: days, ranges, serials and labels; nothing is guessed about the calendar."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import BadOption, SeveralChoices
from geo.frames import Period
from geo.periods import Calendar
from geo.reading.days import needs_year, parse_days, parse_period, to_days

NOTHING = float("nan")


def column(*cells: object) -> pd.Series:
    return pd.Series(cells, dtype=object)


def read(*cells: object, **told: object) -> list[tuple[str, str, bool]]:
    days = to_days(column(*cells), **told)  # type: ignore[arg-type]
    start, end = (days[side].dt.strftime("%Y-%m-%d").fillna("") for side in ("start", "end"))
    return list(zip(start, end, days["bad"], strict=True))


@pytest.mark.parametrize(
    ("cell", "start", "end", "form"),
    [
        ("2022", "2022-01-01", "2022-12-31", "plain"),
        (2022, "2022-01-01", "2022-12-31", "plain"),
        (2022.0, "2022-01-01", "2022-12-31", "plain"),
        ("2024-02", "2024-02-01", "2024-02-29", "plain"),
        ("15/12/2024", "2024-12-15", "2024-12-15", "day"),
        ("5-1-2022", "2022-01-05", "2022-01-05", "day"),
        ("05/01/2022 23:59", "2022-01-05", "2022-01-05", "day"),
        ("ngày 5 tháng 1 năm 2022", "2022-01-05", "2022-01-05", "day"),
        ("2022-03-04T23:59:59Z", "2022-03-04", "2022-03-04", "day"),
        (dt.datetime(2022, 3, 4, 23), "2022-03-04", "2022-03-04", "day"),
        (dt.date(2022, 3, 4), "2022-03-04", "2022-03-04", "day"),
        (np.datetime64("2022-03-04"), "2022-03-04", "2022-03-04", "day"),
        (44635, "2022-03-15", "2022-03-15", "serial"),
        ("44635", "2022-03-15", "2022-03-15", "serial"),
        (44635.75, "2022-03-15", "2022-03-15", "serial"),
        ("15/8-14/9/2021", "2021-08-15", "2021-09-14", "day"),
        ("15/12-14/1/2021", "2020-12-15", "2021-01-14", "day"),
        ("từ 15/12/2019 đến 14/12/2020", "2019-12-15", "2020-12-14", "day"),
        ("Từ ngày 15/8 đến hết ngày 14/9/2021", "2021-08-15", "2021-09-14", "day"),
        ("15/8/2021 – 14/9/2021", "2021-08-15", "2021-09-14", "day"),
        ("15-8-2021 - 14-9-2021", "2021-08-15", "2021-09-14", "day"),
        ("2021-08-15..2021-09-14", "2021-08-15", "2021-09-14", "day"),
    ],
)
def test_a_cell_names_whole_days(cell: object, start: str, end: str, form: str) -> None:
    days = to_days(column(cell))
    assert days.to_numpy().tolist() == [[pd.Timestamp(start), pd.Timestamp(end), False, form]]


@pytest.mark.parametrize(
    "cell",
    ["03/13/2022", "31/02/2022", "tháng 9", "13/2022", "11-2", 81000, 12345, "1/2/22", 1.5, True, 3,
     "15/9/2021 - 14/8/2021", "15/8-14/9"],
)  # fmt: skip
def test_what_is_no_date_is_bad(cell: object) -> None:
    days = to_days(column(cell))
    assert days["bad"].tolist() == [True]
    assert days[["start", "end"]].isna().all(axis=None)


def test_blank_dates_are_not_bad() -> None:
    assert read("", None, NOTHING) == [("", "", False)] * 3


@pytest.mark.parametrize(
    "cell", ["9/2021", "tháng 9/2021", "T9/2021", "quý III/2021", "năm 2021", "9 tháng năm 2021"]
)
def test_a_label_waits_for_a_calendar(cell: str) -> None:
    with pytest.raises(SeveralChoices) as refusal:
        to_days(column("2021-09", cell), file="so.xlsx", column="Kỳ")
    assert refusal.value.reason == "calendar"
    assert refusal.value.facts == {
        "file": "so.xlsx",
        "column": "Kỳ",
        "seen": cell,
        "choices": "civil, police",
    }


@pytest.mark.parametrize(
    ("calendar", "start", "end"),
    [("civil", "2021-09-01", "2021-09-30"), ("police", "2021-08-15", "2021-09-14")],
)
def test_every_spelling_of_a_month_means_the_days_of_the_calendar_told(
    calendar: Calendar, start: str, end: str
) -> None:
    cells = ("9/2021", "Tháng 9 năm 2021", "T9-2021", "2021-09")
    assert read(*cells, calendar=calendar) == [(start, end, False)] * 4


def test_a_plain_year_is_the_police_year_only_where_that_calendar_is_told() -> None:
    assert read("2020", calendar="police") == [("2019-12-15", "2020-12-14", False)]
    assert to_days(column("2020"), calendar="civil")["form"].tolist() == ["label"]


def test_years_come_from_beside_and_never_replace_one_that_is_written() -> None:
    years = pd.Series([2021.0, 2021.0, 2021.0, NOTHING])
    got = read("11-2", "tháng 9", "9/2020", "11-2", calendar="police", years=years)
    assert got == [
        ("2021-02-11", "2021-02-11", False),
        ("2021-08-15", "2021-09-14", False),
        ("2020-08-15", "2020-09-14", False),
        ("", "", True),
    ]


def test_bare_numbers_are_months_or_quarters_only_where_the_column_says_so() -> None:
    years = pd.Series([2021.0])
    assert read(3, calendar="civil", years=years, unit="month") == [("2021-03-01", "2021-03-31", False)]
    assert read("3", calendar="civil", years=years, unit="quarter") == [("2021-07-01", "2021-09-30", False)]
    assert read(5, calendar="civil", years=years, unit="quarter") == [("", "", True)]
    assert read(3, calendar="civil", years=years) == [("", "", True)]


def test_a_month_that_a_spreadsheet_stored_as_its_first_day_is_a_month_again() -> None:
    cells = (dt.datetime(2021, 9, 1), dt.datetime(2021, 10, 1))
    assert read(*cells, calendar="police", unit="month") == [
        ("2021-08-15", "2021-09-14", False),
        ("2021-09-15", "2021-10-14", False),
    ]
    with pytest.raises(SeveralChoices):
        to_days(column(*cells), unit="month")
    assert read(dt.datetime(2021, 9, 1), dt.datetime(2021, 9, 2), unit="month")[0][:2] == ("2021-09-01",) * 2


def test_a_column_tells_whether_its_cells_need_a_year() -> None:
    assert needs_year(column("11-2", "12/2/2021"))
    assert needs_year(column("tháng 9"))
    assert needs_year(column(3), "month")
    assert not needs_year(column("12/2/2021", "9/2021", "2021", None, "lạ"))


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_days_survive_every_way_of_writing(day: dt.date) -> None:
    written = column(f"{day:%d/%m}/{day.year:04}", day.isoformat(), f"{day.day}-{day.month}-{day.year}", day)
    days = to_days(written)
    assert days["start"].dt.date.tolist() == days["end"].dt.date.tolist() == [day] * 4


def test_text_columns_keep_their_index() -> None:
    days = to_days(pd.Series(["2022", "", "2022"], index=[9, 8, 7], dtype="str"))
    assert days.index.tolist() == [9, 8, 7]
    assert days["end"].dropna().tolist() == [pd.Timestamp("2022-12-31")] * 2


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", (2022, 1, 1), (2022, 12, 31)),
        ("2022-03", (2022, 3, 1), (2022, 3, 31)),
        ("2022-01-01..2022-12-31", (2022, 1, 1), (2022, 12, 31)),
        ("15/12/2021..14/12/2022", (2021, 12, 15), (2022, 12, 14)),
    ],
)
def test_a_period_is_read(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert parse_period(text) == Period(dt.date(*start), dt.date(*end), text)


@pytest.mark.parametrize("text", ["", "năm ngoái", "2022-12-31..2022-01-01", "..", "2022..mai", "44635", "9"])
def test_an_unclear_period_is_refused(text: str) -> None:
    with pytest.raises(BadOption) as caught:
        parse_period(text)
    assert caught.value.reason == "period"


def test_a_period_by_its_label_needs_a_calendar() -> None:
    with pytest.raises(BadOption) as caught:
        parse_period("quý III/2022")
    assert (caught.value.reason, caught.value.facts["value"]) == ("period_calendar", "quý III/2022")
    period = parse_period("quý III/2022", "police")
    assert (period.start, period.end) == (dt.date(2022, 6, 15), dt.date(2022, 9, 14))
    assert parse_days("mai") is None
