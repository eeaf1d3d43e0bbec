"""Totals that a clerk wrote, against the rows they stand for. Rows count; a total only checks them."""

import math

import pandas as pd

from geo.findings import Finding
from geo.names import parse_unit
from geo.reading.cells import to_number
from geo.reading.layout import Total
from geo.reading.read import Table

TOLERANCE = 1e-6


def check_totals(
    table: Table,
    column: str,
    numbers: pd.Series,
    parent: pd.Series | None,
    *,
    decimal_mark: str | None = None,
) -> tuple[Finding, ...]:
    """TotalsDiffer for each total of that column that its rows do not add up to; TotalsAgree when all do.

    numbers: the column as read, indexed like the table; unknown counts as nothing. parent: the table's own
    column of districts. Totals without a readable figure, or over no row, say nothing.
    """
    where, n_checked = f"{table.file}:{column}", 0
    differing: list[Finding] = []
    for total in table.totals:
        covered = _find_covered(total, numbers, parent)
        cell = pd.Series([total.cells.get(column)], dtype=object)
        stated = float(to_number(cell, decimal_mark=decimal_mark)[0].iloc[0])
        if covered.isna().all() or math.isnan(stated):
            continue
        n_checked += 1
        summed = float(covered.sum())
        if abs(stated - summed) > TOLERANCE * max(1.0, abs(summed)):
            facts: dict[str, object] = {
                "label": total.label, "line": total.line, "column": column, "stated": _plain(stated),
                "summed": _plain(summed), "difference": _plain(abs(stated - summed)),
            }  # fmt: skip
            differing.append(Finding("TotalsDiffer", "warning", where, total.label, facts))
    if differing or not n_checked:
        return tuple(differing)
    return (Finding("TotalsAgree", "info", where, "", {"n": n_checked, "column": column}),)


def _find_covered(total: Total, numbers: pd.Series, parent: pd.Series | None) -> pd.Series:
    if total.rows is not None:
        return numbers.iloc[slice(*total.rows)]
    if parent is None or total.scope is None:
        return numbers.iloc[:0]
    core = parse_unit(total.scope).core
    is_inside = parent.map(lambda cell: parse_unit(str(cell)).core == core, na_action="ignore")
    return numbers[is_inside.fillna(False).astype(bool).to_numpy()]


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number
