"""The join doctor in a real Chromium: a clerk's sheet, three names of its own spelling, equal totals."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, expect

from geo.matching.aliases import Alias
from geo.matching.leftovers import fold_choice
from tests.browser.clerk_sheet import ABOVE, INJURIES, MISSPELT, THEFTS, write_clerk_sheet
from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

TABLE = "Tệp số liệu"
CALENDAR, POLICE = "Tháng, quý, năm trong tệp tính theo", "kỳ báo cáo công an (ngày 15 đến 14)"
TRY = "Ghép thử và xem đối chiếu"
SECTION = "/du-lieu?muc=tables"
REPAIRS = {
    "P. BH Nghĩa": "Gợi ý: Phường Bùi Hữu Nghĩa (viết gần giống)",
    "Phuong Cai Khe": "Gợi ý: Phường Cái Khế (giống nếu bỏ dấu)",
    "Phường Xuân Kánh": "Gợi ý: Phường Xuân Khánh (viết gần giống)",
}


@pytest.fixture(autouse=True)
def at_the_tables(desk: Desk) -> None:
    desk.open(SECTION)


def test_a_clerks_sheet_is_repaired_in_three_names_and_its_totals_are_equal(
    desk: Desk, tmp_path: Path
) -> None:
    sheet = tmp_path / "thang_2.xlsx"
    desk.sees("Chọn tệp số liệu")
    write_clerk_sheet(sheet, desk.store.load_wards(desk.area.id), month="Tháng 2/2023")
    desk.hand_in(TABLE, sheet)
    expect(desk.note).to_contain_text("dương lịch hay kỳ báo cáo công an", timeout=READY_MS)
    assert desk.note.count() == 1
    desk.pick(CALENDAR, POLICE)
    desk.press(TRY)
    desk.sees("Nhận 506 vụ = đã ghép 488 + không tìm thấy địa bàn 18")
    desk.sees("dòng tổng «Tổng cộng» (dòng 99) ghi 347, cộng các dòng được 340: lệch 7")
    assert desk.terms == [
        ["Nhận vào", "506 vụ", "83 dòng"],
        ["Đã ghép", "488 vụ", "80 dòng"],
        ["Chưa ghép, có gợi ý", "18 vụ", "3 dòng"],
    ]
    again = desk.page.get_by_role("button", name="Ghép lại", exact=True)
    expect(again).to_be_disabled()
    assert desk.name_unlabelled() == []
    for spelling, suggestion in REPAIRS.items():
        desk.pick(f"Địa bàn của «{spelling}»", suggestion)
    revision = desk.store.revision()
    again.click()
    desk.sees("Tổng số không đổi: nhận 506 vụ (trước khi sửa: 506). Đã ghép 488, nay 506.")
    assert desk.terms == [["Nhận vào", "506 vụ", "83 dòng"], ["Đã ghép", "506 vụ", "83 dòng"]]
    desk.sees("Mọi dòng đều đã tìm được địa bàn.")
    expect(again).to_be_disabled()
    assert desk.store.revision() == revision
    desk.page.set_viewport_size(PHONE)
    assert not desk.overflows
    desk.write("Người nhập (chức danh hoặc đơn vị)", "Đội Tổng hợp")
    desk.press("Giữ số liệu này")
    desk.sees("Đã giữ thang_2.xlsx: nhận 506 vụ = đã ghép 506.")
    _check_kept(desk)


def _check_kept(desk: Desk) -> None:
    kept = desk.find_dataset("thang_2.xlsx")
    days = (str(kept.period_start), str(kept.period_end))
    assert (kept.by, days) == ("Đội Tổng hợp", ("2023-01-15", "2023-02-14"))
    rows = desk.store.load_dataset(kept.id).rows
    sums = rows.groupby("ward_code")["n"].sum()
    assert (len(sums), sums.sum()) == (83, 506)
    assert [sums[code] for code in MISSPELT] == [6, 6, 6]
    above = rows[(rows["ward_code"] == ABOVE) & (rows["category"] == THEFTS)]
    assert above[["n", "qualifier"]].to_numpy().tolist() == [[12, ">="]]
    assert set(rows["category"]) == {THEFTS, INJURIES}
    codes = {alias.ward_code for alias in desk.store.list_aliases(desk.area.id)}
    assert codes >= set(MISSPELT)


def test_remembered_spellings_join_the_next_sheet_by_themselves(desk: Desk, tmp_path: Path) -> None:
    desk.sees("Chọn tệp số liệu")
    wards = desk.store.load_wards(desk.area.id)
    told = {code: fold_choice(name, str(wards.frame.at[code, "parent"])) for code, name in MISSPELT.items()}
    desk.store.keep_aliases(
        desk.area.id, [Alias(name, code, parent) for code, (name, parent) in told.items()]
    )
    write_clerk_sheet(tmp_path / "thang_3.xlsx", wards, month="Tháng 3/2023", more=1)
    desk.hand_in(TABLE, tmp_path / "thang_3.xlsx")
    desk.pick(CALENDAR, POLICE)
    desk.press(TRY)
    desk.sees("Nhận 671 vụ = đã ghép 671")
    assert desk.terms == [["Nhận vào", "671 vụ", "83 dòng"], ["Đã ghép", "671 vụ", "83 dòng"]]
    desk.page.get_by_text("3 địa bàn ghép nhờ lựa chọn ghi nhớ từ trước").click()
    desk.pick("Địa bàn của «Phường Xuân Kánh»", "(để ngoài, không ghép)")
    desk.press("Ghép lại")
    desk.sees("Đã ghép 671, nay 663.")
    assert desk.terms[-1] == ["Để ngoài theo lựa chọn", "8 vụ", "1 dòng"]


def test_left_over_rows_go_down_as_a_workbook_and_come_back_corrected(desk: Desk, tmp_path: Path) -> None:
    text = "don_vi,so_vu,nam\nPhuog An Cu,4,2023\nPhường Xuân Kháh,2,2023\nPhường Tân An,1,2023\n"
    desk.hand_in(TABLE, FilePayload(name="quy.csv", mimeType="text/csv", buffer=text.encode()))
    desk.press(TRY)
    desk.sees("Nhận 7 vụ = đã ghép 1 + không tìm thấy địa bàn 6")
    desk.page.get_by_text("Sửa trong tệp XLSX", exact=True).click()
    with desk.page.expect_download() as download:
        desk.press("Tải các dòng còn sót (XLSX)")
    assert download.value.suggested_filename == "dong_con_sot.xlsx"
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    columns = {str(cell.value): cell.column for cell in sheet[2]}
    assert [sheet.cell(row, columns["Ghi trong tệp"]).value for row in (3, 4)] == [
        "Phuog An Cu",
        "Phường Xuân Kháh",
    ]
    sheet.cell(3, columns["Mã đúng"], "31129")
    sheet.cell(4, columns["Tên đúng"], "Phường Xuân Khánh")
    book.save(tmp_path / "da_sua.xlsx")
    desk.hand_in("Nạp lại tệp đã sửa", tmp_path / "da_sua.xlsx")
    desk.sees("Đọc được 2 lựa chọn trong tệp.")
    desk.press("Ghép lại theo tệp này")
    desk.sees("Tổng số không đổi: nhận 7 vụ (trước khi sửa: 7). Đã ghép 1, nay 7.")
    desk.sees("Đã ghép vào Phường An Cư")
    assert desk.terms == [["Nhận vào", "7 vụ", "3 dòng"], ["Đã ghép", "7 vụ", "3 dòng"]]


def test_a_spelling_that_looks_like_markup_stays_text(desk: Desk) -> None:
    picture = "![x](http://127.0.0.9/x.png)"
    text = f'don_vi,so_vu,nam\n"{picture}",4,2023\nPhường Tân An,1,2023\n'
    desk.hand_in(TABLE, FilePayload(name="la.csv", mimeType="text/csv", buffer=text.encode()))
    desk.press(TRY)
    expect(desk.page.locator(".db-file").filter(has_text=picture)).to_be_visible(timeout=READY_MS)
    assert desk.page.locator("img[src*='127.0.0.9']").count() == 0
