"""Empty tables for clerks to fill in: the wards are there, the columns are those that reading knows.

Above the column names stand a title and one line of advice; what a cell may hold is said when it is chosen.
Text from the boundaries stays text: it never becomes a formula.
"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geo.frames import (
    CAMERA_TYPES,
    MEASURES,
    OWNER_KINDS,
    PLACEMENTS,
    SEVERITIES,
    STATUSES,
    Period,
    Wards,
)
from i18n.messages import Words
from planning.programme import STATES

TemplateKind = Literal["incidents", "cameras", "camera_places", "population", "status", "proposals", "areas"]
UNIT_COLUMNS = ("code", "name", "parent")
COLUMNS: Mapping[TemplateKind, tuple[str, ...]] = {
    "incidents": (*UNIT_COLUMNS, "start", "end", "category", "severity", "known_by", "measure", "unit",
                  "count"),
    "cameras": (*UNIT_COLUMNS, "camera_count", "working", "connected", "checked_on", "source", "live",
                "stored"),
    "camera_places": ("longitude", "latitude", "camera_type", "owner_kind", "placement", "works", "connects",
                      "direction", "angle", "range", "checked_on", "watched", "stored_days"),
    "population": (*UNIT_COLUMNS, "population", "source"),
    "status": (*UNIT_COLUMNS, "status_year", "status_value", "source"),
    "proposals": (*UNIT_COLUMNS, "proposed", "proposed_by", "proposal_reason", "area_type", "cost",
                  "recognised_on", "area_label"),
    "areas": (*UNIT_COLUMNS, "hamlet", "area_type", "area_reason", "responsible", "work_start", "work_end",
              "area_state", "state_on", "grade", "state_document", "state_issued_on", "state_issued_by"),
}  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": SEVERITIES,
    "known_by": ("reported", "discovered"),
    "measure": tuple(key for key in MEASURES if key != "other"),
    "status_value": STATUSES,
    "camera_type": CAMERA_TYPES,
    "owner_kind": OWNER_KINDS,
    "placement": PLACEMENTS,
    "works": ("yes", "no"),
    "connects": ("yes", "no"),
    "watched": ("yes", "no"),
    "proposed": ("yes", "no"),
    "area_state": STATES,
}
DAYS = {"start", "end", "checked_on", "work_start", "work_end", "state_on", "state_issued_on"}
WIDE = {
    "name": 30.0,
    "parent": 24.0,
    "category": 24.0,
    "status_value": 26.0,
    "severity": 24.0,
    "source": 30.0,
    "proposed_by": 28.0,
    "proposal_reason": 40.0,
    "recognised_on": 20.0,
    "hamlet": 24.0,
    "area_reason": 40.0,
    "responsible": 28.0,
    "area_state": 24.0,
    "state_document": 24.0,
    "state_issued_by": 28.0,
}
WIDTH, BLANK_ROWS, HEADER_ROW = 15.0, 2_000, 3
TEXT_FORMAT, DAY_FORMAT = "@", "dd/mm/yyyy"
HEAD_FILL = PatternFill("solid", fgColor="E8EEF4")
LINE = Border(bottom=Side(style="thin", color="8A97A6"))


@dataclass(frozen=True)
class Template:
    """What is asked for, and of whom."""

    kind: TemplateKind
    wards: Wards
    words: Words
    period_rows: tuple[Period, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS[self.kind]

    def list_rows(self) -> Iterator[tuple[object, ...]]:
        """The first cells of each row: one row per ward, and per period where days are asked for."""
        if "code" not in self.columns:
            return
        periods = self.period_rows if "start" in self.columns else ()
        for period in periods or (None,):
            days = () if period is None else (period.start, period.end)
            for code, ward in self.wards.frame.iterrows():
                yield (str(code), str(ward["ward_name"]), str(ward["parent"]), *days)


def make_template(
    kind: TemplateKind, wards: Wards, words: Words, *, period_rows: Sequence[Period] = ()
) -> bytes:
    """A workbook to fill in, in the reader's language: one row per ward (of cameras by place, none).

    period_rows: of incidents, one row per ward and period with its days filled in.
    """
    template = Template(kind, wards, words, tuple(period_rows))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words(f"template.title.{kind}")[:31]
    _write_head(sheet, template)
    last = _write_rows(sheet, template)
    lists = book.create_sheet("lists")
    lists.sheet_state = "hidden"
    for place, column in enumerate(template.columns, start=1):
        rule = _make_rule(column, words, lists)
        letter = get_column_letter(place)
        rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{last}")
        sheet.add_data_validation(rule)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_head(sheet: Worksheet, template: Template) -> None:
    words, n_columns = template.words, len(template.columns)
    _put(sheet, 1, 1, words(f"template.heading.{template.kind}")).font = Font(bold=True, size=14)
    advice = _put(sheet, 2, 1, words("template.advice"))
    advice.alignment = Alignment(wrap_text=True, vertical="top")
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=n_columns)
    sheet.row_dimensions[2].height = 48
    for place, column in enumerate(template.columns, start=1):
        cell = _put(sheet, HEADER_ROW, place, words(f"template.column.{column}"))
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD_FILL, LINE
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = WIDE.get(column, WIDTH)
    first_free = len(UNIT_COLUMNS) + 1 if "code" in template.columns else 1
    sheet.freeze_panes = f"{get_column_letter(first_free)}{HEADER_ROW + 1}"


def _write_rows(sheet: Worksheet, template: Template) -> int:
    """Fills in what is known; the last row that may be filled in."""
    last = HEADER_ROW
    for last, values in enumerate(template.list_rows(), start=HEADER_ROW + 1):
        for place, (column, value) in enumerate(zip(template.columns, values, strict=False), start=1):
            cell = _put(sheet, last, place, value)
            cell.number_format = DAY_FORMAT if column in DAYS else TEXT_FORMAT
    if last == HEADER_ROW:
        last += BLANK_ROWS
    for place, column in enumerate(template.columns, start=1):
        if column in DAYS:
            for row in range(HEADER_ROW + 1, last + 1):
                sheet.cell(row, place).number_format = DAY_FORMAT
    return last


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Cell:
    """Text is typed as text, whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = cast("str | float | dt.date | None", value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _make_rule(column: str, words: Words, lists: Worksheet) -> DataValidation:
    """What is said when a cell of the column is chosen, and the list to choose from where there is one."""
    rule = DataValidation(allow_blank=True, showInputMessage=True)
    rule.promptTitle = words(f"template.column.{column}")[:32]
    rule.prompt = words(f"template.help.{column}")[:255]
    if column in CHOICES:
        said = [words(f"template.{column}.{key}") for key in CHOICES[column]]
        place = lists.max_column + 1 if lists["A1"].value is not None else 1
        for row, text in enumerate(said, start=1):
            _put(lists, row, place, text)
        letter = get_column_letter(place)
        rule.type = "list"
        rule.formula1 = f"'{lists.title}'!${letter}$1:${letter}${len(said)}"
        rule.showErrorMessage, rule.errorStyle = True, "warning"
    return rule
