"""Which periods can be asked of what is on file, in which calendar, and how far an unfinished one goes."""

import datetime as dt

import pandas as pd

from geo.frames import Joined, Period
from geo.periods import half, month, nine_months, quarter, year
from i18n.messages import load_words
from layers.naming import label_period
from layers.shapes import make_shapes
from store.records import Area
from studies.holdings import (
    Holdings,
    ask_periods,
    find_calendar,
    find_previous,
    list_categories,
    list_like,
    list_periods,
)
from tests.mau import make_wards

VI = load_words("vi")
POLICE_MONTHS = [month("police", of, number) for of in (2021, 2022) for number in range(1, 13)][:21]


def hold(periods: list[Period], **columns: object) -> Holdings:
    """One ward's reports of these periods, two incidents each."""
    rows = pd.DataFrame(
        {
            "row": range(len(periods)),
            "ward_code": "00001",
            "method": "code",
            "outcome": "joined",
            "distance_m": float("nan"),
            "n": 2.0,
            "start": [pd.Timestamp(period.start) for period in periods],
            "end": [pd.Timestamp(period.end) for period in periods],
            "category": None,
        }
    ).assign(**columns)
    wards = make_wards()
    area = Area(1, "mau", "Thành phố Mẫu", "mau", 6, wards.source, "", dt.datetime(2024, 1, 1))
    return Holdings(area, wards, make_shapes(wards), (Joined("incidents", rows),), ())


def test_the_calendar_is_told_by_rows_longer_than_a_day() -> None:
    one_day = Period(dt.date(2022, 3, 15), dt.date(2022, 3, 15))
    assert find_calendar(hold(POLICE_MONTHS)) == "police"
    assert find_calendar(hold([*POLICE_MONTHS, Period(dt.date(2022, 3, 7), dt.date(2022, 3, 7))])) == "police"
    assert find_calendar(hold([month("civil", 2022, 1), month("police", 2022, 3)])) == "civil"
    assert find_calendar(hold([one_day])) == "civil"


def test_periods_of_the_police_calendar_are_offered_newest_first() -> None:
    found = list_periods(hold(POLICE_MONTHS), "police")
    assert found[:4] == [
        year("police", 2022),
        year("police", 2021),
        half("police", 2022, 2),
        half("police", 2022),
    ]
    assert quarter("police", 2022, 3) in found
    assert found[-21:] == POLICE_MONTHS[::-1]


def test_only_periods_that_hold_whole_rows_are_offered() -> None:
    quarters = [quarter("civil", 2022, number) for number in (1, 2, 3, 4)]
    assert list_periods(hold(quarters)) == [
        year("civil", 2022),
        half("civil", 2022, 2),
        half("civil", 2022),
        *quarters[::-1],
    ]
    assert list_periods(hold([year("civil", 2022)])) == [year("civil", 2022)]


def test_an_unfinished_police_year_is_asked_up_to_its_data() -> None:
    holdings = hold(POLICE_MONTHS)
    assert ask_periods(holdings, year("police", 2022), "year") == (
        nine_months("police", 2022),
        nine_months("police", 2021),
        year("police", 2022),
    )
    assert ask_periods(holdings, year("police", 2021), "year") == (year("police", 2021), None, None)
    assert ask_periods(holdings, month("police", 2022, 9), "before") == (
        month("police", 2022, 9),
        month("police", 2022, 8),
        None,
    )
    assert ask_periods(holdings, half("police", 2022, 2), "before") == (half("police", 2022, 2), None, None)
    assert ask_periods(holdings, None, "year") == (None, None, None)


def test_like_periods_are_of_the_same_calendar() -> None:
    holdings = hold(POLICE_MONTHS)
    assert list_like(holdings, month("police", 2022, 9)) == POLICE_MONTHS[::-1]
    assert find_previous(month("police", 2022, 3), "year") == month("police", 2021, 3)


def test_what_is_no_incident_gives_neither_days_nor_categories() -> None:
    holdings = hold(
        [year("civil", 2021), year("civil", 2022)], category=["Trộm", "Cướp"], measure=["cleared", None]
    )
    assert holdings.span == year("civil", 2022)
    assert list_categories(holdings) == ["Cướp"]


def test_a_period_is_called_by_its_calendar() -> None:
    assert label_period(month("police", 2021, 9), VI) == "tháng 09/2021, kỳ thống kê công an"
    assert label_period(month("civil", 2021, 9), VI) == "tháng 09/2021"
    assert label_period(quarter("civil", 2021, 3), VI) == "quý 3/2021"
    assert label_period(half("civil", 2021, 2), VI) == "6 tháng cuối năm 2021"
    assert label_period(nine_months("police", 2021), VI) == "9 tháng năm 2021, kỳ thống kê công an"
    assert label_period(Period(dt.date(2021, 1, 1), dt.date(2021, 1, 9)), VI) == ""
