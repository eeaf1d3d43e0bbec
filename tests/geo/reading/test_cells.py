"""Cells as Vietnamese papers write them become numbers, codes and days; the rest is named as bad."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reading.cells import to_code, to_coordinate, to_number, to_qualified_number

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
