"""What each row under a header is: a ward, or something a clerk wrote between and below the wards.

A row with a code of its own is always a ward; so is whatever is not clearly something else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.names import fold, parse_unit
from geo.reading.cells import to_qualified_number
from geo.reading.grid import is_empty, is_word, one_line
from geo.reading.row_words import ROMAN_ORDER, WARD_TYPES, read_heading, sort_words

RowKind = Literal["ward", "blank", "heading", "total", "note", "signature"]
TAIL_ROWS = 60
LETTERS_BEFORE = {"i": ("h",), "v": ("s", "t", "u", "ư"), "x": ("t", "u", "ư", "v", "y")}
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Labels:
    """The columns in which a row says what it is. name, code: of the ward, one may be None. order: of the
    running numbers. beside: others at the left, where a merged label begins. details: category and date."""

    name: str | None
    code: str | None
    order: str | None
    parent: str | None
    beside: tuple[str, ...] = ()
    details: tuple[str, ...] = ()

    def list_keys(self) -> list[str]:
        keys = (self.name, self.code, self.parent, self.order, *self.beside)
        return list(dict.fromkeys(column for column in keys if column is not None))


@dataclass(frozen=True)
class SortedRows:
    """In the order of the rows. kinds: see RowKind. texts: what the row calls itself, "" when nothing does.
    orders: its running number as it stands."""

    kinds: Texts
    texts: Texts
    orders: Texts


def sort_rows(body: pd.DataFrame, labels: Labels) -> SortedRows:
    texts = _read_texts(body, labels)
    orders = np.full(len(body), "", dtype=object)
    if labels.order is not None:
        orders = _by_distinct(body[labels.order], one_line)
    kinds = np.full(len(body), "ward", dtype=object)
    kinds[_find_blank(body, texts)] = "blank"
    said = _by_distinct(texts, lambda text: sort_words(str(text)))
    for place in np.flatnonzero(_find_roman(orders, texts) & (said == "other")):
        if read_heading(texts[place], orders[place]):
            said[place] = "heading"
    for place in np.flatnonzero(np.isin(said, ("heading", "total"))):
        if not _has_code(body, int(place), labels):
            kinds[place] = said[place]
    _refuse_detailed_totals(body, labels, kinds)
    _refuse_headings(body, labels, kinds, texts)
    _take_lone_notes(body, kinds, said)
    _take_tail(body, kinds, texts)
    return SortedRows(kinds, texts, orders)


def _find_roman(orders: Texts, texts: Texts) -> NDArray[np.bool_]:
    """Rows with a Roman number that may head others: not the i after h, and none where wards bear them."""
    is_roman = _by_distinct(orders, lambda text: ROMAN_ORDER.fullmatch(str(text)) is not None).astype(bool)
    if any(parse_unit(str(text)).type in WARD_TYPES for text in texts[is_roman]):
        return np.zeros(len(orders), dtype=bool)
    above = ""
    for place in np.flatnonzero(orders != ""):
        letter = str(orders[place]).strip("()./ ").lower()
        is_roman[place] &= above not in LETTERS_BEFORE.get(letter, ())
        above = letter
    return is_roman


def _by_distinct(cells: Texts | pd.Series, read: Callable[[object], object]) -> Texts:
    """Each distinct cell is read once."""
    places, values = pd.factorize(cells, use_na_sentinel=False)
    return np.array([read(value) for value in values], dtype=object)[places]


def _read_texts(body: pd.DataFrame, labels: Labels) -> Texts:
    """What each row calls itself: the first words among its keys, the ward's name before all."""
    texts = np.full(len(body), "", dtype=object)
    for column in labels.list_keys():
        places = np.flatnonzero(texts == "")
        if not len(places):
            break
        cells = _take(body[column], places)
        texts[places] = _by_distinct(cells, _read_order_text if column == labels.order else _read_text)
    return texts


def _read_text(cell: object) -> str:
    return one_line(cell) if is_word(cell) else ""


def _read_order_text(cell: object) -> str:
    """ "Tổng số" may begin in the column of running numbers; "II" is one of them."""
    text = _read_text(cell)
    return "" if ROMAN_ORDER.fullmatch(text) else text


