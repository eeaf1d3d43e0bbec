"""Left-over rows go out as a workbook, are corrected by hand, and come back as choices or as remarks."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from briefing.leftovers import COLUMNS, label_wards, read_corrections, write_leftovers
from errors import UnreadableFile
from geo.matching.leftovers import LeftOver
from geo.reading.columns import CountColumn, TableColumns
from i18n.messages import load_words
from studies.doctor import apply_choices, diagnose
from studies.intake import Received, Settled, TableProposal, Trial, try_table
from tests.mau import make_table, make_wards

WARDS = make_wards()
VI, EN = load_words("vi"), load_words("en")
Fill = Callable[[Worksheet], None]
AT = {column: place for place, column in enumerate(COLUMNS, start=1)}
ROWS = (
    ("Phường Một", "Quận Đông", 10),
    ("Phuong Hoa Binh", "Quận Đông", 3),
    ("Xã Thạnh Lộcc", "Huyện Tây", 50),
    ("=Phố cổ", "Huyện Tây", 600),
    ("Tổng", "", 663),
)


def attempt(rows: tuple[tuple[str, str, int], ...] = ROWS) -> Trial:
    columns: dict[str, list[object]] = {
        "ten": [row[0] for row in rows],
        "huyen": [row[1] for row in rows],
        "vu": [row[2] for row in rows],
    }
    proposal = TableProposal(
        Received(Path("b.csv"), "f" * 64), "incidents", (), make_table(columns), {}, None
    )
    settled = Settled(TableColumns(key="ten", parent="huyen", counts=(CountColumn("vu"),), by_key=True))
    return try_table(WARDS, proposal, settled)


LEFT = diagnose(WARDS, attempt()).left_over


def fill_in(folder: Path, fill: Fill, *, left: tuple[LeftOver, ...] = LEFT) -> Path:
    """The workbook after a clerk worked on it: opened, changed, saved."""
    book = load_workbook(io.BytesIO(write_leftovers(left, WARDS, VI)))
    fill(book.worksheets[0])
    path = folder / "sua.xlsx"
    book.save(path)
    return path


def put(sheet: Worksheet, line: int, **cells: object) -> None:
    for column, value in cells.items():
        sheet.cell(row=line, column=AT[column]).value = value  # type: ignore[assignment]


def test_the_workbook_tells_every_left_over_spelling_and_offers_every_ward() -> None:
    book = load_workbook(io.BytesIO(write_leftovers(LEFT, WARDS, VI)))
    sheet, wards = book.worksheets
    told = [[cell.value for cell in row][:9] for row in sheet.iter_rows(min_row=2)]
    assert told == [
        ["Dòng trong tệp", "Ghi trong tệp", "Quận, huyện", "Số dòng", "Tổng số", "Vì sao chưa ghép", "Gợi ý",
         "Mã đúng", "Tên đúng"],
        ["2", "Phuong Hoa Binh", "Quận Đông", 1, 3, "Không có tên này; xem gợi ý",
         "00002 – Phường Hòa Bình (Quận Đông)", None, None],
        ["3", "Xã Thạnh Lộcc", "Huyện Tây", 1, 50, "Không có tên này; xem gợi ý",
         "00004 – Xã Thạnh Lộc (Huyện Tây)", None, None],
        ["4", "=Phố cổ", "Huyện Tây", 1, 600, "Không có tên hoặc mã này", None, None, None],
        ["5", "Tổng", None, 1, 663, "Dòng tổng, không phải địa bàn", None, None, None],
    ]  # fmt: skip
    assert [wards.cell(row=line, column=1).value for line in (1, 2, 3, 8)] == [
        "Tên đúng", "(để ngoài, không ghép)", "Phường Một", "Thị trấn Sáu"
    ]  # fmt: skip
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ("'Danh mục địa bàn'!$A$2:$A$8", "I3:I6")
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["J"].hidden


def test_text_that_looks_like_a_formula_stays_text() -> None:
    sheet = load_workbook(io.BytesIO(write_leftovers(LEFT, WARDS, VI))).worksheets[0]
    cell = sheet.cell(row=5, column=AT["text"])
    assert (cell.value, cell.data_type) == ("=Phố cổ", "s")


def test_corrections_come_back_and_give_the_totals_of_the_table_mended_by_hand(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 3, code="00002")
        put(sheet, 4, name="Xã Thạnh Lộc")
        put(sheet, 5, name="TT. Sáu")

    choices, findings = read_corrections(fill_in(tmp_path, fill), LEFT, WARDS)
    assert findings == ()
    assert choices == {
        ("phuong hoa binh", "quận đông"): "00002",
        ("xã thạnh lộcc", "huyện tây"): "00004",
        ("=phố cổ", "huyện tây"): "00006",
    }
    repaired = apply_choices(WARDS, attempt(), choices).trial
    mended = attempt(
        (ROWS[0], ("P. Hòa Bình", "Q. Đông", 3), ("Xã Thạnh Lộc", "", 50), ("TT. Sáu", "", 600), ROWS[4])
    )
    assert repaired.joined.tally() == mended.joined.tally()
    assert repaired.joined.tally()["joined"] == 663.0
    assert repaired.joined.rows["ward_code"].tolist() == mended.joined.rows["ward_code"].tolist()


@pytest.mark.parametrize(
    ("filled", "found"),
    [
        ({"name": "thị trấn  sáu"}, "00006"),
        ({"name": "P. Hoà Bình"}, "00002"),
        ({"code": "00004", "name": "Xã Thạnh Lộc"}, "00004"),
        ({"name": "(để ngoài, không ghép)"}, None),
        ({"name": "(leave out, do not join)"}, None),
    ],
)
def test_a_correction_may_be_a_name_a_code_or_leaving_out(
    tmp_path: Path, filled: dict[str, object], found: str | None
) -> None:
    path = fill_in(tmp_path, lambda sheet: put(sheet, 4, **filled))
    assert read_corrections(path, LEFT, WARDS) == ({("xã thạnh lộcc", "huyện tây"): found}, ())


@pytest.mark.parametrize(
    ("line", "filled", "code", "seen"),
    [
        (4, {"name": "Phường Lạ"}, "CorrectionUnknown", "4: Phường Lạ"),
        (4, {"code": 4}, "CorrectionUnknown", "4: 4"),
        (4, {"code": "00004", "name": "Phường Lạ"}, "CorrectionUnknown", "4: 00004"),
        (4, {"code": "00004", "name": "Phường Một"}, "CorrectionContradicts", "4: 00004"),
        (4, {"code": "00004", "name": "(để ngoài, không ghép)"}, "CorrectionContradicts", "4: 00004"),
        (4, {"text": "Xã Khác", "code": "00004"}, "CorrectionStale", "4: Xã Khác"),
        (4, {"parent": "Quận Đông", "code": "00004"}, "CorrectionStale", "4: Xã Thạnh Lộcc"),
        (4, {"id": None, "code": "00004"}, "CorrectionStale", "4: Xã Thạnh Lộcc"),
        (6, {"code": "00004"}, "CorrectionNotPossible", "6: Tổng"),
    ],
)
def test_a_correction_that_cannot_be_taken_is_told_with_its_row(
    tmp_path: Path, line: int, filled: dict[str, object], code: str, seen: str
) -> None:
    choices, findings = read_corrections(
        fill_in(tmp_path, lambda sheet: put(sheet, line, **filled)), LEFT, WARDS
    )
    assert choices == {}
    assert [(f.code, f.where, f.seen, f.facts) for f in findings] == [(code, "sua.xlsx", seen, {"n": 1})]
    assert all(words(f"finding.{code}", where="w", seen=seen, n=1) for words in (VI, EN))


def test_rows_may_be_sorted_and_columns_moved_before_they_come_back(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 3, code="00002")
        third, fourth = ([cell.value for cell in sheet[line]] for line in (3, 4))
        for place in range(len(COLUMNS)):
            sheet.cell(row=3, column=place + 1).value = fourth[place]
            sheet.cell(row=4, column=place + 1).value = third[place]
        sheet.insert_cols(2)

    choices, findings = read_corrections(fill_in(tmp_path, fill), LEFT, WARDS)
    assert (choices, findings) == ({("phuong hoa binh", "quận đông"): "00002"}, ())


def test_one_spelling_corrected_to_two_wards_is_not_taken(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        put(sheet, 4, code="00004")
        for place, cell in enumerate(list(sheet[4]), start=1):
            sheet.cell(row=7, column=place).value = cell.value
        put(sheet, 7, code="00005")

    choices, findings = read_corrections(fill_in(tmp_path, fill), LEFT, WARDS)
    assert choices == {}
    assert [(f.code, f.seen) for f in findings] == [("CorrectionTwice", "4: 00004, 7: 00005")]


def test_a_workbook_of_an_earlier_file_changes_nothing(tmp_path: Path) -> None:
    path = fill_in(tmp_path, lambda sheet: put(sheet, 3, code="00002"))
    choices, findings = read_corrections(path, LEFT[1:], WARDS)
    assert choices == {}
    assert [f.code for f in findings] == ["CorrectionStale"]


def test_a_workbook_that_is_no_list_of_left_over_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "khac.xlsx"
    Workbook().save(path)
    with pytest.raises(UnreadableFile) as refusal:
        read_corrections(path, LEFT, WARDS)
    assert refusal.value.reason == "not_leftovers"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(UnreadableFile) as refusal:
        read_corrections(path, LEFT, WARDS)
    assert refusal.value.reason == "corrupt"


def test_wards_of_one_name_are_labelled_apart() -> None:
    wards = make_wards()
    wards.frame["ward_name"] = ["Xã An", "Xã An", "Xã Ba", "Xã An", "", "Xã Ba"]
    assert list(label_wards(wards).values()) == [
        "Xã An, Quận Đông (00001)",
        "Xã An, Quận Đông (00002)",
        "Xã Ba, Quận Đông",
        "Xã An, Huyện Tây",
        "00005",
        "Xã Ba, Huyện Tây",
    ]


def test_text_with_letters_that_no_workbook_holds_comes_back(tmp_path: Path) -> None:
    left = diagnose(WARDS, attempt((*ROWS, ("Xã\x0bTân\r\nThơi\x01", "", 1)))).left_over
    path = fill_in(tmp_path, lambda sheet: put(sheet, 7, code="00003"), left=left)
    choices, findings = read_corrections(path, left, WARDS)
    assert findings == ()
    assert list(choices.values()) == ["00003"]
