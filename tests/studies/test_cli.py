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
from studies import joined_file
from tests.mau import CODES, NAMES, middle, write_wards

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
        mock.patch("studies.progress.SLOW_S", 600.0),
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


def test_check_tells_what_is_wrong_inside_a_table(tmp_path: Path) -> None:
    odd = tmp_path / "la.csv"
    odd.write_text("ma_xa,so_vu,nam\n00001,#REF!,2022\n00002,-4,2022\n00003,5,hôm qua\n", encoding="utf-8")
    answer = json.loads(done("check", odd, "--as", "incidents", "--json"))[0]
    assert [(finding["code"], finding["seen"]) for finding in answer["findings"]] == [
        ("NotADate", "hôm qua"), ("CalendarAssumed", "2022"), ("NotANumber", "#REF!"),
        ("NegativeCount", "-4"),
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("--report", "r.txt", "r.txt"),
        ("--report", "khong-co/r.json", "khong-co"),
        ("--assign", "a.xlsx", "a.xlsx"),
        ("--assign", "khong-co/a.csv", "khong-co"),
        ("--assign-cameras", "c.doc", "c.doc"),
        ("--report", "j.csv.meta.json", "j.csv.meta.json"),
        ("--assign", "a.csv", "--incidents"),
        ("--assign-cameras", "c.csv", "--cameras"),
    ],
)
def test_every_output_is_judged_before_any_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, option: str, value: str, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    line = refused("join", "--boundaries", "chua-co.zip", "--out", "j.csv", option, value)
    assert named in line
    assert "chua-co.zip" not in line


