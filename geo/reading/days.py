"""A cell of a date column to whole days: dates, ranges, spreadsheet serials and labels of periods.

Day before month, never month before day. A label such as "tháng 9/2021" waits for somebody to say which
calendar; only `2021-09` and `2021` mean the civil one by themselves.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from errors import BadOption, SeveralChoices
from geo.findings import list_examples
from geo.frames import Period
from geo.names import strip_accents
from geo.periods import (
    CALENDARS,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS_IN,
    Calendar,
    Label,
    Unit,
    parse_label,
)
from geo.reading.blanks import is_blank

Days = tuple[dt.date, dt.date]
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
SERIAL_ORIGIN = dt.date(1899, 12, 30)

DAY = r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}))?"
ISO = r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
ISO_DAY = re.compile(rf"{ISO}(?:[t ]\d{{1,2}}:.*)?")
DAY_MONTH_YEAR = re.compile(r"(?:ngay )?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:.*)?")
DAY_IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
DAY_MONTH = re.compile(r"(?:ngay )?(\d{1,2})[-/](\d{1,2})")
RANGE = re.compile(
    rf"(?:tu )?(?:ngay )?{DAY}(?: ?-+ ?| ?\.\. ?| (?:den|toi)(?: het)? )(?:ngay )?{DAY}(?: nam (\d{{4}}))?"
)
ISO_RANGE = re.compile(rf"{ISO}(?:-|\.\.|/| den ){ISO}")


@dataclass(frozen=True)
class OpenDays:
    """Days whose year may be missing: (day, month, year or None) of the first and of the last."""

    first: tuple[int, int, int | None]
    last: tuple[int, int, int | None]

    def days(self, year: int | None) -> Days | None:
        """With the year told; a span over New Year begins in the year before."""
        end_year = self.last[2] or year
        if end_year is None:
            return None
        early = (self.first[1], self.first[0]) > (self.last[1], self.last[0])
        start = make_day(self.first[2] or end_year - early, self.first[1], self.first[0])
        end = make_day(end_year, self.last[1], self.last[0])
        return (start, end) if start and end and start <= end else None


Reading = Days | OpenDays | Label


def to_days(
    cells: pd.Series,
    *,
    calendar: Calendar | None = None,
    years: pd.Series | None = None,
    unit: Unit | None = None,
    file: str = "",
    column: str = "",
) -> pd.DataFrame:
    """Each cell as whole days: start, end (datetime64, both ends included, NaT when blank or unreadable),
    bad (not blank, yet unreadable) and form ("day", "label", "plain" for `2021` and `2021-09` read as the
    civil calendar because none was told, "serial" for a spreadsheet's day number, "" for none).

    years: what to take where a cell has no year (NaN: not known). unit: what a bare number counts, and what
    a date typed as the first of a month stands for ("9/2021" in a spreadsheet is stored as 1 September).
    Raises SeveralChoices("calendar") where labels with a year stand and no calendar is told.
    """
    as_month = unit == "month" and _are_month_starts(cells)
    places, asked = _find_distinct(cells, _tell_years(years, cells))
    read = [_read_days(cell, year, calendar, unit, as_month=as_month) for cell, year in asked]
    waiting = [cell for (cell, _), (_, form) in zip(asked, read, strict=True) if form == "waiting"]
    if waiting:
        choices = ", ".join(CALENDARS)
        raise SeveralChoices(
            "calendar", file=file, column=column, seen=list_examples(waiting), choices=choices
        )
    bad = [days is None and not is_blank(cell) for (cell, _), (days, _) in zip(asked, read, strict=True)]
    return pd.DataFrame(
        {
            "start": _to_dates([days and days[0] for days, _ in read])[places],
            "end": _to_dates([days and days[1] for days, _ in read])[places],
            "bad": np.array(bad, dtype=bool)[places],
            "form": np.array([form for _, form in read], dtype=object)[places],
        },
        index=cells.index,
    )


def _find_distinct(
    cells: pd.Series, years: list[int | None]
) -> tuple[NDArray[np.intp], list[tuple[object, int | None]]]:
    """(place of each row's pair of cell and year among the distinct ones, those in order). A date and a time
    are told apart by their types."""
    if isinstance(cells.dtype, pd.StringDtype):
        at, texts = pd.factorize(cells, use_na_sentinel=False)
        values: list[object] = list(texts)
    else:
        rows = cells.astype(object).tolist()
        at = pd.factorize(np.fromiter(((type(cell), cell) for cell in rows), object, len(rows)))[0]
        values = [rows[place] for place in np.unique(at, return_index=True)[1]]
    of_year, told = pd.factorize(np.array([year or 0 for year in years], dtype=int))
    places, pairs = pd.factorize(at * len(told) + of_year)
    known = [(int(pair) // len(told), int(pair) % len(told)) for pair in np.asarray(pairs)]
    return places, [(values[cell], int(told[year]) or None) for cell, year in known]


def needs_year(cells: pd.Series, unit: Unit | None = None) -> bool:
    """Whether any cell names days or a label whose year must come from elsewhere."""
    for cell in cells.dropna().astype(object).unique():
        reading, _ = _read_cell(cell, unit, as_month=False)
        if isinstance(reading, Label) and reading.year is None:
            return True
        if isinstance(reading, OpenDays) and reading.last[2] is None:
            return True
    return False


def _tell_years(years: pd.Series | None, cells: pd.Series) -> list[int | None]:
    if years is None:
        return [None] * len(cells)
    return [int(year) if pd.notna(year) and FIRST_YEAR <= year <= LAST_YEAR else None for year in years]


def _are_month_starts(cells: pd.Series) -> bool:
    """Every typed date is the first of a month, and there is one."""
    typed = [cell for cell in cells.dropna().astype(object) if isinstance(cell, dt.date)]
    return bool(typed) and all(day.day == 1 for day in typed)


def _to_dates(days: list[dt.date | None]) -> NDArray[np.datetime64]:
    return np.array(days, dtype="datetime64[D]").astype("datetime64[us]")


def _read_days(
    cell: object, year: int | None, calendar: Calendar | None, unit: Unit | None, *, as_month: bool
) -> tuple[Days | None, str]:
    reading, form = _read_cell(cell, unit, as_month=as_month)
    if isinstance(reading, Label):
        label = reading.in_year(year)
        if label.year is None or not label.exists:
            return None, ""
        if calendar is None and not label.plain:
            return None, "waiting"
        period = label.days(calendar or "civil")
        return (period.start, period.end), "plain" if calendar is None else "label"
    days = reading.days(year) if isinstance(reading, OpenDays) else reading
    return days, form if days else ""


def _read_cell(cell: object, unit: Unit | None, *, as_month: bool) -> tuple[Reading | None, str]:
    if isinstance(cell, str):
        tidy = cell.strip()
        return _read_number(int(tidy), unit) if tidy.isdecimal() else (read_text(cell), "day")
    if is_blank(cell) or isinstance(cell, bool | np.bool_):
        return None, ""
    if isinstance(cell, np.datetime64):
        cell = pd.Timestamp(cell)
    if isinstance(cell, dt.date):
        day = make_day(cell.year, cell.month, cell.day)
        if as_month:
            return Label("month", cell.month, cell.year), "label"
        return (day, day) if day else None, "day"
    if isinstance(cell, Real):
        number = float(cell)
        if number.is_integer() or FIRST_SERIAL <= number <= LAST_SERIAL:
            return _read_number(int(number), unit)
    return None, ""


def _read_number(number: int, unit: Unit | None) -> tuple[Reading | None, str]:
    """A month or quarter of a year told elsewhere, a year, or a spreadsheet's day number."""
    if unit is not None and 1 <= number <= 12 // MONTHS_IN[unit]:
        return Label(unit, number), "label"
    if FIRST_YEAR <= number <= LAST_YEAR:
        return Label("year", 1, number, plain=True), "label"
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        day = SERIAL_ORIGIN + dt.timedelta(days=number)
        return ((day, day) if day.year <= LAST_YEAR else None), "serial"
    return None, ""


@lru_cache(maxsize=65_536)
def read_text(text: str) -> Reading | None:
    """What the text names: days, days without a year, or a label; None when it names none."""
    plain = strip_accents(text)
    if found := ISO_DAY.fullmatch(plain):
        return _one_day(*(int(part) for part in found.groups()))
    for form in (DAY_MONTH_YEAR, DAY_IN_WORDS):
        if found := form.fullmatch(plain):
            day, month, year = (int(part) for part in found.groups())
            return _one_day(year, month, day)
    if label := parse_label(text):
        return label
    if found := ISO_RANGE.fullmatch(plain):
        first, last = (make_day(*map(int, found.groups()[at : at + 3])) for at in (0, 3))
        return (first, last) if first and last and first <= last else None
    if found := RANGE.fullmatch(plain):
        numbers = [int(part) if part else None for part in found.groups()]
        ends = (numbers[0], numbers[1], numbers[2]), (numbers[3], numbers[4], numbers[5] or numbers[6])
        return OpenDays(*ends)  # type: ignore[arg-type]
    if found := DAY_MONTH.fullmatch(plain):
        one = (int(found[1]), int(found[2]), None)
        return OpenDays(one, one)
    return None


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """None when the calendar has no such day, or the year is not from 1900 to 2100."""
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _one_day(year: int, month: int, day: int) -> Days | None:
    found = make_day(year, month, day)
    return (found, found) if found else None


def parse_period(text: str, calendar: Calendar | None = None) -> Period:
    """`2022`, `2022-03`, `2022-01-01..2022-12-31`, `01/01/2022..31/12/2022`, and labels with a year
    ("quý III/2022") where the calendar is told. The label of the period is the text as given.

    Raises BadOption("period"), or BadOption("period_calendar") for a label without a calendar.
    """
    first, _, last = text.partition("..")
    start, end = parse_days(first, calendar), parse_days(last or first, calendar)
    if start is None or end is None or end[1] < start[0]:
        raise BadOption("period", value=text)
    return Period(start[0], end[1], text)


def parse_days(text: str, calendar: Calendar | None = None) -> Days | None:
    """First and last day that one text names; None when it names none."""
    days, form = _read_days(text, None, calendar, None, as_month=False)
    if form == "waiting":
        raise BadOption("period_calendar", value=text, choices=", ".join(CALENDARS))
    return days if form != "serial" else None
