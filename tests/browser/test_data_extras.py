"""What a person adds to an area, in a real Chromium: weights, wards with visitors, roads."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import FilePayload, expect

from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

PLACE = "/du-lieu?muc=extras"
WEIGHTS, ROADS = "Bảng trọng số", "Lớp đường phố"
KEEP_WEIGHTS, KEEP_ROADS = "Giữ bảng trọng số này", "Giữ lớp đường này"


def make_csv(name: str, *lines: str) -> FilePayload:
    content = "\n".join(("Loại vụ,Trọng số", *lines)).encode()
    return FilePayload(name=name, mimeType="text/csv", buffer=content)


def test_a_table_of_weights_is_shown_kept_with_its_day_and_listed(desk: Desk) -> None:
    desk.open(PLACE)
    desk.sees("Chưa có bảng trọng số nào.")
    desk.hand_in(WEIGHTS, make_csv("trong_so_2022.csv", "Cướp tài sản,10", 'Trộm cắp tài sản,"1,5"'))
    desk.sees("Đọc được 2 loại vụ, trọng số từ 1,5 đến 10.")
    keep = desk.page.get_by_role("button", name=KEEP_WEIGHTS)
    expect(keep).to_be_disabled()
    desk.write("Áp dụng từ ngày", "01/01/2022")
    desk.write("Văn bản ban hành", "Quyết định <b>mẫu</b>")
    expect(keep).to_be_enabled(timeout=READY_MS)
    assert desk.name_unlabelled() == []
    keep.click()
    desk.sees("Đã giữ bảng trọng số 2 loại vụ, áp dụng từ 01/01/2022.")
    desk.sees("trong_so_2022: 2 loại vụ, áp dụng từ 01/01/2022, cho mọi địa bàn")
    desk.sees("Nguồn: Quyết định <b>mẫu</b>.")
    (kept,) = desk.store.list_harm_weights()
    assert kept.weights.weights == (("Cướp tài sản", 10.0), ("Trộm cắp tài sản", 1.5))
    assert desk.store.list_events(1)[0].what == "weights.kept"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("Cướp,-2",), "1 trọng số nhỏ hơn 0 (Cướp: -2)"),
        (("Cướp,2", "CƯỚP,3"), "có loại vụ được ghi nhiều lần (Cướp: 2, CƯỚP: 3)"),
        (("Cướp,",), "1 dòng thiếu loại vụ hoặc thiếu trọng số (Cướp: –)"),
    ],
)
def test_a_bad_table_is_refused_calmly_and_nothing_is_kept(
    desk: Desk, lines: tuple[str, ...], said: str
) -> None:
    before = desk.store.revision()
    desk.open(PLACE)
    desk.hand_in(WEIGHTS, make_csv("sai.csv", *lines))
    desk.sees(said)
    expect(desk.note).to_have_count(1)
    assert desk.page.get_by_role("button", name=KEEP_WEIGHTS).count() == 0
    assert desk.store.revision() == before


def test_wards_with_many_visitors_are_chosen_by_name_with_a_reason(desk: Desk) -> None:
    desk.open(PLACE)
    desk.pick("Phường, xã đông khách vãng lai", "P. Cái Khế, Q. Ninh Kiều")
    desk.page.keyboard.press("Escape")
    keep = desk.page.get_by_role("button", name="Giữ danh sách này")
    expect(keep).to_be_disabled()
    desk.write("Lý do (cho các địa bàn mới chọn)", "có chợ đầu mối")
    desk.write("Từ ngày", "01/06/2022")
    expect(keep).to_be_enabled(timeout=READY_MS)
    keep.click()
    desk.sees("Đã giữ danh sách 1 địa bàn đông khách vãng lai.")
    cells = ["P. Cái Khế, Q. Ninh Kiều", "có chợ đầu mối", "01/06/2022", "–"]
    expect(desk.page.locator(".db-changes tbody td")).to_have_text(cells, timeout=READY_MS)
    (kept,) = desk.store.list_visitor_wards(desk.area.id)
    assert (kept.ward_code, kept.reason) == ("31117", "có chợ đầu mối")


def test_a_road_layer_is_told_in_kilometres_and_kept_on_a_phone_too(desk: Desk, tmp_path: Path) -> None:
    lines = [shapely.LineString([(105.77, 10.03), (105.78, 10.03)])]
    gpd.GeoDataFrame(geometry=lines, crs="EPSG:4326").to_file(tmp_path / "duong.geojson")
    desk.page.set_viewport_size(PHONE)
    desk.open(PLACE)
    desk.sees("Địa bàn này chưa có lớp đường phố.")
    desk.hand_in(ROADS, tmp_path / "duong.geojson")
    desk.sees("Đọc được 1 đoạn đường, tổng cộng 1,1 km; 100 % chiều dài nằm trong khung của địa bàn.")
    assert not desk.overflows
    desk.write("Nguồn", "Vẽ minh họa")
    desk.press(KEEP_ROADS)
    desk.sees("Đang có 1 đoạn đường, nguồn: Vẽ minh họa.")
    roads = desk.store.load_roads(desk.area.id)
    assert roads is not None
    assert len(roads) == 1
