"""Which rows of a grid name its columns: below the titles, on one line or on two or three.

A first row that could name the columns is taken for them; only titles are stepped over.
"""

import datetime as dt
import re

import numpy as np
from numpy.typing import NDArray

from errors import UnreadableFile
from geo.reading.cells import is_blank
from geo.reading.columns import STEMS, plain_header
from geo.reading.grid import Merge, is_empty, is_word, one_line

LEVELS = 3
BETWEEN = " – "
KEY_HEADERS = {stem for role in ("order", "code", "name") for stem in STEMS[role]}
TITLE = re.compile(
    r"(?:ủy|uỷ) ban|ubnd\b|cộng h(?:òa|oà) xã hội|độc lập|công an\b|ban chỉ đạo|báo cáo|biểu\b|phụ lục|mẫu số"
    r"|\(?kèm theo|đơn vị(?: tính)?\s*:|đvt\b|số\s*:",
    re.I,
)
NUMBERED = re.compile(r"\(?(\d{1,2})\)?(?:\s*=.*)?")
LETTERED = re.compile(r"\(?([A-ZĐ])\)?")
LONG_WORD = re.compile(r"[^\W\d_]{2}")
Cells = NDArray[np.object_]
Mask = NDArray[np.bool_]


class HeaderRows:
    """The first rows of a grid, and which of them are the header: `start` to `stop`, the latter excluded."""

    def __init__(self, top: Cells, merges: tuple[Merge, ...], file: str) -> None:
        self.top, self.merges = top, merges
        self.filled: Mask = np.array([[not is_empty(c) for c in row] for row in top], bool).reshape(top.shape)
        if not self.filled.any():
            raise UnreadableFile("no_rows", file=file)
        key = self._find()
        self.start = self._climb(key)
        self.stop = self._descend(key) + 1

    def _find(self) -> int:
        """The first row with something in it, unless that is a title with a row of words further down."""
        places = [int(place) for place in np.flatnonzero(self.filled.any(axis=1))]
        key_rows = [place for place in places if self._names_a_key(place)]
        for place in places:
            if not self._is_title(place, key_rows):
                return place if self._is_words(place) or place in key_rows else places[0]
        return places[0]

    def _names_a_key(self, place: int) -> bool:
        """Two names or more, one of them for the ward or the running number; of numbers only years, dates
        and months one after the other."""
        cells = self._cells(place)
        others = [
            cell for cell in cells if not (is_word(cell) or _is_year(cell) or isinstance(cell, dt.date))
        ]
        return (
            len(cells) > 1
            and _are_months(others)
            and any(plain_header(str(cell)) in KEY_HEADERS for cell in cells)
        )

    def _is_title(self, place: int, key_rows: list[int]) -> bool:
        cells, n_filled = self._cells(place), int(self.filled[place].sum())
        if place in key_rows:
            return False
        if n_filled == 1 and (self.filled[place][0] or any(m.right > m.left for m in self._merged(place))):
            return True
        if all(isinstance(cell, str) and TITLE.match(one_line(cell)) for cell in cells):
            return True
        below = [int(self.filled[row].sum()) for row in key_rows if row > place]
        return bool(below) and (n_filled * 2 <= below[0] or n_filled <= 2 < below[0])

    def _climb(self, key: int) -> int:
        """A row of group names stands above, and leaves the column of the wards free."""
        above = key - 1
        if above < 0 or not self._is_words(above) or self.filled[above][0] or not self.filled[key][0]:
            return key
        cells = self._cells(above)
        is_group = len(cells) > 1 or any(m.right > m.left for m in self._merged(above))
        named_below = not (self.filled[above] & ~self.filled[key]).any()
        return above if is_group and named_below and not any(TITLE.match(one_line(c)) for c in cells) else key

    def _descend(self, key: int) -> int:
        """The last row of the header: down merged cells, or to names under a group's blanks."""
        bottom = key
        while bottom - key < LEVELS - 1 and bottom + 1 < len(self.top):
            tall = any(key <= m.top <= bottom < m.bottom for m in self.merges)
            if not (self._names_below(bottom + 1, key) if tall else self._names_parts(bottom)):
                break
            bottom += 1
        return bottom

    def _names_below(self, place: int, key: int) -> bool:
        """Words, or years, dates and months, under what is merged over them and not under what is merged
        down to them."""
        if self._is_words(place):
            return True
        free = np.ones(self.top.shape[1], dtype=bool)
        for merge in self.merges:
            if key <= merge.top < place <= merge.bottom:
                free[merge.left : merge.right + 1] = False
        cells = self._cells(place)
        others = [
            cell for cell in cells if not (is_word(cell) or _is_year(cell) or isinstance(cell, dt.date))
        ]
        return bool(cells) and not (self.filled[place] & ~free).any() and _are_months(others)

    def _names_parts(self, upper: int) -> bool:
        """Whether the next row names the parts of groups: words under blanks right of a name, a number
        below them, and nothing under the names before the first group."""
        over, under = self.filled[upper], self.filled[upper + 1]
        new = under & ~over
        if not new.any() or not self._is_words(upper + 1):
            return False
        first = int(np.argmax(new))
        if first == 0 or not over[:first].any():
            return False
        leader = int(np.flatnonzero(over[:first])[-1])
        if under[:leader].any() or not over[:leader].any() or not under[leader:first].all():
            return False
        below = self.top[upper + 2 : upper + 12, leader:][:, under[leader:]]
        return any(_is_figure(cell) for cell in below.ravel())

    def _cells(self, place: int) -> list[object]:
        return [
            cell for cell, is_filled in zip(self.top[place], self.filled[place], strict=True) if is_filled
        ]

    def _is_words(self, place: int) -> bool:
        cells = self._cells(place)
        return bool(cells) and all(is_word(cell) for cell in cells)

    def _merged(self, place: int) -> list[Merge]:
        return [merge for merge in self.merges if merge.top == place]

    def names(self) -> list[str]:
        """One text per column; the names of the levels are joined, a group's name is said of each part."""
        levels = [self._spread(place) for place in range(self.start, self.stop)]
        names = []
        for parts in zip(*levels, strict=True):
            said = [part for part in dict.fromkeys(parts) if part]
            names.append(BETWEEN.join(said))
        return names

    def _spread(self, place: int) -> list[str]:
        texts = [_name(cell) for cell in self.top[place]]
        covered = np.zeros(len(texts), dtype=bool)
        for merge in self.merges:
            if merge.top <= place <= merge.bottom and self.start <= merge.top and merge.bottom < self.stop:
                columns = range(merge.left, min(merge.right + 1, len(texts)))
                covered[columns.start : columns.stop] = True
                for column in columns:
                    texts[column] = _name(self.top[merge.top][merge.left])
        if place == self.stop - 1:
            return texts
        named: Mask = np.any(self.filled[place + 1 : self.stop], axis=0)
        for column in range(1, len(texts)):
            is_part = named[column] and named[column - 1] and not (covered[column - 1] or covered[column])
            if not texts[column] and is_part:
                texts[column] = texts[column - 1]
        return texts

    def numbers_below(self) -> bool:
        """Whether the next row only numbers the columns: "(1) (2) (3)", "A B 1 2 3"."""
        if self.stop >= len(self.top):
            return False
        row, below = self.top[self.stop], self.top[self.stop + 1 : self.stop + 12]
        filled = [not is_empty(cell) for cell in row]
        said = [_read_number(cell) for cell in row[filled]]
        letters = "".join(text for text in said if text and text.isalpha())
        figures = [int(text) for text in said[len(letters) :] if text and text.isdigit()]
        in_order = [*letters, *map(str, figures)] == said and "ABCDE".startswith(letters)
        n_named = sum(map(bool, self.names()))
        if (
            not in_order
            or len(said) < max(2, n_named - 1)
            or figures[:1] not in ([0], [1], [len(letters) + 1])
        ):
            return False
        if figures != list(range(figures[0], figures[0] + len(figures))):
            return False
        marked = any(isinstance(cell, str) and cell.strip().startswith("(") for cell in row)
        words = any(isinstance(cell, str) and LONG_WORD.search(cell) for cell in below[:, filled].ravel())
        return marked or (words and len(said) > 2)


