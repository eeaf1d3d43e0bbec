"""The page on where incidents concentrate, in a real Chromium: its map, traces and every tool of the fold."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import PHONE, READY_MS, Desk

pytestmark = pytest.mark.browser

PAGE = "/khu-vuc-tap-trung"
TILES = ["Số vụ", "Chiếm 50 % số vụ", "Chiếm 80 % số vụ", "Khu vực tập trung", "Nhiều vụ nhiều năm"]
TRACE = ["Cách tính", "Nguồn", "Kỳ", "Ranh giới", "Lưu ý"]
TOOLS = {
    "Giống nhau giữa láng giềng": "Moran I",
    "Mức dồn vào ít nơi": "Hệ số Gini 0,",
    "Số nhỏ: tỷ lệ và làm mượt": "Bayes thực nghiệm",
    "Biểu đồ phễu": "Trong phễu: chênh lệch còn trong mức ngẫu nhiên",
    "Kiểu diễn biến": "tám kiểu diễn biến đã công bố",
    "So với địa bàn đối chứng": "Địa bàn đối chứng (gần nhất về",
}


def test_the_page_says_how_few_wards_hold_how_much_and_paints_what_is_chosen(desk: Desk) -> None:
    desk.open(PAGE)
    desk.see_map("s.wards === 83")
    expect(desk.page.get_by_text("16 xã, phường chiếm một nửa số vụ", exact=False)).to_be_visible()
    assert desk.tiles == TILES
    desk.page.get_by_role("radio", name="Số vụ", exact=True).click()
    desk.see_map("s.key === 'n_incidents'")
    desk.click_ward("31159")
    expect(desk.page.locator("#db-ward")).to_contain_text("Phường Thới An", timeout=READY_MS)
    expect(desk.page.locator(".st-key-db-curve svg").first).to_be_visible(timeout=READY_MS)
    assert desk.troubles == []
    assert "điểm nóng" not in desk.page.locator("body").inner_text().lower()
    assert desk.name_unlabelled() == []


def test_one_click_tells_where_a_number_comes_from(desk: Desk) -> None:
    desk.open(PAGE)
    desk.see_map("s.wards === 83")
    assert desk.open_trace(0) == TRACE
    trace = desk.page.locator(".db-tile").first.locator("details.db-trace")
    expect(trace).to_contain_text("Tệp: Số liệu minh họa")
    expect(trace).to_contain_text("năm 2022 (từ 01/01/2022 đến 31/12/2022)")
    expect(trace).to_contain_text("can-tho-truoc-2024-10-31")


def test_every_tool_of_the_fold_opens_and_none_breaks_the_page(desk: Desk) -> None:
    desk.open(PAGE)
    desk.see_map("s.wards === 83")
    desk.page.get_by_text("Phân tích chuyên sâu", exact=True).click()
    for tool, said in TOOLS.items():
        desk.pick("Công cụ", tool)
        fold = desk.page.get_by_test_id("stExpander")
        expect(fold).to_contain_text(said, timeout=READY_MS)
        assert desk.troubles == [], tool


def test_a_link_opens_the_fold_with_its_tool_and_its_map(desk: Desk) -> None:
    desk.open(f"{PAGE}?cong_cu=moran&chuyen_sau=funnel_position")
    desk.see_map("s.key === 'funnel_position'")
    expect(desk.page.get_by_test_id("stExpander")).to_contain_text("Moran I", timeout=READY_MS)
    assert desk.troubles == []


def test_on_a_phone_nothing_runs_over_the_edge(desk: Desk) -> None:
    desk.page.set_viewport_size(PHONE)
    desk.open(PAGE)
    desk.see_map("s.wards === 83")
    assert not desk.overflows
    expect(desk.page.locator(".db-legend")).to_be_visible()
