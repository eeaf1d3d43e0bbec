"""The command line as a clerk uses it: files in, files out, and one calm line when it cannot."""

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

import cli
from tests.mau import CODES, NAMES, write_wards

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "data" / "sample"
CAN_THO = ROOT / "data" / "boundaries" / "can_tho_2024.zip"


@dataclass
class Finished:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: object) -> Finished:
    """The command line in this process: what it said and how it ended."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["cli.py", *map(str, arguments)]),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
        pytest.raises(SystemExit) as stopped,
    ):
        cli.main()
    return Finished(int(stopped.value.code or 0), said.getvalue(), complained.getvalue())


def done(*arguments: object) -> str:
    finished = run(*arguments)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def refused(*arguments: object) -> str:
    finished = run(*arguments)
    assert finished.returncode == 2, finished.stdout + finished.stderr
    assert finished.stderr.count("\n") == 1
    assert "Traceback" not in finished.stderr
    return finished.stderr


@pytest.fixture
def wards(tmp_path: Path) -> Path:
    return write_wards(tmp_path)


@pytest.fixture
def incidents(tmp_path: Path) -> Path:
    path = tmp_path / "vu.csv"
    rows = [f"{code},{name},{n}" for code, name, n in zip(CODES, NAMES, (3, 0, 5, 7, 11, 13), strict=True)]
    path.write_text("ma_xa,ten_xa,so_vu\n" + "\n".join([*rows, ",Phường Lạ,4"]) + "\n", encoding="utf-8")
    return path


def test_join_writes_the_table_the_report_and_the_assignment(
    wards: Path, incidents: Path, tmp_path: Path
) -> None:
    out, report, assign = tmp_path / "j.gpkg", tmp_path / "r.json", tmp_path / "a.parquet"
    said = done("join", "--boundaries", wards, "--incidents", incidents, "--out", out, "--report", report,
                "--assign", assign)  # fmt: skip
    assert "nhận 43 vụ = đã ghép 39 + không tìm thấy địa bàn 4" in said
    table = gpd.read_file(out)
    assert table["ward_code"].tolist() == list(CODES)
    assert table["n_incidents"].tolist() == [3, 0, 5, 7, 11, 13]
    assert list(table.columns) == [
        "ward_code", "ward_name", "parent", "population", "area_km2", "n_incidents", "incidents_per_10k",
        "incidents_per_km2", "hotspot_level", "geometry",
    ]  # fmt: skip
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["wards"] == 6
    assert told["incidents"] == {
        "given": 43, "joined": 39, "ambiguous": 0, "unmatched": 4, "outside": 0, "no_location": 0,
        "rows": {"given": 7, "joined": 6, "ambiguous": 0, "unmatched": 1, "outside": 0, "no_location": 0},
        "not_selected": 0, "thereof": {"edge": 0, "nearest": 0},
    }  # fmt: skip
    assert told["guessed"]["incidents"] == {"key": "ma_xa", "name": "ten_xa", "count": "so_vu"}
    assert {finding["code"] for finding in told["findings"]} == {"VersionUnknown", "UnmatchedKey"}
    placed = pd.read_parquet(assign)
    assert placed["row"].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert placed["ward_code"].tolist()[:6] == list(CODES)
    assert placed["method"].tolist() == ["code"] * 6 + ["none"]
    assert placed["ward_code"].isna().tolist() == [False] * 6 + [True]


@pytest.mark.parametrize("ending", ["parquet", "geojson", "csv", "xlsx"])
def test_every_output_kind_is_read_back_for_a_map(
    wards: Path, incidents: Path, tmp_path: Path, ending: str
) -> None:
    out, picture = tmp_path / f"j.{ending}", tmp_path / "m.svg"
    done("join", "--boundaries", wards, "--incidents", incidents, "--out", out, "--quiet")
    outlines = ("--boundaries", wards) if ending in ("csv", "xlsx") else ()
    done("map", "--joined", out, *outlines, "--indicator", "n_incidents", "--out", picture)
    assert picture.read_text(encoding="utf-8").startswith("<?xml")


def test_the_bundled_example_is_told_as_illustrative_by_the_map_itself(tmp_path: Path) -> None:
    out, page = tmp_path / "j.parquet", tmp_path / "m.html"
    sent = SAMPLE / "incidents_2019_2022.csv"
    periods = ("--period", "2022", "--previous", "2021")
    done("join", "--boundaries", CAN_THO, "--incidents", sent, *periods, "--out", out, "--quiet")
    meta = json.loads((tmp_path / "j.parquet.meta.json").read_text(encoding="utf-8"))
    assert (meta["version"], meta["illustrative"], meta["schematic"]) == (
        "can-tho-truoc-2024-10-31",
        True,
        True,
    )
    done("map", "--joined", out, "--indicator", "incidents_z", "--out", page)
    assert "DỮ LIỆU MINH HỌA – RANH GIỚI SƠ ĐỒ, không có giá trị pháp lý" in page.read_text(encoding="utf-8")


def test_check_says_what_each_file_is_and_writes_nothing(
    wards: Path, incidents: Path, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    answers = json.loads(done("check", wards, incidents, "--json"))
    assert [answer["shape"] for answer in answers] == ["wards", "table"]
    assert answers[0]["serves"] == {
        "boundaries": {"code": "MA_XA", "name": "TEN_XA", "parent": "TEN_HUYEN", "population": "DAN_SO"}
    }
    assert answers[1]["serves"]["incidents"] == {"key": "ma_xa", "name": "ten_xa", "count": "so_vu"}
    assert "population" in answers[1]["refused"]
    assert sorted(tmp_path.iterdir()) == before


def test_refusals_are_one_line_that_names_the_file_and_leave_nothing_behind(
    wards: Path, tmp_path: Path
) -> None:
    wide = tmp_path / "ngang.csv"
    wide.write_text("ma_xa,trom_cap,cuop_giat\n00001,1,2\n", encoding="utf-8")
    out = tmp_path / "j.gpkg"
    line = refused("join", "--boundaries", wards, "--incidents", wide, "--out", out)
    assert "ngang.csv" in line
    assert "trom_cap, cuop_giat" in line
    assert not list(tmp_path.glob("*j*gpkg*"))


def test_different_boundary_versions_are_refused(wards: Path, incidents: Path, tmp_path: Path) -> None:
    line = refused("join", "--boundaries", wards, "--version", "2024", "--incidents", incidents,
                   "--incidents-version", "2025", "--out", tmp_path / "j.csv")  # fmt: skip
    assert "2025" in line
    assert "2024" in line


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("join", "--boundaries", "khong-co.zip", "--out", "j.csv"), "khong-co.zip"),
        (("join", "--boundaries", "x.zip", "--out", "j.doc"), "j.doc"),
        (
            ("map", "--joined", "khong-co.gpkg", "--indicator", "n_incidents", "--out", "m.png"),
            "khong-co.gpkg",
        ),
        (("map", "--joined", "j.gpkg", "--indicator", "n_incidents", "--out", "m.bmp"), "m.bmp"),
        (("check", "--as", "camera", "x.csv"), "camera"),
        (("join", "--out", "j.csv"), "--boundaries"),
        (("join", "--boundaries", "x.zip", "--out", "j.csv", "--period", "quý 1"), "quý 1"),
    ],
)
def test_usage_errors_are_one_line(arguments: tuple[str, ...], named: str) -> None:
    assert named in refused(*arguments)


def test_a_bug_is_loud_and_exits_with_one(tmp_path: Path) -> None:
    arguments = ["map", "--joined", "x.gpkg", "--indicator", "n_incidents", "--out", str(tmp_path / "m.png")]
    broken = "import cli, studies.drawing as d; d.draw_file = None; cli.main()"
    finished = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.argv = ['cli.py', *{arguments!r}]; {broken}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 1
    assert "TypeError" in finished.stderr


def test_names_from_data_never_become_formulas(tmp_path: Path) -> None:
    wards = gpd.read_file(write_wards(tmp_path))
    wards.loc[0, "TEN_XA"] = "=1+1"
    hostile = tmp_path / "ranh.gpkg"
    wards.to_file(hostile)
    counts = tmp_path / "vu.csv"
    counts.write_text("ma_xa,so_vu\n00001,1\n", encoding="utf-8")
    for ending in ("csv", "xlsx"):
        done(
            "join",
            "--boundaries",
            hostile,
            "--incidents",
            counts,
            "--out",
            tmp_path / f"j.{ending}",
            "--quiet",
        )
    assert "'=1+1" in (tmp_path / "j.csv").read_text(encoding="utf-8-sig")
    cell = openpyxl.load_workbook(tmp_path / "j.xlsx").active["B2"]  # type: ignore[index]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
