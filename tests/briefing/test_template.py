"""A downloaded template, filled in and loaded again, needs no choice: every ward and every word is known."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from briefing.template import CHOICES, COLUMNS, HEADER_ROW, TemplateKind, make_template
from geo.frames import Kind, Period
from geo.reading.columns import TableColumns
from geo.reading.read import Table, list_layers, read_table
from geo.rows.facts import join_table
from i18n.messages import LANGUAGES, load_words
from tests.mau import CODES, NAMES, PARENTS, make_wards

AUGUST = Period(dt.date(2022, 8, 15), dt.date(2022, 9, 14), "tháng 9")
JOINS: dict[TemplateKind, Kind] = {
    "incidents": "incidents", "cameras": "cameras", "camera_places": "cameras", "population": "population",
    "status": "status",
}  # fmt: skip


def open_sheet(content: bytes) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, cast("Worksheet", book.worksheets[0])


def fill(content: bytes, folder: Path, **columns: list[object]) -> Path:
    """Writes cells under the columns at the given places, from the first row that may be filled in."""
    book, sheet = open_sheet(content)
    for letter, values in columns.items():
        for row, value in enumerate(values, start=HEADER_ROW + 1):
            sheet[f"{letter}{row}"] = cast("str | float", value)
    book.save(folder / "mau.xlsx")
    return folder / "mau.xlsx"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "letter", "total"), [("incidents", "K", 21), ("cameras", "D", 21), ("population", "D", 21)]
)
def test_filled_templates_join_every_ward_by_code_with_the_same_total(
    language: str, kind: TemplateKind, letter: str, total: int, tmp_path: Path
) -> None:
    content = make_template(kind, make_wards(), load_words(language), period_rows=[AUGUST])
    table = read_table(fill(content, tmp_path, **{letter: [1, 2, 3, 4, 5, 6]}))
    joined, findings, _ = join_table(make_wards(), table, JOINS[kind], TableColumns(), version="mau-2022")
    assert joined.rows["ward_code"].tolist() == list(CODES)
    assert set(joined.rows["method"]) == {"code"}
    assert joined.rows["n"].tolist() == [1, 2, 3, 4, 5, 6]
    assert joined.rows["n"].sum() == total
    assert [finding.code for finding in findings] == ["HeaderSkipped"]
    if kind == "incidents":
        assert joined.rows["start"].dt.date.unique().tolist() == [AUGUST.start]
        assert joined.rows["end"].dt.date.unique().tolist() == [AUGUST.end]


@pytest.mark.parametrize("language", LANGUAGES)
def test_states_chosen_from_the_list_are_understood(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    said = [words(f"template.status_value.{key}") for key in CHOICES["status_value"]]
    content = make_template("status", make_wards(), words)
    path = fill(content, tmp_path, D=[2022] * 6, E=said[:6])
    joined, _, guesses = join_table(make_wards(), read_table(path), "status", TableColumns())
    assert joined.rows["status"].tolist() == list(CHOICES["status_value"][:6])
    assert joined.rows["year"].tolist() == [2022.0] * 6
    path = fill(content, tmp_path, D=[2022] * 2, E=said[6:])
    joined, _, _ = join_table(make_wards(), read_table(path), "status", TableColumns())
    assert joined.rows["status"].tolist() == [*CHOICES["status_value"][6:], None, None, None, None]
    assert guesses["key"] == words("template.column.code")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_incidents_chosen_from_the_lists_are_understood(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    content = make_template("incidents", make_wards(), words)
    said = {role: [words(f"template.{role}.{key}") for key in CHOICES[role]] for role in CHOICES}
    path = fill(
        content, tmp_path, G=said["severity"], H=said["known_by"], I=said["measure"][:6],
        K=["trên 700", 2, 3, 4, 5, 6],
    )  # fmt: skip
    joined, findings, _ = join_table(make_wards(), read_table(path), "incidents", TableColumns(), version="v")
    assert joined.rows["severity"].tolist() == [*CHOICES["severity"], None, None]
    assert joined.rows["known_by"].tolist() == [*CHOICES["known_by"], None, None, None, None]
    assert joined.rows["measure"].tolist() == list(CHOICES["measure"][:6])
    assert joined.rows["qualifier"].tolist() == [">=", "", "", "", "", ""]
    assert [finding.code for finding in findings] == ["HeaderSkipped"]
    path = fill(content, tmp_path, I=said["measure"][6:], K=[1, 2, 3, 4, 5, 6])
    joined, _, _ = join_table(make_wards(), read_table(path), "incidents", TableColumns(), version="v")
    assert joined.rows["measure"].tolist()[: len(said["measure"][6:])] == list(CHOICES["measure"][6:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_cameras_chosen_from_the_lists_are_understood(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    said = {role: [words(f"template.{role}.{key}") for key in CHOICES[role]] for role in CHOICES}
    content = make_template("camera_places", make_wards(), words)
    path = fill(
        content, tmp_path, A=[105.005] * 5, B=[10.005] * 5, C=said["camera_type"], D=said["owner_kind"],
        E=said["placement"], F=said["works"], G=said["connects"], H=[90] * 5, I=[60] * 5, J=[25] * 5,
        L=said["watched"], M=[30] * 5,
    )  # fmt: skip
    joined, findings, _ = join_table(make_wards(), read_table(path), "cameras", TableColumns(), version="v")
    rows = joined.rows
    assert rows["ward_code"].tolist() == ["00001"] * 5
    assert rows["camera_type"].tolist() == list(CHOICES["camera_type"])
    assert rows["owner_kind"].tolist() == list(CHOICES["owner_kind"])
    assert rows["placement"].tolist() == list(CHOICES["placement"])
    assert rows["n_working"].tolist()[:2] == rows["n_connected"].tolist()[:2] == [1.0, 0.0]
    assert rows["n_live"].tolist()[:2] == [1.0, 0.0]
    assert rows["stored_days"].tolist() == [30.0] * 5
    assert rows[["direction_deg", "angle_deg", "range_m"]].iloc[0].tolist() == [90.0, 60.0, 25.0]
    assert [finding.code for finding in findings] == ["HeaderSkipped"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_cameras_filled_in_are_each_told_apart(language: str, tmp_path: Path) -> None:
    content = make_template("cameras", make_wards(), load_words(language))
    path = fill(content, tmp_path, D=[9] * 6, E=[8] * 6, F=[7] * 6, I=[6] * 6, J=[5] * 6)
    joined, findings, _ = join_table(make_wards(), read_table(path), "cameras", TableColumns(), version="v")
    counts = ["n", "n_working", "n_connected", "n_live", "n_stored"]
    assert joined.rows[counts].iloc[0].tolist() == [9, 8, 7, 6, 5]
    assert [finding.code for finding in findings] == ["HeaderSkipped"]


@pytest.mark.parametrize("kind", [kind for kind in COLUMNS if kind != "camera_places"])
def test_each_ward_has_its_row_with_its_code_as_text(kind: TemplateKind, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(make_template(kind, make_wards(), load_words("vi")))
    table: Table = read_table(path)
    assert table.frame.iloc[:, :3].to_numpy().tolist() == [
        list(row) for row in zip(CODES, NAMES, PARENTS, strict=True)
    ]
    assert table.lines == (4, 5, 6, 7, 8, 9)
    assert list_layers(path) == [table.sheet]


def test_several_periods_give_each_ward_several_rows() -> None:
    october = Period(dt.date(2022, 9, 15), dt.date(2022, 10, 14))
    _, sheet = open_sheet(
        make_template("incidents", make_wards(), load_words("vi"), period_rows=[AUGUST, october])
    )
    assert sheet.max_row == HEADER_ROW + 12
    assert sheet["A10"].value == "00001"
    assert sheet["D10"].value == dt.datetime(2022, 9, 15)
    assert sheet["D10"].number_format == "dd/mm/yyyy"


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    wards = make_wards()
    frame = wards.frame.assign(ward_name=["=1+1", *NAMES[1:]])
    _, sheet = open_sheet(make_template("population", replace(wards, frame=frame), load_words("vi")))
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=1+1", "s")
    assert (sheet["A4"].value, sheet["A4"].number_format) == ("00001", "@")


def test_the_header_stays_in_sight_and_every_column_explains_itself() -> None:
    _, sheet = open_sheet(make_template("status", make_wards(), load_words("vi")))
    assert sheet.freeze_panes == "D4"
    rules = sheet.data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == [f"{letter}4:{letter}9" for letter in "ABCDEF"]
    assert all(rule.prompt and rule.showInputMessage for rule in rules)
    assert [rule.formula1 for rule in rules if rule.type == "list"] == ["'lists'!$A$1:$A$8"]
