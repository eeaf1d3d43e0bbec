"""A planner at the desk: the page that proposes areas, by the words a planner reads."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.browser.desk import READY_MS, Desk

PAGE = "/lua-chon"
SAVE, COPY, LOCK, UNLOCK, COMPARE = "Lưu", "Chép", "Khóa", "Mở khóa", "So sánh"
APPROVE, ANNEX = "Ghi phê duyệt", "Tải phụ lục (XLSX)"
BY = "Người lập (chức danh hoặc đơn vị)"
AREAS = "Số địa bàn (N)"


class Planner:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page

    def open(self) -> None:
        self.desk.open(PAGE)
        self.see_chosen(9)

    @property
    def chosen(self) -> Locator:
        """Rows above the cut, each with its number."""
        return self.page.locator(".db-shortlist tbody tr").filter(
            has=self.page.locator("td.db-place", has_text=re.compile(r"\d"))
        )

    @property
    def cells(self) -> list[list[str]]:
        """Name, district and the year before of each chosen ward."""
        self.desk.rest()
        return [
            [row.locator("b").first.inner_text(), row.locator(".db-of").inner_text()]
            for row in self.chosen.all()
        ]

    def see_chosen(self, n: int) -> None:
        expect(self.chosen).to_have_count(n, timeout=READY_MS)
        self.desk.rest()

    def slider(self, label: str) -> Locator:
        """While the page is drawn anew the one that goes still stands below the one that comes."""
        return self.page.locator(f'input[type="range"][aria-label="{label}"]').first

    def slide(self, label: str, key: str, times: int = 1) -> None:
        """Move a slider with the keyboard; the page follows in its own time."""
        thumb = self.page.locator(f'input[type="range"][aria-label="{label}"]')
        expect(thumb).to_have_count(1, timeout=READY_MS)
        thumb.focus()
        for _ in range(times):
            thumb.press(key)

    def unfold(self, words: str) -> None:
        self.page.get_by_test_id("stExpander").filter(has_text=words).locator("summary").click()

    @contextmanager
    def popover(self, words: str) -> Iterator[Locator]:
        """The small window of a button of the row of scenarios."""
        self.desk.rest()
        self.row.get_by_role("button", name=words).first.click(timeout=READY_MS)
        window = self.page.get_by_test_id("stPopoverBody")
        window.wait_for(timeout=READY_MS)
        yield window
        self.page.keyboard.press("Escape")
        self.desk.rest()

    @property
    def row(self) -> Locator:
        return self.page.locator(".st-key-db-scenarios")

    def fill(self, window: Locator, label: str, text: str) -> None:
        box = window.get_by_label(label, exact=True)
        box.fill(text, timeout=READY_MS)
        box.press("Tab")
        self.desk.rest()

    def fill_day(self, window: Locator, label: str, day: str) -> None:
        """day: `15/02/2023`, typed as the box takes it, part by part."""
        window.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.click()
        self.page.keyboard.type(day.replace("/", ""))

    def save(self, name: str, by: str) -> None:
        with self.popover(SAVE) as window:
            self.fill(window, "Tên phương án", name)
            self.fill(window, BY, by)
            window.get_by_role("button", name="Lưu phương án", exact=True).click()

    def approve(self, number: str, day: str, *, key: str, by: str) -> None:
        """Record the committee's paper on what is saved."""
        with self.popover(APPROVE) as window:
            window.get_by_label("Số văn bản", exact=True).fill(number)
            self.fill_day(window, "Ngày văn bản", day)
            window.get_by_label("Mã chương trình", exact=True).fill(key)
            window.get_by_label(BY, exact=True).fill(by)
            window.get_by_role("button", name="Ghi vào chương trình", exact=True).click()

    def pick(self, name: str) -> None:
        self.desk.pick("Phương án", name)
        self.desk.sees(f"Đã lưu: «{name}»")
        self.desk.rest()

    def put_in(self, ward: str) -> None:
        """Add a ward to those that must be on the list."""
        self.add("Bắt buộc có", ward, ward.split(",")[0].partition(" ")[2])

    def add(self, label: str, option: str, typed: str) -> None:
        """Add to a box of several: typed letters, then the option."""
        box = self.page.get_by_role("combobox", name=label)
        box.scroll_into_view_if_needed(timeout=READY_MS)
        box.click()
        box.fill(typed)
        self.page.get_by_role("option", name=option, exact=True).click(timeout=READY_MS)
        self.page.keyboard.press("Escape")
        self.desk.rest()

    def download_annex(self) -> dict[str, list[Sequence[Any]]]:
        """The rows of each sheet, by its title."""
        self.desk.rest()
        with self.page.expect_download(timeout=READY_MS) as download:
            self.row.get_by_role("button", name=ANNEX, exact=True).click()
        book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
