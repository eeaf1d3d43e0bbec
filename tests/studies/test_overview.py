"""The overview asks only what the data cover, and counts only what it needs."""

import datetime as dt

import pandas as pd
import pytest

from geo.frames import Joined, Period, Source
from geo.question import EVERY_CRIME, Question, Selection
from i18n.messages import load_words
from layers.shapes import make_shapes
from store.records import Area
from studies.holdings import Holdings, find_default, find_previous, is_covered, list_periods
from studies.overview import Choice, answer, find_partial, make_question
from studies.reference import make_reference
from tests.mau import CODES, make_wards

VI = load_words("vi")
ENGLISH = load_words("en")


def year(number: int) -> Period:
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31))


def month(number: int, of: int) -> Period:
    start = pd.Timestamp(of, number, 1)
    return Period(start.date(), (start + pd.offsets.MonthEnd()).date())


def make_holdings(first: str, last: str, *, n: float = 2.0) -> Holdings:
    """Thành phố Mẫu with the same count in every ward and month."""
    starts = pd.date_range(first, last, freq="MS", unit="s")
    rows = pd.DataFrame(
        [
            {"ward_code": code, "start": start, "end": start + pd.offsets.MonthEnd(), "n": n}
            for start in starts
            for code in CODES
        ]
    )
    rows = rows.assign(
        row=range(len(rows)),
        method="code",
        outcome="joined",
        distance_m=float("nan"),
        category=pd.Series([None] * len(rows), dtype=object),
        longitude=float("nan"),
        latitude=float("nan"),
    )
    wards = make_wards()
    facts = (Joined("incidents", rows, source=Source(name="Bảng mẫu")),) if len(rows) else ()
    area = Area(1, "mau", "Thành phố Mẫu", "mau", 6, wards.source, "", dt.datetime(2024, 1, 1))
    return Holdings(area, wards, make_shapes(wards), facts, ())


@pytest.fixture(scope="module")
def unfinished() -> Holdings:
    """Full years 2022 and 2023, then nine months of 2024."""
    return make_holdings("2022-01-01", "2024-09-01")


def test_span_is_the_first_and_the_last_dated_day(unfinished: Holdings) -> None:
    assert unfinished.span == Period(dt.date(2022, 1, 1), dt.date(2024, 9, 30))


def test_without_dated_incidents_there_is_no_span_no_period_and_no_default() -> None:
    empty = make_holdings("2022-02-02", "2022-02-03")
    assert (empty.span, list_periods(empty), find_default(empty, [])) == (None, [], None)
    assert not is_covered(empty, year(2022))


def test_default_is_the_newest_full_year_not_the_unfinished_one(unfinished: Holdings) -> None:
    periods = list_periods(unfinished)
    assert periods[0] == year(2024)
    assert find_default(unfinished, periods) == year(2023)


def test_default_is_the_newest_period_when_none_is_covered() -> None:
    holdings = make_holdings("2024-02-01", "2024-03-01")
    only_years = list_periods(holdings)[:1]
    assert find_default(holdings, only_years) == year(2024)


@pytest.mark.parametrize(
    ("period", "compare", "previous"),
    [
        (year(2023), "year", year(2022)),
        (year(2022), "year", None),
        (month(9, 2024), "year", month(9, 2023)),
        (month(9, 2024), "before", month(8, 2024)),
        (month(1, 2022), "before", None),
        (None, "year", None),
    ],
)
def test_a_period_is_compared_only_when_the_data_cover_both(
    unfinished: Holdings, period: Period | None, compare: str, previous: Period | None
) -> None:
    asked = make_question(unfinished, Choice("n_incidents", period, compare))
    assert asked == Question(period, previous)


def test_an_unfinished_period_is_asked_up_to_its_data_beside_the_same_span_a_year_before(
    unfinished: Holdings,
) -> None:
    so_far, before = (Period(dt.date(of, 1, 1), dt.date(of, 9, 30)) for of in (2024, 2023))
    asked = make_question(unfinished, Choice("n_incidents", year(2024)))
    assert asked == Question(so_far, before, asked=year(2024))
    assert make_question(unfinished, Choice("n_incidents", year(2024), "before")) == Question(
        so_far, before, asked=year(2024)
    )


def test_a_quiet_day_or_two_at_the_end_leaves_a_period_covered() -> None:
    holdings = make_holdings("2022-01-01", "2023-12-01")
    rows = holdings.facts[0].rows
    rows["end"] = rows["end"].where(rows["end"] < "2023-12-01", pd.Timestamp("2023-12-28"))
    assert is_covered(holdings, year(2023))


def test_headline_and_tile_say_how_far_data_reach_and_compare_the_same_span(unfinished: Holdings) -> None:
    sheet = answer(
        unfinished, Choice("n_incidents", year(2024)), unfinished.measure, unfinished.count, words=VI
    )
    assert sheet.headline[0].text == (
        "Năm 2024 (số liệu mới đến 30/09/2024) xảy ra **108 vụ**, bằng so với cùng kỳ năm trước."
    )
    assert (sheet.tiles[0].value, sheet.tiles[0].beside) == ("108", "bằng")
    assert "Mới có số liệu đến 30/09/2024; so với cùng kỳ 01/01/2023–30/09/2023." in sheet.notes
    assert sheet.ranking.shows_change


