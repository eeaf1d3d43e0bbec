"""The example's tables: facts where a source is named, everything else marked as made up, row by row."""

import subprocess
import sys
import tomllib
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyproj
import pytest

from geo.crs import to_degrees

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample"
TABLES = (
    "camera_points_2022.csv",
    "cameras_2022.csv",
    "cameras_2025.csv",
    "incident_points_2022.csv",
    "incidents_2019_2022.csv",
    "incidents_2025_q3.csv",
    "population_2019.csv",
    "status_2022.csv",
    "status_2025.csv",
)
PLAN_2022 = {"31150", "31177", "31192", "31159", "31207", "31306", "31268", "31225", "31252"}
SILENT_2022 = {"31244", "31274", "31297"}


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(SAMPLE / name, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def wards() -> gpd.GeoDataFrame:
    return to_degrees(gpd.read_file(DATA / "boundaries" / "can_tho_2024.zip"), pyproj.CRS("EPSG:5897"))


@pytest.fixture(scope="module")
def incidents() -> pd.DataFrame:
    table = read("incidents_2019_2022.csv")
    return table.assign(n=table["so_vu"].astype(int), year=table["thang"].str[:4])


def count_points(name: str, wards: gpd.GeoDataFrame) -> tuple[dict[str, int], int, int]:
    """(points per ward, points outside, rows without a place)"""
    table = read(name)
    nowhere = table["longitude"].isin(["", "0"]) & table["latitude"].isin(["", "0"])
    placed = table[~nowhere].astype({"longitude": float, "latitude": float})
    shapes = gpd.points_from_xy(placed["longitude"], placed["latitude"], crs=4326)
    hits = gpd.sjoin(gpd.GeoDataFrame(geometry=shapes), wards[["MA_XA", "geometry"]], predicate="within")
    per_ward = {str(code): int(n) for code, n in hits["MA_XA"].value_counts().items()}
    return per_ward, len(placed) - len(hits), int(nowhere.sum())


def test_the_nine_areas_of_the_2022_plan_are_the_only_real_statuses() -> None:
    table = read("status_2022.csv")
    real = table[table["minh_hoa"] == "không"]
    assert set(real["ma_xa"]) == PLAN_2022
    assert len(real) == 9
    assert real["quan_huyen"].nunique() == 9
    assert set(real["nam"]) == {"2022"}
    assert set(real["tinh_trang"]) == {"đang chuyển hóa"}
    assert set(real["nguon"]) == {
        "Kế hoạch của Ban Chỉ đạo 138 thành phố Cần Thơ ngày 11/02/2022, theo báo PLO"
    }
    rest = table[table["minh_hoa"] != "không"]
    assert set(rest["minh_hoa"]) == {"có"}
    assert set(rest["nguon"]) == {"minh họa"}


def test_every_status_occurs_in_2022_and_three_wards_are_unknown(wards: gpd.GeoDataFrame) -> None:
    now = read("status_2022.csv").query("nam == '2022'")
    assert now["ma_xa"].is_unique
    assert set(wards["MA_XA"]) - set(now["ma_xa"]) == SILENT_2022
    assert now["tinh_trang"].value_counts().to_dict() == {
        "không thuộc diện": 51,
        "đang chuyển hóa": 9,
        "duy trì": 5,
        "chuyển hóa thành công": 4,
        "tốt": 4,
        "được lựa chọn": 3,
        "phức tạp trở lại": 2,
        "chưa đạt": 2,
    }


def test_made_up_rows_say_so() -> None:
    for name in TABLES:
        if name not in ("cameras_2022.csv", "population_2019.csv", "status_2022.csv"):
            assert set(read(name)["nguon"]) == {"minh họa"}
    cameras = read("cameras_2022.csv")
    assert cameras.loc[cameras["nguon"] != "minh họa", "ma_xa"].tolist() == ["31192"]


def test_every_ward_reports_every_month_except_three_in_2022(
    incidents: pd.DataFrame, wards: gpd.GeoDataFrame
) -> None:
    heard = set(zip(incidents["ma_xa"], incidents["thang"], strict=True))
    months = [f"{year}-{month:02d}" for year in range(2019, 2023) for month in range(1, 13)]
    expected = {
        (code, month)
        for code in wards["MA_XA"]
        for month in months
        if not (code in SILENT_2022 and month.startswith("2022"))
    }
    assert heard == expected
    assert not incidents.duplicated(["ma_xa", "thang", "loai_vu"]).any()


def test_incidents_are_skewed_and_persistent_as_real_ones_are(incidents: pd.DataFrame) -> None:
    yearly = incidents.pivot_table(index="ma_xa", columns="year", values="n", aggfunc="sum")
    assert yearly.sum().between(1_200, 1_400).all()
    for year in yearly:
        ranked = yearly[year].dropna().sort_values(ascending=False)
        assert 0.4 < ranked.iloc[:15].sum() / ranked.sum() < 0.6
    assert yearly["2021"].sum() < yearly["2020"].sum()
    assert (yearly["2022"] == 0).sum() == 4
    assert yearly.corr().to_numpy().min() > 0.8
    assert set(yearly["2022"].sort_values(ascending=False).index[:9]) != PLAN_2022


def test_incident_points_agree_with_the_table_ward_by_ward(
    incidents: pd.DataFrame, wards: gpd.GeoDataFrame
) -> None:
    per_ward, n_outside, n_nowhere = count_points("incident_points_2022.csv", wards)
    table = incidents[incidents["year"] == "2022"].groupby("ma_xa")["n"].sum()
    assert per_ward == table[table > 0].to_dict()
    assert (n_outside, n_nowhere) == (7, 11)


def test_cameras_by_ward_are_the_points_counted(wards: gpd.GeoDataFrame) -> None:
    per_ward, n_outside, n_nowhere = count_points("camera_points_2022.csv", wards)
    table = read("cameras_2022.csv").set_index("ma_xa")
    others = table.drop(index="31192")["so_camera"].astype(int)
    assert (n_outside, n_nowhere) == (0, 0)
    assert others.to_dict() == {code: per_ward.get(code, 0) for code in others.index}
    assert per_ward["31192"] > 700
    assert 2_800 < sum(per_ward.values()) < 3_200


def test_hung_thanh_carries_the_reported_number_and_no_invented_state() -> None:
    row = read("cameras_2022.csv").set_index("ma_xa").loc["31192"]
    assert row["so_camera"] == "trên 700"
    assert row["dang_hoat_dong"] == ""
    assert "19/12/2021" in row["nguon"]


def test_twelve_wards_do_not_know_the_state_of_all_their_cameras() -> None:
    assert (read("cameras_2022.csv")["dang_hoat_dong"] == "").sum() == 12
    states = read("camera_points_2022.csv")["trang_thai"].value_counts()
    assert set(states.index) == {"hoạt động", "hỏng", ""}


def test_facts_stay_at_the_level_at_which_they_were_told() -> None:
    told = tomllib.loads((SAMPLE / "reports.toml").read_text(encoding="utf-8"))
    assert {record["source"] for record in (*told["programme"], *told["model"])} <= set(told["sources"])
    plan = next(record for record in told["programme"] if record["key"] == "can-tho-2022")
    assert {area["ward_code"] for area in plan["areas"]} == PLAN_2022
    assert [model["ward_code"] for model in told["model"] if "ward_code" in model] == ["31192"]
    year_before = next(record for record in told["programme"] if record["key"] == "can-tho-2021")
    assert (year_before["level"], "areas" in year_before) == ("province", False)
    cameras = next(
        model for model in told["model"] if model["name"] == "Camera an ninh" and model["level"] == "district"
    )
    assert cameras["figures"][0]["value"] == 2523
    assert "hiểu theo ngữ cảnh" in cameras["note"]


def test_the_tables_of_2025_go_on_from_the_old_levels_on_the_new_units() -> None:
    units = set(gpd.read_file(DATA / "boundaries" / "can_tho_2025.zip")["MA_XA"])
    later = read("incidents_2025_q3.csv").astype({"so_vu": int})
    months = ("2025-07", "2025-08", "2025-09")
    assert set(zip(later["ma_xa"], later["thang"], strict=True)) == {(u, m) for u in units for m in months}
    assert not later.duplicated(["ma_xa", "thang", "loai_vu"]).any()
    assert 250 < later["so_vu"].sum() < 380
    cameras = read("cameras_2025.csv")
    assert set(cameras["ma_xa"]) == units
    assert 3_200 < cameras["so_camera"].astype(int).sum() < 4_000
    assert (cameras["dang_hoat_dong"] == "").sum() == 4
    status = read("status_2025.csv")
    assert (len(status), set(status["minh_hoa"]), set(status["nam"])) == (31, {"có"}, {"2025"})
    assert status["ma_xa"].is_unique
    assert status["tinh_trang"].nunique() == 8


def test_the_list_of_tables_names_columns_that_exist_and_the_bundled_version() -> None:
    listed = tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))["sample"]
    registry = tomllib.loads((DATA / "boundaries" / "registry.toml").read_text(encoding="utf-8"))
    assert sorted(record["file"] for record in listed["files"]) == list(TABLES)
    for record in listed["files"]:
        assert set(record["columns"].values()) <= set(read(record["file"]).columns)
        assert record["boundaries"] in listed["boundaries"]
        assert record["version"] == registry[record["boundaries"]]["version"]["id"]
    (crosswalk,) = listed["crosswalks"]
    assert (SAMPLE / crosswalk["file"]).exists()
    assert [crosswalk["old"], crosswalk["new"]] == listed["boundaries"] == ["can_tho_2024", "can_tho_2025"]


def test_the_script_writes_the_same_bytes_again(tmp_path: Path) -> None:
    script = [sys.executable, str(SAMPLE / "make_sample.py"), "--out", str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == list(TABLES)
    assert all((tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes() for name in TABLES)


def test_the_example_stays_small() -> None:
    files = [path for path in DATA.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 2_500_000
    assert (SAMPLE / "incidents_2019_2022.csv").stat().st_size < 1_500_000
