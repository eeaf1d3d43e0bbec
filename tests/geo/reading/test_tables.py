"""One clerk's sheet in every format a spreadsheet program writes; workbooks that would end the program."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from errors import AppError, TooLarge, UnreadableFile
from geo.reading.columns import CountColumn, TableColumns
from geo.reading.layout import PARENT_HEADING
from geo.reading.read import list_layers, read_kind, read_table
from geo.rows.facts import join_table
from i18n.messages import LANGUAGES, load_words
from tests.mau import CODES, make_wards

OCCURRED, CLEARED = "Phạm pháp hình sự – Xảy ra", "Phạm pháp hình sự – Khám phá"
ROWS: list[list[object]] = [
    ["ỦY BAN NHÂN DÂN TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["BÁO CÁO TÌNH HÌNH"],
    [None, None, None, None, "Đơn vị tính: vụ"],
    ["TT", "Phường, xã", "Phạm pháp hình sự", None, "Ngày chốt"],
    [None, None, "Xảy ra", "Khám phá", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    ["Tổng số", None, 131, 60],
    ["I", "Quận Đông", 60, 30],
    [1, "P. Một", 20, 10, dt.date(2022, 9, 14)],
    [2, "Phường Hoà Bình", "30", 15],
    [3, "Xã Tân Thới", 10, 5],
    [None],
    ["II", "Huyện Tây", 64, 30],
    [1, "Xã Thạnh Lộc", 14, 5],
    [2, "Phường 05", 40, 5],
    [3, "TT. Sáu", 10, 20],
    ["* Số liệu tạm tính"],
    ["NGƯỜI LẬP BIỂU", None, None, "THỦ TRƯỞNG"],
    ["Nguyễn Văn A"],
]
MERGES = [(3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 3, 3), (3, 4, 4, 4), (6, 0, 6, 1)]
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
Grid = list[list[object]]


def save_xlsx(folder: Path, rows: Grid = ROWS, merges: list[tuple[int, int, int, int]] = MERGES) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for top, left, bottom, right in merges:
        sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    hidden = book.create_sheet("an")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    book.save(folder / "bang.xlsx")
    return folder / "bang.xlsx"


def save_xls(folder: Path, rows: Grid = ROWS) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    heads = {(top, left): (bottom, right) for top, left, bottom, right in MERGES}
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            style = xlwt.easyxf(num_format_str="dd/mm/yyyy") if isinstance(value, dt.date) else xlwt.XFStyle()
            if (y, x) in heads:
                sheet.write_merge(y, heads[y, x][0], x, heads[y, x][1], value, style)
            elif value is not None:
                sheet.write(y, x, value, style)
    hidden = book.add_sheet("an")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    book.save(str(folder / "bang.xls"))
    return folder / "bang.xls"


def save_ods(folder: Path, rows: Grid = ROWS) -> Path:
    """As small as a spreadsheet in OpenDocument can be; merged cells are told there, but not to us."""
    lines = [f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows]
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>'
        '<style:style style:name="an" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet">{"".join(lines)}</table:table>'
        f'<table:table table:name="an" table:style-name="an"><table:table-row>{_ods_cell("x")}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(folder / "bang.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return folder / "bang.ods"


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, dt.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def save_csv(folder: Path, rows: Grid = ROWS) -> Path:
    """As Excel saves it: every row padded with delimiters."""
    lines = [";".join([*("" if c is None else str(c) for c in row), *[""] * (5 - len(row))]) for row in rows]
    (folder / "bang.csv").write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return folder / "bang.csv"


SAVERS: list[Callable[[Path], Path]] = [save_xlsx, save_xls, save_ods, save_csv]


@pytest.mark.parametrize("save", SAVERS)
def test_a_clerks_sheet_gives_the_same_wards_and_totals_in_every_format(
    save: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = save(tmp_path)
    table = read_table(path)
    assert read_kind(path) == "table"
    assert list_layers(path) == [table.sheet]
    assert table.frame.columns.tolist() == [
        "TT",
        "Phường, xã",
        OCCURRED,
        CLEARED,
        "Ngày chốt",
        PARENT_HEADING,
    ]
    names = ["P. Một", "Phường Hoà Bình", "Xã Tân Thới", "Xã Thạnh Lộc", "Phường 05", "TT. Sáu"]
    assert table.frame["Phường, xã"].tolist() == names
    assert table.frame[OCCURRED].astype(float).tolist() == [20, 30, 10, 14, 40, 10]
    assert table.frame[CLEARED].astype(float).tolist() == [10, 15, 5, 5, 5, 20]
    assert table.frame[PARENT_HEADING].tolist() == ["Quận Đông"] * 3 + ["Huyện Tây"] * 3
    assert str(table.frame["Ngày chốt"].iloc[0])[:10] == "2022-09-14"
    assert table.lines == (9, 10, 11, 14, 15, 16)
    assert [(total.line, total.label, total.scope, total.rows) for total in table.totals] == [
        (7, "Tổng số", None, (0, 6)),
        (8, "Quận Đông", "Quận Đông", (0, 3)),
        (13, "Huyện Tây", "Huyện Tây", (3, 6)),
    ]
    assert [(finding.code, finding.facts.get("lines")) for finding in table.findings] == [
        ("HeaderSkipped", None), ("HeaderJoined", None), ("ColumnNumbersSkipped", None),
        ("HeadingsToColumn", "8, 13"), ("TotalsTaken", "7"), ("BlankRows", "12"), ("NotesLeftOut", "17"),
        ("SignatureLeftOut", "18, 19"),
    ]  # fmt: skip


@pytest.mark.parametrize("save", SAVERS)
def test_a_clerks_sheet_joins_whole_and_its_wrong_total_is_named(
    save: Callable[[Path], Path], tmp_path: Path
) -> None:
    given = TableColumns(counts=(CountColumn(OCCURRED),))
    joined, findings, guesses = join_table(
        make_wards(), read_table(save(tmp_path)), "incidents", given, version="mau-2022"
    )
    assert guesses["parent"] == PARENT_HEADING
    assert joined.rows["ward_code"].tolist() == list(CODES)
    assert joined.rows["n"].tolist() == [20, 30, 10, 14, 40, 10]
    differing = [finding for finding in findings if finding.code == "TotalsDiffer"]
    assert [finding.facts for finding in differing] == [
        {"label": "Tổng số", "line": 7, "column": OCCURRED, "stated": 131, "summed": 124, "difference": 7}
    ]
    said = load_words("vi")("finding.TotalsDiffer", where="x", seen="", **differing[0].facts)
    assert "(dòng 7) ghi 131, cộng các dòng được 124: lệch 7" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_told_about_a_sheet_has_words(language: str, tmp_path: Path) -> None:
    words = load_words(language)
    for finding in read_table(save_xlsx(tmp_path)).findings:
        said = words(f"finding.{finding.code}", where=finding.where, seen=finding.seen, **finding.facts)
        assert "bang.xlsx" in said
        assert words.has(f"finding.{finding.code}_hint")


def test_cells_arrive_typed(tmp_path: Path) -> None:
    rows: Grid = [["Phường", "Ngày", "Số vụ", "Ghi chú"], ["Một", dt.date(2022, 1, 2), 44562, "x"]]
    day, serial = read_table(save_xlsx(tmp_path, rows, [])).frame[["Ngày", "Số vụ"]].iloc[0]
    assert isinstance(day, dt.date)
    assert (day.day, day.month, serial) == (2, 1, 44562)


def test_lines_of_a_csv_count_blank_ones(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("phuong,so vu\n\nMột,1\n\n\nHai,2\nTổng,3\n")
    table = read_table(tmp_path / "a.csv")
    assert table.frame.to_numpy().tolist() == [["Một", "1"], ["Hai", "2"]]
    assert table.lines == (3, 6)
    assert [total.line for total in table.totals] == [7]


def test_letters_of_an_old_font_are_read_by_the_font(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["TT", "TÇn", "N"], [1, "Ph\u00adêng Th¹nh Léc", 3], [2, "X· T©n Thíi", 4]):
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.font = Font(name=".VnTime")
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert table.frame.iloc[:, 1].tolist() == ["Phường Thạnh Lộc", "Xã Tân Thới"]


# Refusals


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(AppError) as caught:
        read_table(path)
    said = load_words("vi").error(caught.value)
    assert path.name in said
    return caught.value.code, caught.value.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "wrong_ending"),
        ("a.xls", b"PK\x03\x04 a newer workbook", "wrong_ending"),
        ("a.xls", b"\xd0\xcf\x11\xe0 and then nothing", "corrupt"),
        ("a.ods", b"\xd0\xcf\x11\xe0 an older workbook", "wrong_ending"),
        ("a.ods", b"PK\x03\x04 and then nothing", "corrupt"),
    ],
)
def test_a_workbook_that_is_none_is_refused_in_words(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == ("UnreadableFile", reason)


@pytest.mark.parametrize("cut", [600, 2_000, 4_000])
def test_a_cut_xls_is_refused_and_the_program_goes_on(cut: int, tmp_path: Path) -> None:
    path = save_xls(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises((UnreadableFile, TooLarge)):
        read_table(path)


def test_a_stray_cell_in_the_last_corner_does_not_end_the_program(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Phường"
    book.worksheets[0]["XFD1048576"] = 1
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == ("TooLarge", "sheet")


def test_a_sheet_with_a_stray_cell_in_its_last_row_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Phường", "Số vụ"])
    sheet.append(["Phường Một", 3])
    sheet.cell(1_048_576, 30).value = 1
    path = tmp_path / "xa.xlsx"
    book.save(path)
    with pytest.raises(TooLarge, match="sheet"):
        read_table(path)


def test_broken_styles_cost_only_the_hint_of_the_fonts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Ten", "n"])
    book.worksheets[0].append(["Ph\u00ad\u00eang C\u00b8i Kh\u00d5", 1])
    whole, broken = tmp_path / "whole.xlsx", tmp_path / "broken.xlsx"
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<c r="A2"', b'<c r="A2" s="77"')
            target.writestr(name, content)
    assert read_table(broken).frame["Ten"].tolist() == ["Phường Cái Khế"]


@pytest.mark.parametrize(
    "text",
    [
        'ma_xa,ten_xa,so_vu\n00001,"Phường Một,3\n00002,Phường Hai,4\n00003,"Phường Ba",5\n',
        'ma_xa,ten_xa,so_vu\n00001,"Phường Một,3\n00002,Phường Hai,4\n',
    ],
)
def test_a_quotation_mark_left_open_swallows_no_line_in_silence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "so.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        read_table(path)
    assert (refusal.value.reason, refusal.value.facts["line"]) == ("open_quote", 2)


def test_a_cell_of_two_lines_is_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text('ma_xa,"Số\nvụ",ghi_chu\n00001,3,"đã soát\nlần hai"\n', encoding="utf-8")
    assert read_table(path).frame["Số vụ"].tolist() == ["3"]
