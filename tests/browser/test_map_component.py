"""The screen map in a real Chromium: painted, repainted, clicked, and silent towards other machines."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page
from playwright.sync_api import TimeoutError as WaitedTooLong

from layers.folium_map import standalone_html
from layers.screen_message import encode, map_message
from layers.spec import MapSpec, Marker
from tests.browser.conftest import PageLog, Serve
from tests.browser.wavy_city import (
    HOSTILE,
    HOSTILE_CODE,
    NOTE,
    TARGETS,
    both_map,
    make_city,
    places_map,
    rate_map,
    status_map,
)

pytestmark = pytest.mark.browser

CITY = make_city()
RATE, STATUS, BOTH, PLACES = rate_map(CITY), status_map(CITY), both_map(CITY), places_map(CITY)
PLAIN_PX, NUMBERED_PX = 7, 16  # a smaller ward is hidden by its own name, outline or number
READY_MS = 60_000  # the first visit to a fresh server also waits for its imports
WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

# Colours around the middle of a ward, where a mark, a number or a name may stand.
SAMPLE = """([x, y, radius]) => {
  const canvas = document.querySelector(".wm-ground");
  const box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const pen = canvas.getContext("2d");
  const found = new Set();
  for (const reach of [0.5, 0.75]) {
    for (let turn = 0; turn < 16; turn += 1) {
      const left = x - box.left + reach * radius * Math.cos(turn * Math.PI / 8);
      const top = y - box.top + reach * radius * Math.sin(turn * Math.PI / 8);
      const [r, g, b] = pen.getImageData(left * ratio, top * ratio, 1, 1).data;
      found.add("#" + [r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("").toUpperCase());
    }
  }
  return [...found];
}"""


@dataclass
class MapPage:
    """The dashboard's page, the map's frame in it, and what the page asked for."""

    page: Page
    frame: Frame
    log: PageLog

    @property
    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.frame.evaluate("window.__diaban.state()")
        return state

    def wait(self, condition: str) -> None:
        wanted = f"() => {{ const s = window.__diaban?.state?.(); return Boolean(s && {condition}); }}"
        try:
            self.frame.wait_for_function(wanted, timeout=READY_MS)
        except WaitedTooLong as error:
            state = self.frame.evaluate("window.__diaban?.state?.()")
            raise AssertionError(
                f"not so: {condition}; {state} {self.log.errors} {self.log.failed}"
            ) from error

    def place(self, code: str) -> tuple[float, float, float]:
        x, y, radius = self.frame.evaluate("code => window.__diaban.place(code)", code)
        return x, y, radius

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the frame in the page."""
        box = self.page.locator("iframe").bounding_box()
        assert box
        return box["x"] + x, box["y"] + y

    def spot(self, marker: Marker) -> tuple[float, float]:
        """Where a place is, in the page."""
        x, y = self.frame.evaluate(
            """place => {
              const at = window.map.latLngToContainerPoint(place);
              const box = window.map.getContainer().getBoundingClientRect();
              return [at.x + box.left, at.y + box.top];
            }""",
            [marker.latitude, marker.longitude],
        )
        return self.at(x, y)

    def show(self, layer: str) -> None:
        self.page.get_by_text(layer, exact=True).click()
        self.wait(f"s.key === '{layer}'")

    def click_ward(self, code: str) -> None:
        self.page.mouse.click(*self.at(*self.place(code)[:2]))

    def says(self, text: str) -> None:
        self.page.get_by_text(text, exact=True).wait_for(timeout=READY_MS)

    def colours(self, code: str) -> set[str]:
        """What is painted inside the ward's largest circle."""
        return set(self.frame.evaluate(SAMPLE, list(self.place(code))))

    def assert_silent(self) -> None:
        assert self.log.elsewhere == []
        assert self.log.failed == []
        assert self.log.errors == []


Open = Callable[[dict[str, Any]], MapPage]


@pytest.fixture(scope="module")
def address(serve: Serve, map_app: Path) -> str:
    return serve(map_app)


@pytest.fixture
def open_map(chromium: Browser, address: str, page_log: Callable[[Page], PageLog]) -> Iterator[Open]:
    contexts = []

    def open_page(options: dict[str, Any]) -> MapPage:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        log = page_log(page)
        page.goto(address)
        handle = page.wait_for_selector("iframe", timeout=READY_MS, state="attached")
        frame = handle.content_frame() if handle else None
        assert frame
        shown = MapPage(page, frame, log)
        shown.wait("s.applied > 0 && s.isHome && !s.isMoving")
        return shown

    yield open_page
    for context in contexts:
        context.close()


def fills(spec: MapSpec) -> list[str | None]:
    classes = spec.choropleth.classes
    return [classes[id_].fill for id_ in spec.choropleth.ward_class]


def legend(spec: MapSpec) -> list[list[str]]:
    return [[entry.words, str(entry.count)] for entry in spec.choropleth.classes]


def test_one_change_of_83_wards_is_a_small_message() -> None:
    texts = [encode(map_message(spec, "order", selected=None)) for spec in (RATE, STATUS)]
    assert max(len(text.encode()) for text in texts) < 20_000


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["1440", "390"])
def test_every_ward_is_painted_in_its_colour(open_map: Open, screen: dict[str, Any]) -> None:
    shown = open_map(screen)
    state = shown.state
    assert state["wards"] == 83
    assert state["codes"] == list(CITY.ward_codes)
    assert state["fills"] == fills(RATE)
    seen = 0
    for ward, (code, fill) in enumerate(zip(CITY.ward_codes, fills(RATE), strict=True)):
        if shown.place(code)[2] >= (NUMBERED_PX if ward in TARGETS else PLAIN_PX):
            seen += 1
            colours = shown.colours(code)
            assert fill in colours if fill else len(colours) > 3, code  # hatching gives many greys
    assert seen >= (70 if screen is WIDE else 40)
    shown.assert_silent()


