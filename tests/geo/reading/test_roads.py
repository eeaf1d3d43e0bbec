"""A layer of roads is read as plain lines, whatever came with them, and refused when it has none."""

import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from errors import AppError, SeveralChoices, UnknownCrs, UnreadableFile
from geo.crs import metric_crs
from geo.reading.roads import read_roads
from i18n.messages import LANGUAGES, load_words

MAIN = shapely.LineString([(105.0, 10.0), (105.01, 10.0), (105.02, 10.0)])
SIDE = shapely.LineString([(105.01, 10.0), (105.01, 10.01)])
DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".fgb": "FlatGeobuf", ".kml": "LIBKML", ".shp": None}


def save(folder: Path, shapes: list, *, name: str = "duong.gpkg", crs: str | None = "EPSG:4326") -> Path:
    path = folder / name
    frame = gpd.GeoDataFrame({"ten": [f"Đường {n}" for n in range(len(shapes))]}, geometry=shapes, crs=crs)
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_file(path, driver=DRIVERS[path.suffix], engine="pyogrio")
    return path


@pytest.mark.parametrize("ending", [*DRIVERS, ".parquet", ".zip"])
def test_every_vector_format_gives_the_same_lines(tmp_path: Path, ending: str) -> None:
    path = save(tmp_path, [MAIN, SIDE], name="duong.shp" if ending == ".zip" else f"duong{ending}")
    if ending == ".zip":
        with zipfile.ZipFile(tmp_path / "duong.zip", "w") as packed:
            for part in tmp_path.glob("duong.*"):
                if part.suffix != ".zip":
                    packed.write(part, part.name)
        path = tmp_path / "duong.zip"
    roads = read_roads(path)
    assert roads.frame["row"].tolist() == [0, 1]
    # FlatGeobuf keeps an order of its own.
    found = sorted(roads.frame.geometry, key=shapely.get_num_points, reverse=True)
    assert shapely.equals_exact(found, [MAIN, SIDE], tolerance=1e-9).all()
    assert list(roads.frame.columns) == ["row", "geometry"]
    assert roads.frame.crs == "EPSG:4326"


def test_lines_of_vn_2000_lie_in_degrees_and_have_their_length_in_metres(tmp_path: Path) -> None:
    road = shapely.LineString([(585_000, 1_110_000), (585_300, 1_110_400)])
    roads = read_roads(save(tmp_path, [road], crs="EPSG:5897"))
    longitude, latitude = shapely.get_coordinates(roads.frame.geometry.to_numpy())[0]
    assert (round(longitude, 2), round(latitude, 2)) == (105.78, 10.04)
    west, south, east, north = roads.frame.total_bounds
    length_m = shapely.length(roads.to_plane(metric_crs((west, south, east, north))))
    np.testing.assert_allclose(length_m, [500.0], rtol=2e-4)


def test_what_is_no_line_is_left_out_and_told_by_its_row(tmp_path: Path) -> None:
    broken = shapely.LineString([(105.0, 10.0), (np.inf, 10.0)])
    shapes = [
        shapely.MultiLineString([MAIN, SIDE]),
        shapely.Point(105.0, 10.0),
        None,
        shapely.LineString([(105.0, 10.0), (105.0, 10.0)]),
        SIDE.reverse(),
        broken,
        shapely.GeometryCollection([shapely.Point(105, 10), shapely.LineString([(105, 10), (105, 10.02)])]),
        shapely.LineString(),
    ]  # fmt: skip
    roads = read_roads(save(tmp_path, shapes, name="duong.parquet"))
    assert roads.frame["row"].tolist() == [0, 0, 6]
    assert [(finding.code, finding.seen, finding.facts["n"]) for finding in roads.findings] == [
        ("NotLines", "2, 7", 2),
        ("BadCoordinates", "6", 1),
        ("EmptyLines", "3, 4, 8", 3),
        ("RepeatedLines", "5", 1),
    ]


def test_heights_and_measures_along_a_line_are_left_aside(tmp_path: Path) -> None:
    roads = read_roads(save(tmp_path, [shapely.LineString([(105, 10, 7), (105.01, 10, 8)])]))
    assert roads.frame.geometry.has_z.tolist() == [False]


def refuse(path: Path, kind: type[AppError], reason: str, **options: str) -> None:
    with pytest.raises(kind) as refused:
        read_roads(path, **options)
    assert refused.value.reason == reason
    for language in LANGUAGES:
        text = load_words(language).error(refused.value)
        assert path.name in text
        assert f"error.{kind.__name__}.{reason}" in load_words(language).texts


def test_a_file_without_usable_lines_is_refused(tmp_path: Path) -> None:
    refuse(save(tmp_path, [shapely.box(105, 10, 106, 11)], name="vung.gpkg"), UnreadableFile, "not_lines")
    refuse(save(tmp_path, [None], name="trong.parquet"), UnreadableFile, "no_lines")
    refuse(save(tmp_path, [], name="khong.parquet"), UnreadableFile, "empty")
    table = tmp_path / "bang.csv"
    table.write_text("ten\nA\n", encoding="utf-8")
    refuse(table, UnreadableFile, "not_lines")
    refuse(tmp_path / "mat.gpkg", UnreadableFile, "not_found")


def test_a_layer_or_reference_system_that_only_a_person_knows_is_asked_for(tmp_path: Path) -> None:
    two = save(tmp_path, [MAIN])
    save(tmp_path, [SIDE], name="hem.gpkg")
    gpd.read_file(tmp_path / "hem.gpkg").to_file(two, layer="hem", engine="pyogrio")
    refuse(two, SeveralChoices, "layers")
    assert read_roads(two, layer="hem").layer == "hem"
    unplaced = save(tmp_path, [shapely.LineString([(585_000, 1_110_000), (585_300, 1_110_400)])],
                    name="met.parquet", crs=None)  # fmt: skip
    refuse(unplaced, UnknownCrs, "missing")
    assert read_roads(unplaced, crs="EPSG:5897").crs.to_epsg() == 5897


def test_swapped_axes_are_turned_when_a_person_says_so(tmp_path: Path) -> None:
    swapped = save(tmp_path, [shapely.LineString([(10.0, 105.0), (10.01, 105.0)])])
    refuse(swapped, UnknownCrs, "swapped")
    roads = read_roads(swapped, crs="swapped:EPSG:4326")
    assert shapely.get_coordinates(roads.frame.geometry.to_numpy()).tolist() == [
        [105.0, 10.0],
        [105.0, 10.01],
    ]
    assert "AxesSwapped" in {finding.code for finding in roads.findings}


@pytest.mark.real_data
def test_odd_line_files_of_other_projects_are_read_or_refused_calmly(real_data: Path) -> None:
    bad = real_data / "bad"
    assert len(read_roads(bad / "pyogrio__line_zm.gpkg" / "line_zm.gpkg").frame) == 1
    zero = read_roads(bad / "shapefile-js__zero-len-line.zip" / "zero-len-line.zip")
    assert zero.frame["row"].tolist() == [0, 2]
    assert [(finding.code, finding.seen) for finding in zero.findings] == [("EmptyLines", "2")]
    mixed = bad / "gdal__kml_non_conformant_multi.kml" / "non_conformant_multi.kml"
    assert read_roads(mixed).frame["row"].tolist() == [1]
    refuse(bad / "gdal__shp_emptymultiline" / "emptymultiline.shp", UnreadableFile, "no_lines")
    refuse(bad / "gdal__shp_arcm_with_m" / "arcm_with_m.shp", UnknownCrs, "missing")
