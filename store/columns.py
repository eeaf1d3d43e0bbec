"""Frames to table rows and back, column types included.

A date column keeps whole days: a time of day is not kept. A missing value is NULL in the table; it
comes back as the column's own missing value (None in a column of plain objects). A NUL character, which
no one writes and PostgreSQL cannot hold, is left out of texts.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

CHUNK = 10_000
NUL = "\x00"
Columns = list[tuple[str, Any]]


def describe(frame: pd.DataFrame) -> Columns:
    """Column names in order, each with its dtype as text, or as a dict for categories."""
    return [(str(name), _describe_dtype(frame[name].dtype)) for name in frame.columns]


def _describe_dtype(dtype: Any) -> Any:
    if isinstance(dtype, pd.CategoricalDtype):
        categories = dtype.categories
        return {
            "categories": categories.tolist(),
            "dtype": str(categories.dtype),
            "ordered": bool(dtype.ordered),
        }
    return str(dtype)


def as_kept(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The frame as it will be read back: only the named columns, in its own order, numbered from 0."""
    kept = frame[[name for name in frame.columns if name in names]].reset_index(drop=True)
    for name in kept.columns:
        if pd.api.types.is_datetime64_dtype(kept[name].dtype):
            kept[name] = kept[name].dt.normalize()
        elif kept[name].dtype == object:
            kept[name] = kept[name].where(kept[name].notna(), None)
        if not pd.api.types.is_numeric_dtype(kept[name].dtype):
            kept[name] = _without_nul(kept[name])
    return kept


def _without_nul(column: pd.Series) -> pd.Series:
    values = column.dropna().unique()
    if not any(isinstance(value, str) and NUL in value for value in values):
        return column
    plain = column.astype(column.cat.categories.dtype) if column.dtype == "category" else column
    cleaned: pd.Series = plain.map(lambda text: text.replace(NUL, ""), na_action="ignore").astype(plain.dtype)
    return cleaned


def to_records(frame: pd.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """The rows as dicts with their `position`, a chunk at a time."""
    names = ["position", *map(str, frame.columns)]
    for first in range(0, len(frame), CHUNK):
        part = frame.iloc[first : first + CHUNK]
        values = [to_values(part[name]) for name in part.columns]
        positions = range(first, first + len(part))
        yield [dict(zip(names, row, strict=True)) for row in zip(positions, *values, strict=True)]


def to_values(column: pd.Series) -> list[Any]:
    """Plain Python values, None where missing, dates for timestamps."""
    if pd.api.types.is_datetime64_dtype(column.dtype):
        days: list[dt.date | None] = column.to_numpy().astype("datetime64[D]").tolist()
        return days
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values


def to_frame(chunks: Iterable[Sequence[Sequence[Any]]], columns: Columns) -> pd.DataFrame:
    """Fetched rows, a chunk at a time, as the frame that `describe` saw."""
    parts: list[list[Any]] = [[] for _ in columns]
    for chunk in chunks:
        for part, values in zip(parts, zip(*chunk, strict=True), strict=True):
            part.extend(values)
    named = {name: _to_series(part, dtype) for (name, dtype), part in zip(columns, parts, strict=True)}
    return pd.DataFrame(named, index=pd.RangeIndex(len(parts[0]) if parts else 0))


def _to_series(values: list[Any], dtype: Any) -> pd.Series:
    if isinstance(dtype, dict):
        categories = pd.Index(dtype["categories"], dtype=dtype["dtype"])
        return pd.Series(values, dtype=pd.CategoricalDtype(categories, dtype["ordered"]))
    if dtype.startswith("datetime64"):
        # Many rows share few days: each day is read once.
        codes, days = pd.factorize(np.array(values, dtype=object))
        moments = np.append(np.array(days, dtype="datetime64[D]"), np.datetime64("NaT"))
        return pd.Series(moments[codes].astype(dtype))
    plain: pd.Series = pd.Series(values, dtype=dtype)
    return plain