def _has_code(body: pd.DataFrame, place: int, labels: Labels) -> bool:
    """Whether the row has a code besides what it calls itself."""
    if labels.code is None or labels.code == labels.name:
        return False
    cell = body[labels.code].iloc[place]
    if is_empty(cell):
        return False
    names_itself = labels.name is not None and not is_empty(body[labels.name].iloc[place])
    return names_itself or not is_word(cell)


def _find_blank(body: pd.DataFrame, texts: Texts) -> NDArray[np.intp]:
    places = np.flatnonzero(texts == "")
    for column in body.columns:
        if not len(places):
            break
        places = places[_by_distinct(_take(body[column], places), is_empty).astype(bool)]
    return places


def _take(column: pd.Series, places: NDArray[np.intp]) -> pd.Series:
    return column if len(places) == len(column) else column.iloc[places]


def list_others(body: pd.DataFrame, place: int, labels: Labels) -> pd.Series:
    """The filled cells of a row beside its labels."""
    row = body.iloc[place].drop(labels.list_keys())
    return row[[not is_empty(cell) for cell in row]]


def has_figures(cells: pd.Series) -> bool:
    return bool(to_qualified_number(cells.astype(object))[0].notna().any())


def _refuse_detailed_totals(body: pd.DataFrame, labels: Labels, kinds: Texts) -> None:
    """A total of one category or one day is no sum of all rows above; it stays among them."""
    for place in np.flatnonzero(kinds == "total"):
        row = body.iloc[place]
        if any(not is_empty(row[column]) for column in labels.details):
            kinds[place] = "ward"


def _refuse_headings(body: pd.DataFrame, labels: Labels, kinds: Texts, texts: Texts) -> None:
    """Districts that are the table's own rows stay: they outnumber the wards, repeat, tell more than
    figures, or have no ward below them."""
    found = np.flatnonzero(kinds == "heading")
    wards = np.flatnonzero(kinds == "ward")
    names = [fold(str(texts[place])) for place in found]
    is_refused = not len(wards) or len(found) > len(wards) or len(set(names)) < len(names)
    is_refused = is_refused or any(is_word(c) for p in found for c in list_others(body, int(p), labels))
    if not is_refused and len(found) and found[0] > wards[-1]:
        is_refused = len(found) > 1 or not has_figures(list_others(body, int(found[0]), labels))
    if is_refused:
        kinds[found] = "ward"


def _take_lone_notes(body: pd.DataFrame, kinds: Texts, said: Texts) -> None:
    for place in np.flatnonzero((kinds == "ward") & np.isin(said, ("note", "signature"))):
        if sum(not is_empty(cell) for cell in body.iloc[place]) == 1:
            kinds[place] = said[place]


def _take_tail(body: pd.DataFrame, kinds: Texts, texts: Texts) -> None:
    """Words under the last ward, from the first row that begins as a note or a signature."""
    first = max(0, len(body) - TAIL_ROWS)
    words = {place: _list_words(body.iloc[place]) for place in range(first, len(body))}
    for start, said in words.items():
        opens = bool(said) and sort_words(said[0]) in ("note", "signature")
        # A star before a ward's name marks it; only alone in its row does it begin a footnote.
        opens = opens and (len(said) == 1 or not said[0].lstrip("( ").startswith("*"))
        if opens and all(_may_close(words[p], str(texts[p]), kinds[p]) for p in range(start, len(body))):
            break
    else:
        return
    kind = "note"
    for place in range(start, len(body)):
        if any(sort_words(text) == "signature" for text in words[place]):
            kind = "signature"
        if kinds[place] != "blank":
            kinds[place] = kind


def _list_words(row: pd.Series) -> list[str]:
    """The texts of a row that holds nothing but words; none for any other row."""
    cells = [cell for cell in row if not is_empty(cell)]
    is_plain = all(isinstance(cell, str) and not cell.strip()[:1].isdigit() for cell in cells)
    return [one_line(cell) for cell in cells] if is_plain else []


def _may_close(words: list[str], text: str, kind: str) -> bool:
    if kind in ("blank", "note", "signature"):
        return True
    return kind == "ward" and bool(words) and parse_unit(text.lstrip("(*) ")).type not in WARD_TYPES
