"""Left-over rows as a workbook to be corrected, and the corrections read back.

The first row and the last column are hidden: they say which column is which in any language, and which
spelling a row stood for. A row whose text was changed answers a question that nobody asked: it is refused.
"""

import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from errors import UnreadableFile
from geo.findings import Finding, list_examples
from geo.frames import Wards
from geo.matching.leftovers import ChoiceKey, LeftOver
from geo.matching.suggest import Suggestion
from geo.matching.ward_index import WardIndex
from geo.reading.archive import check_size, check_zip
from i18n.messages import LANGUAGES, Words, load_words

COLUMNS = ("line", "text", "parent", "n_rows", "n", "reason", "suggestions", "code", "name", "id")
WIDTHS = (12, 34, 24, 9, 10, 30, 60, 12, 34, 16)
FIRST_ROW = 3
MOST_LISTED = 2_000
MOST_ROWS = 200_000
MOST_SUGGESTIONS = 3
TO_FILL = PatternFill("solid", fgColor="FFF7D6")
Refusals = dict[str, list[str]]


def write_leftovers(left_over: Sequence[LeftOver], wards: Wards, words: Words) -> bytes:
    """A sheet with one row per spelling and two columns to fill, and a sheet of all wards.

    Text cells are typed as text: none becomes a formula. The names are offered as a list up to 2,000 wards.
    """
    book = Workbook()
    sheet = cast(Worksheet, book.active)
    sheet.title = words("doctor.sheet.title")
    rows = [_list_cells(left, words) for left in left_over]
    _fill(sheet, [COLUMNS, [words(f"doctor.sheet.{column}") for column in COLUMNS], *rows])
    _dress(sheet, len(rows))
    labels = label_wards(wards)
    listed = book.create_sheet(words("doctor.sheet.wards"))
    heads = [words(f"doctor.sheet.{head}") for head in ("name", "code", "parent")]
    parents = wards.frame["parent"].tolist()
    known = [[label, code, parent] for (code, label), parent in zip(labels.items(), parents, strict=True)]
    _fill(listed, [heads, [words("doctor.leave_out"), "", ""], *known])
    for column, width in zip("ABC", (40, 12, 40), strict=True):
        listed.column_dimensions[column].width = width
    if rows and len(labels) <= MOST_LISTED:
        source = f"'{listed.title}'!$A$2:$A${len(labels) + 2}"
        choice = DataValidation("list", formula1=source, allow_blank=True, errorStyle="warning")
        letter = get_column_letter(COLUMNS.index("name") + 1)
        choice.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + len(rows) - 1}")
        sheet.add_data_validation(choice)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def label_wards(wards: Wards) -> dict[str, str]:
    """A text for every ward that no other ward has: its name, with its parent or its code where needed."""
    codes = [str(code) for code in wards.frame.index]
    names = map(str, wards.frame["ward_name"])
    labels = {code: name or code for code, name in zip(codes, names, strict=True)}
    parents = dict(zip(codes, map(str, wards.frame["parent"]), strict=True))
    for more in (
        {code: f", {parent}" if parent else "" for code, parent in parents.items()},
        {code: f" ({code})" for code in codes},
    ):
        counts = Counter(labels.values())
        labels = {code: label + more[code] * (counts[label] > 1) for code, label in labels.items()}
    return labels


def show_suggestion(hit: Suggestion) -> str:
    """`31117 – Phường Cái Khế (Quận Ninh Kiều)`."""
    return f"{hit.ward_code} – {hit.ward_name}" + (f" ({hit.parent})" if hit.parent else "")


def _list_cells(left: LeftOver, words: Words) -> list[object]:
    likely = "; ".join(show_suggestion(hit) for hit in left.suggestions[:MOST_SUGGESTIONS])
    reason = words(f"doctor.reason.{left.reason}")
    text, parent = _clean(left.text), _clean(left.parent)
    lines = list_examples(left.lines)
    return [lines, text, parent, len(left.rows), left.n, reason, likely, None, None, _sign(text, parent)]


def _clean(text: str) -> str:
    """The text as a spreadsheet can hold and give back: no control letters, single spaces."""
    return " ".join(ILLEGAL_CHARACTERS_RE.sub("", text).split())


def _sign(text: str, parent: str) -> str:
    return hashlib.sha256(f"{text}\n{parent}".encode()).hexdigest()[:16]


