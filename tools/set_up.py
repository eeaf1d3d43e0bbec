"""Set-up: the virtual environment, the locked packages, the front-end files, the tests' browser.

Each step is skipped while what it is made from stays the same, so a second run takes no time.
"""

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools.wording import ROOT, SetUpFailed, fail, say

VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "diaban-installed.txt"
RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-dev.txt"
WHEELS = ROOT / "wheels"
SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
FIND_OWN_CHROMIUM = (
    "import pathlib, sys; from playwright.sync_api import sync_playwright as start\n"
    "with start() as it: sys.exit(not pathlib.Path(it.chromium.executable_path).is_file())"
)


def make_environment() -> None:
    """Create .venv unless one that works is there."""
    if VENV_PYTHON.exists() and _succeeds([str(VENV_PYTHON), "-c", "import pip"]):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetUpFailed("venv", version=_python_minor())
    say("environment", version=_python_minor())
    if not _succeeds([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise SetUpFailed("venv", version=_python_minor())


def install(lock: Path, *, offline: bool = False) -> None:
    """Install a lock with its hashes; offline from wheels/ alone."""
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if _fingerprint(lock) in done:
        return
    if offline:
        _check_wheels()
    say("packages_offline" if offline else "packages", lock=lock.name)
    origin = ["--no-index", "--find-links", str(WHEELS)] if offline else []
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not _succeeds([*pip, *origin, "-r", str(lock)]):
        raise SetUpFailed("packages_offline" if offline else "packages", lock=lock.name)
    installed = {RUN_LOCK, lock}  # the tests' lock holds the whole run-time lock
    STAMP.write_text("\n".join(sorted(_fingerprint(path) for path in installed)), encoding="utf-8")


def install_assets() -> None:
    """In the environment's own Python: it has pip, which the machine's may lack."""
    code = subprocess.run([str(VENV_PYTHON), "-m", "tools.assets"], cwd=ROOT, check=False).returncode
    if code:
        sys.exit(code)


def install_browser() -> None:
    """Chromium for the browser tests: the machine's, else Debian's by root, else Playwright's own."""
    if SYSTEM_CHROMIUM.exists() or _succeeds([str(VENV_PYTHON), "-c", FIND_OWN_CHROMIUM]):
        return
    say("browser")
    if shutil.which("apt-get") and os.geteuid() == 0 and _apt_install("chromium"):
        return
    if not _succeeds([str(VENV_PYTHON), "-m", "playwright", "install", "chromium"]):
        raise SetUpFailed("browser")


def describe_machine() -> str:
    """Operating system, processor and Python minor: what a wheel must fit."""
    system = {"Darwin": "macos"}.get(platform.system(), platform.system().lower())
    return f"{system}-{platform.machine().lower()}-py{_python_minor()}"


def _check_wheels() -> None:
    made_for = WHEELS / "made-for.txt"
    if not made_for.is_file():
        raise SetUpFailed("no_wheels")
    if (bundle := made_for.read_text(encoding="utf-8").strip()) != describe_machine():
        raise SetUpFailed("other_machine", bundle=bundle, machine=describe_machine())


def _apt_install(package: str) -> bool:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for words in (["update"], ["install", "-y", package])
    )


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _python_minor() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode == 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.set_up")
    parser.add_argument("goal", nargs="?", choices=("run", "dev", "test"), default="run")
    parser.add_argument("--offline", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        make_environment()
        install(RUN_LOCK if chosen.goal == "run" else TEST_LOCK, offline=chosen.offline)
        install_assets()
        if chosen.goal == "test":
            install_browser()
    except SetUpFailed as problem:
        return fail(problem)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
