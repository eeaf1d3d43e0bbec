"""Keeping on the data page in a real Chromium: a figure typed, revisions, a file that takes another's place,
a template that comes back filled."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, expect

from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

EXAMPLE = "incidents_2019_2022.csv"
TABLE, TRY = "Tệp số liệu", "Ghép thử và xem đối chiếu"
WARD, THEFTS = "31120", "Trộm cắp tài sản"


def count_thefts(desk: Desk, dataset_id: int) -> float:
    """In An Hòa in March 2022."""
    rows = desk.store.load_dataset(dataset_id).rows
    march = (rows["start"] == "2022-03-01") & (rows["category"] == THEFTS)
    return float(rows.loc[march & (rows["ward_code"] == WARD), "n"].sum())


def test_one_wards_figure_is_corrected_and_both_revisions_stay(desk: Desk) -> None:
    desk.open("/du-lieu?muc=entry")
    desk.pick("Phường, xã", "P. An Hòa, Q. Ninh Kiều")
    expect(desk.page.get_by_role("button", name="Ghi số này")).to_be_disabled()
    first = desk.find_dataset(EXAMPLE)
    before = int(count_thefts(desk, first.id))
    after = before + 5
    desk.write("Kỳ", "2022-03")
    desk.pick("Loại vụ", THEFTS)
    desk.write("Số vụ", str(after))
    desk.write("Nguồn (văn bản, đơn vị báo)", "Công văn 15")
    desk.write("Người nhập (chức danh hoặc đơn vị)", "Đội Tổng hợp")
    desk.sees(f"01/03/2022 – 31/03/2022; {THEFTS}: đang ghi {before}, sẽ sửa thành {after}.")
    assert desk.name_unlabelled() == []
    desk.press("Ghi số này")
    desk.sees(f"Đã ghi P. An Hòa, Q. Ninh Kiều: {before} → {after}.")
    expect(desk.page.get_by_role("button", name="Ghi số này")).to_be_disabled()
    second = desk.find_dataset(EXAMPLE)
    assert (second.revision, second.supersedes, second.by) == (2, first.id, "Đội Tổng hợp")
    assert (count_thefts(desk, first.id), count_thefts(desk, second.id)) == (before, after)
    _check_drawer(desk, before, after)
    assert desk.find_dataset(EXAMPLE).settled


def _check_drawer(desk: Desk, before: int, after: int) -> None:
    desk.open("/du-lieu")
    card = desk.page.locator('[class*="st-key-step_dataset_"]', has_text=EXAMPLE)
    card.get_by_text("Các bản của tệp (2)").click(timeout=READY_MS)
    changed = card.locator(".db-changes tbody tr")
    expect(changed).to_have_count(1, timeout=READY_MS)
    cells = changed.locator("td").all_inner_texts()
    assert cells == ["P. An Hòa", "01/03/2022 – 31/03/2022", THEFTS, str(before), str(after)]
    card.get_by_role("button", name="Đánh dấu là số liệu chốt").first.click()
    desk.sees(f"Đã đánh dấu bản 2 của {EXAMPLE} là số liệu chốt.")
    expect(card.locator(".db-settled")).to_have_text("số liệu chốt")
    desk.page.set_viewport_size(PHONE)
    assert not desk.overflows


def test_a_shorter_file_says_which_days_it_would_take_away(desk: Desk) -> None:
    desk.open("/du-lieu?muc=tables")
    text = "ma_xa,thang,so_vu\n31117,2022-03,4\n31120,2022-03,6\n"
    desk.hand_in(TABLE, FilePayload(name="thang_3.csv", mimeType="text/csv", buffer=text.encode()))
    desk.press(TRY)
    expect(desk.note).to_contain_text(
        f"{EXAMPLE} có số liệu từ 01/01/2019 đến 31/12/2022. Thay bằng tệp này thì", timeout=READY_MS
    )
    revision = desk.store.revision()
    desk.page.get_by_text("Thêm vào số liệu đang có", exact=True).click()
    expect(desk.note).to_have_count(0, timeout=READY_MS)
    desk.press("Giữ số liệu này")
    expect(desk.note).to_contain_text("có thể bị tính hai lần", timeout=READY_MS)
    assert desk.store.revision() == revision


def test_a_template_comes_down_with_the_wards_and_comes_back_filled(desk: Desk, tmp_path: Path) -> None:
    desk.open("/du-lieu?muc=tables")
    with desk.page.expect_download() as download:
        desk.press("Bảng mẫu số vụ")
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if sum(cell.value is not None for cell in row) > 3)
    columns = {str(cell.value): cell.column for cell in head}
    line = head[0].row + 1
    codes = [sheet.cell(row, columns["Mã xã"]).value for row in range(line, line + 83)]
    assert (codes[0], len(set(codes))) == ("31117", 83)
    for row, n in ((line, 3), (line + 1, 4)):
        sheet.cell(row, columns["Từ ngày"], "01/05/2023")
        sheet.cell(row, columns["Đến ngày"], "31/05/2023")
        sheet.cell(row, columns["Số lượng"], n)
    book.save(tmp_path / "mau.xlsx")
    desk.hand_in(TABLE, tmp_path / "mau.xlsx")
    desk.press(TRY)
    desk.sees("Nhận 7 vụ = đã ghép 7")
