"""Charts in a real Chromium: drawn without another machine, in Vietnamese numbers, in both themes."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ROOT, PageLog, Serve

pytestmark = pytest.mark.browser

READY_MS = 60_000
WORDS = {"10.000", "80\u00a0%", "1.234", "chưa có", "giới hạn 99,8\u00a0%", "10 camera: 2.203 vụ"}


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("chart_app")
    shutil.copy(Path(__file__).parent / "chart_app.py", folder)
    shutil.copytree(ROOT / "static" / "vendor", folder / "static" / "vendor")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    return serve(folder / "chart_app.py")


@pytest.mark.parametrize(("theme", "ink"), [("light", "rgb(23, 32, 42)"), ("dark", "rgb(240, 243, 246)")])
def test_charts_are_drawn_here_in_the_readers_numbers_and_the_pages_ink(
    chromium: Browser,
    address: str,
    page_log: Callable[..., PageLog],
    theme: Literal["light", "dark"],
    ink: str,
) -> None:
    context = chromium.new_context(color_scheme=theme, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    log = page_log(page)
    page.goto(address)
    page.wait_for_function("() => document.querySelectorAll('svg.marks').length === 4", timeout=READY_MS)
    words = page.evaluate("[...document.querySelectorAll('svg.marks text')].map(text => text.textContent)")
    name = page.locator("svg.marks text", has_text="P. Thới Bình 2").first
    colour = name.evaluate("text => getComputedStyle(text).fill")
    page.locator("svg.marks .mark-symbol path").first.hover()
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    said = tip.inner_text()
    context.close()
    assert set(words) >= WORDS
    assert colour == ink
    assert said.split("\n")[-1] == "cao hơn hẳn mức chung"
    assert "31.000" in said
    assert (log.elsewhere, log.failed, log.errors) == ([], [], [])
