"""Set-up says what is missing in one line, does nothing twice, and locks what it installs."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit import config as streamlit_config

from tools import assets, set_up
from tools.wording import ROOT, SetUpFailed, put_in_words

LOCKS = (
    "requirements.txt", "requirements-dev.txt", "bench/requirements.txt", "tools/requirements-node.txt",
)  # fmt: skip
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+?))?(?: \\)?$", re.MULTILINE)


def refuse_commands(*command: object, **options: object) -> None:
    raise AssertionError(f"nothing should run, but this did: {command}")


def read_pins(lock: str) -> set[tuple[str, str, str]]:
    return set(PINNED.findall((ROOT / lock).read_text(encoding="utf-8")))


def test_a_python_without_venv_gets_one_line_that_names_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "VENV_PYTHON", tmp_path / "missing")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert set_up.main(["run"]) == 2
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert capsys.readouterr().err.splitlines() == [
        f"Python {minor} thiếu mô-đun venv. Cài gói Debian python{minor}-venv "
        "(apt-get install python3-venv), rồi chạy lại."
    ]


def test_packages_are_installed_once_per_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(set_up, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(set_up, "_succeeds", lambda command: not ran.append(command))  # type: ignore[func-returns-value]

    set_up.install(set_up.TEST_LOCK)
    set_up.install(set_up.TEST_LOCK)
    set_up.install(set_up.RUN_LOCK)

    assert [command[-1] for command in ran] == [str(set_up.TEST_LOCK)]


def test_a_failed_install_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(set_up, "_succeeds", lambda command: False)

    for _ in range(2):
        with pytest.raises(SetUpFailed, match="packages"):
            set_up.install(set_up.RUN_LOCK)


def test_an_offline_bundle_for_another_machine_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made-for.txt").write_text("windows-amd64-py3.12\n", encoding="utf-8")
    monkeypatch.setattr(set_up, "WHEELS", tmp_path)
    monkeypatch.setattr(set_up, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(set_up, "describe_machine", lambda: "linux-x86_64-py3.11")

    with pytest.raises(SetUpFailed) as caught:
        set_up.install(set_up.RUN_LOCK, offline=True)
    assert put_in_words(caught.value) == (
        "Gói ngoại tuyến này làm cho windows-amd64-py3.12, còn máy này là linux-x86_64-py3.11. "
        "Làm lại gói bằng make bundle trên máy cùng loại."
    )


def test_front_end_files_in_place_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assets.ensure_assets()
    monkeypatch.setattr(subprocess, "run", refuse_commands)

    assets.ensure_assets()


def test_missing_front_end_files_that_cannot_be_had_are_an_error_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in assets.NPM_FILES:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(assets, "_succeeds", lambda *command: False)

    with pytest.raises(SetUpFailed) as caught:
        assets.ensure_assets(tmp_path)
    assert put_in_words(caught.value).endswith("Khi có mạng, chạy: python -m tools.assets")
    assert not (tmp_path / "static" / "vendor" / "stamp.txt").exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sentence_of_set_up_is_written(language: str) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tools").glob("*.py"))
    texts = tomllib.loads((ROOT / "i18n" / language / "setup.toml").read_text(encoding="utf-8"))

    assert set(re.findall(r'SetUpFailed\(\s*"(\w+)"', source)) <= set(texts["error"]["SetUpFailed"])
    assert set(re.findall(r'say\(\s*"(\w+)"', source)) <= set(texts["setup"])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)[1:]

    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert text.splitlines()[1] == "#    make lock"


def test_the_tests_lock_holds_the_whole_run_time_lock() -> None:
    assert len(read_pins("requirements.txt")) > 50
    assert read_pins("requirements.txt") - read_pins("requirements-dev.txt") == set()


def test_front_end_packages_are_pinned_exactly_with_integrity_and_no_address() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    locked = {name: entry for name, entry in json.loads(lock)["packages"].items() if name}

    assert {name.removeprefix("node_modules/"): entry["version"] for name, entry in locked.items()} == wanted
    assert all(entry["integrity"].startswith("sha512-") for entry in locked.values())
    assert "resolved" not in lock
    assert "://" not in lock


def list_options(table: dict[str, object], section: str) -> list[str]:
    names: list[str] = []
    for name, value in table.items():
        key = f"{section}.{name}"
        names += list_options(value, key) if isinstance(value, dict) else [key]
    return names


def test_streamlit_knows_every_option_that_is_set() -> None:
    chosen = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = set(streamlit_config.get_config_options())

    assert [
        key for section in chosen for key in list_options(chosen[section], section) if key not in known
    ] == []


def test_the_dashboard_listens_on_this_machine_only_and_sends_no_statistics() -> None:
    chosen = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))

    assert chosen["server"]["address"] == "127.0.0.1"
    assert chosen["browser"]["gatherUsageStats"] is False


def test_every_font_of_the_theme_is_put_in_place_by_set_up() -> None:
    chosen = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    urls = [face["url"] for face in chosen["theme"]["fontFaces"]]

    assert [url for url in urls if url.removeprefix("app/static/vendor/") not in assets.FILES] == []


def test_make_alone_prints_the_menu() -> None:
    menu = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"make ([a-z-]+) ", menu) == [
        *("setup", "run", "test", "check", "format", "bench", "lock", "assets", "bundle", "install-offline"),
        "clean",
    ]


def test_a_run_without_the_real_files_says_so_in_its_last_lines(tmp_path: Path) -> None:
    tests = tmp_path / "project" / "tests"
    (tests / "store").mkdir(parents=True)
    for name in ("conftest.py", "store/cluster.py"):
        (tests / name).write_bytes((ROOT / "tests" / name).read_bytes())
    (tests / "test_both.py").write_text(
        "import pytest\n@pytest.mark.real_data\ndef test_real(): assert False\ndef test_own(): pass\n"
        "@pytest.mark.postgresql\ndef test_server(): assert False\n",
        encoding="utf-8",
    )
    (tmp_path / "project" / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n    real_data: x\n    postgresql: x\npythonpath = .\n"
        "addopts = --import-mode=importlib\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = os.environ | {"DIABAN_TEST_POSTGRESQL": "no"}
    ran = subprocess.run(
        command, cwd=tmp_path / "project", env=environment, capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines()[-3:-1] == [
        "real_data: 1 tests did NOT run: ../shared/data is not there",
        "postgresql: 1 tests did NOT run: DIABAN_TEST_POSTGRESQL=no",
    ]
    assert ran.stdout.splitlines()[-1].startswith("1 passed, 2 deselected")