def test_when_one_output_cannot_be_written_none_is(
    wards: Path, incidents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    before = sorted(tmp_path.iterdir())
    line = refused("join", "--boundaries", wards, "--incidents", incidents, "--out", tmp_path / "j.csv",
                   "--assign", tmp_path / "a.parquet")  # fmt: skip
    assert "Không ghi được tệp a.parquet" in line
    assert sorted(tmp_path.iterdir()) == before


def test_a_layer_that_cannot_be_written_is_a_refusal(wards: Path, incidents: Path, tmp_path: Path) -> None:
    taken = tmp_path / "j.gpkg"
    taken.mkdir()
    assert "j.gpkg" in refused("join", "--boundaries", wards, "--incidents", incidents, "--out", taken)


def test_points_crs_reaches_a_point_layer_that_does_not_say(wards: Path, tmp_path: Path) -> None:
    x, y = zip(*(middle(code) for code in CODES), strict=True)
    points = gpd.GeoDataFrame({"loai": ["a"] * 6}, geometry=gpd.points_from_xy(x, y, crs="EPSG:4326"))
    sent, out = tmp_path / "diem.shp", tmp_path / "j.csv"
    points.to_crs("EPSG:5897").to_file(sent)
    sent.with_suffix(".prj").unlink()
    asked = ("join", "--boundaries", wards, "--incidents", sent, "--out", out)
    assert "--points-crs" in refused(*asked)
    assert "đã ghép 6" in done(*asked, "--points-crs", "EPSG:5897")


def test_two_tables_of_different_versions_are_refused_though_the_boundaries_tell_none(
    wards: Path, incidents: Path, tmp_path: Path
) -> None:
    line = refused("join", "--boundaries", wards, "--incidents", incidents, "--cameras", incidents,
                   "--incidents-version", "truoc-2025", "--cameras-version", "sau-2025",
                   "--out", tmp_path / "j.csv")  # fmt: skip
    assert "thuộc bản địa giới sau-2025" in line
    assert "thuộc bản địa giới truoc-2025" in line


@pytest.mark.parametrize(
    ("kind", "header", "option"),
    [
        ("incidents", "ma_xa,trom,cuop", "--count;"),
        ("cameras", "ma_xa,trom,cuop", "--camera-count."),
        ("incidents", "a,b,c", "--key, --longitude, --latitude."),
        ("cameras", "a,b,c", "--camera-key, --camera-longitude, --camera-latitude."),
        ("population", "a,b,c", "--population-key."),
        ("population", "ma_xa,b,c", "--population-count."),
        ("status", "a,b,c", "--status-key."),
        ("status", "ma_xa,b,c", "--status-value."),
    ],
)
def test_a_refusal_names_the_option_of_its_kind_of_file(
    wards: Path, tmp_path: Path, kind: str, header: str, option: str
) -> None:
    table = tmp_path / "bang.csv"
    table.write_text(f"{header}\n00001,1,2\n", encoding="utf-8")
    line = refused("join", "--boundaries", wards, f"--{kind}", table, "--out", tmp_path / "j.csv")
    assert f"Tùy chọn của lệnh join: {option}" in line
    assert line.count("--count") == (2 if option == "--count;" else 0)


def test_layers_sheets_and_reference_systems_name_their_options(
    wards: Path, incidents: Path, tmp_path: Path
) -> None:
    layers, book, bare = tmp_path / "lop.gpkg", tmp_path / "so.xlsx", tmp_path / "ranh.shp"
    shapes = gpd.read_file(wards)
    shapes.to_file(layers, layer="a")
    shapes.to_file(layers, layer="b")
    shapes.to_file(bare)
    bare.with_suffix(".prj").unlink()
    with pd.ExcelWriter(book) as writer:
        for sheet in ("a", "b"):
            pd.read_csv(incidents, dtype=str).to_excel(writer, sheet_name=sheet, index=False)
    out = ("--out", tmp_path / "j.csv")
    assert "--layer." in refused("join", "--boundaries", layers, "--incidents", incidents, *out)
    assert "--sheet." in refused("join", "--boundaries", wards, "--incidents", book, *out)
    assert "--crs." in refused("join", "--boundaries", bare, "--incidents", incidents, *out)


def test_check_refuses_on_stderr_one_line_per_file_and_still_answers(wards: Path, tmp_path: Path) -> None:
    empty, lost = tmp_path / "trong.csv", tmp_path / "mat.csv"
    empty.write_bytes(b"")
    finished = run("check", wards, empty, lost)
    assert finished.returncode == 2
    assert [line.split(":")[0] for line in finished.stderr.splitlines()] == ["trong.csv", "mat.csv"]
    assert "đối tượng" not in finished.stderr
    assert "trong.csv" not in finished.stdout
    assert "mau.gpkg" in finished.stdout
    in_json = run("check", empty, "--json")
    assert in_json.stderr.count("\n") == 1
    assert json.loads(in_json.stdout)[0]["error"]["code"] == "UnreadableFile"


def test_a_map_heeds_what_it_knows_of_the_meta_and_refuses_a_broken_one(
    wards: Path, incidents: Path, tmp_path: Path
) -> None:
    out, picture = tmp_path / "j.parquet", tmp_path / "m.svg"
    done("join", "--boundaries", wards, "--incidents", incidents, "--out", out, "--quiet")
    beside = tmp_path / "j.parquet.meta.json"
    meta = json.loads(beside.read_text(encoding="utf-8"))
    meta["boundary_source"]["later"] = meta["sources"][0]["later"] = 1
    beside.write_text(json.dumps(meta), encoding="utf-8")
    drawing = ("map", "--joined", out, "--indicator", "n_incidents", "--out", picture)
    done(*drawing)
    beside.write_text(json.dumps(meta | {"sources": ["x"]}), encoding="utf-8")
    assert "j.parquet.meta.json" in refused(*drawing)


def test_ward_codes_that_could_start_a_formula_survive_the_csv(tmp_path: Path) -> None:
    shapes = gpd.read_file(write_wards(tmp_path))
    shapes["MA_XA"] = ["-1", "+2", "=3", "@4", "'-5", "6"]
    sent, counts, out = tmp_path / "ranh.gpkg", tmp_path / "vu.csv", tmp_path / "j.csv"
    shapes.to_file(sent)
    counts.write_text("ma_xa,so_vu\n-1,4\n", encoding="utf-8")
    done("join", "--boundaries", sent, "--incidents", counts, "--out", out, "--quiet")
    assert "\n'-1," in out.read_text(encoding="utf-8-sig")
    done("map", "--joined", out, "--boundaries", sent, "--indicator", "n_incidents", "--out",
         tmp_path / "m.svg")  # fmt: skip


def test_what_is_no_finite_number_is_null_in_json() -> None:
    answer = {"n": float("inf"), "rows": [float("nan"), 1.5, 2], "name": "Một"}
    assert json.loads(joined_file.to_json(answer)) == {"n": None, "rows": [None, 1.5, 2], "name": "Một"}
