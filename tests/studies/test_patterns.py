"""The same search in each of the last periods, and what the row of answers is called."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import pytest

from errors import TooFewPeriods
from geo.derive import derive
from geo.frames import Joined, Period
from geo.periods import month
from geo.question import EVERY_CRIME, Question, Selection
from studies.holdings import Holdings
from studies.patterns import Patterns, find_patterns, pick_periods
from tests.grid_city import CODES, FOUND, busy_corner, hold, make_counts, make_grid, year

NOW = year(2022)
QUIET = dict.fromkeys(CODES, 3.0)
YEARS = [year(number) for number in range(2013, 2023)]


def hold_years(counts: Mapping[int, Mapping[str, float]], *more: Joined) -> Holdings:
    """Ten years, quiet unless told otherwise."""
    told = make_counts({period: counts.get(period.start.year, QUIET) for period in YEARS})
    return hold(make_grid(), told, *more)


def find(holdings: Holdings, chosen: Selection = EVERY_CRIME) -> Patterns:
    measured = holdings.measure(Question(NOW, chosen=chosen))
    chance = derive(measured, ["gi_star_cluster"]).chance
    assert chance is not None
    return find_patterns(holdings, measured, chance, chosen, holdings.count)


def list_named(patterns: Patterns) -> dict[str, str]:
    named = patterns.column[patterns.column.notna() & (patterns.column != "none")]
    return {str(code): str(pattern) for code, pattern in named.items()}


@pytest.mark.parametrize(
    ("busy_years", "pattern"),
    [
        (range(2013, 2023), "hot_persistent"),
        (range(2022, 2023), "hot_new"),
        (range(2020, 2023), "hot_consecutive"),
        ((2014, 2016, 2022), "hot_sporadic"),
        (range(2013, 2022), "hot_historical"),
    ],
)
def test_wards_are_named_by_the_years_in_which_they_were_a_cluster(
    busy_years: range | tuple[int, ...], pattern: str
) -> None:
    patterns = find(hold_years({number: busy_corner() for number in busy_years}))
    assert list_named(patterns) == dict.fromkeys(FOUND, pattern)
    assert patterns.periods == tuple(YEARS)
    assert patterns.column.notna().all()


def test_a_ward_that_misses_one_period_has_no_pattern() -> None:
    counts = {number: busy_corner() for number in range(2013, 2023)}
    counts[2015] = {code: n for code, n in busy_corner().items() if code != "r55"}
    patterns = find(hold_years(counts))
    assert list(patterns.column.index[patterns.column.isna()]) == ["r55"]
    assert list_named(patterns) == dict.fromkeys(FOUND, "hot_persistent")


def test_discovered_incidents_are_left_out_of_every_period() -> None:
    counts = {number: busy_corner() for number in range(2013, 2023)}
    raids = {code: 900.0 if code in ("r44", "r45", "r54", "r55") else 0.0 for code in CODES}
    facts = make_counts(dict.fromkeys(YEARS, raids), known_by="discovered")
    assert list_named(find(hold_years(counts, facts))) == dict.fromkeys(FOUND, "hot_persistent")


def test_a_category_is_followed_alone() -> None:
    thefts = make_counts(dict.fromkeys(YEARS, busy_corner()), category="Trộm cắp")
    drugs = make_counts(dict.fromkeys(YEARS, dict.fromkeys(CODES, 500.0)), category="Ma túy")
    found = find(hold(make_grid(), thefts, drugs), Selection(category="Trộm cắp"))
    assert list_named(found) == dict.fromkeys(FOUND, "hot_persistent")


def test_ten_years_are_asked_by_year_and_nothing_after_the_one_shown() -> None:
    holdings = hold(make_grid(), make_counts({year(n): QUIET for n in range(2000, 2023)}))
    assert pick_periods(holdings, NOW) == [year(n) for n in range(2007, 2023)]
    assert pick_periods(holdings, None) == [year(n) for n in range(2007, 2023)]
    assert pick_periods(holdings, year(2010)) == [year(n) for n in range(2000, 2011)]


def test_two_years_of_months_are_asked_by_month() -> None:
    months = [month("civil", of, number) for of in (2021, 2022) for number in range(1, 13)]
    holdings = hold(make_grid(), make_counts({each: {"r00": 1.0} for each in months}))
    assert pick_periods(holdings, NOW) == months[8:]
    assert pick_periods(holdings, months[14]) == months[:15]


def test_police_months_stay_police_months() -> None:
    months = [month("police", of, number) for of in (2021, 2022) for number in range(1, 13)]
    holdings = hold(make_grid(), make_counts({each: {"r00": 1.0} for each in months}))
    assert pick_periods(holdings, None) == months[8:]
    assert pick_periods(holdings, months[11])[0] == Period(dt.date(2020, 12, 15), dt.date(2021, 1, 14))


def test_nine_periods_are_too_few_and_the_refusal_says_how_many_there_are() -> None:
    holdings = hold(make_grid(), make_counts({year(n): QUIET for n in range(2014, 2023)}))
    with pytest.raises(TooFewPeriods) as refused:
        pick_periods(holdings, NOW)
    assert refused.value.facts == {"n": 9, "least": 10}


def test_the_order_of_the_wards_is_kept() -> None:
    patterns = find(hold_years({}))
    pd.testing.assert_index_equal(patterns.column.index, pd.Index(CODES, name="ward_code"))
    assert set(patterns.column) == {"none"}