def _fill(sheet: Worksheet, rows: Iterable[Sequence[object]]) -> None:
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(row=y, column=x)
            cell.value = cast("str | float | None", _clean(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"


def _dress(sheet: Worksheet, n_rows: int) -> None:
    for place, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        head = sheet.cell(row=2, column=place)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + n_rows - 1, max_col=len(COLUMNS)):
        for cell, column in zip(row, COLUMNS, strict=True):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column in ("code", "name"):
                cell.fill, cell.number_format = TO_FILL, "@"
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions[get_column_letter(len(COLUMNS))].hidden = True
    sheet.freeze_panes = f"A{FIRST_ROW}"


def read_corrections(
    path: Path, left_over: Sequence[LeftOver], wards: Wards
) -> tuple[dict[ChoiceKey, str | None], tuple[Finding, ...]]:
    """What was filled in, as choices (None: leave out), and what could not be taken, each row told.

    left_over: the spellings open now. A row with nothing filled in is no choice. Raises UnreadableFile,
    TooLarge.
    """
    named = _Named(wards)
    open_now = {_sign(_clean(left.text), _clean(left.parent)): left for left in left_over}
    answers: dict[ChoiceKey, dict[str | None, str]] = defaultdict(dict)
    refused: Refusals = defaultdict(list)
    for line, cells in _read_rows(path):
        if not cells["code"] and not cells["name"]:
            continue
        place = f"{line}: {cells['code'] or cells['name']}"
        left = open_now.get(cells["id"])
        if left is None or (cells["text"], cells["parent"]) != (_clean(left.text), _clean(left.parent)):
            refused["CorrectionStale"].append(f"{line}: {cells['text']}")
        elif not left.can_be_fixed:
            refused["CorrectionNotPossible"].append(f"{line}: {cells['text']}")
        else:
            problem, code = named.find(cells["code"], cells["name"], left.parent)
            if problem:
                refused[problem].append(place)
            else:
                answers[left.choice].setdefault(code, place)
    for told in [told for told in answers.values() if len(told) > 1]:
        refused["CorrectionTwice"] += told.values()
    choices = {choice: next(iter(told)) for choice, told in answers.items() if len(told) == 1}
    return choices, tuple(_tell(code, path.name, places) for code, places in refused.items())


def _tell(code: str, file: str, places: Sequence[str]) -> Finding:
    return Finding(code, "warning", file, list_examples(places), {"n": len(places)})


class _Named:
    """Wards as a clerk names them in the two columns to fill."""

    def __init__(self, wards: Wards) -> None:
        self.index = WardIndex(wards)
        self.labels = {_clean(label): code for code, label in label_wards(wards).items()}
        self.leave_out = {load_words(language)("doctor.leave_out") for language in LANGUAGES}

    def find(self, code: str, name: str, parent: str) -> tuple[str, str | None]:
        """(a finding's code or "", the ward or None to leave out)."""
        if name in self.leave_out:
            return ("CorrectionContradicts", None) if code else ("", None)
        by_name = self._find_name(name, parent) if name else None
        by_code = code if code in self.index.names else None
        if (code and not by_code) or (name and not by_name):
            return "CorrectionUnknown", None
        if by_code and by_name and by_code != by_name:
            return "CorrectionContradicts", None
        return "", by_code or by_name

    def _find_name(self, name: str, parent: str) -> str | None:
        if name in self.labels:
            return self.labels[name]
        inside = self.index.match(name, None, parent)
        return inside.ward_code or self.index.match(name, None, None).ward_code


def _read_rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """(row of the sheet, text by column) of every row below the headers."""
    check_size(path.stat().st_size, path.name)
    check_zip(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        grids = [list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS)) for sheet in book.worksheets]
        book.close()
    except (OSError, KeyError, ValueError, ParseError, zipfile.BadZipFile, InvalidFileException) as error:
        raise UnreadableFile("corrupt", file=path.name) from error
    for grid in grids:
        heads = [_read_text(cell) for cell in grid[0]] if grid else []
        if {"id", "text", "code", "name"} <= set(heads):
            places = {column: heads.index(column) for column in COLUMNS if column in heads}
            return [
                (
                    line,
                    {column: _read_text(row[at]) if at < len(row) else "" for column, at in places.items()},
                )
                for line, row in enumerate(grid[FIRST_ROW - 1 :], start=FIRST_ROW)
            ]
    raise UnreadableFile("not_leftovers", file=path.name)


def _read_text(cell: object) -> str:
    """A code that a spreadsheet took for a number is that number's text; its lost zeros stay lost."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else _clean(str(cell))
