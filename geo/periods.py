"""Months, quarters, halves and years of two calendars, and the labels that name them.

The police month runs from the 15th of the month before to the 14th, the police year from 15 December to
14 December. "Tháng 9" alone says neither which year nor which calendar: a label becomes days only where
somebody told both.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from errors import BadOption
from geo.frames import Period
from geo.names import strip_accents

Calendar = Literal["civil", "police"]
Unit = Literal["month", "quarter", "half", "nine_months", "year"]
CALENDARS: tuple[Calendar, ...] = get_args(Calendar)
MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
FIRST_YEAR, LAST_YEAR = 1900, 2100
POLICE_DAY = 15
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Label:
    """A period by its name. number: which month, quarter or half of the year; 1 for nine months and years.
    year None: the text does not say. plain: written `2022` or `2022-03`, which means the civil calendar
    unless another is told."""

    unit: Unit
    number: int = 1
    year: int | None = None
    plain: bool = False

    @property
    def exists(self) -> bool:
        """Whether there is such a part of a year, in a year that can be meant."""
        in_year = 1 <= self.number <= 12 // MONTHS_IN[self.unit]
        return in_year and (self.year is None or FIRST_YEAR <= self.year <= LAST_YEAR)

    def in_year(self, year: int | None) -> "Label":
        """The same label in the year told, where it has none of its own."""
        return self if self.year is not None else replace(self, year=year)

    def days(self, calendar: Calendar) -> Period:
        """First to last day. ValueError without a year."""
        if self.year is None or not self.exists:
            raise ValueError(f"no days: {self}")
        n = MONTHS_IN[self.unit]
        return _months(calendar, self.year, (self.number - 1) * n, n)


def _months(calendar: Calendar, year: int, first: int, n: int) -> Period:
    """n months from the month `first` (0 is January) of a year."""
    start, after = _first_of(year, first), _first_of(year, first + n)
    if calendar == "police":
        start, after = (day - DAY for day in (start, after))
        start, after = (day.replace(day=POLICE_DAY) for day in (start, after))
    return Period(start, after - DAY)


def _first_of(year: int, month: int) -> dt.date:
    years, month = divmod(month, 12)
    return dt.date(year + years, month + 1, 1)


def month(calendar: Calendar, year: int, number: int) -> Period:
    """`police`: September is 15 August to 14 September."""
    return Label("month", number, year).days(calendar)


def quarter(calendar: Calendar, year: int, number: int) -> Period:
    return Label("quarter", number, year).days(calendar)


def half(calendar: Calendar, year: int, number: int = 1) -> Period:
    return Label("half", number, year).days(calendar)


def nine_months(calendar: Calendar, year: int) -> Period:
    return Label("nine_months", 1, year).days(calendar)


def year(calendar: Calendar, year: int) -> Period:
    """`police`: 2022 is 15 December 2021 to 14 December 2022."""
    return Label("year", 1, year).days(calendar)


def tile(first: dt.date, last: dt.date, unit: Unit, calendar: Calendar) -> list[Period]:
    """Every such period that touches the days from first to last, the oldest first."""
    found = [
        Label(unit, number, of).days(calendar)
        for of in range(max(first.year, FIRST_YEAR), min(last.year + 1, LAST_YEAR) + 1)
        for number in range(1, 12 // MONTHS_IN[unit] + 1)
    ]
    return [period for period in found if period.end >= first and period.start <= last]


def recognise(period: Period) -> tuple[Calendar, Label] | None:
    """The calendar and the name of a period that is exactly a month, quarter, half, nine months or year."""
    calendar: Calendar = "police" if period.start.day == POLICE_DAY else "civil"
    for unit, n in MONTHS_IN.items():
        for number in range(1, 12 // n + 1):
            label = Label(unit, number, period.end.year)
            if label.exists and _same_days(label.days(calendar), period):
                return calendar, label
    return None


def _same_days(one: Period, other: Period) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def same_span(period: Period, years_back: int) -> Period:
    """The same days of an earlier year (cùng kỳ). Whole months stay whole: February ends on its last day;
    otherwise 29 February becomes the 28th."""
    whole = period.start.day == 1 and (period.end + DAY).day == 1
    start = _same_day(period.start, years_back)
    end = _same_day(period.end + DAY, years_back) - DAY if whole else _same_day(period.end, years_back)
    return Period(start, end)


def _same_day(day: dt.date, years_back: int) -> dt.date:
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years_back)


def before(period: Period) -> Period:
    """As many whole months of its calendar, or days, just before."""
    police = period.start.day == POLICE_DAY
    after = period.end + DAY
    if (police and after.day == POLICE_DAY) or (period.start.day == 1 and after.day == 1):
        n = (after.year - period.start.year) * 12 + after.month - period.start.month
        first = _first_of(period.start.year, period.start.month - 1 - n)
        return Period(first.replace(day=period.start.day), period.start - DAY)
    return Period(period.start - dt.timedelta(days=period.n_days), period.start - DAY)


def is_complete(period: Period, reached: dt.date) -> bool:
    """Whether data that reach so far can tell the whole period."""
    return reached >= period.end


def cut(period: Period, reached: dt.date) -> Period:
    """The span so far: the period up to the day that the data reach, with its label. ValueError when it has
    not begun."""
    return period if is_complete(period, reached) else Period(period.start, reached, period.label)


def cut_both(period: Period, previous: Period, reached: dt.date) -> tuple[Period, Period] | None:
    """Both periods up to the same day of their year; None where `previous` is not the same span of another
    year, for then no part of it can be set beside an unfinished period."""
    years_back = period.start.year - previous.start.year
    if not years_back or not _same_days(same_span(period, years_back), previous) or reached < period.start:
        return None
    so_far = cut(period, reached)
    return so_far, same_span(so_far, years_back)


NUMBER = r"0?(\d{1,2})"
YEAR = r"(?:nam )?(\d{4})"
SEP = r"(?: ?[-/.,] ?| )"
FORMS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("month", re.compile(rf"(?:thang|t) ?{NUMBER}(?:{SEP}{YEAR})?")),
    ("month", re.compile(rf"{NUMBER} ?[-/.] ?(\d{{4}})")),
    ("quarter", re.compile(rf"(?:quy|q) ?(\d|i{{1,3}}|iv)(?:{SEP}{YEAR})?")),
    ("half", re.compile(rf"(?:0?6|sau) thang dau(?:{SEP}?{YEAR})?")),
    ("half", re.compile(rf"(?:0?6|sau) thang(?: {YEAR}|/(\d{{4}}))")),
    ("nine_months", re.compile(rf"(?:0?9|chin) thang(?: dau)?(?:{SEP}?{YEAR})?")),
    ("year", re.compile(r"(?:ca )?nam (\d{4})")),
    ("year", re.compile(r"ca nam")),
)
SECOND_HALF = re.compile(rf"(?:0?6|sau) thang cuoi(?:{SEP}?{YEAR})?")
PLAIN_YEAR = re.compile(r"(\d{4})")
PLAIN_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")


@lru_cache(maxsize=65_536)
def parse_label(text: str) -> Label | None:
    """ "tháng 9", "T9/2021", "9/2021", "quý III/2021", "6 tháng đầu năm 2021", "cả năm 2021", and the plain
    forms `2021` and `2021-09`; None for anything else, days included."""
    plain = re.sub(r"(?<=dau|uoi) nam$", "", strip_accents(text))
    label = _parse_plain(plain) or _parse_words(plain)
    return label if label is not None and label.exists else None


def _parse_plain(text: str) -> Label | None:
    if found := PLAIN_YEAR.fullmatch(text):
        return Label("year", 1, int(found[1]), plain=True)
    if found := PLAIN_MONTH.fullmatch(text):
        return Label("month", int(found[2]), int(found[1]), plain=True)
    return None


def _parse_words(text: str) -> Label | None:
    if found := SECOND_HALF.fullmatch(text):
        return Label("half", 2, _year_of(found[1]))
    for unit, form in FORMS:
        if found := form.fullmatch(text):
            parts = [part for part in found.groups() if part is not None]
            if unit in ("month", "quarter"):
                return Label(unit, ROMAN.get(parts[0]) or int(parts[0]), _year_of(*parts[1:]))
            return Label(unit, 1, _year_of(*parts))
    return None


def _year_of(*told: str | None) -> int | None:
    return int(told[0]) if told and told[0] else None


def read_calendar(text: str | None) -> Calendar | None:
    """A calendar as a person names it; None stays None. Raises BadOption (reason `calendar`)."""
    if text is None:
        return None
    found = next((calendar for calendar in CALENDARS if calendar == text), None)
    if found is None:
        raise BadOption("calendar", value=text, choices=", ".join(CALENDARS))
    return found
