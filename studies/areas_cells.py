"""Cells of a list of target areas. A row that cannot be read whole is left out and told: nothing of an area's
history is guessed."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from geo.findings import Finding, Severity, list_examples
from geo.names import fold
from geo.reading.days import to_days
from geo.rows.fact_cells import by_word, fold_words, note, read_text
from planning.catalogue import Catalogue, Grade, Named
from planning.papers import Document
from planning.programme import State
from planning.taken_over import Listed
from studies.areas_columns import AreaColumns
from studies.person_guard import names_person
from studies.proposals_cells import read_types
from studies.ward_list import WardList

SAID: dict[str, str] = by_word({
    "de_xuat": ("duoc de xuat", "proposed"),
    "duoc_lua_chon": ("lua chon", "duoc chon", "da chon", "da lua chon", "selected", "chosen"),
    "dang_chuyen_hoa": ("dang thuc hien", "dang trien khai", "being transformed", "in progress"),
    "chuyen_hoa_thanh_cong": ("thanh cong", "da chuyen hoa", "da chuyen hoa thanh cong", "dat", "passed",
                              "transformed"),
    "chua_dat": ("khong dat", "chua chuyen hoa thanh cong", "not passed", "failed"),
    "duy_tri": ("dang duy tri", "duy tri sau chuyen hoa", "in maintenance"),
    "ra_khoi_dien": ("dua ra khoi dien", "da dua ra khoi dien", "off the register"),
    "phuc_tap_tro_lai": ("tai phuc tap", "complex again"),
})  # fmt: skip
BETWEEN = re.compile(r"\s*[;\n]\s*")


@dataclass(frozen=True)
class AreaRow:
    """What one row tells of its place. types, reasons: keys of the catalogue or free text."""

    ward_code: str
    hamlet: str
    types: tuple[str, ...]
    reasons: tuple[str, ...]
    responsible: str
    start: dt.date | None
    end: dt.date | None
    listed: Listed


@dataclass
class Sieve:
    """The columns of a list with the rows that a remark left out so far. out: on the table's index."""

    listed: WardList
    columns: AreaColumns
    out: pd.Series
    findings: list[Finding] = field(default_factory=list)

    def text(self, role: str) -> pd.Series:
        """ "" where a cell is empty or there is no column."""
        return read_text(self.listed.table.frame, getattr(self.columns, role)).fillna("")

    def where(self, role: str) -> str:
        return f"{self.listed.table.file}:{getattr(self.columns, role)}"

    def remark(self, code: str, role: str, mask: pd.Series, severity: Severity, **facts: object) -> None:
        """One remark on all cells under the mask, each with the line it stands on."""
        if mask.any():
            lines = pd.Series(list(self.listed.lines), mask.index)[mask]
            seen = list_examples(
                f"{line}: {cell}" for line, cell in zip(lines, self.text(role)[mask], strict=True)
            )
            facts |= {"n": int(mask.sum())}
            self.findings.append(Finding(code, severity, self.where(role), seen, facts))

    def leave_out(self, code: str, role: str, mask: pd.Series, **facts: object) -> None:
        """As `remark`, and the rows are left out. A row that is out already is told of once."""
        mask = mask & ~self.out
        self.remark(code, role, mask, "error", **facts)
        self.out |= mask


