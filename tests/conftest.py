"""What every test may ask for: the real files beside the project, and a browser.

Tests that need the real files, or a PostgreSQL server with PostGIS, cannot run without them; the last lines
of a run say how many did not. DIABAN_TEST_POSTGRESQL=yes makes a missing server a failure, =no leaves
those tests out.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, sync_playwright

from tests.store.cluster import PACKAGES, find_binaries

settings.register_profile("unhurried", deadline=None)  # a busy machine is slow, not wrong
settings.load_profile("unhurried")

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
COLLECTED = pytest.StashKey[dict[str, int]]()
ABSENT = pytest.StashKey[dict[str, str]]()


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


def find_absent() -> dict[str, str]:
    """The markers whose tests cannot run here, or shall not, each with the reason."""
    absent = {}
    if not REAL_DATA.is_dir():
        absent["real_data"] = "../shared/data is not there"
    wish = os.environ.get("DIABAN_TEST_POSTGRESQL", "")
    if wish == "no":
        absent["postgresql"] = "DIABAN_TEST_POSTGRESQL=no"
    elif wish != "yes" and find_binaries() is None:
        absent["postgresql"] = f"PostgreSQL with PostGIS is not there (apt-get install {PACKAGES})"
    return absent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[ABSENT] = find_absent()
    config.stash[COLLECTED] = {}
    for marker in ("real_data", "postgresql"):
        needing = [item for item in items if item.get_closest_marker(marker)]
        config.stash[COLLECTED][marker] = len(needing)
        if marker in config.stash[ABSENT]:
            config.hook.pytest_deselected(items=needing)
            items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    finished = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    for marker, n_collected in config.stash.get(COLLECTED, {}).items():
        n_ran = sum(report.when == "call" and marker in report.keywords for report in finished)
        why = config.stash[ABSENT].get(marker, "not chosen")
        if n_collected > n_ran:
            terminalreporter.write_line(f"{marker}: {n_collected - n_ran} tests did NOT run: {why}", red=True)
        else:
            terminalreporter.write_line(f"{marker}: {n_ran} tests ran")
