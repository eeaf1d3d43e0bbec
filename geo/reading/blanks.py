"""What counts as an empty cell."""

import math
import re

import pandas as pd

BLANKS = frozenset(("", "nan", "na", "n/a", "#n/a", "null", "none", "nat"))
SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


def is_blank(cell: object) -> bool:
    """Nothing in the cell: missing, or only spaces or a spelling of "missing"."""
    if isinstance(cell, str):
        return SPACES.sub(" ", cell).strip().lower() in BLANKS
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))
