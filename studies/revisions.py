"""What a correction changed, ward by ward, and the kept rows as a table to take away."""

import pandas as pd

from geo.frames import Joined
from i18n.messages import Words

KEYS = ("ward_code", "start", "end", "category", "measure", "year")
WRITTEN = (
    "ward_code", "start", "end", "category", "severity", "known_by", "measure", "unit", "n", "n_working",
    "n_connected", "n_live", "n_stored", "stored_days", "year", "status", "qualifier", "source",
    "longitude", "latitude", "outcome",
)  # fmt: skip
NUMBERS = (
    "n", "n_working", "n_connected", "n_live", "n_stored", "stored_days", "longitude", "latitude",
)  # fmt: skip


def list_changes(before: Joined, after: Joined) -> pd.DataFrame:
    """Rows that differ: ward_code, the days or year, category, before, after (text; "" where there was none).

    Rows that found no ward are compared as one line per outcome of theirs.
    """
    keys = [key for key in KEYS if key in before.rows and key in after.rows]
    value = "status" if before.kind == "status" else "n"

    def summed(joined: Joined) -> pd.Series:
        rows = joined.rows.copy()
        rows["ward_code"] = rows["ward_code"].where(rows["outcome"] == "joined", rows["outcome"])
        grouped = rows.groupby(keys, dropna=False)[value]
        told: pd.Series = grouped.first() if value == "status" else grouped.sum(min_count=1)
        return told

    both = pd.concat({"before": summed(before), "after": summed(after)}, axis=1).reset_index()
    differs = both["before"].astype(object).where(both["before"].notna(), None) != both["after"].astype(
        object
    ).where(both["after"].notna(), None)
    return _as_text(both[differs])


def write_rows(joined: Joined, words: Words) -> pd.DataFrame:
    """Every kept row under headings that this program reads again; days as 2022-03-31."""
    columns = [name for name in WRITTEN if name in joined.rows and joined.rows[name].notna().any()]
    table = _as_text(joined.rows[columns], numbers=NUMBERS)
    return table.rename(columns={name: words(f"revision.{name}") for name in columns})


def _as_text(table: pd.DataFrame, *, numbers: tuple[str, ...] = ()) -> pd.DataFrame:
    text = {}
    for name in table.columns:
        column = table[name]
        if name in numbers:
            text[name] = column
        elif pd.api.types.is_datetime64_any_dtype(column.dtype):
            text[name] = column.dt.strftime("%Y-%m-%d").fillna("")
        elif pd.api.types.is_float_dtype(column.dtype):
            text[name] = column.map(lambda value: f"{value:.10g}", na_action="ignore").fillna("")
        else:
            text[name] = column.astype(object).where(column.notna(), "").astype(str)
    return pd.DataFrame(text, index=table.index).reset_index(drop=True)
