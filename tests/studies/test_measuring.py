"""`cli.py measure`: a joined file in, further measures and what they rest on out."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.derive import NEEDS
from studies.joined_file import read_joined
from tests.grid_city import CODES, FOUND, busy_corner, make_grid
from tests.studies.test_cli import CAN_THO, SAMPLE, done, refused

PLAIN = ["ward_code", "ward_name", "parent", "population", "area_km2"]


@pytest.fixture
def joined(tmp_path: Path) -> Path:
    """The busy corner in 2022 beside 2021, joined."""
    wards, counts, out = tmp_path / "o.gpkg", tmp_path / "vu.csv", tmp_path / "ghep.parquet"
    sent = make_grid().frame.reset_index().drop(columns="area_km2")
    names = {"ward_code": "MA_XA", "ward_name": "TEN_XA", "parent": "TEN_HUYEN", "population": "DAN_SO"}
    sent.rename(columns=names).to_file(wards, engine="pyogrio")
    rows = [f"{code},2022,{n:.0f}" for code, n in busy_corner().items()] + [
        f"{code},2021,3" for code in CODES
    ]
    counts.write_text("ma_xa,nam,so_vu\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done("join", "--boundaries", wards, "--incidents", counts, "--calendar", "civil", "--period", "2022",
         "--previous", "2021", "--out", out, "--quiet")  # fmt: skip
    return out


def test_the_asked_measures_alone_are_written_with_what_they_rest_on(joined: Path, tmp_path: Path) -> None:
    out = tmp_path / "do.gpkg"
    said = done("measure", "--joined", joined, "--out", out, "--indicator", "gi_star_cluster",
                "--indicator", "incidents_ratio", "--indicator", "n_incidents")  # fmt: skip
    assert said.splitlines()[1:4] == [
        "Khu vực tập trung vụ việc, số địa bàn: không khác mức ngẫu nhiên 33; trong khu vực tập trung 3.",
        "Tỷ số hai kỳ: 36 địa bàn có giá trị.",
        "Số vụ: 36 địa bàn có giá trị.",
    ]
    assert "9.999 lần hoán vị, hạt giống 138" in said
    table = gpd.read_file(out).set_index("ward_code")
    assert [*PLAIN[1:], "n_incidents", "incidents_ratio", "gi_star_cluster", "geometry"] == list(
        table.columns
    )
    assert list(table.index[table["gi_star_cluster"] == "high"]) == FOUND
    assert table.loc["r11", ["n_incidents", "incidents_ratio"]].to_list() == [30, 10.0]
    meta = json.loads((tmp_path / "do.gpkg.meta.json").read_text(encoding="utf-8"))
    assert meta["derived"] == ["gi_star_cluster", "incidents_ratio"]
    assert meta["chance"] == {
        "basis": "incidents_per_10k", "is_reported": False, "n_untold": 351.0, "n_wards": 36, "visited": [],
        "islands": [],
        "seed": 138, "n_permutations": 9999, "false_discoveries": 0.05,
    }  # fmt: skip
    assert set(meta["indicators"]["n_incidents"]) == {"name", "unit", "formula", "source"}
    assert (meta["period"]["start"], meta["version"]) == ("2022-01-01", None)


def test_several_indicators_may_follow_one_another_and_one_named_twice_is_written_once(
    joined: Path, tmp_path: Path
) -> None:
    out = tmp_path / "do.csv"
    done("measure", "--joined", joined, "--out", out, "--quiet", "--indicator", "incidents_z", "n_incidents",
         "incidents_z", "years_in_top_fifth")  # fmt: skip
    table = pd.read_csv(out, dtype={"ward_code": str})
    assert list(table.columns) == [*PLAIN, "n_incidents", "years_in_top_fifth", "incidents_z"]
    assert table.set_index("ward_code").at["r11", "years_in_top_fifth"] == 2


def test_fewer_draws_can_be_asked_and_are_told(joined: Path, tmp_path: Path) -> None:
    said = done("measure", "--joined", joined, "--indicator", "gi_star_cluster", "--permutations", "99",
                "--basis", "n_incidents", "--out", tmp_path / "do.csv")  # fmt: skip
    assert "Tìm theo: Số vụ, so địa bàn" in said
    assert "99 lần hoán vị" in said
    assert set(pd.read_csv(tmp_path / "do.csv")["gi_star_cluster"]) == {"none"}


@pytest.mark.parametrize("key", ["gi_star_cluster", "local_moran_cluster", "gi_star_z", "funnel_position"])
def test_a_map_is_drawn_from_what_was_measured(joined: Path, tmp_path: Path, key: str) -> None:
    out, picture = tmp_path / "do.geojson", tmp_path / "m.svg"
    done("measure", "--joined", joined, "--indicator", key, "--out", out, "--quiet")
    done("map", "--joined", out, "--indicator", key, "--out", picture)
    assert picture.read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--indicator", "diem_nong"), "diem_nong"),
        (("--indicator", "clearance_pct"), "clearance_pct"),
        (("--indicator", "incidents_and_cameras"), "số camera"),
        (("--indicator", "emerging_pattern"), "emerging_pattern"),
        (("--indicator", "gi_star_z", "--basis", "n_cameras"), "n_cameras"),
        (("--indicator", "gi_star_z", "--permutations", "5"), "permutations"),
        (("--indicator", "n_incidents", "--out", "do.doc"), "do.doc"),
        (("--indicator", "n_incidents", "--joined", "khong-co.csv"), "khong-co.csv"),
        ((), "--indicator"),
    ],
)
def test_refusals_are_one_line_and_write_nothing(
    joined: Path, tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    before = sorted(tmp_path.iterdir())
    line = refused("measure", "--joined", joined, "--out", tmp_path / "do.csv", *arguments)
    assert named in line
    assert sorted(tmp_path.iterdir()) == before


def test_a_ward_that_stands_twice_is_named_and_nothing_is_written(joined: Path, tmp_path: Path) -> None:
    frame = gpd.read_parquet(joined)
    twice = tmp_path / "hai_lan.parquet"
    pd.concat([frame, frame.iloc[[0]]]).to_parquet(twice)
    out = tmp_path / "do.csv"
    line = refused("measure", "--joined", twice, "--indicator", "gi_star_cluster", "--out", out)
    assert line.startswith("Tệp hai_lan.parquet có 1 mã địa bàn lặp lại: r00.")
    assert not out.exists()


def test_the_joined_file_is_not_written_over(joined: Path) -> None:
    assert joined.name in refused(
        "measure", "--joined", joined, "--indicator", "n_incidents", "--out", joined
    )


def test_the_bundled_example_gives_every_measure_that_can_be_made(tmp_path: Path) -> None:
    out, measured = tmp_path / "j.parquet", tmp_path / "do.parquet"
    done("join", "--boundaries", CAN_THO, "--incidents", SAMPLE / "incidents_2019_2022.csv",
         "--cameras", SAMPLE / "cameras_2022.csv", "--population", SAMPLE / "population_2019.csv",
         "--period", "2022", "--previous", "2021", "--out", out, "--quiet")  # fmt: skip
    done("measure", "--joined", out, "--out", measured, "--quiet", "--indicator", "n_incidents", *NEEDS)
    table = gpd.read_parquet(measured).set_index("ward_code")
    assert table["gi_star_cluster"].value_counts().to_dict() == {"none": 80}
    assert table["funnel_position"].notna().sum() == 80
    assert table["incidents_and_cameras"].notna().sum() > 0
    bars = read_joined(measured).both_bars
    assert bars is not None
    assert table.loc[table["n_incidents"] > bars.n_incidents[1], "incidents_and_cameras"].str[0].eq("C").all()
