"""The camera page in a real Chromium: zones and proposals here, counts alone on a shared address."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import ROOT, PageLog, Serve
from tests.browser.desk import PHONE, READY_MS, Desk, open_desk

pytestmark = pytest.mark.browser

PAGE = "/do-phu-camera"
STATIC = ROOT / "static"
POINTS = ROOT / "data" / "sample"
TILES = ["Lắp đặt", "Đang hoạt động", "Khai thác được", "Vụ trong vùng quan sát", "Diện tích quan sát"]
TRACE = ["Cách tính", "Nguồn", "Kỳ", "Ranh giới", "Lưu ý"]
SUM = re.compile(
    r"([\d.]+) vụ có vị trí = ([\d.]+) trong .* \+ ([\d.]+) trong ([\d.]+) khoảng trống \+ ([\d.]+) lẻ"
)
N_CAMERAS = 3_002
NINE, PER_KM2 = "incidents_and_cameras", "cameras_per_km2"


def list_static() -> set[Path]:
    return {path for path in STATIC.rglob("*") if path.is_file()}


def find_place(name: str) -> tuple[str, str]:
    """Longitude and latitude of a sample's first row, as the file writes them."""
    heads, first = ((POINTS / name).read_text(encoding="utf-8-sig").splitlines())[:2]
    row = dict(zip(heads.split(","), first.split(","), strict=True))
    return row["longitude"], row["latitude"]


def test_the_page_says_what_stands_paints_a_layer_and_opens_a_ward(desk: Desk) -> None:
    desk.open(PAGE)
    desk.see_map(f"s.wards === 83 && s.key === '{NINE}'")
    desk.sees("Độ phủ camera không phải kết quả phòng ngừa.")
    expect(desk.page.get_by_text("Đã lắp 2.990 camera", exact=False)).to_be_visible()
    expect(desk.page.get_by_text("10 địa bàn nhiều vụ, ít camera (theo mật độ)", exact=False)).to_be_visible()
    expect(desk.page.locator(".db-lists")).to_contain_text("Nhiều vụ, ít camera (10)")
    assert desk.tiles == TILES
    assert desk.open_trace(3) == TRACE
    desk.pick("Lớp bản đồ", "Mật độ")
    desk.see_map(f"s.key === '{PER_KM2}'")
    desk.click_ward("31159")
    expect(desk.page.locator("#db-ward")).to_contain_text("Phường Thới An", timeout=READY_MS)
    assert desk.troubles == []
    assert "điểm nóng" not in desk.page.locator("body").inner_text().lower()
    assert desk.name_unlabelled() == []


def test_gaps_are_numbered_on_the_map_listed_and_add_up(desk: Desk) -> None:
    desk.open(f"{PAGE}?noi_bo=gaps")
    state = desk.see_map("s.key === 'inside_gap' && s.badges.length")
    found = SUM.search(desk.page.locator("body").inner_text())
    assert found
    given, seen, inside, n_gaps, single = (int(text.replace(".", "")) for text in found.groups())
    assert given == seen + inside + single == 1_300
    card = desk.page.locator(".db-card").filter(has_text="Khoảng trống, xếp theo số vụ")
    assert card.locator("tbody tr").count() == n_gaps
    assert len(state["badges"]) == n_gaps
    assert state["dots"] == given - seen + N_CAMERAS
    assert state["zones"] == ["seen", "seen_twice"]
    desk.pick("Bán kính quan sát", "100 m")
    desk.see_map("s.legend.some(row => row[0] === 'Vùng quan sát (100 m)')")
    assert desk.troubles == []


def test_proposed_places_stand_on_the_map_with_what_each_adds_and_in_no_served_file(desk: Desk) -> None:
    desk.open(PAGE)
    desk.see_map(f"s.key === '{NINE}'")
    before = list_static()
    desk.page.get_by_role("radio", name="Vị trí đề xuất", exact=True).click()
    state = desk.see_map("s.key === 'inside_site' && s.badges.length")
    assert len(state["badges"]) == 5
    desk.sees("Đã chứng minh không có cách chọn nào tốt hơn.")
    card = desk.page.locator(".db-card").filter(has_text="Cộng dồn")
    assert card.locator("tbody tr").count() == 5
    expect(desk.page.locator(".st-key-db-chart-returns svg").first).to_be_visible(timeout=READY_MS)
    with desk.page.expect_download(timeout=READY_MS) as download:
        desk.press("Bảng vị trí XLSX (nội bộ)")
    assert download.value.suggested_filename == "vi-tri-de-xuat.xlsx"
    assert desk.troubles == []
    assert list_static() == before
    served = b"".join(path.read_bytes() for path in before if "vendor" not in path.parts)
    for name in ("incident_points_2022.csv", "camera_points_2022.csv"):
        for degrees in find_place(name):
            assert degrees.encode() not in served


def test_a_list_of_places_is_taken_and_one_without_coordinates_is_refused_calmly(desk: Desk) -> None:
    desk.open(f"{PAGE}?noi_bo=sites&noi_dat=list")
    longitude, latitude = find_place("incident_points_2022.csv")
    label = "Danh sách vị trí có thể đặt camera"
    desk.hand_in(label, make_csv("ten,ghi_chu", "Chợ,gần cổng"))
    desk.sees("không có hai cột kinh độ và vĩ độ")
    desk.page.get_by_role("button", name="Remove").first.click()
    desk.hand_in(label, make_csv("ten,kinh_do,vi_do", f"<b>Chợ</b>,{longitude},{latitude}", "Xa,1.0,1.0"))
    desk.see_map("s.key === 'inside_site' && s.badges.length === 1")
    desk.sees("1 trong 2 vị trí ứng viên nằm ngoài các địa bàn đang xét nên bỏ qua.")
    desk.sees("<b>Chợ</b>")
    assert desk.troubles == []


def make_csv(*lines: str) -> FilePayload:
    return FilePayload(name="noi.csv", mimeType="text/csv", buffer="\n".join(lines).encode())


def test_on_a_phone_nothing_runs_over_the_edge(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    desk.open(f"{PAGE}?noi_bo=sites")
    desk.see_map("s.key === 'inside_site'")
    assert not desk.overflows
    expect(desk.page.locator(".db-legend")).to_contain_text("Vị trí đề xuất")


def test_an_address_that_others_reach_offers_neither_gaps_nor_places(
    chromium: Browser, serve: Serve, database: str, page_log: Callable[[Page], PageLog]
) -> None:
    address = serve(ROOT / "app.py", {"DIABAN_DATABASE": database}, listen="0.0.0.0")
    with open_desk(chromium, address, database, page_log) as desk:
        desk.open(f"{PAGE}?noi_bo=sites")
        state = desk.see_map(f"s.key === '{NINE}'")
        assert (state["badges"], state["zones"]) == ([], [])
        desk.sees("Bản đồ vị trí, khoảng trống và đề xuất chỉ mở trên máy trực tiếp chạy chương trình.")
        assert desk.page.get_by_role("radio", name="Khoảng trống").count() == 0
        assert desk.page.get_by_role("radio", name="Vị trí đề xuất").count() == 0
        assert "nội bộ" not in " ".join(desk.page.get_by_role("button").all_inner_texts()).lower()
