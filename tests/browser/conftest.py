"""A running dashboard for the browser, and a log of everything its page asks for."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

if TYPE_CHECKING:
    from tests.browser.desk import Desk

ROOT = Path(__file__).parent.parent.parent
PATIENCE_S = 60
Serve = Callable[..., str]


@dataclass
class PageLog:
    """Requests of the page with its frames and web sockets, and whatever went wrong in it."""

    requests: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.sockets.append(socket.url))
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url} {request.failure}"))
        page.on("response", lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    @property
    def elsewhere(self) -> list[str]:
        """Requests to any other machine; data: and blob: addresses go nowhere."""
        asked = [url for url in self.requests + self.sockets if not url.startswith(("data:", "blob:"))]
        return [url for url in asked if urlsplit(url).hostname != "127.0.0.1"]


@pytest.fixture
def page_log() -> Callable[[Page], PageLog]:
    """Starts a log on a page, before its first request."""

    def start(page: Page) -> PageLog:
        log = PageLog()
        log.watch(page)
        return log

    return start


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """serve(app_path, env) starts the app on a free loopback port; gives its address once it is healthy.
    listen: where it answers, so that others could reach it at 0.0.0.0."""
    running: list[subprocess.Popen[bytes]] = []

    def start(app_path: Path, env: dict[str, str] | None = None, *, listen: str = "127.0.0.1") -> str:
        port = _free_port()
        with tempfile.TemporaryFile() as output:
            server = _start_server(app_path, port, listen, env or {}, output.fileno())
            running.append(server)
            address = f"http://127.0.0.1:{port}"
            if not _wait_for_health(address, server):
                output.seek(0)
                pytest.fail(f"{app_path} did not start:\n{output.read().decode()}", pytrace=False)
        return address

    yield start
    for server in running:
        server.terminate()
        server.wait(timeout=10)


def _start_server(
    app_path: Path, port: int, listen: str, env: dict[str, str], output: int
) -> "subprocess.Popen[bytes]":
    options = {
        "server.port": str(port),
        "server.address": listen,
        "server.headless": "true",
        "server.enableStaticServing": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app_path), *flags],
        cwd=app_path.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
        stdout=output,
        stderr=subprocess.STDOUT,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_health(address: str, server: "subprocess.Popen[bytes]") -> bool:
    until = time.monotonic() + PATIENCE_S
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, TimeoutError):
            time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/diaban.sqlite"


@pytest.fixture(scope="module")
def address(serve: Serve, database: str) -> str:
    return serve(ROOT / "app.py", {"DIABAN_DATABASE": database})


@pytest.fixture
def desk(
    chromium: Browser, address: str, database: str, page_log: Callable[[Page], PageLog]
) -> Iterator["Desk"]:
    """A clerk's desk on the module's own dashboard and store."""
    from tests.browser.desk import open_desk

    with open_desk(chromium, address, database, page_log) as desk:
        yield desk


@pytest.fixture(scope="session")
def map_app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The map's own small dashboard in a folder with the front-end assets beside it."""
    folder = tmp_path_factory.mktemp("map_app")
    shutil.copy(Path(__file__).parent / "map_app.py", folder)
    shutil.copytree(ROOT / "static" / "vendor", folder / "static" / "vendor")
    return folder / "map_app.py"