def read_cells(sieve: Sieve, catalogue: Catalogue, version: str) -> list[AreaRow]:
    """A row of each row of the table, those that are left out too. version: of the boundaries in use."""
    told = sieve.text("version")
    sieve.leave_out(
        "AreaOfOtherVersion", "version", (told != "") & (told.map(fold) != fold(version)), version=version
    )
    days = {role: _read_days(sieve, role) for role in ("start", "end", "state_on", "issued_on")}
    sieve.leave_out("AreaEndsBeforeStart", "end", days["end"] < days["start"])
    standings, given = _read_states(sieve, catalogue.grades), _read_grades(sieve, catalogue.grades)
    offices = {role: _read_office(sieve, role) for role in ("responsible", "issued_by", "reasons")}
    hamlets, numbers = _read_office(sieve, "hamlet", is_place=True), _read_office(sieve, "document")
    types = read_types(sieve.listed.table, sieve.columns.types, catalogue.types, sieve.findings)
    as_day = {role: [None if pd.isna(day) else day.date() for day in told] for role, told in days.items()}
    rows = []
    for place, code in enumerate(sieve.listed.matched["ward_code"]):
        state, grade = standings[place], given[place] or standings[place][1]
        paper = Document(
            "", numbers.iloc[place], offices["issued_by"].iloc[place], as_day["issued_on"][place]
        )
        rows.append(
            AreaRow(
                ward_code=str(code),
                hamlet=hamlets.iloc[place],
                types=types[place],
                reasons=read_reasons(offices["reasons"].iloc[place], catalogue.reasons),
                responsible=offices["responsible"].iloc[place],
                start=as_day["start"][place],
                end=as_day["end"][place],
                listed=Listed(
                    state=state[0] or (grade.state if grade else None),
                    on=as_day["state_on"][place],
                    started_on=as_day["start"][place],
                    grade=grade.key if grade else "",
                    document=None if paper == Document() else paper,
                ),
            )
        )
    return rows


def _read_days(sieve: Sieve, role: str) -> pd.Series:
    """A whole day or NaT. A month, a year and a day without a year are no day."""
    column = getattr(sieve.columns, role)
    if column is None:
        return pd.Series(pd.NaT, index=sieve.out.index, dtype="datetime64[us]")
    cells = sieve.listed.table.frame[column]
    days = to_days(cells, calendar="civil", file=sieve.listed.table.file, column=column)
    is_span = days["start"].notna() & (days["start"] != days["end"])
    sieve.leave_out("AreaDayUnread", role, days["bad"] | is_span)
    note("SerialDates", cells, days["form"] == "serial", sieve.where(role), sieve.findings, "info")
    return days["start"].mask(is_span)


def _read_states(sieve: Sieve, grades: Sequence[Grade]) -> list[tuple[State | None, Grade | None]]:
    """A grade's own name ("chuyển hóa tốt") tells both."""
    by_name = _name_grades(grades)
    words = fold_words(sieve.text("state"))
    unknown = (words != "") & ~words.isin([*SAID, *by_name])
    sieve.leave_out("AreaStateUnknown", "state", unknown)
    found: list[tuple[State | None, Grade | None]] = []
    for word in words:
        grade = by_name.get(word)
        state: State | None = grade.state if grade else SAID.get(word)  # type: ignore[assignment]
        found.append((state, grade))
    return found


def _read_grades(sieve: Sieve, grades: Sequence[Grade]) -> list[Grade | None]:
    by_name = _name_grades(grades)
    words = fold_words(sieve.text("grade"))
    sieve.leave_out("AreaGradeUnknown", "grade", (words != "") & ~words.isin(list(by_name)))
    return [by_name.get(word) for word in words]


def _name_grades(grades: Sequence[Grade]) -> dict[str, Grade]:
    told = pd.Series([text for grade in grades for text in (grade.key, grade.name)], dtype=object)
    return dict(zip(fold_words(told), [grade for grade in grades for _ in range(2)], strict=True))


def _read_office(sieve: Sieve, role: str, *, is_place: bool = False) -> pd.Series:
    """Text that names no person; a cell that does is not taken in, nor shown."""
    text = sieve.text(role)
    known = {cell: bool(cell) and names_person(cell, is_place=is_place) for cell in text.unique()}
    named = text.map(known).astype(bool)
    if named.any():
        facts: dict[str, object] = {"n": int(named.sum())}
        sieve.findings.append(Finding("AreaCellNamesPerson", "warning", sieve.where(role), facts=facts))
    return text.mask(named, "")


def read_reasons(text: str, reasons: Sequence[Named]) -> tuple[str, ...]:
    """Between semicolons; a name or key of the catalogue becomes its key, other words stay."""
    keys = {fold(told): named.key for named in reasons for told in (named.key, named.name)}
    return tuple(dict.fromkeys(keys.get(fold(part), part) for part in BETWEEN.split(text) if part.strip()))