def test_headline_and_tile_of_an_unfinished_first_year_compare_nothing() -> None:
    holdings = make_holdings("2024-01-01", "2024-09-01")
    sheet = answer(holdings, Choice("n_incidents", year(2024)), holdings.measure, holdings.count, words=VI)
    assert sheet.headline[0].text == (
        "Năm 2024 (số liệu mới đến 30/09/2024) xảy ra **108 vụ**; chưa đủ kỳ nên không so sánh."
    )
    assert sheet.tiles[0].sentence == "Số liệu chưa đủ kỳ nên không so sánh."
    assert not sheet.ranking.shows_change


def test_headline_of_a_full_year_compares_it_with_the_full_year_before(unfinished: Holdings) -> None:
    sheet = answer(
        unfinished, Choice("n_incidents", year(2023)), unfinished.measure, unfinished.count, words=VI
    )
    assert sheet.headline[0].text == "Năm 2023 xảy ra **144 vụ**, bằng so với cùng kỳ năm trước."
    assert sheet.ranking.shows_change


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-03-01", "2024-12-01", "Year 2024 (data only from 01/03/2024): **120 incidents**"),
        ("2024-03-01", "2024-08-01", "Year 2024 (data only from 01/03/2024 to 31/08/2024): **72 incidents**"),
    ],
)
def test_headline_says_where_data_begin_too_late(first: str, last: str, said: str) -> None:
    holdings = make_holdings(first, last)
    sheet = answer(
        holdings, Choice("n_incidents", year(2024)), holdings.measure, holdings.count, words=ENGLISH
    )
    assert sheet.headline[0].text == f"{said}; not a complete period, so not compared."


def test_only_days_with_data_are_told_of_an_unfinished_period(unfinished: Holdings) -> None:
    assert find_partial(unfinished, year(2024)) == Period(dt.date(2024, 1, 1), dt.date(2024, 9, 30))
    assert find_partial(unfinished, year(2023)) is None
    assert find_partial(unfinished, None) is None
    assert find_partial(unfinished, year(2030)) is None


def test_choosing_another_month_keeps_every_class_limit() -> None:
    holdings = make_holdings("2022-01-01", "2023-12-01")
    rows = holdings.facts[0].rows
    rows["n"] = [float(place % 37) for place in range(len(rows))]
    limits = {
        tuple(
            entry.words
            for entry in answer(
                holdings, Choice(key, month(number, 2023)), holdings.measure, holdings.count, words=VI
            ).map.choropleth.classes
        )
        for key in ("incidents_per_10k",)
        for number in (1, 6, 12)
    }
    assert len(limits) == 1


@pytest.mark.parametrize(
    "key",
    ["n_incidents", "incidents_per_10k", "incidents_per_km2", "n_incidents_difference", "incidents_z"],
)
def test_reference_holds_what_a_full_measure_of_every_like_period_would_give(key: str) -> None:
    holdings = make_holdings("2021-01-01", "2023-12-01")
    rows = holdings.facts[0].rows
    rows["n"] = [float(place % 37) for place in range(len(rows))]
    values = []
    for period in (year(2023), year(2022), year(2021)):
        frame = holdings.measure(Question(period, find_previous(period, "year"))).frame
        if period != year(2021) or key in ("n_incidents", "incidents_per_10k", "incidents_per_km2"):
            values.append(frame[key])
    wanted = pd.concat(values, ignore_index=True)
    told = make_reference(
        holdings, key, year(2023), "year", EVERY_CRIME, count=holdings.count, wards=holdings.wards.frame
    )
    assert told is not None
    pd.testing.assert_series_equal(told, wanted, check_names=False)


def test_reference_counts_each_of_at_most_24_like_periods_once() -> None:
    holdings = make_holdings("2020-01-01", "2023-12-01")
    asked: list[Period] = []

    def count(period: Period, chosen: Selection) -> pd.Series:
        asked.append(period)
        return holdings.count(period, chosen)

    make_reference(
        holdings, "n_incidents", month(5, 2021), "year", EVERY_CRIME, count=count, wards=holdings.wards.frame
    )
    assert len(asked) == len(set(asked)) == 24
    assert (asked[0], asked[-1]) == (month(12, 2023), month(1, 2022))


@pytest.mark.parametrize("key", ["status", "hotspot_level", "n_cameras", "camera_gap"])
def test_indicators_that_are_no_counts_have_no_reference(unfinished: Holdings, key: str) -> None:
    told = make_reference(
        unfinished, key, year(2023), "year", EVERY_CRIME, count=unfinished.count, wards=unfinished.wards.frame
    )
    assert told is None
