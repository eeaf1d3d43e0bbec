"""A clerk's desk in a real browser: the page, its log and the store behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, FilePayload, Frame, Locator, Page, ViewportSize, expect

from store.opening import open_store
from store.records import Area, Dataset
from store.repository import Store
from tests.browser.conftest import PageLog

READY_MS = 90_000
LIST_MS, OPENINGS = 8_000, 4
WIDE: ViewportSize = {"width": 1440, "height": 1000}
PHONE: ViewportSize = {"width": 390, "height": 844}
PROBED = ("/_stcore/health", "/_stcore/host-config")
NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"


@dataclass
class Desk:
    page: Page
    log: PageLog
    store: Store
    address: str

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.rest()

    def rest(self) -> None:
        """Until the page has been drawn."""
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=READY_MS)

    def hand_in(self, label: str, file: Path | FilePayload) -> None:
        box = self.page.get_by_test_id("stFileUploader").filter(has_text=label).locator("input[type=file]")
        box.wait_for(state="attached", timeout=READY_MS)
        box.set_input_files(file)

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click(timeout=READY_MS)

    def write(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        box.fill(text, timeout=READY_MS)
        box.press("Tab")
        self.rest()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words, exact=False).first).to_be_visible(timeout=READY_MS)

    def pick(self, label: str, option: str) -> None:
        """A page drawn anew or scrolled closes an open list; one opens it again, as a person would."""
        choice = self.page.get_by_role("option", name=option, exact=True)
        box = self.page.get_by_role("combobox", name=label, exact=True)
        for _ in range(OPENINGS):
            self.rest()
            box.scroll_into_view_if_needed(timeout=READY_MS)
            box.click()
            try:
                choice.click(timeout=LIST_MS)
            except Error:
                self.page.keyboard.press("Escape")
            else:
                self.rest()
                return
        raise AssertionError(f"{label} never offered {option}")

    @property
    def map(self) -> Frame:
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    @property
    def state(self) -> dict[str, Any]:
        """What the map has drawn."""
        state: dict[str, Any] = self.map.evaluate("window.__diaban.state()")
        return state

    def see_map(self, condition: str) -> dict[str, Any]:
        """Wait until the map's state `s` is so, and give it."""
        self.page.wait_for_selector("iframe", timeout=READY_MS)
        wanted = f"() => {{ const s = window.__diaban?.state?.(); return Boolean(s && {condition}); }}"
        self.map.wait_for_function(wanted, timeout=READY_MS)
        return self.state

    def click_ward(self, code: str) -> None:
        self.page.locator("iframe").scroll_into_view_if_needed()
        x, y, _ = self.map.evaluate("code => window.__diaban.place(code)", code)
        box = self.page.locator("iframe").bounding_box()
        assert box
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    @property
    def troubles(self) -> list[str]:
        """Error boxes, calm ones and tracebacks."""
        self.rest()
        return self.page.locator('[role="alert"], [data-testid="stException"]').all_inner_texts()

    @property
    def tiles(self) -> list[str]:
        """Labels of the row of numbers."""
        return self.page.locator(".db-tile .db-label").all_inner_texts()

    def open_trace(self, place: int) -> list[str]:
        """One click on the way to a tile's number; the heads of what it tells, all with a text."""
        trace = self.page.locator(".db-tile").nth(place).locator("details.db-trace")
        expect(trace.locator("dl")).to_be_hidden()
        trace.locator("summary").click()
        expect(trace.locator("dl")).to_be_visible()
        assert all(text.strip() for text in trace.locator("dd").all_inner_texts())
        return trace.locator("dt").all_inner_texts()

    @property
    def note(self) -> Locator:
        return self.page.locator(".db-note")

    @property
    def terms(self) -> list[list[str]]:
        """The reconciliation of the join doctor: name, figure, rows of each term."""
        self.rest()
        shown = self.page.locator(".db-sum .db-term")
        return [term.inner_text().split("\n") for term in shown.all()]

    @property
    def overflows(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    @property
    def area(self) -> Area:
        """The example's 83 units."""
        return self.store.list_areas()[0]

    def find_dataset(self, file_name: str) -> Dataset:
        return next(each for each in self.store.list_datasets(self.area.id) if each.file_name == file_name)

    def name_unlabelled(self) -> list[str]:
        """Boxes and buttons that a screen reader could not name."""
        nameless: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll('input, textarea, [role=combobox], button')]
                .filter(e => e.offsetParent && e.type !== 'file' && !e.closest('[aria-hidden=true]'))
                .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.title
                    || (e.labels && e.labels.length) || e.getAttribute('aria-labelledby')))
                .map(e => e.outerHTML.slice(0, 120))"""
        )
        return nameless


@contextmanager
def open_desk(
    chromium: Browser, address: str, database: str, page_log: Callable[[Page], PageLog]
) -> Iterator[Desk]:
    """A fresh page; when it is left, nothing has gone elsewhere and the console has no error."""
    page = chromium.new_page(viewport=WIDE)
    desk = Desk(page, page_log(page), open_store(database), address)
    try:
        yield desk
    finally:
        desk.store.close()
        page.close()
    assert desk.log.elsewhere == []
    # Streamlit looks for its own addresses below the page's before it finds them at the root.
    assert all(url.endswith(PROBED) for url in desk.log.failed)
    assert set(desk.log.errors) <= {NOT_FOUND}
    assert len(desk.log.errors) == len(desk.log.failed)
