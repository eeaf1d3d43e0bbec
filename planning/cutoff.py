"""How much the first k wards hold of what there is: the curve behind "where to draw the line".

Only known figures are in the whole; what is unknown is in neither part, so a share says nothing of it.
"""

from collections.abc import Sequence

import pandas as pd


def shares_by_k(order: Sequence[str], table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Percent of each column's total that the first k wards of `order` hold.

    Index k = 0 … len(order). 100 · sum over the first k / sum of all known of the whole table, wards outside
    `order` included. Columns are amounts, never negative. Missing adds nothing; a column whose known values
    sum to 0 is NaN all along. KeyError for a code or column that the table lacks.
    """
    values = table[list(columns)].astype(float)
    held = values.loc[list(order)].fillna(0.0).cumsum().reset_index(drop=True)
    held.index = pd.RangeIndex(1, len(order) + 1, name="k")
    held = held.reindex(pd.RangeIndex(len(order) + 1, name="k"), fill_value=0.0)
    total = values.sum()
    return (100 * held / total.where(total > 0)).clip(upper=100)
