"""What the documents say is so: pages, commands, paths and examples are tried, not trusted."""

import re
import shutil
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from typer.main import get_command

import cli
from geo.indicators import MAPPED
from i18n.messages import load_words
from tests.documents import DATA, EVERY, FENCE, README, ROOT, read_commands, read_fences, save_examples
from tools.take_pictures import SHOTS
from tools.write_indicators import PAGE, make_page

MADE_BY_RUNNING = ("var/", "dist/", "static/", "wheels/", ".venv/")
LINK = re.compile(r"\]\(([^)#]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]*(?:/[\w.-]+)+/?|[\w-]+\.(?:py|md|toml|txt|bat|sh)")
N_QUOTED = {README: 20, DATA: 15}
TWO_EXAMPLES = {
    "phuong.csv": {"31117": 12, "31150": 9, "31306": 0},
    "ngang.csv": {"31117": 21, "31150": 18},
}


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Exit code of the command line, run here with these arguments."""
    monkeypatch.setattr(sys, "argv", ["cli.py", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    return int(stopped.value.code or 0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the project's, with a store of its own."""
    (tmp_path / "data").symlink_to(ROOT / "data", target_is_directory=True)
    monkeypatch.setenv("DIABAN_DATABASE", f"sqlite:///{tmp_path}/kho.sqlite")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_commands(
    path: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> set[str]:
    """Run every command of a document; every line that it quotes must be said. The arguments given."""
    said, given = "", set[str]()
    for program, *arguments in read_commands(path):
        if program == "mkdir":
            (desk / arguments[-1]).mkdir(exist_ok=True)
            continue
        if program == "cp":
            shutil.copy(desk / arguments[0], desk / arguments[1])
            continue
        assert (program, arguments[0]) == ("python", "cli.py")
        assert run(arguments[1:], monkeypatch) == 0, capsys.readouterr().err
        said += capsys.readouterr().out
        given |= set(arguments)
    quoted = [line for _, text in read_fences(path, "text") for line in text.splitlines()]
    assert len(quoted) == N_QUOTED[path]
    assert [line for line in quoted if line not in said.splitlines()] == []
    return given


@pytest.mark.slow
def test_every_command_of_the_readme_runs_and_says_what_the_readme_quotes(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = save_examples(README, desk)
    assert examples <= run_commands(README, desk, monkeypatch, capsys)
    for file, expected in TWO_EXAMPLES.items():
        counts = pd.read_csv(desk / "var" / file, dtype={"ward_code": str}).set_index("ward_code")[
            "n_incidents"
        ]
        assert counts.dropna().to_dict() == expected
    points = gpd.read_file(desk / "var" / "diem.geojson")["n_incidents"]
    assert (points.sum(), points.isna().sum()) == (2, 0)
    status = pd.read_csv(desk / "var" / "tinh_trang.csv")["status"].value_counts()
    assert status.to_dict() == {"khong_thuoc_dien": 81, "dang_chuyen_hoa": 2}


@pytest.mark.slow
def test_every_command_on_preparing_data_runs_and_says_what_is_quoted(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_examples(DATA, desk)
    run_commands(DATA, desk, monkeypatch, capsys)
    cleared_apart = pd.read_csv(desk / "var" / "thang_9.csv", dtype={"ward_code": str}).set_index("ward_code")
    assert cleared_apart["n_incidents"].dropna().to_dict() == {"31117": 4, "31150": 10}
    by_hand = pd.read_csv(desk / "var" / "quy_1.csv", dtype={"ward_code": str}).set_index("ward_code")
    assert by_hand["n_incidents"].dropna().to_dict() == {"31117": 11, "31120": 9, "31306": 4}


def test_a_wide_table_without_its_meanings_is_refused(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    save_examples(README, desk)
    wards = "data/boundaries/can_tho_2024.zip"
    assert (
        run(
            ["join", "--boundaries", wards, "--incidents", "vu_bang_ngang.csv", "--out", "x.csv"], monkeypatch
        )
        == 2
    )
    assert "trom_2021, trom_2022, danh_bac_2022" in capsys.readouterr().err


def test_the_page_of_indicators_is_what_the_records_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == make_page(load_words("vi"))


def test_the_help_of_map_names_every_mapped_indicator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["map", "--help"], monkeypatch) == 0
    shown = capsys.readouterr().out.split()
    assert [key for key in MAPPED if not any(word.strip("[].,") == key for word in shown)] == []


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_command_and_option_that_a_document_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = get_command(cli.app).commands  # type: ignore[attr-defined]
    below = [one for command in commands.values() for one in getattr(command, "commands", {}).values()]
    every = (*commands.values(), *below)
    options = {name for command in every for param in command.params for name in param.opts}
    spans = [span for span in CODE.findall(text) if span.startswith("make ")]
    spans += [line for line in text.splitlines() if line.startswith("make ")]
    assert {span.split()[1] for span in spans} <= targets
    assert set(re.findall(r"cli\.py ([a-z]+)", text)) <= set(commands)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= {*options, "--help"}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_every_path_that_a_document_names_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    linked = [path.parent / target for target in LINK.findall(text)]
    outside_fences = FENCE.sub("", text)
    named = [span for span in CODE.findall(outside_fences) if PATH.fullmatch(span)]
    missing = [str(target) for target in linked if not target.exists()]
    missing += [name for name in named if not name.startswith(MADE_BY_RUNNING) and not (ROOT / name).exists()]
    assert missing == []


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.name)
def test_no_document_names_another_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+", text) == []
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp|usr)/\S*", text) == []


def test_every_picture_is_small_made_by_the_tool_and_shown() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert max(sizes.values()) < 250_000
    assert set(sizes) == {f"{name}.png" for name in SHOTS}
    shown = {Path(target).name for path in EVERY for target in LINK.findall(path.read_text(encoding="utf-8"))}
    assert set(sizes) - shown == set()
