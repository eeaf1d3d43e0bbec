"""Text in a cell to a number, a code or days, the way Vietnamese papers write them.

"1.209" is read as one thousand two hundred and nine: right for counts, wrong for coordinates and
rates, which go through `to_coordinate`. A cell that cannot be read becomes missing and is named as
bad; nothing is guessed further.
"""

import calendar
import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from errors import BadOption
from geo.frames import Period
from geo.names import fold

BLANKS = frozenset(("", "nan", "na", "n/a", "#n/a", "null", "none", "nat"))
SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
DOT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
SPACE_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
COMMA_DECIMAL = re.compile(r"[+-]?\d+,\d+")

QUALIFIERS = (
    (re.compile(r"(?:trên|hơn|tối thiểu|ít nhất|không dưới|>=|≥|>)\s*"), ">="),
    (re.compile(r"(?:dưới|tối đa|nhiều nhất|không quá|<=|≤|<)\s*"), "<="),
    (re.compile(r"(?:khoảng|gần|xấp xỉ|ước|~|≈)\s*"), "~"),
)

YEAR = re.compile(r"(?:năm )?(\d{4})")
YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
MONTH_YEAR = re.compile(r"(?:tháng )?(\d{1,2})(?:[-/.]| năm )(\d{4})")
ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[t ]\d{1,2}:.*)?")
DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:.*)?")
Days = tuple[dt.date, dt.date]


def to_number(cells: pd.Series) -> tuple[pd.Series, pd.Series, pd.Series]:
    """(number, bad, grouped) on the same index.

    number: float64; NaN where the cell is blank or unreadable. bad: not blank, yet unreadable
    (infinite counts as unreadable). grouped: one dot or comma before exactly three digits was taken
    for a thousands mark, though it might be a decimal mark ("1.209", "1,209").
    """
    if _is_numeric(cells):
        number, bad = _finite(cells)
        return number, bad, pd.Series(data=False, index=cells.index)
    table = _read_distinct(cells, _read_numbers)
    return table["number"], table["bad"], table["grouped"]


def _read_numbers(cells: pd.Series) -> pd.DataFrame:
    read = [_read_number(cell) for cell in cells]
    return pd.DataFrame(
        {
            "number": np.array([np.nan if value is None else value for value in read], dtype=float),
            "bad": np.array([value is None for value in read], dtype=bool),
            "grouped": np.array([_is_ambiguous(cell) for cell in cells], dtype=bool),
        },
        index=cells.index,
    )


def _read_distinct(cells: pd.Series, read: Callable[[pd.Series], pd.DataFrame]) -> pd.DataFrame:
    """Each distinct text is read once. Mixed columns go cell by cell, for there True equals 1."""
    if not isinstance(cells.dtype, pd.StringDtype):
        return read(cells)
    places, texts = pd.factorize(cells, use_na_sentinel=False)
    return read(pd.Series(texts, dtype=object)).take(places).set_axis(cells.index)


def _is_numeric(cells: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells)


def _is_ambiguous(cell: object) -> bool:
    return isinstance(cell, str) and AMBIGUOUS.fullmatch(_tidy(cell)) is not None


