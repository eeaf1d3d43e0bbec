"""An annex prints as it should, holds numbers as numbers, and every score can be recomputed from it."""

import datetime as dt
import io
import math
import re
from pathlib import Path
from typing import cast

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from briefing.annex import Annex, AnnexTable, Cell, Formula, make_annex, name_sheets, write_annex
from briefing.annex_scores import make_score_table
from i18n.messages import LANGUAGES, load_words
from planning.catalogue import Criterion
from planning.score import score
from tests.mau import CODES, NAMES, PARENTS

CRITERIA = (
    Criterion("incidents", "n_incidents", 50),
    Criterion("cluster", "gi_star_z", 30, floor=0.0),
    Criterion("same", "same_everywhere", 20),
    Criterion("idle", "idle", 0),
)
TITLES = {"incidents": "Số vụ", "cluster": "Cụm", "same": "Như nhau", "idle": "Không dùng"}
WEIGHTS = {"incidents": 5.0, "cluster": 3.0, "same": 1.0, "idle": 0.0}


def make_annex_of(*tables: AnnexTable, **changes: object) -> Annex:
    plain: dict[str, object] = {
        "title": "PHỤ LỤC", "subtitle": "Năm 2023", "document": "Kèm theo Quyết định 1/QĐ & cộng sự",
        "notes": ("Số liệu tính đến 31/12/2022.",), "tables": tables, "source": "Công an thành phố",
        "boundary_version": "mau-2022", "signature": ("TRƯỞNG BAN", "(Ký, ghi rõ chức vụ)"),
    }  # fmt: skip
    return Annex(**(plain | changes))  # type: ignore[arg-type]


def make_table(*rows: tuple[Cell, ...], **changes: object) -> AnnexTable:
    plain: dict[str, object] = {"title": "Bảng", "heads": ("Tên", "Số", "Ngày"), "rows": rows}
    return AnnexTable(**(plain | changes))  # type: ignore[arg-type]


def open_book(content: bytes) -> list[Worksheet]:
    return [cast("Worksheet", sheet) for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets]


def texts_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def find(sheet: Worksheet, text: str) -> tuple[int, int]:
    """(row, column) of the first cell that says so."""
    return next((c.row, c.column) for row in sheet.iter_rows() for c in row if c.value == text)


def make_long_list() -> pd.DataFrame:
    """Six wards; the fourth lacks its count, the fifth lies under the floor of the second criterion."""
    return pd.DataFrame(
        {
            "ward_name": NAMES,
            "parent": PARENTS,
            "n_incidents": [3.0, 10.0, 7.0, np.nan, 8.0, 1.0],
            "gi_star_z": [0.3, 2.1, -1.0, 1.0, -2.5, 3.3],
            "same_everywhere": [4.0] * 6,
            "idle": [np.nan] * 6,
        },
        index=pd.Index(CODES, name="ward_code"),
    )


class PrintedScores:
    """What a reader has in hand: the cells of one sheet, and nothing of the program."""

    def __init__(self, sheet: Worksheet, n: int) -> None:
        self.sheet, self.n = sheet, n
        words = load_words("vi")
        self.top, ward = find(sheet, words("annex.scores.weight"))
        self.first = ward + 3

    def number(self, row: int, column: int) -> float:
        value = self.sheet.cell(row, column).value
        return float(value) if isinstance(value, int | float) else math.nan

    def block(self, row: int, which: int) -> list[float]:
        """Values (0), points (1) or contributions (2) of one row."""
        start = self.first + which * self.n
        return [self.number(row, column) for column in range(start, start + self.n)]

    def rows(self) -> list[int]:
        codes = self.first - 4
        found = range(self.top + 3, self.sheet.max_row + 1)
        return [row for row in found if self.sheet.cell(row, codes).value in CODES]

    def recompute(self, row: int) -> tuple[list[float], float]:
        """(points, score) by the rule that is printed below the table."""
        weights, lows, highs = (
            self.block(self.top, 1),
            self.block(self.top + 1, 0),
            self.block(self.top + 2, 0),
        )
        points = [
            math.nan
            if math.isnan(value)
            else 0.0
            if high <= low
            else max(0.0, 100 * (value - low) / (high - low))
            for value, low, high in zip(self.block(row, 0), lows, highs, strict=True)
        ]
        return points, sum(point * weight / 100 for point, weight in zip(points, weights, strict=True))

    def reckon(self, row: int) -> float:
        """The formula as a spreadsheet reckons it: SUMPRODUCT over two ranges, then a division."""
        formula = str(self.sheet.cell(row, self.first + 3 * self.n).value)
        found = re.fullmatch(r"=SUMPRODUCT\((\w+:\w+),(\w+:\w+)\)/100", formula)
        assert found is not None, formula
        one, other = (self._range(found[place]) for place in (1, 2))
        return sum(a * b for a, b in zip(one, other, strict=True)) / 100

    def _range(self, address: str) -> list[float]:
        left, top, right, bottom = range_boundaries(address)
        assert top == bottom
        return [self.number(int(top or 0), column) for column in range(int(left or 0), int(right or 0) + 1)]


