"""What every test may ask for: the real files beside the project, and a browser.

Tests that need the real files cannot run without them; the last lines of a run say how many did not.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

REAL_DATA = Path(__file__).parent.parent.parent / "shared" / "data"
SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COLLECTED = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files; ask for it only in a test marked `real_data`."""
    return REAL_DATA


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real headless browser: the machine's, else Playwright's own. Missing is a failure, not a skip."""
    with sync_playwright() as playwright:
        own = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
        try:
            browser = playwright.chromium.launch(executable_path=own, args=list(QUIET))
        except Error:
            pytest.fail("Chromium is missing: apt-get install chromium, or make test", pytrace=False)
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needing = [item for item in items if item.get_closest_marker("real_data")]
    config.stash[COLLECTED] = len(needing)
    if not REAL_DATA.is_dir():
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    finished = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    n_ran = sum(report.when == "call" and "real_data" in report.keywords for report in finished)
    n_missed = config.stash.get(COLLECTED, 0) - n_ran
    why = "not chosen" if REAL_DATA.is_dir() else "../shared/data is not there"
    if n_missed:
        terminalreporter.write_line(f"real_data: {n_missed} tests did NOT run: {why}", red=True)
    else:
        terminalreporter.write_line(f"real_data: {n_ran} tests ran")
