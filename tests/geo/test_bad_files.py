"""Broken and odd files from other readers' test suites: each is read or refused in words, never worse."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from errors import AppError
from geo.read import Layer, Table, read_boundaries, read_table
from i18n.messages import LANGUAGES, load_words
from tests.conftest import REAL_DATA

FOLDER = REAL_DATA / "bad"
READ = "read"
NONE, POLYGON, MULTIPOLYGON = -1, 3, 6

# What each file is as boundaries: `read`, or the error's class and reason.
BOUNDARIES = {
    "gdal__shp_buggymultipoly": "UnreadableFile no_shapes",
    "gdal__shp_buggypoint": "UnreadableFile no_shapes",
    "gdal__shp_bigoffset": "UnknownCrs missing",
    "gdal__shp_emptymultiline": "UnreadableFile no_shapes",
    "gdal__shp_emptymultipoint": "UnreadableFile no_shapes",
    "gdal__shp_emptymultipoly": "UnreadableFile no_shapes",
    "gdal__shp_empty": "UnreadableFile empty",
    "gdal__shp_extentnan": "UnreadableFile empty",
    "gdal__shp_pointnan": "UnreadableFile not_polygons",
    "gdal__shp_nan": "UnreadableFile shapefile_part",
    "gdal__shp_weird_header_length": "UnreadableFile shapefile_part",
    "gdal__shp_date_empty_string": "UnreadableFile shapefile_part",
    "gdal__shp_multipatch": "UnreadableFile no_shapes",
    "gdal__shp_issue_14385": "UnknownCrs missing",
    "gdal__shp_water_main_dist": "UnreadableFile shapefile_part",
    "gdal__shp_poly.zip": READ,
    "gdal__shp_arcm_with_m": "UnreadableFile not_polygons",
    "gdal__geojson_geometrycollection.geojson": "UnreadableFile not_polygons",
    "gdal__geojson_sparse_fields.geojson": "UnreadableFile no_shapes",
    "gdal__geojson_ids_0_1_null_1_null.json": "UnreadableFile no_shapes",
    "gdal__geojson_srs_name.geojson": "UnreadableFile not_polygons",
    "gdal__geojson_test_type_promotion.json": "UnreadableFile no_shapes",
    "gdal__gpkg_first_geometry_null.gpkg": "UnknownCrs missing",
    "gdal__gpkg_huge_feature_count.gpkg": "SeveralChoices layers",
    "gdal__csv_inf_nan.csv": "UnreadableFile not_polygons",
    "gdal__csv_testnumheader1.csv": "UnreadableFile not_polygons",
    "gdal__esrijson_esripolygonempty.json": "UnreadableFile bad_geojson",
    "gdal__jsonfg_MultiSurfaceBadChild.json": "UnreadableFile bad_geojson",
    "gdal__filegdb_weird_winding_order_fgdb.zip": "UnreadableFile no_shapefile",
    "shapefile-js__badzip.zip": "UnreadableFile corrupt",
    "shapefile-js__noshp.zip": "UnreadableFile no_shapefile",
    "shapefile-js__SHP_Exclude.zip": "UnknownCrs missing",
    "shapefile-js__codepage.zip": "UnreadableFile not_polygons",
    "shapefile-js__codepage": "UnreadableFile not_polygons",
    "shapefile-js__htmlcpg": "UnreadableFile not_polygons",
    "shapefile-js__htmlprj": "UnreadableFile not_polygons",
    "shapefile-js__qgis.zip": READ,
    "shapefile-js__utf.zip": "UnreadableFile not_polygons",
    "shapefile-js__zero-len-line.zip": "UnreadableFile not_polygons",
    "shapefile-js__train_stations.zip": "UnreadableFile not_polygons",
    "shapefile-js__ipra_dresden_polygon": READ,
    "shapefile-js__LGA_2013_AUST": READ,
    "shapefile-js__empty-shp.zip": READ,
    "shapefile-js__pandr.zip": "UnreadableFile not_polygons",
    "mapshaper__issues_invalid_coords_invalid_coordinates": "UnreadableFile not_polygons",
    "mapshaper__issues_point_shapefile_import_error_points": "UnreadableFile not_polygons",
    "mapshaper__issues_166_c_utm": "UnknownCrs missing",
    "mapshaper__issues_166_b_utm": READ,
    "mapshaper__dbf_duplicate_fields": "UnreadableFile shapefile_part",
    "mapshaper__dbf_comma_separated": "UnreadableFile shapefile_part",
    "mapshaper__dbf_cpg_big5": "UnreadableFile not_polygons",
    "mapshaper__dbf_ldid_chinese": "UnreadableFile not_polygons",
    "mapshaper__dbf_cpg_shiftjis": "UnreadableFile shapefile_part",
    "mapshaper__dbf_cpg_win1251": "UnreadableFile shapefile_part",
    "mapshaper__dbf_cpg_utf16": "UnreadableFile shapefile_part",
    "mapshaper__features_zip_points.zip": "UnreadableFile not_polygons",
    "mapshaper__shapefile_nad27_popctr_state1970": "UnreadableFile not_polygons",
    "mapshaper__shapefile_two_states_merc_copy": "UnknownCrs missing",
    "pyshp__REL.zip": READ,
    "fiona___test.geojson": READ,
    "fiona__issue627.geojson": READ,
    "fiona__test_tin": "UnreadableFile no_shapes",
    "fiona__gre": READ,
    "fiona__test_tz.geojson": "UnreadableFile not_polygons",
    "shapefile__null": "UnreadableFile not_polygons",
    "shapefile__empty": "UnreadableFile empty",
    "shapefile__number-null-property": "UnknownCrs missing",
    "shapefile__utf8-property": "UnreadableFile not_polygons",
    "pyogrio__test_gpkg_nulls.gpkg": "UnreadableFile not_polygons",
    "pyogrio__curvepolygon.gpkg": READ,
    "pyogrio__line_zm.gpkg": "UnreadableFile not_polygons",
}


def list_cases() -> dict[str, Path]:
    if not FOLDER.is_dir():
        return {"absent": FOLDER}
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        return {row["case"]: FOLDER / row["case"] / row["opened_with"] for row in csv.DictReader(stream)}


CASES = list_cases()


def attempt(read: Callable[[Path], Layer | Table], path: Path) -> Layer | Table | AppError:
    try:
        return read(path)
    except AppError as error:
        return error


@pytest.mark.real_data
@pytest.mark.timeout(20)
@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_read_or_refused_in_words(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    layer, table = attempt(read_boundaries, CASES[case]), attempt(read_table, CASES[case])
    said = f"{layer.code} {layer.reason}" if isinstance(layer, AppError) else READ
    assert said == ("UnreadableFile unsupported" if case.startswith("gdal__kml") else BOUNDARIES[case])
    if isinstance(layer, Layer):
        shapes = layer.frame.geometry.to_numpy()
        assert (np.abs(shapely.get_coordinates(shapes)) <= [180, 90]).all()
        assert set(shapely.get_type_id(shapes)) <= {NONE, POLYGON, MULTIPOLYGON}
    if isinstance(table, Table) and table.points:
        assert not np.isinf(table.frame[["longitude", "latitude"]]).any(axis=None)
    for language in LANGUAGES:
        words = load_words(language)
        for result in (layer, table):
            if isinstance(result, AppError):
                assert CASES[case].name in words.error(result)
            else:
                for finding in result.findings:
                    facts = {"where": finding.where, "seen": finding.seen} | finding.facts
                    assert finding.where in words(f"finding.{finding.code}", **facts)
                    assert words.has(f"finding.{finding.code}_hint")
    assert capfd.readouterr() == ("", "")


@pytest.mark.real_data
def test_the_manifest_has_82_cases() -> None:
    assert len(CASES) == 82


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("case", "column", "cells"),
    [
        ("shapefile-js__utf.zip", "field", ["💩", "Hněvošický háj"]),
        ("shapefile-js__codepage.zip", "field", ["??", "Hněvošický háj"]),
        ("shapefile-js__htmlcpg", "field", ["💩", "Hněvošický háj"]),
        ("shapefile__utf8-property", "☃", ["ηελλο ςορλδ"]),
        ("gdal__csv_inf_nan.csv", "v", ["10", "inf", "-inf", "NaN"]),
    ],
)
def test_letters_of_odd_tables_are_right(case: str, column: str, cells: list[str]) -> None:
    assert read_table(CASES[case]).frame[column].tolist() == cells


@pytest.mark.real_data
def test_null_numbers_written_as_asterisks_stay_missing() -> None:
    temperatures = read_table(CASES["shapefile__number-null-property"]).frame["avg_temp"]
    assert temperatures.isna().sum() == 1
    assert not (temperatures == 0).any()


@pytest.mark.real_data
def test_the_shift_from_nad27_is_applied() -> None:
    table = read_table(CASES["mapshaper__shapefile_nad27_popctr_state1970"])
    assert table.frame["longitude"].iloc[0] == pytest.approx(-86.77749, abs=1e-5)