def print_scores(table: pd.DataFrame, weights: dict[str, float], language: str = "vi") -> Worksheet:
    scored = score(table, CRITERIA, weights)
    sheet = make_score_table(scored, CRITERIA, table, TITLES, load_words(language), chosen=(CODES[1],))
    return open_book(make_annex(make_annex_of(sheet, language=language)))[0]


def test_every_score_is_recomputed_from_the_printed_sheet_alone() -> None:
    printed = PrintedScores(print_scores(make_long_list(), WEIGHTS), 3)
    scores: dict[object, float] = {}
    for row in printed.rows():
        points, total = printed.recompute(row)
        ours = printed.number(row, printed.first + 10)
        assert np.allclose(printed.block(row, 1), points, rtol=0, atol=1e-9, equal_nan=True)
        parts = [p * w / 100 for p, w in zip(points, printed.block(printed.top, 1), strict=True)]
        assert np.allclose(printed.block(row, 2), parts, rtol=0, atol=1e-9, equal_nan=True)
        assert math.isnan(total) == math.isnan(ours)
        if not math.isnan(ours):
            assert abs(total - ours) <= 1e-9
            assert abs(printed.reckon(row) - ours) <= 1e-9
        scores[printed.sheet.cell(row, printed.first - 4).value] = round(ours, 6)
    assert scores["00002"] == round((100 * 5 + 100 * 2.1 / 3.3 * 3) / 9, 6)
    assert scores["00006"] == round(100 * 3 / 9, 6)
    assert scores["00005"] == round(100 * 7 / 9 * 5 / 9, 6)
    assert list(scores) == ["00002", "00005", "00003", "00006", "00001", "00004"]
    assert math.isnan(scores["00004"])


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 10**7).map(lambda n: n / 1_000), min_size=6, max_size=6),
    st.lists(st.integers(-5_000, 5_000).map(lambda n: n / 1_000), min_size=6, max_size=6),
    st.lists(st.floats(0.01, 100), min_size=3, max_size=3),
)
def test_whatever_the_figures_the_sheet_gives_the_same_scores(
    counts: list[float], z: list[float], weights: list[float]
) -> None:
    table = make_long_list().assign(n_incidents=counts, gi_star_z=z)
    shares = dict(zip(("incidents", "cluster", "same"), weights, strict=True))
    printed = PrintedScores(print_scores(table, shares), 3)
    assert len(printed.rows()) == 6
    for row in printed.rows():
        ours = printed.number(row, printed.first + 10)
        assert abs(printed.recompute(row)[1] - ours) <= 1e-9
        assert abs(printed.reckon(row) - ours) <= 1e-9