def test_the_legend_says_what_the_spec_says(open_map: Open) -> None:
    shown = open_map(WIDE)
    rows = shown.state["legend"]
    assert rows[: len(RATE.choropleth.classes)] == legend(RATE)
    assert rows[len(RATE.choropleth.classes) :] == [
        ["đang chuyển hóa", "9"],
        ["nhiều vụ, ít camera", "5"],
        ["cả hai", "3"],
    ]
    assert shown.frame.locator(".wm-note").inner_text() == NOTE
    assert shown.frame.locator(".wm-map").get_attribute("aria-label") == RATE.title
    assert shown.state["numbers"] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_changing_the_layer_repaints_without_remounting_and_keeps_the_view(open_map: Open) -> None:
    shown = open_map(WIDE)
    home = shown.state
    shown.frame.get_by_label("Phóng to").click()
    shown.wait(f"s.zoom > {home['zoom']} && !s.isMoving")
    start = shown.at(640, 300)
    shown.page.mouse.move(*start)
    shown.page.mouse.down()
    shown.page.mouse.move(start[0] - 90, start[1] - 40, steps=4)
    shown.page.mouse.up()
    shown.wait(f"s.centre[1] > {home['centre'][1]} + 0.01 && !s.isHome && !s.isMoving")
    before = shown.state

    shown.show("status")

    after = shown.state
    assert after["mount"] == before["mount"]
    assert (after["zoom"], after["centre"]) == (before["zoom"], before["centre"])
    assert after["applied"] == before["applied"] + 1
    assert after["fills"] == fills(STATUS) != before["fills"]
    assert after["legend"][: len(STATUS.choropleth.classes)] == legend(STATUS)
    assert after["marks"] > 0
    assert len([url for url in shown.log.requests if "/geo/wards_" in url]) == 1
    assert shown.page.locator("iframe").count() == 1
    shown.assert_silent()


