"""Units' own proposals handed in on the data page, in a real Chromium."""

import io

import openpyxl
import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

PLACE = "/du-lieu?muc=extras"
UPLOAD, KEEP, YEAR = "Bảng đề xuất", "Giữ bảng đề xuất này", "Đề xuất cho năm"
HEAD = "Tên xã|Quận huyện|Đề xuất|Đơn vị đề xuất|Loại|Kinh phí (triệu đồng)"


def make_csv(*lines: str) -> FilePayload:
    return FilePayload(name="de_xuat.csv", mimeType="text/csv", buffer="\n".join((HEAD, *lines)).encode())


def test_a_list_is_shown_with_its_remarks_kept_and_listed_under_its_year(desk: Desk) -> None:
    desk.open(PLACE)
    desk.write(YEAR, "2024")
    desk.sees("Chưa có đề xuất nào cho năm 2024.")
    desk.hand_in(
        UPLOAD,
        make_csv(
            "Phường Cái Khế|Ninh Kiều|có|Công an <b>quận</b>|1; 4|120",
            "Phường An Hòa|Ninh Kiều|không|||",
            "Phường Không Có|Ninh Kiều|có|||-1",
        ),
    )
    desk.sees("Đọc được 2 địa bàn, trong đó 1 địa bàn được đề xuất.")
    desk.sees("Tệp có 3 dòng: 2 dòng đã nhận; 1 dòng không tìm thấy phường, xã.")
    desk.sees("1 ô kinh phí nhỏ hơn 0")
    assert desk.name_unlabelled() == []
    desk.press(KEEP)
    desk.sees("Đã giữ bảng đề xuất 2 địa bàn cho năm 2024")
    desk.sees("Đang có 2 địa bàn trong bảng đề xuất năm 2024, trong đó 1 địa bàn được đề xuất.")
    kept = desk.store.load_proposals(desk.area.id, 2024)
    assert [(each.ward_code, each.proposed, each.unit, each.types, each.cost) for each in kept] == [
        ("31117", True, "Công an <b>quận</b>", ("loai_1", "loai_4"), 120.0),
        ("31120", False, "", (), None),
    ]


def test_the_examples_list_is_there_and_the_template_holds_every_ward(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    desk.open(PLACE)
    desk.write(YEAR, "2023")
    desk.sees("Đang có 12 địa bàn trong bảng đề xuất năm 2023, trong đó 12 địa bàn được đề xuất.")
    assert not desk.overflows
    with desk.page.expect_download(timeout=READY_MS) as download:
        desk.press("Tải mẫu bảng đề xuất")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row >= 83 + 3
    assert [sheet.cell(3, place).value for place in (1, 4, 8)] == [
        "Mã xã",
        "Đề xuất",
        "Kinh phí (triệu đồng)",
    ]


def test_a_list_of_another_place_is_refused_calmly_and_nothing_is_kept(desk: Desk) -> None:
    before = desk.store.revision()
    desk.open(PLACE)
    desk.hand_in(UPLOAD, make_csv("Xã Ở Nơi Khác|Nơi Khác|có|||"))
    expect(desk.note).to_have_count(1, timeout=READY_MS)
    assert desk.page.get_by_role("button", name=KEEP).count() == 0
    assert desk.store.revision() == before