def test_a_ward_without_a_score_stands_last_with_dashes_and_no_formula() -> None:
    printed = PrintedScores(print_scores(make_long_list(), WEIGHTS), 3)
    last = [cell.value for cell in printed.sheet[printed.rows()[-1]]]
    assert last[:8] == ["–", "00004", NAMES[3], PARENTS[3], None, "–", 1, 4]
    assert last[8:11] == ["–", pytest.approx(100 / 3.3), 0]
    assert last[11:] == ["–", pytest.approx(1000 / 99), 0, "–", "–"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_chosen_wards_are_marked_and_criteria_without_weight_are_left_out(language: str) -> None:
    sheet = print_scores(make_long_list(), WEIGHTS, language)
    words = load_words(language)
    row, column = find(sheet, words("annex.scores.chosen"))
    assert sheet.cell(row, column - 3).value == "00002"
    assert TITLES["idle"] not in texts_of(sheet)
    assert texts_of(sheet).count(TITLES["incidents"]) == 3
    assert sheet.title == words("annex.sheet.scores")


def test_numbers_stay_numbers_and_what_is_unknown_is_a_dash() -> None:
    table = make_table(
        ("a", 1234.5678, dt.date(2022, 12, 31)), ("b", None, None), ("c", float("nan"), pd.NaT),  # type: ignore[arg-type]
        ("d", 7, ""), decimals=(None, 2, None),
    )  # fmt: skip
    (sheet,) = open_book(make_annex(make_annex_of(table)))
    row, _ = find(sheet, "a")
    assert (sheet.cell(row, 2).value, sheet.cell(row, 2).number_format) == (1234.5678, "#,##0.00")
    day = sheet.cell(row, 3)
    assert (day.value, day.number_format) == (dt.datetime(2022, 12, 31), "dd/mm/yyyy")
    assert [sheet.cell(row + place, 2).value for place in (1, 2, 3)] == ["–", "–", 7]
    assert [sheet.cell(row + place, 3).value for place in (1, 2, 3)] == ["–", "–", None]


@pytest.mark.parametrize("text", ["=cmd()", "+1+1", "-2+3", "@SUM(A1)", "=1+1", "\t=1", '=HYPERLINK("x")'])
def test_text_from_data_never_becomes_a_formula(text: str) -> None:
    table = make_table((text, 1, ""), title=text, heads=(text, "Số", "Ngày"), notes=(text,))
    annex = make_annex_of(table, title=text, subtitle=text, document=text, notes=(text,), source=text)
    (sheet,) = open_book(make_annex(annex))
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert texts_of(sheet).count(text) == 8


@settings(max_examples=60)
@given(st.text(max_size=12))
def test_no_text_of_a_cell_can_be_told_apart_from_text_by_a_spreadsheet(text: str) -> None:
    (sheet,) = open_book(make_annex(make_annex_of(make_table((text, 1, "")))))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize(
    "text",
    [
        "cmd|'/C calc'!A0",
        "HYPERLINK(R0C0)",
        '"a"',
        "",
        "SUM(A1)",
        "R0C0&R0C1",
        "SUM(R0C0)\n",
        "WEBSERVICE(1)",
    ],
)
def test_a_formula_holds_nothing_but_sums_of_its_own_table(text: str) -> None:
    with pytest.raises(ValueError, match="not a formula"):
        Formula(text)


def test_a_formula_finds_its_cells_wherever_the_table_stands() -> None:
    table = make_table(("a", 2, ""), ("b", 3, ""), ("c", Formula("SUM(R0C1:R1C1)*10/R0C1"), ""))
    for changes in ({}, {"is_illustrative": True, "subtitle": ""}):
        (sheet,) = open_book(make_annex(make_annex_of(table, **changes)))
        row, _ = find(sheet, "a")
        assert sheet.cell(row + 2, 2).value == f"=SUM(B{row}:B{row + 1})*10/B{row}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_says_where_its_figures_come_from_and_that_they_are_made_up(language: str) -> None:
    words = load_words(language)
    annex = make_annex_of(make_table(), make_table(title="Hai"), is_illustrative=True, language=language)
    for sheet in open_book(make_annex(annex)):
        said = texts_of(sheet)
        assert said[:4] == [annex.title, annex.subtitle, annex.document, words("annex.illustrative")]
        assert said[-3:] == [
            words("annex.dash"), words("annex.source", source="Công an thành phố"),
            words("annex.version", version="mau-2022"),
        ]  # fmt: skip
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.center.text == words("annex.illustrative")
    plain = make_annex_of(make_table(), source="", boundary_version="")
    (sheet,) = open_book(make_annex(plain))
    said = texts_of(sheet)
    assert load_words("vi")("annex.illustrative") not in said
    assert said[-2:] == ["Nguồn số liệu: chưa rõ", "Phiên bản địa giới: chưa rõ"]


def test_a_sheet_prints_on_a4_with_its_heads_on_every_page() -> None:
    table = make_table(("a", 1, ""), groups=(("", 1), ("Nhóm", 2)), is_signed=True)
    (sheet,) = open_book(make_annex(make_annex_of(table)))
    head, _ = find(sheet, "Tên")
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head - 1}:${head}"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "Trang &P/&N"
    assert sheet.oddFooter.left.text == "Kèm theo Quyết định 1/QĐ && cộng sự"
    assert texts_of(sheet)[-2:] == ["TRƯỞNG BAN", "(Ký, ghi rõ chức vụ)"]