def test_a_click_tells_python_the_wards_code_and_outlines_it(open_map: Open) -> None:
    shown = open_map(WIDE)
    shown.click_ward("31030")
    shown.says("chosen=31030 clicks=1")
    shown.wait("s.selected.join() === '31030'")
    shown.click_ward("31052")
    shown.says("chosen=31052 clicks=2")
    shown.assert_silent()


def test_a_second_click_on_the_same_ward_is_a_new_click_and_one_beside_the_wards_is_none(
    open_map: Open,
) -> None:
    shown = open_map(WIDE)
    shown.click_ward("31030")
    shown.says("chosen=31030 clicks=1")
    shown.click_ward("31030")
    shown.says("chosen=31030 clicks=2")
    shown.page.mouse.click(*shown.at(20, 500))
    shown.says("chosen=None clicks=3")
    shown.wait("s.selected.length === 0")


def test_moving_the_map_does_not_run_the_page_again(open_map: Open) -> None:
    shown = open_map(WIDE)
    zoom = shown.state["zoom"]
    shown.frame.get_by_label("Phóng to").click()
    shown.wait(f"s.zoom > {zoom}")
    shown.frame.get_by_text("Về toàn thành phố").click()
    shown.wait("s.isHome")
    assert shown.state["zoom"] == zoom
    assert shown.state["applied"] == 1
    shown.says("chosen=None clicks=0")


def test_names_and_codes_from_data_stay_text(open_map: Open) -> None:
    shown = open_map(WIDE)
    shown.page.mouse.move(*shown.at(*shown.place(CITY.ward_codes[0])[:2]))
    shown.frame.locator(".wm-tip").wait_for()
    assert shown.frame.locator(".wm-tip > div").first.inner_text() == HOSTILE
    shown.click_ward(HOSTILE_CODE)
    shown.says(f"chosen={HOSTILE_CODE} clicks=1")
    for frame in shown.page.frames:
        assert frame.evaluate("window.__xss") is None
    assert shown.frame.locator("img").count() == 0
    shown.assert_silent()


def test_on_a_phone_the_frame_is_low_the_legend_is_the_pages_and_one_finger_scrolls(open_map: Open) -> None:
    shown = open_map(PHONE)
    width, height = shown.state["size"]
    assert height == round(0.83 * width) + 24
    assert not shown.frame.locator(".wm-legend").is_visible()
    assert not shown.frame.evaluate("window.map.dragging.enabled()")
    assert shown.frame.evaluate("window.map.touchZoom.enabled()")
    button = shown.frame.get_by_label("Phóng to").bounding_box()
    assert button
    assert (button["width"], button["height"]) >= (42, 44)
    shown.page.touchscreen.tap(*shown.at(*shown.place("31071")[:2]))
    shown.says("chosen=31071 clicks=1")
    shown.assert_silent()


def lonely_camera() -> Marker:
    """The broken camera farthest from every numbered place, so that nothing covers it."""
    kinds = {markers.kind: markers.places for markers in PLACES.markers}
    numbered = [*kinds["gap"], *kinds["site"]]

    def room(camera: Marker) -> float:
        return min(
            math.hypot(camera.longitude - other.longitude, camera.latitude - other.latitude)
            for other in numbered
        )

    return max(kinds["camera_off"], key=room)


def test_two_measures_at_once_are_told_by_a_grid_of_counts(open_map: Open) -> None:
    shown = open_map(WIDE)
    shown.show("both")
    state = shown.state
    assert state["cross"] == legend(BOTH)[:9]
    assert state["legend"][0] == legend(BOTH)[9]
    assert state["fills"] == fills(BOTH)
    heads = shown.frame.locator(".wm-cross-head").all_inner_texts()
    assert heads[:4] == ["số vụ ↓", "ít\ndưới 3", "vừa\n3 – 4,5", "nhiều\ntừ 4,5"]
    colours = shown.frame.locator(".wm-cross-cell").first.evaluate(
        "cell => getComputedStyle(cell).backgroundColor"
    )
    assert colours == "rgb(200, 99, 35)"
    shown.assert_silent()


