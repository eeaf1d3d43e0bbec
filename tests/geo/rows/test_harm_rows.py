"""A committee's table of weights is read whole or refused whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import BrokenWeights, MissingColumns, SeveralChoices
from geo.names import fold
from geo.rows.harm_rows import read_weights
from tests.mau import make_table


def refuse(categories: list[object], weights: list[object]) -> BrokenWeights:
    with pytest.raises(BrokenWeights) as refused:
        read_weights(make_table({"Loại vụ": categories, "Trọng số": weights}))
    return refused.value


def test_weights_keep_the_tables_order_and_its_names() -> None:
    weights, findings = read_weights(
        make_table(
            {
                "TT": ["1", "2", "3", ""],
                "Loại vụ": ["Giết người", " Trộm cắp ", "Đánh bạc", ""],
                "Trọng số": ["5475", "2,5", "0", ""],
            }
        )
    )
    assert weights == (("Giết người", 5475.0), ("Trộm cắp", 2.5), ("Đánh bạc", 0.0))
    assert findings == ()


def test_english_headers_and_numbers_of_a_workbook_are_read() -> None:
    weights, _ = read_weights(make_table({"category": ["Cướp"], "weight": [0.125]}))
    assert weights == (("Cướp", 0.125),)


@pytest.mark.parametrize(
    ("reason", "categories", "weights", "n", "seen"),
    [
        ("empty", ["", ""], ["", ""], None, None),
        ("no_weight", ["Cướp", "Trộm"], ["2", ""], 1, "Trộm: –"),
        ("no_weight", ["Cướp", ""], ["2", "3"], 1, "–: 3"),
        ("not_a_number", ["Cướp", "Trộm"], ["nặng", "3"], 1, "Cướp: nặng"),
        ("not_a_number", ["Cướp"], ["50 %"], 1, "Cướp: 50 %"),
        ("negative", ["Cướp", "Trộm"], ["-1", "3"], 1, "Cướp: -1"),
        ("duplicate", ["Trộm cắp", "TRỘM  CẮP"], ["1", "2"], 2, "Trộm cắp: 1, TRỘM  CẮP: 2"),
    ],
)
def test_one_bad_row_refuses_the_table_and_is_named(
    reason: str, categories: list[object], weights: list[object], n: int | None, seen: str | None
) -> None:
    refused = refuse(categories, weights)
    assert (refused.reason, refused.facts.get("n"), refused.facts.get("seen")) == (reason, n, seen)


def test_a_table_without_the_two_columns_is_refused_with_those_it_has() -> None:
    with pytest.raises(MissingColumns) as refused:
        read_weights(make_table({"Loại vụ": ["Cướp"], "Điểm": ["2"]}))
    assert (refused.value.reason, refused.value.facts["columns"]) == ("weights", "Loại vụ, Điểm")


def test_a_mark_that_reads_two_ways_is_asked_for_and_read_as_told() -> None:
    table = make_table({"Loại vụ": ["Cướp", "Trộm", "Khác"], "Trọng số": ["1.209", "2.5", "3"]})
    with pytest.raises(SeveralChoices):
        read_weights(table)
    weights, _ = read_weights(table, decimal_mark=".")
    assert [weight for _, weight in weights] == [1.209, 2.5, 3.0]


@given(st.dictionaries(st.text("abcdeđôạ", min_size=1, max_size=6), st.integers(0, 999), min_size=1))
def test_every_category_has_the_weight_that_stood_beside_it(told: dict[str, int]) -> None:
    distinct = {fold(category): (category, weight) for category, weight in told.items()}
    pairs = list(distinct.values())
    weights, _ = read_weights(
        make_table(
            {
                "category": [category for category, _ in pairs],
                "weight": [str(weight) for _, weight in pairs],
            }
        )
    )
    assert weights == tuple((category, float(weight)) for category, weight in pairs)
