"""One sheet of an annex: where each line and cell stands, how wide, and how it is printed."""

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from briefing.annex_table import AnnexTable, Formula

UNKNOWN = "–"
A4, MARGIN_IN = 9, 0.5
NARROWEST, WIDEST, SIGNATURE_WIDTH = 7.0, 44.0, 36.0
LETTERS_A_LINE, LINE_PT = 120.0, 15.0
LINE = Side(style="thin", color="8A97A6")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD_FILL = PatternFill("solid", fgColor="E8EEF4")
PLACE = re.compile(r"R(\d+)C(\d+)")
TEXT, DAY = "@", "dd/mm/yyyy"


@dataclass(frozen=True)
class Frame:
    """What is the same on every sheet. above: title first. mark: that the figures are made up, "" for none.
    page: what the foot of a printed page says, with the codes of spreadsheets for page and pages."""

    above: tuple[str, ...]
    below: tuple[str, ...]
    mark: str
    document: str
    page: str
    signature: tuple[str, ...]


def fill_sheet(sheet: Worksheet, table: AnnexTable, frame: Frame) -> None:
    """Lines above, the table, lines below, and the print set-up."""
    width = len(table.heads)
    widths = measure_widths(table)
    for place, letters in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = letters
    row = 0
    for place, line in enumerate(frame.above):
        row = _put_line(
            sheet, row + 1, line, widths, Font(bold=place == 0, size=14 if place == 0 else 11), "center"
        )
    if frame.mark:
        row = _put_line(sheet, row + 1, frame.mark, widths, Font(bold=True, color="9C0006"), "center")
    row = _put_line(sheet, row + 1, table.title, widths, Font(bold=True, size=12), "left")
    first_head = row + 1
    if table.groups:
        row = _put_groups(sheet, first_head, table)
    row += 1
    for place, head in enumerate(table.heads, start=1):
        _dress_head(_put(sheet, row, place, head))
    first = row + 1
    for row, cells in enumerate(table.rows, start=first):
        for place, value in enumerate(cells, start=1):
            _put_value(sheet, row, place, value, table, first)
    for line in (*table.notes, *frame.below):
        row = _put_line(sheet, row + 1, line, widths, Font(italic=True, size=10), "left")
    if table.is_signed:
        _put_signature(sheet, row + 2, frame.signature, width)
    sheet.freeze_panes = f"A{first}"
    _set_up_print(sheet, frame, f"{first_head}:{first - 1}")


def _put_value(sheet: Worksheet, row: int, place: int, value: object, table: AnnexTable, first: int) -> None:
    value = None if _is_unknown(value) else value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and math.isinf(value):
        raise ValueError(f"{table.title}: a figure is infinite")
    is_figure, is_day = isinstance(value, int | float | Formula), isinstance(value, dt.date)
    if isinstance(value, Formula):
        cell = _put(sheet, row, place, None)
        cell.value = "=" + PLACE.sub(lambda at: _name_cell(at, first), value.text)
    else:
        cell = _put(sheet, row, place, UNKNOWN if value is None else value)
    cell.border = BOX
    side = "center" if value is None or is_day else "right" if is_figure else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=not is_figure)
    decimals = table.decimals[place - 1] if table.decimals else None
    cell.number_format = _format(value, decimals) if is_figure else DAY if is_day else TEXT


def _is_unknown(value: object) -> bool:
    return value is None or (not isinstance(value, str | Formula) and bool(pd.isna(value)))  # type: ignore[call-overload]


def _name_cell(at: re.Match[str], first: int) -> str:
    return f"{get_column_letter(int(at[2]) + 1)}{first + int(at[1])}"


def _format(value: object, decimals: int | None) -> str:
    if decimals is None:
        decimals = 0 if isinstance(value, int) else 1
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _put(sheet: Worksheet, row: int, place: int, value: object) -> Cell:
    """Text is typed as text, whatever it begins with."""
    cell = cast("Cell", sheet.cell(row, place))
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    elif isinstance(value, int | float | dt.date | None):
        cell.value = value
    else:
        raise TypeError(f"no cell of an annex: {value!r}")
    return cell


def _put_line(sheet: Worksheet, row: int, text: str, widths: list[float], font: Font, side: str) -> int:
    """A line over the whole width, as high as its text needs; its row."""
    cell = _put(sheet, row, 1, text)
    cell.font, cell.alignment = font, Alignment(horizontal=side, vertical="top", wrap_text=True)
    if len(widths) > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(widths))
    size = float(font.size or 11) / 11
    n_lines = sum(max(1, math.ceil(len(part) * size / sum(widths))) for part in text.split("\n"))
    sheet.row_dimensions[row].height = n_lines * LINE_PT * max(1.0, size)
    return row


def _put_groups(sheet: Worksheet, row: int, table: AnnexTable) -> int:
    place = 1
    for text, width in table.groups:
        for column in range(place, place + width):
            _dress_head(_put(sheet, row, column, text if column == place else ""))
        if width > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=place, end_column=place + width - 1)
        place += width
    return row


def _dress_head(cell: Cell) -> None:
    cell.font, cell.fill, cell.border = Font(bold=True), HEAD_FILL, BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _put_signature(sheet: Worksheet, row: int, lines: tuple[str, ...], width: int) -> None:
    """On the right, over as many columns as its lines need."""
    widths = [sheet.column_dimensions[get_column_letter(place)].width for place in range(1, width + 1)]
    start = width
    while start > 1 and sum(widths[start - 1 :]) < SIGNATURE_WIDTH:
        start -= 1
    for at, line in enumerate(lines, start=row):
        cell = _put(sheet, at, start, line)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        if start < width:
            sheet.merge_cells(start_row=at, end_row=at, start_column=start, end_column=width)


def measure_widths(table: AnnexTable) -> list[float]:
    """Letters per column: its longest figure and word whole, longer text wrapped. What a page has left goes
    to the columns of text, by their longest."""
    widths, longest = [], []
    for place, head in enumerate(table.heads):
        cells = [row[place] for row in table.rows]
        text = max(
            (len(line) for cell in cells if isinstance(cell, str) for line in cell.split("\n")), default=0
        )
        word = max((len(word) for word in head.split()), default=0)
        figure = max((_measure_figure(cell, table, place) for cell in cells), default=0)
        widths.append(min(WIDEST, max(NARROWEST, word + 2, figure + 2, text + 1)))
        longest.append(text)
    shares = longest if any(longest) else [1] * len(widths)
    spare = max(0.0, LETTERS_A_LINE - sum(widths))
    return [width + spare * share / sum(shares) for width, share in zip(widths, shares, strict=True)]


def _measure_figure(cell: object, table: AnnexTable, place: int) -> int:
    if isinstance(cell, dt.date):
        return len(DAY)
    if not isinstance(cell, int | float) or (isinstance(cell, float) and not math.isfinite(cell)):
        return 0
    told = table.decimals[place] if table.decimals else None
    decimals = told if told is not None else 0 if isinstance(cell, int) else 1
    return len(f"{cell:,.{decimals}f}")


def _set_up_print(sheet: Worksheet, frame: Frame, head_rows: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = head_rows
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, MARGIN_IN + 0.2 * (side in ("top", "bottom")))
    foot, head = cast("HeaderFooterItem", sheet.oddFooter), cast("HeaderFooterItem", sheet.oddHeader)
    foot.center.text = frame.page
    foot.left.text = frame.document.replace("&", "&&") or None
    head.center.text = frame.mark.replace("&", "&&") or None