def test_an_internal_map_draws_every_place_and_counts_it(open_map: Open) -> None:
    shown = open_map(WIDE)
    shown.show("places")
    state = shown.state
    assert state["dots"] == 5000 + 60 + 10
    assert state["badges"] == [f"gap {n}" for n in range(1, 9)] + [f"site {n}" for n in range(1, 13)]
    assert state["zones"] == ["seen", "seen_twice"]
    assert state["legend"][-7:] == [
        ["vùng quan sát", ""],
        ["từ hai camera trở lên", ""],
        ["vụ việc", "5.000"],
        ["camera đang hoạt động", "60"],
        ["camera không hoạt động", "10"],
        ["nơi nhiều vụ ngoài vùng quan sát", "8"],
        ["vị trí đề xuất", "12"],
    ]
    shown.show("rate")
    assert (shown.state["dots"], shown.state["badges"], shown.state["zones"]) == (0, [], [])
    shown.assert_silent()


def test_what_a_place_says_stays_text_and_a_click_on_it_chooses_its_ward(open_map: Open) -> None:
    shown = open_map(WIDE)
    shown.show("places")
    shown.page.mouse.move(*shown.spot(lonely_camera()))
    lines = shown.frame.locator(".wm-tip > div")
    lines.first.wait_for()
    assert lines.all_inner_texts()[0] == HOSTILE
    assert lines.all_inner_texts()[1].startswith("camera_off ")
    shown.page.mouse.click(*shown.spot(lonely_camera()))
    shown.wait("s.selected.length === 1")
    assert shown.frame.evaluate("window.__xss") is None
    shown.assert_silent()


def test_a_finger_on_a_place_reads_it_and_chooses_nothing(open_map: Open) -> None:
    shown = open_map(PHONE)
    shown.show("places")
    shown.page.touchscreen.tap(*shown.spot(lonely_camera()))
    shown.frame.locator(".wm-tip > div").first.wait_for()
    assert shown.frame.locator(".wm-tip > div").first.inner_text() == HOSTILE
    shown.says("chosen=None clicks=0")


def test_no_place_is_written_where_anybody_may_read(open_map: Open, map_app: Path) -> None:
    shown = open_map(WIDE)
    shown.show("places")
    served = list((map_app.parent / "static" / "geo").iterdir())
    assert {path.suffix for path in served} == {".json", ".js"}
    text = "".join(path.read_text(encoding="utf-8") for path in served)
    told = [line for markers in PLACES.markers for place in markers.places for line in place.tip]
    assert [line for line in {*told, *(markers.words for markers in PLACES.markers)} if line in text] == []
    asked = [url for url in shown.log.requests if "/geo/" in url]
    assert {Path(url).name for url in asked} == {path.name for path in served}


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["1440", "390"])
def test_the_standalone_page_paints_every_ward_with_the_network_cut(
    chromium: Browser, tmp_path: Path, page_log: Callable[[Page], PageLog], screen: dict[str, Any]
) -> None:
    path = tmp_path / "bản đồ.html"
    path.write_text(standalone_html(STATUS, CITY), encoding="utf-8")
    context = chromium.new_context(offline=True, **screen)
    page = context.new_page()
    log = page_log(page)
    page.goto(path.as_uri())
    page.wait_for_function("() => window.__diaban.state().applied > 0")
    state = page.evaluate("window.__diaban.state()")
    legend_shown = page.locator("#legend").is_visible()
    title, hostile = page.locator("h1").inner_text(), page.evaluate("window.__xss")
    context.close()
    assert [url for url in log.requests if not url.startswith("data:")] == [path.as_uri()]
    assert (log.failed, log.errors) == ([], [])
    assert state["wards"] == 83
    assert state["fills"] == fills(STATUS)
    assert state["legend"][: len(STATUS.choropleth.classes)] == legend(STATUS)
    assert legend_shown == (screen is PHONE)
    assert title == STATUS.title
    assert hostile is None
