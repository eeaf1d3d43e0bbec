"""Cells as Vietnamese papers write them become numbers, codes and days; the rest is named as bad."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BadOption
from geo.cells import parse_period, to_code, to_coordinate, to_days, to_number, to_qualified_number
from geo.frames import Period

NOTHING = float("nan")


def column(*cells: object) -> pd.Series:
    return pd.Series(list(cells), index=range(10, 10 + len(cells)), dtype=object)


@pytest.mark.parametrize(
    ("cell", "number", "bad", "grouped"),
    [
        ("1.209", 1209, False, True),
        ("1,209", 1209, False, True),
        ("1.234,5", 1234.5, False, False),
        ("1.234.567", 1_234_567, False, False),
        ("1,234,567.5", 1_234_567.5, False, False),
        ("12,5", 12.5, False, False),
        ("3.0", 3, False, False),
        ("0.123", 0.123, False, False),
        (" 12 ", 12, False, False),
        ("1 209", 1209, False, False),
        ("1\u00a0209", 1209, False, False),
        ("−5", -5, False, False),
        ("03", 3, False, False),
        ("1e3", 1000, False, False),
        (5, 5, False, False),
        (2.5, 2.5, False, False),
        ("", NOTHING, False, False),
        (None, NOTHING, False, False),
        ("NaN", NOTHING, False, False),
        ("inf", NOTHING, True, False),
        (float("inf"), NOTHING, True, False),
        ("1e999", NOTHING, True, False),
        ("nhiều", NOTHING, True, False),
        ("12 5", NOTHING, True, False),
        ("1.23.456", NOTHING, True, False),
        (True, NOTHING, True, False),
        (dt.date(2022, 1, 1), NOTHING, True, False),
    ],
)
def test_a_number_is_read_as_it_is_written(cell: object, number: float, *, bad: bool, grouped: bool) -> None:
    numbers, bads, marks = to_number(column(cell))
    assert numbers.index.tolist() == [10]
    np.testing.assert_equal(numbers.iloc[0], number)
    assert (bads.iloc[0], marks.iloc[0]) == (bad, grouped)


def test_typed_columns_pass_through() -> None:
    whole, bad, grouped = to_number(pd.Series([1, None], dtype="Int64"))
    assert whole.dtype == float
    np.testing.assert_equal(whole.tolist(), [1.0, NOTHING])
    assert bad.tolist() == grouped.tolist() == [False, False]
    infinite, bad, _ = to_number(pd.Series([1.5, np.inf]))
    np.testing.assert_equal(infinite.tolist(), [1.5, NOTHING])
    assert bad.tolist() == [False, True]


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_survive_vietnamese_grouping(number: int) -> None:
    written = f"{number:,}".replace(",", ".")
    assert to_number(column(written, str(number), number))[0].tolist() == [number] * 3


@given(st.decimals(-(10**6), 10**6, places=2))
def test_decimals_survive_a_decimal_comma(number: object) -> None:
    written = f"{number:,}".translate(str.maketrans(",.", ".,"))
    assert to_number(column(written))[0].iloc[0] == float(str(number))


def test_coordinates_have_no_thousands_marks() -> None:
    numbers, bad = to_coordinate(column("105.781", "105,781", "-0.128", "10", "585000.125", "", "bắc"))
    np.testing.assert_equal(numbers.tolist(), [105.781, 105.781, -0.128, 10, 585000.125, NOTHING, NOTHING])
    assert bad.tolist() == [False] * 6 + [True]
    numbers, bad = to_coordinate(pd.Series(["105.781", "10,5", None], index=[3, 3, 4], dtype="str"))
    np.testing.assert_equal(numbers.tolist(), [105.781, 10.5, NOTHING])
    assert (bad.tolist(), bad.index.tolist()) == ([False] * 3, [3, 3, 4])
    typed, _ = to_coordinate(pd.Series([105.781, np.inf]))
    np.testing.assert_equal(typed.tolist(), [105.781, NOTHING])


def test_text_columns_read_repeated_cells_alike() -> None:
    texts = pd.Series(["1.209", "x", "1.209", None], index=[4, 3, 2, 1], dtype="str")
    number, bad, grouped = to_number(texts)
    assert number.index.tolist() == [4, 3, 2, 1]
    np.testing.assert_equal(number.tolist(), [1209, NOTHING, 1209, NOTHING])
    assert bad.tolist() == [False, True, False, False]
    assert grouped.tolist() == [True, False, True, False]
    days = to_days(pd.Series(["2022", "", "2022"], index=[9, 8, 7], dtype="str"))
    assert days.index.tolist() == [9, 8, 7]
    assert days["end"].dropna().tolist() == [pd.Timestamp("2022-12-31")] * 2


def test_codes_keep_their_zeros() -> None:
    codes = to_code(column("00123", " 31117 ", 31117, 31117.0, "31117.0", 2.5, "", None, NOTHING))
    assert codes.tolist() == ["00123", "31117", "31117", "31117", "31117.0", "2.5", None, None, None]


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_a_text_code_stays_the_same_text(text: str) -> None:
    assert to_code(column(text)).tolist() == [text]


def test_rough_numbers_keep_their_qualifier() -> None:
    cells = column(
        "trên 700", "Hơn 20", "khoảng 1.500", "dưới 5", "700+", "≥ 3", "2.523", 4, "hàng chục", None
    )
    number, qualifier = to_qualified_number(cells)
    np.testing.assert_equal(number.tolist(), [700, 20, 1500, 5, 700, 3, 2523, 4, NOTHING, NOTHING])
    assert qualifier.tolist() == [">=", ">=", "~", "<=", ">=", ">=", "", "", "", ""]


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        (2022, "2022-01-01", "2022-12-31"),
        (2022.0, "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("03/2022", "2022-03-01", "2022-03-31"),
        ("tháng 3/2022", "2022-03-01", "2022-03-31"),
        ("Tháng 12 năm 2022", "2022-12-01", "2022-12-31"),
        ("15/12/2024", "2024-12-15", "2024-12-15"),
        ("5-1-2022", "2022-01-05", "2022-01-05"),
        ("05/01/2022 23:59", "2022-01-05", "2022-01-05"),
        ("2022-03-04T23:59:59Z", "2022-03-04", "2022-03-04"),
        (dt.datetime(2022, 3, 4, 23), "2022-03-04", "2022-03-04"),
        (dt.date(2022, 3, 4), "2022-03-04", "2022-03-04"),
    ],
)
def test_a_cell_names_whole_days(cell: object, start: str, end: str) -> None:
    days = to_days(column(cell))
    assert days.to_numpy().tolist() == [[pd.Timestamp(start), pd.Timestamp(end), False]]


@pytest.mark.parametrize(
    "cell", ["03/13/2022", "31/02/2022", "tháng 9", "13/2022", 44635, "1/2/22", 1.5, True]
)
def test_what_is_no_date_is_bad(cell: object) -> None:
    days = to_days(column(cell))
    assert days["bad"].tolist() == [True]
    assert days[["start", "end"]].isna().all(axis=None)


def test_blank_dates_are_not_bad() -> None:
    days = to_days(column("", None, NOTHING))
    assert days["bad"].tolist() == [False] * 3
    assert days["start"].isna().all()


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_days_survive_every_way_of_writing(day: dt.date) -> None:
    written = column(f"{day:%d/%m}/{day.year:04}", day.isoformat(), f"{day.day}-{day.month}-{day.year}", day)
    days = to_days(written)
    assert days["start"].dt.date.tolist() == days["end"].dt.date.tolist() == [day] * 4


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


@pytest.mark.parametrize("text", ["", "năm ngoái", "2022-12-31..2022-01-01", "..", "2022..mai"])
def test_an_unclear_period_is_refused(text: str) -> None:
    with pytest.raises(BadOption) as caught:
        parse_period(text)
    assert caught.value.reason == "period"
