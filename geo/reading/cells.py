"""Text in a cell to a number or a code, the way Vietnamese papers write them; days are in `geo.reading.days`.

"1.209" is read as one thousand two hundred and nine: right for counts, wrong for coordinates and
rates, which go through `to_coordinate`. A cell that cannot be read becomes missing and is named as
bad; nothing is guessed further.
"""

import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from numbers import Real

import numpy as np
import pandas as pd

from errors import BadOption, SeveralChoices
from geo.findings import list_examples
from geo.names import fold
from geo.reading.blanks import BLANKS, SPACES
from geo.reading.blanks import is_blank as is_blank
from geo.reading.days import parse_days as parse_days
from geo.reading.days import parse_period as parse_period
from geo.reading.days import to_days as to_days

PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
DOT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
SPACE_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?")
COMMA_DECIMAL = re.compile(r"[+-]?\d+,\d+")
PERCENT = re.compile(r"\d\s*%$")
IMPLAUSIBLE = 100

QUALIFIERS = (
    (re.compile(r"(?:trên|hơn|tối thiểu|ít nhất|không dưới|>=|≥|>)\s*"), ">="),
    (re.compile(r"(?:dưới|tối đa|nhiều nhất|không quá|<=|≤|<)\s*"), "<="),
    (re.compile(r"(?:khoảng|gần|xấp xỉ|ước|~|≈)\s*"), "~"),
)


def to_number(cells: pd.Series, *, decimal_mark: str | None = None) -> tuple[pd.Series, pd.Series, pd.Series]:
    """(number, bad, grouped) on the same index. decimal_mark: "," or "." where a person said which.

    number: float64; NaN where the cell is blank or unreadable. bad: not blank, yet unreadable
    (infinite counts as unreadable). grouped: one dot or comma before exactly three digits was taken
    for a thousands mark, though it might be a decimal mark ("1.209", "1,209"), and nobody said.
    """
    if _is_numeric(cells):
        number, bad = _finite(cells)
        return number, bad, pd.Series(data=False, index=cells.index)
    table = _read_distinct(cells, lambda distinct: _read_numbers(distinct, decimal_mark))
    return table["number"], table["bad"], table["grouped"]


def _read_numbers(cells: pd.Series, decimal_mark: str | None) -> pd.DataFrame:
    read = [_read_number(cell, decimal_mark) for cell in cells]
    return pd.DataFrame(
        {
            "number": np.array([np.nan if value is None else value for value in read], dtype=float),
            "bad": np.array([value is None for value in read], dtype=bool),
            "grouped": np.array([decimal_mark is None and _is_ambiguous(cell) for cell in cells], dtype=bool),
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
    if isinstance(cells.dtype, pd.StringDtype):
        is_text = cells.notna().to_numpy(dtype=bool)
    else:
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


def _read_number(cell: object, decimal_mark: str | None) -> float | None:
    """NaN for blank, None for unreadable."""
    if isinstance(cell, str):
        return _parse_number(cell, decimal_mark)
    if is_blank(cell):
        return math.nan
    if isinstance(cell, bool | np.bool_) or not isinstance(cell, Real | Decimal):
        return None
    return float(cell) if math.isfinite(cell) else None


@lru_cache(maxsize=65_536)
def _parse_number(text: str, decimal_mark: str | None) -> float | None:
    tidy = _tidy(text)
    if tidy in BLANKS:
        return math.nan
    if decimal_mark is not None and AMBIGUOUS.fullmatch(tidy):
        return float(tidy.replace(decimal_mark, "_").translate({44: None, 46: None}).replace("_", "."))
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


def to_code(cells: pd.Series) -> pd.Series:
    """Codes as text without outer spaces; leading zeros stay; blank is None.

    A cell that is a number (31117 or 31117.0 from a spreadsheet) gives "31117"; the text "31117.0"
    stays as it is.
    """
    if isinstance(cells.dtype, pd.StringDtype):
        places, texts = pd.factorize(cells, use_na_sentinel=False)
        codes = np.array([*map(_read_code, texts), None], dtype=object)[places]
    else:
        codes = np.array([*map(_read_code, cells), None], dtype=object)[:-1]
    return pd.Series(codes, cells.index, dtype=object, name=cells.name)


def _read_code(cell: object) -> str | None:
    if isinstance(cell, str):
        return cell.strip() or None
    if is_blank(cell):
        return None
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    return str(cell)


def to_qualified_number(cells: pd.Series, *, decimal_mark: str | None = None) -> tuple[pd.Series, pd.Series]:
    """(number, qualifier): "trên 700" is 700 and ">=", "dưới 5" is 5 and "<=", "khoảng 50" is 50 and
    "~", "12" is 12 and "". An unreadable cell is NaN with ""; a share ("khoảng 50 %") is no number."""
    split = [_split_qualifier(cell) for cell in cells]
    rest = pd.Series([rest for rest, _ in split], cells.index, dtype=object)
    number, _, _ = to_number(rest, decimal_mark=decimal_mark)
    return number, pd.Series([qualifier for _, qualifier in split], cells.index, dtype=object).where(
        number.notna(), ""
    )


def is_percent(cells: pd.Series) -> pd.Series:
    """Whether each cell is a number in per cent, rough or not: "50 %", "khoảng 86,14%"."""
    found = [isinstance(cell, str) and PERCENT.search(_tidy(cell)) is not None for cell in cells]
    return pd.Series(found, cells.index, dtype=bool)


def refuse_unclear_marks(cells: pd.Series, *, file: str, column: str) -> None:
    """Raise SeveralChoices("thousands") where "1.209" may well be a decimal number: beside decimals with the
    same mark, beside groups with the other mark, or if 1209 were over 100 times the usual plain figure."""
    if _is_numeric(cells):
        return
    values = [_split_qualifier(cell)[0] for cell in pd.unique(cells.astype(object))]
    texts = [_tidy(value) for value in values if isinstance(value, str)]
    unclear = [text for text in texts if AMBIGUOUS.fullmatch(text)]
    if not unclear:
        return
    typed = [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    clear = [text for text in texts if text not in unclear]
    if not (_is_mixed(unclear, clear, typed) or _is_implausible(unclear, clear, typed)):
        return
    choices = f"{unclear[0].translate({44: None, 46: None})} | {unclear[0]}"
    raise SeveralChoices("thousands", file=file, column=column, seen=list_examples(unclear), choices=choices)


def _is_mixed(unclear: list[str], clear: list[str], typed: list[float]) -> bool:
    marks = {mark for mark in ".," if any(mark in text for text in unclear)}
    decimals = [text for mark in marks for text in clear if re.fullmatch(rf"[+-]?\d+[{mark}]\d+", text)]
    return len(marks) > 1 or bool(decimals) or any(number % 1 > 0 for number in typed)


def _is_implausible(unclear: list[str], clear: list[str], typed: list[float]) -> bool:
    plain = pd.Series([*typed, *to_number(pd.Series(clear, dtype=object))[0]], dtype=float)
    smallest = to_number(pd.Series(unclear, dtype=object))[0].abs().min()
    return bool(smallest > IMPLAUSIBLE * plain[plain > 0].median())


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


def read_decimal_mark(text: str | None) -> str | None:
    """The comma or the dot that a person names; None stays None. Raises BadOption (reason `decimal_mark`)."""
    if text is None or text in (",", "."):
        return text
    raise BadOption("decimal_mark", value=text, choices="',' | '.'")
