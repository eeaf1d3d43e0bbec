"""A committee's own programme and its list of areas handed in on the data page, in a real Chromium."""

import datetime as dt
import io

import openpyxl
import pytest
from playwright.sync_api import FilePayload

from planning.lifecycle import state_of
from planning.papers import Document
from planning.programme import Programme
from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

PLACE = "/du-lieu?muc=programme"
PLAN = Document("Kế hoạch", "12/KH-BCĐ138", "Ban Chỉ đạo 138", dt.date(2021, 2, 11))
OWN = Programme("can-tho-2021-ma-tuy", "Chuyển hóa ma túy", "province", "Cần Thơ", "MA_TUY", 2021, PLAN)
HEAD = "Tên xã|Quận huyện|Loại|Lý do|Đơn vị phụ trách|Từ ngày|Tình trạng|Ngày tình trạng"


def make_csv(*lines: str) -> FilePayload:
    content = "\n".join((HEAD, *lines)).encode()
    return FilePayload(name="danh_sach.csv", mimeType="text/csv", buffer=content)


def test_a_list_is_shown_with_its_remarks_and_kept_under_its_programme(desk: Desk) -> None:
    desk.open(PLACE)
    desk.rest()
    desk.page.wait_for_load_state("networkidle")  # what is still under way would be broken off
    programme = desk.store.keep_programme(OWN)
    desk.open(PLACE)
    desk.pick("Thêm địa bàn vào chương trình", "2021 – Cần Thơ – Chuyển hóa ma túy (MA_TUY)")
    desk.page.get_by_text("Từ danh sách", exact=True).click(timeout=READY_MS)
    desk.hand_in(
        "Danh sách địa bàn",
        make_csv(
            "Phường Cái Khế|Ninh Kiều|4|<b>bến</b>|Công an phường|01/3/2021|đang chuyển hóa|01/3/2021",
            "Phường An Hòa|Ninh Kiều|4|||01/3/2021|đạt|20/12/2021",
            "Phường An Khánh|Ninh Kiều|4||||đạt|31/02/2021",
        ),
    )
    desk.sees("Đọc được 2 địa bàn mới.")
    desk.sees("Tệp có 3 dòng: 2 dòng đã nhận; 1 dòng có sai sót, chưa nhận.")
    desk.sees("1 dòng ghi ngày không có thật")
    desk.sees("1 địa bàn chưa ghi nhận được đến tình trạng nêu trong danh sách vì chưa có đủ văn bản")
    assert desk.name_unlabelled() == []
    desk.press("Giữ 2 địa bàn này")
    desk.sees("Đã thêm 2 địa bàn vào chương trình «Chuyển hóa ma túy».")
    kept = desk.store.list_target_areas(programme.id)
    assert [(area.content.ward_code, state_of(area.taken)) for area in kept] == [
        ("31117", "dang_chuyen_hoa"), ("31120", "dang_chuyen_hoa"),
    ]  # fmt: skip
    assert kept[0].content.reasons == ("<b>bến</b>",)


def test_the_form_fits_a_phone_and_its_template_holds_every_ward(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    desk.open(PLACE)
    desk.sees("Chương trình đã có")
    desk.page.get_by_text("Từ danh sách", exact=True).click(timeout=READY_MS)
    desk.rest()
    assert not desk.overflows
    with desk.page.expect_download(timeout=READY_MS) as download:
        desk.press("Tải mẫu danh sách địa bàn")
    sheet = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    assert sheet.max_row >= 83 + 3
    assert [sheet.cell(3, place).value for place in (1, 4, 10)] == ["Mã xã", "Thôn, tổ", "Tình trạng"]
