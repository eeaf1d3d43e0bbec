"""Adding boundaries in a real Chromium: old letters, an unknown plane, an overlap, days in force."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect

from store.opening import open_store
from store.repository import Store
from tests.browser.conftest import PageLog
from tests.mau import write_wards

pytestmark = pytest.mark.browser

READY_MS = 90_000
LIST_MS, OPENINGS = 8_000, 4
WIDE: ViewportSize = {"width": 1440, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}
TCVN3 = "made_cantho_tcvn3_vn2000_tm3_105_noprj.zip"
BEST = "EPSG:5897: VN-2000, kinh tuyến trục 105°00', k = 0,9999"


@pytest.fixture
def store(database: str, address: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def page(chromium: Browser, address: str, page_log: Callable[[Page], PageLog]) -> Iterator[Page]:
    """The section for new boundaries; nothing it asks for may leave this machine."""
    opened = chromium.new_page(viewport=WIDE)
    log = page_log(opened)
    opened.goto(f"{address}/du-lieu?muc=boundaries")
    yield opened
    opened.close()
    assert log.elsewhere == []


def hand_in(page: Page, path: Path) -> None:
    box = page.get_by_test_id("stFileUploader").locator("input[type=file]")
    box.wait_for(state="attached", timeout=READY_MS)
    box.set_input_files(path)


def sees(page: Page, words: str) -> None:
    expect(page.get_by_text(words, exact=False).first).to_be_visible(timeout=READY_MS)


def pick(page: Page, label: str, option: str) -> None:
    """A page drawn anew closes an open list; one opens it again, as a person would."""
    choice = page.get_by_role("option", name=option, exact=True)
    for _ in range(OPENINGS):
        page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=READY_MS)
        page.get_by_role("combobox", name=label).first.click()
        try:
            choice.click(timeout=LIST_MS)
        except Error:
            page.keyboard.press("Escape")
        else:
            return
    raise AssertionError(f"{label} never offered {option}")


def write(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text, timeout=READY_MS)
    box.press("Enter")


def write_overlapping(folder: Path) -> Path:
    """Hòa Bình reaches a tenth of a square, 12.13 ha, into Một."""
    path = write_wards(folder, name="chong.gpkg")
    frame = gpd.read_file(path)
    shapes = frame.geometry.to_numpy().copy()
    shapes[1] = shapely.box(105.009, 10, 105.02, 10.01)
    frame.set_geometry(gpd.GeoSeries(shapes, crs=4326)).to_file(path, engine="pyogrio")
    return path


@pytest.mark.real_data
def test_old_letters_are_found_and_the_plane_is_chosen_by_a_click(
    page: Page, store: Store, real_data: Path
) -> None:
    hand_in(page, real_data / "vietnam" / "ugly" / TCVN3)
    expect(page.locator(".db-note")).to_contain_text("không cho biết hệ tọa độ", timeout=READY_MS)
    sees(page, f"Khớp nhất: {BEST} (lệch khoảng 2 m so với 83 phường, xã đã biết).")
    expect(page.get_by_text("83 phường, xã;")).to_have_count(0)
    revision = store.revision()
    page.get_by_role("button", name="Dùng hệ khớp nhất", exact=True).click()
    guess = page.get_by_role("combobox", name="Bảng mã chữ")
    expect(guess).to_have_value("Chương trình đoán: TCVN3 (ABC)", timeout=READY_MS)
    sees(page, "Ví dụ chữ đọc được: Phường Cái Khế, Phường An Hòa")
    sees(page, "Ranh giới các phường, xã khớp nhau, không chồng và không hở.")
    expect(page.locator(".db-note")).to_have_count(0)
    write(page, "Có hiệu lực từ ngày", "31/02/2020")
    expect(page.locator(".db-note")).to_contain_text("«31/02/2020» không phải một ngày", timeout=READY_MS)
    write(page, "Có hiệu lực từ ngày", "01/01/2020")
    expect(page.locator(".db-note")).to_contain_text("chưa có tên bản địa giới", timeout=READY_MS)
    write(page, "Bản địa giới", "trước 31/10/2024")
    write(page, "Căn cứ pháp lý", "Nghị định 05")
    expect(page.locator(".db-note")).to_have_count(0, timeout=READY_MS)
    assert store.revision() == revision
    page.get_by_role("button", name="Giữ bộ ranh giới này", exact=True).click()
    sees(page, "Đã giữ bộ ranh giới made_cantho_tcvn3_vn2000_tm3_105_noprj (83 phường, xã).")
    area = store.list_areas()[-1]
    assert (area.version, area.valid_from, area.valid_to, area.basis) == (
        "trước 31/10/2024", dt.date(2020, 1, 1), None, "Nghị định 05",
    )  # fmt: skip
    assert store.load_wards(area.id).frame["ward_name"].iloc[0] == "Phường Cái Khế"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_overlap_is_listed_and_outlined_on_the_map(page: Page, tmp_path: Path, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    hand_in(page, write_overlapping(tmp_path))
    sees(page, "Cần xem lại: 1 chỗ chồng nhau.")
    rows = page.locator(".db-places tbody tr")
    expect(rows).to_have_count(1, timeout=READY_MS)
    cells = rows.first.locator("td").all_inner_texts()
    assert cells == ["1", "Chồng nhau", "Phường Một – Phường Hòa Bình", "12,13 ha"]
    sees(page, "1 cặp phường, xã chồng lên nhau, tổng cộng 121.268 m²")
    # A close view comes in a frame of its own, for a moment beside the old one.
    frames = page.locator('iframe[src*="streamlit_folium"]')
    shown = frames.last.content_frame
    wards = shown.locator(".wm-legend-row", has_text="Phường, xã").locator(".wm-count")
    codes = "() => window.__diaban.state().codes.join()"
    expect(wards).to_have_text("6", timeout=READY_MS)
    assert shown.locator("body").evaluate(codes) == "00001,00002,00003,00004,00005,00006,cho:1"
    pick(page, "Xem trên bản đồ", "1. Phường Một – Phường Hòa Bình")
    expect(wards).to_have_text("4", timeout=READY_MS)
    assert shown.locator("body").evaluate(codes) == "00001,00002,00004,00005,cho:1"
    expect(frames).to_have_count(1, timeout=READY_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