def to_coordinate(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """(number, bad) where a single dot or comma is always a decimal mark: "105.781" and "105,781" are
    both 105.781. Otherwise as `to_number`."""
    if _is_numeric(cells):
        return _finite(cells)
    is_text = np.array([isinstance(cell, str) for cell in cells], dtype=bool)
    number = _finite(pd.to_numeric(cells.where(is_text, ""), errors="coerce"))[0].to_numpy(copy=True)
    bad, hard = np.zeros(len(cells), dtype=bool), np.isnan(number)
    decimal = [
        _tidy(cell).replace(",", ".") + "0" if _is_ambiguous(cell) else cell
        for cell in cells.to_numpy(dtype=object)[hard]
    ]
    number[hard], bad[hard], _ = to_number(pd.Series(decimal, dtype=object))
    return pd.Series(number, cells.index), pd.Series(bad, cells.index)


def _finite(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    number = cells.astype("float64")
    infinite = pd.Series(np.isinf(number.to_numpy()), cells.index)
    return number.mask(infinite), infinite


def _read_number(cell: object) -> float | None:
    """NaN for blank, None for unreadable."""
    if isinstance(cell, str):
        return _parse_number(cell)
    if is_blank(cell):
        return math.nan
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, Real | Decimal):
        return None
    return float(cell) if math.isfinite(cell) else None


@lru_cache(maxsize=65_536)
def _parse_number(text: str) -> float | None:
    tidy = _tidy(text)
    if tidy in BLANKS:
        return math.nan
    if DOT_GROUPS.fullmatch(tidy):
        tidy = tidy.replace(".", "").replace(",", ".")
    elif COMMA_GROUPS.fullmatch(tidy):
        tidy = tidy.replace(",", "")
    elif SPACE_GROUPS.fullmatch(tidy):
        tidy = tidy.replace(" ", "").replace(",", ".")
    elif COMMA_DECIMAL.fullmatch(tidy):
        tidy = tidy.replace(",", ".")
    number = float(tidy) if PLAIN.fullmatch(tidy) else math.inf
    return number if math.isfinite(number) else None


def _tidy(text: str) -> str:
    return SPACES.sub(" ", text).strip().lower().replace("−", "-")


def is_blank(cell: object) -> bool:
    """Nothing in the cell: missing, or only spaces or a spelling of "missing"."""
    if isinstance(cell, str):
        return _tidy(cell) in BLANKS
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def to_code(cells: pd.Series) -> pd.Series:
    """Codes as text without outer spaces; leading zeros stay; blank is None.

    A cell that is a number (31117 or 31117.0 from a spreadsheet) gives "31117"; the text "31117.0"
    stays as it is.
    """
    return pd.Series([_read_code(cell) for cell in cells], cells.index, dtype=object, name=cells.name)


def _read_code(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell.strip() or None
    if is_blank(cell):
        return None
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    return str(cell)


def to_qualified_number(cells: pd.Series) -> tuple[pd.Series, pd.Series]:
    """(number, qualifier): "trên 700" is 700 and ">=", "dưới 5" is 5 and "<=", "khoảng 50" is 50 and
    "~", "12" is 12 and "". An unreadable cell is NaN with ""."""
    split = [_split_qualifier(cell) for cell in cells]
    number, _, _ = to_number(pd.Series([rest for rest, _ in split], cells.index, dtype=object))
    return number, pd.Series([qualifier for _, qualifier in split], cells.index, dtype=object).where(
        number.notna(), ""
    )


def _split_qualifier(cell: object) -> tuple[object, str]:
    if not isinstance(cell, str):
        return cell, ""
    folded = fold(cell)
    for words, qualifier in QUALIFIERS:
        found = words.match(folded)
        if found:
            return folded[found.end() :], qualifier
    if re.fullmatch(r"[\d.,]+\s*\+", folded):
        return folded.rstrip("+"), ">="
    return cell, ""


def to_days(cells: pd.Series) -> pd.DataFrame:
    """Each cell as whole days: columns start, end (datetime64, both ends included, NaT when blank or
    unreadable) and bad (not blank, yet unreadable).

    A year, a calendar month with its year, or a day; hours are dropped. Day before month unless the
    year comes first: never month before day. Years 1900 to 2100.
    """
    return _read_distinct(cells, _read_all_days)


def _read_all_days(cells: pd.Series) -> pd.DataFrame:
    read = [_read_days(cell) for cell in cells]
    return pd.DataFrame(
        {
            "start": _to_dates([days[0] if days else None for days in read]),
            "end": _to_dates([days[1] if days else None for days in read]),
            "bad": np.array(
                [days is None and not is_blank(cell) for days, cell in zip(read, cells, strict=True)],
                dtype=bool,
            ),
        },
        index=cells.index,
    )


def _to_dates(days: list[dt.date | None]) -> NDArray[np.datetime64]:
    return np.array(days, dtype="datetime64[D]").astype("datetime64[us]")


def _read_days(cell: object) -> Days | None:
    if isinstance(cell, str):
        return parse_days(cell)
    if is_blank(cell) or isinstance(cell, bool | np.bool_):
        return None
    if isinstance(cell, np.datetime64):
        cell = pd.Timestamp(cell)
    if isinstance(cell, dt.date):
        day = cell.date() if isinstance(cell, dt.datetime) else cell
        return (day, day) if 1900 <= day.year <= 2100 else None
    if isinstance(cell, Real) and float(cell).is_integer():
        return _year(int(float(cell)))
    return None


@lru_cache(maxsize=65_536)
def parse_days(text: str) -> Days | None:
    """First and last day that the text names; None when it names none. See `to_days`."""
    tidy = SPACES.sub(" ", text).strip().lower()
    readings: tuple[tuple[re.Pattern[str], Callable[..., Days | None]], ...] = (
        (YEAR, _year),
        (YEAR_MONTH, _month),
        (MONTH_YEAR, lambda month, year: _month(year, month)),
        (ISO_DAY, _day),
        (DAY_MONTH_YEAR, lambda day, month, year: _day(year, month, day)),
    )
    for pattern, read in readings:
        found = pattern.fullmatch(tidy)
        if found:
            return read(*(int(number) for number in found.groups()))
    return None


def _year(year: int) -> Days | None:
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)) if 1900 <= year <= 2100 else None


def _month(year: int, month: int) -> Days | None:
    if not (1900 <= year <= 2100 and 1 <= month <= 12):
        return None
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> Days | None:
    whole = _month(year, month)
    if whole is None or not 1 <= day <= whole[1].day:
        return None
    return dt.date(year, month, day), dt.date(year, month, day)


def parse_period(text: str) -> Period:
    """`2022`, `2022-03`, `2022-01-01..2022-12-31` or `01/01/2022..31/12/2022`; BadOption otherwise.

    The label is the text as given."""
    first, _, last = text.partition("..")
    start, end = parse_days(first), parse_days(last or first)
    if start is None or end is None or end[1] < start[0]:
        raise BadOption("period", value=text)
    return Period(start[0], end[1], text)