def test_columns_are_wide_enough_for_their_figures_and_long_text_wraps() -> None:
    long = "Một lý do rất dài " * 12
    table = make_table((long, 123456789.25, dt.date(2022, 1, 1)), decimals=(None, 2, None))
    (sheet,) = open_book(make_annex(make_annex_of(table)))
    row, _ = find(sheet, long)
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths[1:] == [len("123,456,789.25") + 2, len("dd/mm/yyyy") + 2]
    assert sum(widths) == 120
    assert sheet.cell(row, 1).alignment.wrap_text


def test_what_a_page_has_left_goes_to_the_longest_text() -> None:
    table = AnnexTable("Phương pháp", ("Bước", "Cách làm"), (("Điểm", "Chuẩn hóa từng tiêu chí. " * 8),))
    (sheet,) = open_book(make_annex(make_annex_of(table)))
    first, second = (sheet.column_dimensions[letter].width for letter in "AB")
    assert first + second == pytest.approx(120)
    assert first < 10


def test_sheets_have_names_that_every_program_takes_and_no_two_alike() -> None:
    names = name_sheets([
        make_table(title="a/b:c*[d]?"), make_table(title="A b c d"), make_table(title="x" * 40),
        make_table(title="X" * 40), make_table(title="''"), make_table(title="History"),
        make_table(sheet="1 Danh sách"),
    ])  # fmt: skip
    assert names == ["a b c d", "A b c d (2)", "x" * 31, "X" * 27 + " (2)", "5", "6", "1 Danh sách"]


@settings(max_examples=30)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_titles_give_a_workbook_that_opens(titles: list[str]) -> None:
    sheets = open_book(make_annex(make_annex_of(*(make_table(title=title) for title in titles))))
    names = [sheet.title for sheet in sheets]
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 for name in names)


def test_a_table_whose_rows_do_not_fit_its_heads_is_a_bug() -> None:
    with pytest.raises(ValueError, match=r"rows \[1\]"):
        make_table(("a", 1, ""), ("b", 1))
    with pytest.raises(ValueError, match="groups"):
        make_table(groups=(("", 2),))
    with pytest.raises(ValueError, match="decimals"):
        make_table(decimals=(1,))
    with pytest.raises(ValueError, match="infinite"):
        make_annex(make_annex_of(make_table(("a", math.inf, ""))))
    with pytest.raises(TypeError):
        make_annex(make_annex_of(make_table(("a", cast("float", [1]), ""))))
    with pytest.raises(ValueError, match="has a table"):
        make_annex(make_annex_of())


def test_a_whole_number_of_numpy_is_a_number(tmp_path: Path) -> None:
    write_annex(make_annex_of(make_table(("a", cast("int", np.int64(3)), ""))), tmp_path / "p.xlsx")
    (sheet,) = open_book((tmp_path / "p.xlsx").read_bytes())
    row, _ = find(sheet, "a")
    assert sheet.cell(row, 2).value == 3
