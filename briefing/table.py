"""Tables out as CSV and XLSX. Text from data stays text: it never becomes a formula."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a mark that Excel knows; text that could start a formula is led by an apostrophe."""
    safe = frame.copy()
    for column in safe.columns:
        if safe[column].dtype == object or pd.api.types.is_string_dtype(safe[column]):
            safe[column] = safe[column].map(_disarm, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _disarm(value: object) -> object:
    return "'" + value if isinstance(value, str) and _could_start(value) else value


def undo_disarm(value: object) -> object:
    """The text that `to_csv` was given, from the cell that it wrote."""
    is_led = isinstance(value, str) and value.startswith("'") and _could_start(value)
    return value[1:] if is_led and isinstance(value, str) else value


def _could_start(text: str) -> bool:
    """A formula, or what would look like a disarmed one and so could not be told from it later."""
    return text.lstrip("'").lstrip(" ")[:1] in tuple(FORMULA_STARTS)


def to_xlsx(frame: pd.DataFrame, *, title: str = "ward", notes: Mapping[str, str] | None = None) -> bytes:
    """One sheet of data (text cells typed as text) and, with notes, a second one that explains it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title[:31]
    rows = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    _fill(sheet, [list(frame.columns), *rows])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(frame.columns, start=1):
        longest = max([len(str(column)), *(len(str(value)) for value in frame[column].head(200))], default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(46, longest + 2)
    if notes:
        second = book.create_sheet("notes")
        _fill(second, [["", ""], *map(list, notes.items())])
        second.column_dimensions["A"].width, second.column_dimensions["B"].width = 28, 90
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, rows: Iterable[Sequence[object]]) -> None:
    for y, row in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            cell = sheet.cell(row=y, column=x)
            cell.value = cast("str | float | None", value.item() if isinstance(value, np.generic) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            if y == 1:
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