def _name(cell: object) -> str:
    """A whole number without decimals; the first of a month, which is how a spreadsheet keeps "9/2022", as
    that month."""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, dt.date):
        return f"{cell.month}/{cell.year}" if cell.day == 1 else f"{cell:%d/%m/%Y}"
    return one_line(cell)


def _are_months(cells: list[object]) -> bool:
    """Whole numbers up to 12, each one more than the last; none are too."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    if not cells or len(numbers) < len(cells):
        return not cells
    return 1 <= numbers[0] <= numbers[-1] <= 12 and numbers == [*np.arange(len(numbers)) + numbers[0]]


def _read_number(cell: object) -> str | None:
    """ "3" of 3, 3.0, "3", "(3)" or "(3)=(1)+(2)"; a capital letter; None for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    text = cell.strip() if isinstance(cell, str) else f"{abs(cell):g}"
    found = NUMBERED.fullmatch(text) or LETTERED.fullmatch(text)
    return found[1] if found else None


def _is_year(cell: object) -> bool:
    return isinstance(cell, int | float) and float(cell).is_integer() and 1900 <= cell <= 2100


def _is_figure(cell: object) -> bool:
    if isinstance(cell, int | float):
        return not is_blank(cell)
    return isinstance(cell, str) and cell.strip()[:1].isdigit()
