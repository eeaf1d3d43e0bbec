"""The bundled boundaries: true names, codes, areas and centres; invented lines that still fit together."""

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from shapely.testing import assert_geometries_equal

from geo.boundaries.registry import hash_file, list_entries
from geo.crs import to_degrees, to_metres

FOLDER = Path(__file__).parents[2] / "data" / "boundaries"
ARCHIVE = FOLDER / "can_tho_2024.zip"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "can_tho_facts.csv", dtype={"code": str, "district_code": str})


@pytest.fixture(scope="module")
def as_sent() -> gpd.GeoDataFrame:
    return gpd.read_file(ARCHIVE)


@pytest.fixture(scope="module")
def wards(as_sent: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """In degrees, as the program shows them."""
    return to_degrees(as_sent, pyproj.CRS("EPSG:5897"))


def test_there_are_83_wards_in_9_districts(as_sent: gpd.GeoDataFrame) -> None:
    assert len(as_sent) == 83
    assert as_sent["MA_XA"].is_unique
    assert as_sent.groupby("TEN_HUYEN").size().to_dict() == {
        "Quận Ninh Kiều": 11,
        "Quận Ô Môn": 7,
        "Quận Bình Thuỷ": 8,
        "Quận Cái Răng": 7,
        "Quận Thốt Nốt": 9,
        "Huyện Vĩnh Thạnh": 11,
        "Huyện Cờ Đỏ": 10,
        "Huyện Thới Lai": 13,
        "Huyện Phong Điền": 7,
    }


def test_names_codes_and_residents_are_the_facts(as_sent: gpd.GeoDataFrame, facts: pd.DataFrame) -> None:
    assert as_sent["MA_XA"].tolist() == facts["code"].tolist()
    assert as_sent["TEN_XA"].tolist() == facts["name"].tolist()
    assert as_sent.set_index("MA_XA").loc["31192", "TEN_XA"] == "Phường Hưng Thạnh"
    assert as_sent["DAN_SO"].sum() == facts["population_2019"].sum() == 1_235_171


def test_a_clerk_would_have_sent_this_archive(as_sent: gpd.GeoDataFrame) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        assert archive.namelist() == [f"can_tho_2024.{end}" for end in ("shp", "shx", "dbf", "prj", "cpg")]
        assert archive.read("can_tho_2024.cpg").decode() == "UTF-8"
    assert as_sent.crs == "EPSG:5897"
    assert list(as_sent.columns) == [
        "MA_XA",
        "TEN_XA",
        "MA_HUYEN",
        "TEN_HUYEN",
        "DT_KM2",
        "DAN_SO",
        "geometry",
    ]


def test_wards_in_degrees_are_valid_single_pieces_that_cover_without_gap_or_overlap(
    wards: gpd.GeoDataFrame,
) -> None:
    assert set(wards.geom_type) == {"Polygon"}
    assert wards.geometry.is_valid.all()
    assert shapely.coverage_is_valid(wards.geometry.to_numpy())
    city = shapely.coverage_union_all(wards.geometry.to_numpy())
    assert shapely.equals(city, shapely.Polygon(shapely.get_exterior_ring(city)))


def test_every_area_is_within_one_percent_of_the_true_one(
    wards: gpd.GeoDataFrame, facts: pd.DataFrame
) -> None:
    area_km2 = to_metres(wards).area.to_numpy() / 1e6
    assert np.abs(area_km2 / facts["area_km2"].to_numpy() - 1).max() < 0.01
    assert area_km2.sum() == pytest.approx(1440.19, rel=0.002)
    assert area_km2.min() == pytest.approx(0.328, rel=0.01)


def test_every_centre_lies_in_its_own_ward(wards: gpd.GeoDataFrame, facts: pd.DataFrame) -> None:
    inside = shapely.contains_xy(wards.geometry.to_numpy(), facts["longitude"], facts["latitude"])
    assert inside.sum() == 83


def test_every_district_is_one_piece(as_sent: gpd.GeoDataFrame) -> None:
    assert set(as_sent.dissolve("MA_HUYEN").geom_type) == {"Polygon"}


def test_borders_are_bent_but_light(as_sent: gpd.GeoDataFrame) -> None:
    n_vertices = shapely.get_num_coordinates(as_sent.geometry.to_numpy()) - 1
    assert n_vertices.min() >= 20
    assert n_vertices.max() <= 150
    assert 50 <= np.median(n_vertices) <= 80


def test_the_registry_knows_the_file_and_its_version() -> None:
    entry = next(entry for entry in list_entries(FOLDER) if entry.key == "can_tho_2024")
    assert entry.source.sha256 == hash_file(ARCHIVE)
    assert entry.version == "can-tho-truoc-2024-10-31"
    assert entry.source.schematic
    assert entry.source.illustrative
    with (FOLDER / "can_tho_facts.csv").open(encoding="utf-8") as stream:
        assert len(list(csv.reader(stream))) == 84


@pytest.mark.slow
def test_the_script_draws_the_same_wards_again(as_sent: gpd.GeoDataFrame, tmp_path: Path) -> None:
    again = tmp_path / "can_tho_2024.zip"
    script = [sys.executable, str(FOLDER / "make_schematic.py"), "--out", str(again)]
    subprocess.run(script, check=True, capture_output=True)
    drawn = gpd.read_file(again)
    assert_geometries_equal(drawn.geometry.to_numpy(), as_sent.geometry.to_numpy(), tolerance=0.001)
    pd.testing.assert_frame_equal(
        pd.DataFrame(drawn.drop(columns="geometry")), pd.DataFrame(as_sent.drop(columns="geometry"))
    )
