"""An Excel sheet as a ward clerk types it: titles, a header on two merged levels, districts between the
wards, totals, notes, figures as text, and three names that are spelt their own way.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from geo.frames import Wards

MISSPELT = {
    "31117": "Phuong Cai Khe",
    "31144": "Phường Xuân Kánh",
    "31178": "P. BH Nghĩa",
}
TITLES = (
    "CÔNG AN THÀNH PHỐ CẦN THƠ",
    "BẢNG TỔNG HỢP TÌNH HÌNH TRẬT TỰ XÃ HỘI",
    "(Kèm theo báo cáo số 12/BC)",
)
NOTES = ("Ghi chú: số liệu chưa gồm các vụ do Bộ thụ lý.", "Người lập biểu: Đội Tổng hợp")
THEFTS, INJURIES = "Trộm cắp tài sản", "Cố ý gây thương tích"
OFF_BY = 7
THEFTS_OF_EACH, INJURIES_OF_EACH = 4, 2
ABOVE = "31207"  # its thefts are written "trên 12"
AS_TEXT = {"31123", "31153", "31312"}


def write_clerk_sheet(path: Path, wards: Wards, *, month: str, title: str = "", more: int = 0) -> None:
    """Every ward has 4 thefts and 2 injuries (`more` of both on top), but one has "trên 12" thefts.

    The total of thefts is stated 7 too high; the total of injuries is right.
    """
    book = Workbook()
    sheet = cast(Worksheet, book.active)
    sheet.title = title or "Tháng"
    for row, text in enumerate(TITLES, start=1):
        sheet.cell(row, 1, text).font = Font(bold=True)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=5)
    _write_header(sheet, month)
    thefts = injuries = number = 0
    for row, cells in enumerate(_list_rows(wards, more), start=7):
        number += cells[0] is None
        for column, cell in enumerate((cells[0] or number, *cells[1:]), start=1):
            sheet.cell(row, column, cell)
        thefts += _value(cells[2])
        injuries += _value(cells[3])
    last = sheet.max_row + 1
    for column, cell in enumerate(("", "Tổng cộng", thefts + OFF_BY, injuries), start=1):
        sheet.cell(last, column, cell).font = Font(bold=True)
    for place, note in enumerate(NOTES, start=2):
        sheet.cell(last + place, 1, note)
    book.save(path)


def _write_header(sheet: Worksheet, month: str) -> None:
    for column, (above, below) in enumerate(
        (("TT", ""), ("Đơn vị", ""), (month, THEFTS), ("", INJURIES), ("Ghi chú", "")), start=1
    ):
        sheet.cell(5, column, above or None).alignment = Alignment(horizontal="center")
        sheet.cell(6, column, below or None)
    for span in ("A5:A6", "B5:B6", "C5:D5", "E5:E6"):
        sheet.merge_cells(span)


def _list_rows(wards: Wards, more: int) -> Iterator[tuple[object, ...]]:
    """(sign before the district or None, name, thefts, injuries, remark)."""
    rows = wards.frame.sort_values("parent", kind="stable")
    signs = iter("ABCDEFGHIK")
    for parent, inside in groupby(rows.itertuples(), key=lambda row: row.parent):
        yield (next(signs), parent, None, None, None)
        for row in inside:
            code = str(row.Index)
            thefts: object = THEFTS_OF_EACH + more
            if code in AS_TEXT:
                thefts = str(thefts)
            if code == ABOVE:
                thefts = "trên 12"
            name = MISSPELT.get(code, str(row.ward_name))
            yield (None, name, thefts, INJURIES_OF_EACH + more, None)


def _value(cell: object) -> int:
    return 0 if cell is None else int(str(cell).removeprefix("trên "))
