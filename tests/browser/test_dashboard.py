"""The dashboard on the bundled example in a real Chromium: painted, repainted, clicked, and silent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from layers import palettes
from tests.browser.conftest import ROOT, PageLog, Serve

pytestmark = pytest.mark.browser

READY_MS = 90_000
SIZES = {"wide": {"width": 1440, "height": 1000}, "phone": {"width": 390, "height": 844}}


@dataclass
class Dashboard:
    page: Page
    log: PageLog

    @property
    def map(self) -> Frame:
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.map.evaluate("window.__diaban.state()")
        return state

    def wait_for(self, condition: str) -> None:
        self.page.wait_for_selector("iframe", timeout=READY_MS)
        wanted = f"() => {{ const s = window.__diaban?.state?.(); return Boolean(s && {condition}); }}"
        self.map.wait_for_function(wanted, timeout=READY_MS)

    def choose_layer(self, words: str, key: str) -> None:
        self.page.get_by_role("radio", name=words, exact=True).click()
        self.wait_for(f"s.key === '{key}'")

    def click_ward(self, code: str) -> None:
        self.page.locator("iframe").scroll_into_view_if_needed()
        x, y, _ = self.map.evaluate("code => window.__diaban.place(code)", code)
        box = self.page.locator("iframe").bounding_box()
        assert box
        self.page.mouse.click(box["x"] + x, box["y"] + y)


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    database = tmp_path_factory.mktemp("store") / "diaban.sqlite"
    return serve(ROOT / "app.py", {"DIABAN_DATABASE": f"sqlite:///{database}"})


@pytest.fixture(params=list(SIZES))
def dashboard(
    request: pytest.FixtureRequest, chromium: Browser, address: str, page_log: Callable[[Page], PageLog]
) -> Iterator[Dashboard]:
    page = chromium.new_page(viewport=SIZES[request.param])  # type: ignore[arg-type]
    log = page_log(page)
    page.goto(address)
    shown = Dashboard(page, log)
    shown.wait_for("s.wards === 83")
    yield shown
    page.close()
    assert log.elsewhere == []
    assert log.errors == []
    assert log.failed == []


def test_the_example_opens_with_83_wards_the_nine_target_areas_and_the_illustration_band(
    dashboard: Dashboard,
) -> None:
    dashboard.wait_for("s.key === 'status'")
    fills = dashboard.state["fills"]
    assert len(fills) == 83
    assert fills.count(palettes.STATUS["dang_chuyen_hoa"]) == 9
    note = dashboard.map.locator(".wm-note").inner_text()
    assert note == "DỮ LIỆU MINH HỌA – RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý"
    expect(dashboard.page.get_by_text("Năm 2022 xảy ra", exact=False)).to_be_visible()


def test_another_layer_repaints_the_same_map_and_keeps_the_view(dashboard: Dashboard) -> None:
    dashboard.wait_for("s.key === 'status'")
    dashboard.page.locator("iframe").scroll_into_view_if_needed()
    zoom = dashboard.state["zoom"]
    dashboard.map.get_by_role("button", name="Phóng to", exact=True).click()
    dashboard.wait_for(f"s.zoom > {zoom}")
    before = dashboard.state
    dashboard.choose_layer("Số vụ", "n_incidents")
    after = dashboard.state
    assert after["mount"] == before["mount"]
    assert (after["zoom"], after["centre"]) == (before["zoom"], before["centre"])
    assert set(after["fills"]) <= {*palettes.INCIDENTS, palettes.ZERO, None}
    assert after["fills"] != before["fills"]
    assert dashboard.page.locator("iframe").count() == 1


def test_a_click_opens_the_card_of_that_ward_and_the_address_holds_it(dashboard: Dashboard) -> None:
    dashboard.wait_for("s.key === 'status'")
    dashboard.click_ward("31159")
    card = dashboard.page.locator("#db-ward")
    expect(card).to_contain_text("Phường Thới An, Quận Ô Môn", timeout=READY_MS)
    expect(card).to_contain_text("Mã 31159")
    dashboard.wait_for("s.selected[0] === '31159'")
    assert "dia_ban=31159" in dashboard.page.url


def test_a_link_opens_what_was_on_the_screen(dashboard: Dashboard, address: str) -> None:
    chosen = "lop=cameras&camera=n_cameras_working&dia_ban=31150&ky=2021-01-01..2021-12-31"
    dashboard.page.goto(f"{address}/?{chosen}")
    dashboard.wait_for("s.key === 'n_cameras_working' && s.selected[0] === '31150'")
    expect(dashboard.page.locator("#db-ward")).to_contain_text("Phường An Bình", timeout=READY_MS)
    expect(dashboard.page.get_by_text("Năm 2021 xảy ra", exact=False)).to_be_visible()


def test_the_list_beside_the_map_follows_the_same_choice(dashboard: Dashboard) -> None:
    dashboard.choose_layer("Số vụ trên 10.000 dân", "incidents_per_10k")
    ranking = dashboard.page.locator(".db-ranking")
    expect(ranking).to_contain_text("Xếp theo số vụ trên 10.000 dân", timeout=READY_MS)
    assert ranking.locator("tbody tr").count() == 80
    expect(ranking).to_contain_text("80 trong 83 địa bàn có số liệu.")


def test_the_image_and_the_tables_can_be_taken_home(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.wait_for("s.key === 'status'")
    taken = {}
    for words in ("Ảnh bản đồ 300 dpi", "Ảnh gửi chat dưới 1 MB", "Bảng XLSX", "Bảng CSV"):
        with dashboard.page.expect_download(timeout=READY_MS) as download:
            dashboard.page.get_by_role("button", name=words, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        taken[words] = path.read_bytes()
    assert taken["Ảnh bản đồ 300 dpi"][:4] == b"\x89PNG"
    assert taken["Ảnh gửi chat dưới 1 MB"][:4] == b"\x89PNG"
    assert len(taken["Ảnh gửi chat dưới 1 MB"]) < 1_000_000
    assert taken["Bảng XLSX"][:2] == b"PK"
    assert "Mã địa bàn" in taken["Bảng CSV"].decode("utf-8-sig").splitlines()[0]
    assert len(taken["Bảng CSV"].decode("utf-8-sig").splitlines()) == 84
