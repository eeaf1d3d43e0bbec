"""What "1.209" means is asked when it matters; rough numbers keep their qualifier, shares are no counts."""

import numpy as np
import pandas as pd
import pytest

from errors import BadOption, SeveralChoices
from geo.reading.cells import (
    is_percent,
    read_decimal_mark,
    refuse_unclear_marks,
    to_number,
    to_qualified_number,
)
from geo.reading.columns import TableColumns
from geo.rows.facts import join_table
from i18n.messages import LANGUAGES, load_words
from tests.mau import make_table, make_wards


def column(*cells: object) -> pd.Series:
    return pd.Series(list(cells), dtype=object)


@pytest.mark.parametrize(
    "cells",
    [
        ("1.209", "12.5"),
        ("1.209", "3.75", "856"),
        ("1,209", "12,5"),
        ("1.209", 2.5),
        ("1.209", "1,305"),
        ("trên 1.209", "12.5"),
        ("1.209", "3", "5", "8"),
        ("1.209", 3, 5, 8),
        ("1.209", "2.041", "0.987"),
    ],
)
def test_a_mark_that_may_be_decimal_is_asked_about(cells: tuple[object, ...]) -> None:
    with pytest.raises(SeveralChoices) as caught:
        refuse_unclear_marks(column(*cells), file="bang.xlsx", column="Số vụ")
    mark = "," if str(cells[0]).startswith("1,") else "."
    assert caught.value.reason == "thousands"
    assert caught.value.facts["choices"] == f"1209 | 1{mark}209"
    for language in LANGUAGES:
        assert "bang.xlsx" in load_words(language).error(caught.value)


@pytest.mark.parametrize(
    "cells",
    [
        ("1.209", "856", "944"),
        ("1.209", "1.234.567", "12"),
        ("1.209", "1.234,5", "856"),
        ("1.209", "2.001"),
        ("1.209", "", None, "nhiều"),
        ("1.209", 856.0, 12.0),
        ("12.5", "3.75"),
        (1.5, 1209.0),
    ],
)
def test_a_mark_that_can_only_group_is_not(cells: tuple[object, ...]) -> None:
    refuse_unclear_marks(column(*cells), file="bang.xlsx", column="Số vụ")


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [(",", [1209, 1.209, 12.5, 12.5, 1_234_567]), (".", [1.209, 1209, 12.5, 12.5, 1_234_567])],
)
def test_a_told_decimal_mark_decides(mark: str, numbers: list[float]) -> None:
    cells = column("1.209", "1,209", "12.5", "12,5", "1.234.567")
    number, bad, grouped = to_number(cells, decimal_mark=mark)
    assert number.tolist() == numbers
    assert not bad.any()
    assert not grouped.any()
    assert to_qualified_number(column("trên 1.209"), decimal_mark=".")[0].tolist() == [1.209]


def test_joining_asks_until_it_is_told() -> None:
    table = make_table({"ma_xa": ["00001", "00002"], "so_vu": ["1.209", "12.5"]})
    with pytest.raises(SeveralChoices) as caught:
        join_table(make_wards(), table, "incidents", TableColumns())
    assert caught.value.reason == "thousands"
    joined, _, _ = join_table(make_wards(), table, "incidents", TableColumns(decimal_mark="."))
    assert joined.rows["n"].tolist() == [1.209, 12.5]
    joined, _, _ = join_table(make_wards(), table, "incidents", TableColumns(decimal_mark=","))
    assert joined.rows["n"].tolist() == [1209, 12.5]


def test_shares_are_told_from_rough_numbers() -> None:
    cells = column("khoảng 50 %", "86,14%", "trên 700", "hơn 1.200", "≥ 5", "dưới 10", "50", 50, None, "%")
    assert is_percent(cells).tolist() == [True, True] + [False] * 8
    number, qualifier = to_qualified_number(cells)
    nothing = float("nan")
    np.testing.assert_equal(number.tolist(), [nothing, nothing, 700, 1200, 5, 10, 50, 50, nothing, nothing])
    assert qualifier.tolist() == ["", "", ">=", ">=", ">=", "<=", "", "", "", ""]


def test_a_share_among_counts_is_unknown_and_said_so() -> None:
    table = make_table({"ma_xa": ["00001", "00002", "00003"], "so_vu": ["khoảng 50 %", "7", "x"]})
    joined, findings, _ = join_table(make_wards(), table, "incidents", TableColumns(), version="v")
    np.testing.assert_equal(joined.rows["n"].tolist(), [float("nan"), 7.0, float("nan")])
    assert [(finding.code, finding.seen) for finding in findings] == [
        ("PercentCells", "khoảng 50 %"), ("NotANumber", "x"),
    ]  # fmt: skip


def test_a_decimal_mark_is_a_comma_or_a_dot() -> None:
    assert [read_decimal_mark(text) for text in (None, ",", ".")] == [None, ",", "."]
    with pytest.raises(BadOption, match="decimal_mark"):
        read_decimal_mark("'")
