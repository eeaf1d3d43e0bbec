"""A total is held against the rows it stands for; the rows stay as they are."""

import pandas as pd

from geo.findings import Finding
from geo.reading.layout import Total
from geo.reading.read import Table
from geo.rows.totals import check_totals

FILE = "bang.xlsx"


def check(
    *totals: Total, numbers: tuple[float | None, ...] = (1, 2, 4), parents: tuple[str, ...] | None = None
) -> tuple[Finding, ...]:
    frame = pd.DataFrame({"n": pd.Series(numbers, dtype=float)})
    table = Table(FILE, "", frame, points=False, findings=(), totals=totals)
    parent = None if parents is None else pd.Series(parents, dtype=object)
    return check_totals(table, "n", frame["n"], parent)


def total(
    stated: object, rows: tuple[int, int] | None = (0, 3), scope: str | None = None, label: str = "Tổng"
) -> Total:
    return Total(9, label, scope, {"n": stated}, rows)


def test_totals_that_agree_are_said_once() -> None:
    found = check(total(7), total("3", (0, 2), "Quận Đông"))
    assert found == (Finding("TotalsAgree", "info", f"{FILE}:n", "", {"n": 2, "column": "n"}),)


def test_each_total_that_differs_is_named_with_its_line_and_by_how_much() -> None:
    found = check(total(7), total(5, (0, 2), "Quận Đông", "Quận Đông"))
    assert [(finding.code, finding.severity, finding.facts) for finding in found] == [
        (
            "TotalsDiffer",
            "warning",
            {"label": "Quận Đông", "line": 9, "column": "n", "stated": 5, "summed": 3, "difference": 2},
        )
    ]


def test_a_total_of_a_named_district_is_held_against_the_tables_own_parents() -> None:
    parents = ("Q. Đông", "quận đông", "Huyện Tây")
    assert [f.code for f in check(total(3, None, "quận Đông"), parents=parents)] == ["TotalsAgree"]
    assert [f.facts["summed"] for f in check(total(4, None, "quận Đông"), parents=parents)] == [3]


def test_totals_that_cannot_be_held_against_anything_say_nothing() -> None:
    assert check(total("nhiều"), total(None), total(9, (0, 0)), total(9, None, "quận Đông")) == ()
    assert check(total(5), numbers=(None, None, None)) == ()


def test_unknown_rows_count_as_nothing() -> None:
    assert [f.facts["difference"] for f in check(total(7), numbers=(1, None, 4))] == [2]


def test_grouped_totals_and_fractions_are_read_like_their_rows() -> None:
    assert [f.code for f in check(total("1.209"), numbers=(1000, 200, 9))] == ["TotalsAgree"]
    assert [f.code for f in check(total(0.3), numbers=(0.1, 0.1, 0.1))] == ["TotalsAgree"]
