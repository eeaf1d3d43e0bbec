"""From files to proposed camera places, as the command line gives them and as a page would ask for them."""

import json
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from errors import BadOption, NoData
from geo.question import EVERY_CRIME
from i18n.messages import LANGUAGES, load_words
from studies.joined_file import FORMATS
from studies.siting import CandidateSource, lay_grid, parse_candidates, plan_sites, take_junctions
from studies.ward_table import BoundaryFile, TableFile, join_file, load_wards
from tests.mau import write_wards
from tests.studies.test_cli import CAN_THO, SAMPLE, done, refused

MARKET, SCHOOL = (105.0045, 10.0045), (105.0145, 10.0045)
COLUMNS = ["number", "longitude", "latitude", "name", "ward_code", "ward_name", "gain", "cumulative"]
EXPECTED = [
    [1, *SCHOOL, "Trường", "00002", "Phường Hòa Bình", 3, 3],
    [2, *MARKET, "Chợ", "00001", "Phường Một", 2, 5],
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Five incidents at two spots and one that a working camera sees; four places to choose from."""
    write_wards(tmp_path)
    spots = [MARKET] * 2 + [SCHOOL] * 3 + [(105.0245, 10.0145)]
    lines = [f"{x},{y},0{n + 1}/03/2022" for n, (x, y) in enumerate(spots)]
    (tmp_path / "vu.csv").write_text("\n".join(["kinh_do,vi_do,ngay", *lines]) + "\n", encoding="utf-8")
    camera = "kinh_do,vi_do,trang_thai\n105.0245,10.0145,hoạt động\n"
    (tmp_path / "camera.csv").write_text(camera, encoding="utf-8")
    rows = [f"Chợ,{MARKET[0]},{MARKET[1]}", f"Trường,{SCHOOL[0]},{SCHOOL[1]}", "Bến,105.0245,10.0145"]
    (tmp_path / "met.csv").write_text("kinh_do,vi_do\n500000,1105700\n", encoding="utf-8")
    (tmp_path / "trong.csv").write_text("kinh_do,vi_do\n", encoding="utf-8")
    (tmp_path / "khong_vi_tri.csv").write_text("kinh_do,vi_do,ngay\n,,01/03/2022\n", encoding="utf-8")
    (tmp_path / "noi.csv").write_text("\n".join(["ten,kinh_do,vi_do", *rows]) + "\n", encoding="utf-8")
    return tmp_path


def ask(desk: Path, *more: object, out: str = "de_xuat.csv", k: int = 2) -> tuple[object, ...]:
    files = (
        "--boundaries",
        desk / "mau.gpkg",
        "--cameras",
        desk / "camera.csv",
        "--incidents",
        desk / "vu.csv",
    )
    return ("siting", *files, "-k", k, "--out", desk / out, *more)


def read(path: Path) -> pd.DataFrame:
    if path.suffix == ".xlsx":
        return pd.read_excel(path, dtype={"ward_code": str}, engine="openpyxl")
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype={"ward_code": str})
    layer = gpd.read_parquet(path) if path.suffix == ".parquet" else gpd.read_file(path)
    assert shapely.get_coordinates(layer.geometry.to_numpy()).tolist() == [[*SCHOOL], [*MARKET]]
    return pd.DataFrame(layer.drop(columns="geometry"))


@pytest.mark.parametrize("ending", FORMATS)
def test_every_ending_holds_the_same_places_and_says_that_it_is_internal(desk: Path, ending: str) -> None:
    said = done(*ask(desk, "--candidates", f"list:{desk / 'noi.csv'}", out=f"de_xuat{ending}"))
    table = read(desk / f"de_xuat{ending}")
    assert list(table.columns) == COLUMNS
    assert table.to_numpy().tolist() == EXPECTED
    lines = said.splitlines()
    assert lines[:5] == [
        f"Đã ghi de_xuat{ending}: 2 vị trí đề xuất đặt camera.",
        "2 vị trí này quan sát thêm 5 trong 5 vụ việc hiện ở ngoài vùng quan sát (100,0 %), bán kính 50 m.",
        "Đã chứng minh: không cách chọn nào trong các vị trí ứng viên quan sát được nhiều vụ hơn.",
        "  1. Trường, Phường Hòa Bình: thêm 3 vụ, cộng dồn 3",
        "  2. Chợ, Phường Một: thêm 2 vụ, cộng dồn 5",
    ]
    assert "NỘI BỘ: tệp này cho biết vị trí cụ thể, không được chia sẻ ra ngoài." in lines
    assert any("độ phủ camera không phải kết quả phòng ngừa" in line for line in lines)
    assert not list(desk.glob(".*"))


def test_the_meta_says_what_the_places_rest_on(desk: Path) -> None:
    done(*ask(desk, "--candidates", f"list:{desk / 'noi.csv'}", "--period", "2022", "--version", "v1"))
    meta = json.loads((desk / "de_xuat.csv.meta.json").read_text(encoding="utf-8"))
    assert meta["internal"] is True
    assert "Church" in meta["formula"]
    told = ("seed", "method", "gap_pct", "k", "radius_m", "n_located", "n_demand", "n_covered", "version")
    assert [meta[key] for key in told] == [None, "optimal", 0.0, 2, 50.0, 6.0, 5.0, 5.0, "v1"]
    assert meta["period"] == {"start": "2022-01-01", "end": "2022-12-31"}
    assert [source["file"] for source in meta["sources"]] == ["vu.csv", "camera.csv", "noi.csv"]
    assert all(len(source["sha256"]) == 64 for source in meta["sources"])
    assert meta["candidates"] == {
        "origin": "list", "step_m": None, "given": 3, "outside": 0, "idle": 1, "merged": 0, "dominated": 0,
        "used": 2,
    }  # fmt: skip
    assert [row["n_covered"] for row in meta["curve"]] == [3.0, 5.0]


def test_the_workbook_says_on_a_sheet_of_its_own_that_it_is_internal(desk: Path) -> None:
    done(*ask(desk, "--candidates", f"list:{desk / 'noi.csv'}", out="de_xuat.xlsx"))
    notes = openpyxl.load_workbook(desk / "de_xuat.xlsx")["notes"]
    assert load_words("vi")("siting.internal") in [cell.value for cell in notes["B"]]


def test_without_candidates_a_grid_is_laid_and_with_roads_their_junctions_are_taken(desk: Path) -> None:
    done(*ask(desk, "--radius", "100", k=1))
    assert read(desk / "de_xuat.csv")["gain"].tolist() == [3]
    meta = json.loads((desk / "de_xuat.csv.meta.json").read_text(encoding="utf-8"))
    assert (meta["candidates"]["origin"], meta["candidates"]["step_m"]) == ("grid", 25.0)
    ways = [[(105.0, 10.0), SCHOOL], [SCHOOL, (105.02, 10.0)], [SCHOOL, (105.0145, 10.0)]]
    roads = gpd.GeoDataFrame(geometry=[shapely.LineString(way) for way in ways], crs="EPSG:4326")
    roads.to_file(desk / "duong.geojson", engine="pyogrio")
    done(*ask(desk, "--candidates", f"roads:{desk / 'duong.geojson'}", k=1))
    table = read(desk / "de_xuat.csv")
    assert table[["longitude", "latitude", "gain"]].round(6).to_numpy().tolist() == [[*SCHOOL, 3]]


def test_within_a_ward_and_of_one_category_only_those_count(desk: Path) -> None:
    listed = ("--candidates", f"list:{desk / 'noi.csv'}")
    said = done(*ask(desk, *listed, "--within", "00001"))
    assert read(desk / "de_xuat.csv")["name"].tolist() == ["Chợ"]
    assert "Chỉ 1 trong 2 vị trí được đề xuất" in said
    said = done(*ask(desk, *listed, "--lang", "en"))
    assert "INTERNAL: this file shows exact places and must not be shared." in said


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--candidates", "duong.shp"), "duong.shp"),
        (("--candidates", "grid:x"), "grid:x"),
        (("--candidates", "roads:mat.gpkg"), "mat.gpkg"),
        (("--candidates", "grid:0"), "Cạnh ô lưới 0"),
        (("--within", "77777"), "77777"),
        (("--period", "1999"), "không chọn được nơi đặt camera"),
        (("--group", "la"), "la"),
        (("--candidates", "list:{desk}/camera.csv"), "1 vị trí"),
        (("--candidates", "grid:9000", "--radius", "1"), "0 vị trí"),
        (("--candidates", "list:{desk}/mau.gpkg"), "mau.gpkg"),
        (("--candidates", "list:{desk}/met.csv"), "--candidates-crs"),
        (("--candidates", "list:{desk}/trong.csv"), "trong.csv"),
        (("-k", "1000001"), "1.000.001, quá giới hạn 1.000 một lần"),
        (("--radius", "inf"), "Bán kính quan sát ∞"),
        (("--incidents", "{desk}/khong_vi_tri.csv"), "Không dòng nào trong 1 dòng"),
    ],
)
def test_refusals_are_one_line_and_leave_no_file(desk: Path, more: tuple[str, ...], named: str) -> None:
    line = refused(*ask(desk, *(part.format(desk=desk) for part in more)))
    assert named in line
    assert not list(desk.glob("*de_xuat*"))


def test_the_answer_never_lands_on_what_is_read(desk: Path) -> None:
    before = (desk / "noi.csv").read_bytes()
    assert "noi.csv" in refused(*ask(desk, "--candidates", f"list:{desk / 'noi.csv'}", out="noi.csv"))
    assert (desk / "noi.csv").read_bytes() == before


def test_a_reference_system_that_only_a_person_knows_is_asked_for_by_its_option(desk: Path) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.LineString([(585_000, 1_110_000), (586_000, 1_110_000)])])
    frame.to_parquet(desk / "duong.parquet")
    line = refused(*ask(desk, "--candidates", f"roads:{desk / 'duong.parquet'}"))
    assert "Tùy chọn của lệnh siting: --candidates-crs." in line


def test_candidates_are_told_by_kind_and_file_or_step() -> None:
    assert parse_candidates("grid:25") == CandidateSource("grid", step_m=25.0)
    roads = parse_candidates("roads:a:b.gpkg", layer="duong", crs="EPSG:5897")
    assert roads == CandidateSource("roads", Path("a:b.gpkg"), layer="duong", crs="EPSG:5897")
    with pytest.raises(BadOption, match="site_candidates"):
        parse_candidates("list:")


def test_a_page_asks_with_what_it_holds(desk: Path) -> None:
    wards = load_wards(BoundaryFile(desk / "mau.gpkg"), desk).wards
    incidents, cameras = (
        join_file(wards, TableFile(desk / name, kind)).joined  # type: ignore[arg-type]
        for name, kind in (("vu.csv", "incidents"), ("camera.csv", "cameras"))
    )
    grid = lay_grid(wards, [incidents], radius_m=100.0)
    siting = plan_sites(
        wards, [incidents], [cameras], None, EVERY_CRIME, k=2, radius_m=100.0, candidates=grid
    )
    assert siting.sites["gain"].tolist() == [3.0, 2.0]
    default = plan_sites(wards, [incidents], [cameras], None, EVERY_CRIME, k=2, radius_m=100.0)
    pd.testing.assert_frame_equal(default.sites, siting.sites)
    nowhere = lay_grid(wards, [], radius_m=100.0)
    assert len(nowhere.frame) == 0
    ways = [[MARKET, (105.0, 10.0)], [MARKET, (105.0, 10.01)], [MARKET, (105.01, 10.0)]]
    lines = gpd.GeoDataFrame(geometry=[shapely.LineString(way) for way in ways], crs="EPSG:4326")
    found = take_junctions(lines).frame
    with pytest.raises(NoData, match="siting_junctions"):
        take_junctions(lines[:2])
    assert found[["longitude", "latitude"]].round(7).to_numpy().tolist() == [list(MARKET)]


def test_a_long_answer_names_its_first_places_and_counts_the_others(desk: Path) -> None:
    spots = [(105.0005 + 0.001 * place, 10.0095) for place in range(9)]
    spots += [(105.0105 + 0.001 * place, 10.0095) for place in range(14)]
    rows = [f"{x:.4f},{y},01/03/2022" for x, y in spots]
    (desk / "vu.csv").write_text("\n".join(["kinh_do,vi_do,ngay", *rows]) + "\n", encoding="utf-8")
    said = done(*ask(desk, "--radius", "20", k=30)).splitlines()
    assert "Đã ghi de_xuat.csv: 23 vị trí đề xuất đặt camera." in said
    assert sum("thêm 1 vụ, cộng dồn" in line for line in said) == 20
    assert "  … và 3 vị trí nữa, trong tệp" in said
    assert len(read(desk / "de_xuat.csv")) == 23


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_choosing_has_its_words(language: str) -> None:
    words = load_words(language)
    said = {
        words(f"siting.{method}", gap="2,5", bound=12.0) for method in ("optimal", "within_gap", "greedy")
    }
    assert len(said) == 3
    assert sum("12" in text for text in said) == 2


def test_the_bundled_example_is_planned_to_the_proven_best(tmp_path: Path) -> None:
    out = tmp_path / "de_xuat.csv"
    done("siting", "--boundaries", CAN_THO, "--cameras", SAMPLE / "camera_points_2022.csv", "--incidents",
         SAMPLE / "incident_points_2022.csv", "-k", 10, "--radius", 50, "--out", out)  # fmt: skip
    meta = json.loads((tmp_path / "de_xuat.csv.meta.json").read_text(encoding="utf-8"))
    assert (meta["method"], meta["gap_pct"], meta["illustrative"]) == ("optimal", 0.0, True)
    table = pd.read_csv(out)
    assert table["gain"].sum() == table["cumulative"].iloc[-1] == meta["n_covered"] == 30
