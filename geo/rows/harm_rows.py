"""A committee's table of harm weights as it was sent: one row per category.

A weight that is wrong makes every sum wrong, so a table with one bad row is refused whole; nothing is left
out and nothing is filled in.
"""

import numpy as np

from errors import BrokenWeights, MissingColumns
from geo.findings import Finding, list_examples
from geo.names import fold
from geo.reading.cells import refuse_unclear_marks, to_number
from geo.reading.columns import find_column
from geo.reading.read import Table
from geo.rows.fact_cells import note, read_text

Weighed = tuple[tuple[str, float], ...]


def read_weights(
    table: Table, *, category: str | None = None, weight: str | None = None, decimal_mark: str | None = None
) -> tuple[Weighed, tuple[Finding, ...]]:
    """(category, weight) in the table's order, as `geo.harm.HarmWeights` holds them.

    category, weight: columns, None for guessing them by their headers. Rows with neither are passed over.
    Raises MissingColumns (reason `weights`), SeveralChoices (`thousands`, unless the decimal mark is told),
    BrokenWeights: `empty` no row at all; `no_weight` a category without a weight, or a weight without a
    category; `not_a_number`; `negative`; `duplicate` one category twice, however its letters are written.
    """
    category, weight = _find_columns(table, category, weight)
    cells = table.frame[weight]
    said, texts = read_text(table.frame, category), read_text(table.frame, weight)
    told = said.notna() | texts.notna()
    if not told.any():
        raise BrokenWeights("empty", file=table.file)
    if decimal_mark is None:
        refuse_unclear_marks(cells, file=table.file, column=weight)
    numbers, bad, grouped = to_number(cells, decimal_mark=decimal_mark)
    bad |= ~np.isfinite(numbers) & texts.notna()
    folded = said.map(fold, na_action="ignore")
    shown = said.fillna("–").astype(str) + ": " + texts.fillna("–").astype(str)
    for reason, wrong in (
        ("no_weight", told & (said.isna() | texts.isna())),
        ("not_a_number", told & bad),
        ("negative", numbers < 0),
        ("duplicate", folded.notna() & folded.duplicated(keep=False)),
    ):
        if wrong.any():
            raise BrokenWeights(reason, file=table.file, n=int(wrong.sum()), seen=list_examples(shown[wrong]))
    findings = [*table.findings]
    note("ThousandsMark", cells, grouped, f"{table.file}:{weight}", findings)
    pairs = zip(said[told], numbers[told], strict=True)
    return tuple((str(text), float(number)) for text, number in pairs), tuple(findings)


def _find_columns(table: Table, category: str | None, weight: str | None) -> tuple[str, str]:
    columns = [str(column) for column in table.frame.columns]
    category = category or find_column(columns, "category", taken=[weight] if weight else [])
    weight = weight or find_column(columns, "harm_weight", taken=[category] if category else [])
    for column in (category, weight):
        if column is None or column not in columns:
            raise MissingColumns("weights", file=table.file, columns=", ".join(columns) or "–")
    return str(category), str(weight)
