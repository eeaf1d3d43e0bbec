"""Broken and odd files from other readers' test suites: each is read or refused in words, never worse."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely

from errors import AppError, MissingColumns, UnreadableFile
from geo.boundaries.check import check_wards
from geo.frames import Source
from geo.reading.columns import BoundaryColumns, TableColumns, guess_place
from geo.reading.read import Layer, Table, list_layers, read_boundaries, read_table
from i18n.messages import LANGUAGES, load_words
from tests.conftest import REAL_DATA

FOLDER = REAL_DATA / "bad"
NONE, POLYGON, MULTIPOLYGON = -1, 3, 6

# As boundaries (outlines of rows) and as a table (rows, or places of points): what is read with which
# findings, or the error and its reason.
OUTCOMES = {
    "gdal__shp_buggymultipoly": ("UnreadableFile no_shapes", "UnreadableFile not_points"),
    "gdal__shp_buggypoint": ("UnreadableFile no_shapes", "UnreadableFile not_points"),
    "gdal__shp_bigoffset": ("UnknownCrs missing", "1 rows ShapesIgnored"),
    "gdal__shp_emptymultiline": ("UnreadableFile no_shapes", "1 rows ShapesIgnored"),
    "gdal__shp_emptymultipoint": ("UnreadableFile no_shapes", "1 rows ShapesIgnored"),
    "gdal__shp_emptymultipoly": ("UnreadableFile no_shapes", "1 rows ShapesIgnored"),
    "gdal__shp_empty": ("UnreadableFile empty", "UnreadableFile no_rows"),
    "gdal__shp_extentnan": ("UnreadableFile empty", "UnreadableFile no_rows"),
    "gdal__shp_pointnan": ("UnreadableFile not_polygons", "UnknownCrs missing"),
    "gdal__shp_nan": ("UnreadableFile shapefile_part", "1 rows"),
    "gdal__shp_weird_header_length": ("UnreadableFile shapefile_part", "1 rows"),
    "gdal__shp_date_empty_string": ("UnreadableFile shapefile_part", "1 rows"),
    "gdal__shp_multipatch": ("UnreadableFile multipatch", "UnreadableFile multipatch"),
    "gdal__shp_issue_14385": ("UnknownCrs missing", "3 rows ShapesIgnored"),
    "gdal__shp_water_main_dist": ("UnreadableFile shapefile_part", "1 rows"),
    "gdal__shp_poly.zip": ("10 of 10 CrsOutOfArea", "10 rows ShapesIgnored"),
    "gdal__shp_arcm_with_m": ("UnreadableFile not_polygons", "UnreadableFile not_points"),
    "gdal__geojson_geometrycollection.geojson": ("UnreadableFile not_polygons", "UnreadableFile not_points"),
    "gdal__geojson_sparse_fields.geojson": ("UnreadableFile no_shapes", "14 rows ShapesIgnored"),
    "gdal__geojson_ids_0_1_null_1_null.json": ("UnreadableFile no_shapes", "5 rows ShapesIgnored"),
    "gdal__geojson_srs_name.geojson": ("UnreadableFile not_polygons", "UnreadableFile not_points"),
    "gdal__geojson_test_type_promotion.json": (
        "UnreadableFile no_shapes",
        "2 rows ColumnsLeftOut ShapesIgnored",
    ),
    "gdal__gpkg_first_geometry_null.gpkg": ("UnknownCrs missing", "2 rows ShapesIgnored"),
    "gdal__gpkg_huge_feature_count.gpkg": ("SeveralChoices layers", "SeveralChoices layers"),
    "gdal__kml_truncated.kml": ("UnreadableFile bad_kml", "UnreadableFile bad_kml"),
    "gdal__kml_empty.kml": ("UnreadableFile empty", "UnreadableFile empty"),
    "gdal__kml_emptylayers.kml": ("UnreadableFile no_shapes", "1 rows ShapesIgnored"),
    "gdal__kml_junk_content_after_valid_doc.kml": ("UnreadableFile bad_kml", "UnreadableFile bad_kml"),
    "gdal__kml_kml_with_space_content_in_coordinates.kml": (
        "UnreadableFile not_polygons",
        "UnreadableFile not_points",
    ),
    "gdal__kml_tab_separated_coord_triplet.kml": ("UnreadableFile not_polygons", "UnreadableFile not_points"),
    "gdal__kml_non_conformant_multi.kml": ("1 of 3 NotPolygons", "UnreadableFile not_points"),
    "gdal__kml_geometries.kml": ("6 of 25 NotPolygons", "UnreadableFile not_points"),
    "gdal__kml_samples.kml": ("SeveralChoices folders", "SeveralChoices folders"),
    "gdal__kml_description_with_xml.kml": ("UnreadableFile not_polygons", "1 of 1 points"),
    "gdal__kml_placemark_in_root_and_subfolder.kml": ("SeveralChoices folders", "SeveralChoices folders"),
    "gdal__csv_inf_nan.csv": ("UnreadableFile not_polygons", "4 rows"),
    "gdal__csv_testnumheader1.csv": ("UnreadableFile not_polygons", "1 rows"),
    "gdal__esrijson_esripolygonempty.json": ("UnreadableFile bad_geojson", "UnreadableFile bad_geojson"),
    "gdal__jsonfg_MultiSurfaceBadChild.json": ("UnreadableFile bad_geojson", "UnreadableFile bad_geojson"),
    "gdal__filegdb_weird_winding_order_fgdb.zip": (
        "UnreadableFile geodatabase",
        "UnreadableFile geodatabase",
    ),
    "shapefile-js__badzip.zip": ("UnreadableFile corrupt", "UnreadableFile corrupt"),
    "shapefile-js__noshp.zip": ("UnreadableFile no_shapefile", "UnreadableFile no_shapefile"),
    "shapefile-js__SHP_Exclude.zip": ("UnknownCrs missing", "1 rows ShapesIgnored"),
    "shapefile-js__codepage.zip": ("UnreadableFile not_polygons", "2 of 2 points"),
    "shapefile-js__codepage": ("UnreadableFile not_polygons", "2 of 2 points"),
    "shapefile-js__htmlcpg": ("UnreadableFile not_polygons", "2 of 2 points MissingShx"),
    "shapefile-js__htmlprj": ("UnreadableFile not_polygons", "UnknownCrs missing"),
    "shapefile-js__qgis.zip": ("2 of 2", "2 rows ShapesIgnored"),
    "shapefile-js__utf.zip": ("UnreadableFile not_polygons", "2 of 2 points"),
    "shapefile-js__zero-len-line.zip": ("UnreadableFile not_polygons", "3 rows ShapesIgnored"),
    "shapefile-js__train_stations.zip": ("UnreadableFile not_polygons", "361 of 361 points"),
    "shapefile-js__ipra_dresden_polygon": ("1 of 1", "1 rows ShapesIgnored"),
    "shapefile-js__LGA_2013_AUST": ("1 of 13", "13 rows ShapesIgnored"),
    "shapefile-js__empty-shp.zip": ("2 of 2", "UnreadableFile not_points"),
    "shapefile-js__pandr.zip": ("UnreadableFile not_polygons", "80 of 80 points"),
    "mapshaper__issues_invalid_coords_invalid_coordinates": (
        "UnreadableFile not_polygons",
        "UnknownCrs impossible",
    ),
    "mapshaper__issues_point_shapefile_import_error_points": (
        "UnreadableFile not_polygons",
        "UnknownCrs missing",
    ),
    "mapshaper__issues_166_c_utm": ("UnknownCrs missing", "1 rows ShapesIgnored"),
    "mapshaper__issues_166_b_utm": ("1 of 1", "1 rows ShapesIgnored"),
    "mapshaper__dbf_duplicate_fields": ("UnreadableFile shapefile_part", "5 rows DuplicateColumns"),
    "mapshaper__dbf_comma_separated": ("UnreadableFile shapefile_part", "7 rows DecimalCommas"),
    "mapshaper__dbf_cpg_big5": ("UnreadableFile not_polygons", "UnknownCrs missing"),
    "mapshaper__dbf_ldid_chinese": ("UnreadableFile not_polygons", "UnknownCrs impossible"),
    "mapshaper__dbf_cpg_shiftjis": ("UnreadableFile shapefile_part", "1 rows"),
    "mapshaper__dbf_cpg_win1251": ("UnreadableFile shapefile_part", "1 rows"),
    "mapshaper__dbf_cpg_utf16": ("UnreadableFile shapefile_part", "UnreadableFile no_rows"),
    "mapshaper__features_zip_points.zip": ("UnreadableFile not_polygons", "295 of 295 points"),
    "mapshaper__shapefile_nad27_popctr_state1970": ("UnreadableFile not_polygons", "51 of 51 points"),
    "mapshaper__shapefile_two_states_merc_copy": ("UnknownCrs missing", "UnreadableFile not_points"),
    "pyshp__REL.zip": ("1 of 1", "1 rows ShapesIgnored"),
    "fiona___test.geojson": ("1 of 1", "1 rows ShapesIgnored"),
    "fiona__issue627.geojson": ("3 of 3 ColumnsLeftOut", "3 rows ColumnsLeftOut ShapesIgnored"),
    "fiona__test_tin": ("UnreadableFile multipatch", "UnreadableFile multipatch"),
    "fiona__gre": ("1 of 1", "1 rows ShapesIgnored"),
    "fiona__test_tz.geojson": ("UnreadableFile not_polygons", "1 of 1 points"),
    "shapefile__null": ("UnreadableFile not_polygons", "5 of 9 points"),
    "shapefile__empty": ("UnreadableFile empty", "UnreadableFile no_rows"),
    "shapefile__number-null-property": ("UnknownCrs missing", "4 rows MissingShx ShapesIgnored"),
    "shapefile__utf8-property": ("UnreadableFile not_polygons", "1 of 1 points"),
    "pyogrio__test_gpkg_nulls.gpkg": ("UnreadableFile not_polygons", "4 of 4 points"),
    "pyogrio__curvepolygon.gpkg": ("1 of 1", "UnreadableFile not_points"),
    "pyogrio__line_zm.gpkg": ("UnreadableFile not_polygons", "UnreadableFile not_points"),
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


def describe(result: Layer | Table | AppError) -> str:
    """What is read, with which findings; or the error and its reason."""
    if isinstance(result, AppError):
        return f"{result.code} {result.reason}"
    n_rows, codes = len(result.frame), [finding.code for finding in result.findings]
    if isinstance(result, Layer):
        read = f"{result.frame.geometry.notna().sum()} of {n_rows}"
    elif result.points:
        read = f"{result.frame['longitude'].notna().sum()} of {n_rows} points"
    else:
        read = f"{n_rows} rows"
    return " ".join([read, *codes])


@pytest.mark.real_data
@pytest.mark.timeout(20)
@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_read_or_refused_in_words(case: str, capfd: pytest.CaptureFixture[str]) -> None:
    layer, table = attempt(read_boundaries, CASES[case]), attempt(read_table, CASES[case])
    assert (describe(layer), describe(table)) == OUTCOMES[case]
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
    assert CASES.keys() == OUTCOMES.keys()


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("case", "column", "cells"),
    [
        ("shapefile-js__utf.zip", "field", ["💩", "Hněvošický háj"]),
        ("shapefile-js__codepage.zip", "field", ["??", "Hněvošický háj"]),
        ("shapefile-js__htmlcpg", "field", ["💩", "Hněvošický háj"]),
        ("shapefile__utf8-property", "☃", ["ηελλο ςορλδ"]),
        ("gdal__csv_inf_nan.csv", "v", ["10", "inf", "-inf", "NaN"]),
        ("mapshaper__dbf_cpg_shiftjis", "NAME", ["カタカナひらがな"]),
        ("mapshaper__dbf_cpg_win1251", "NAME", ["РУССКИЙ"]),
        ("mapshaper__dbf_comma_separated", "AUGSTUMS", [68.5, 66.3, 65.5, 64.3, 64.3, 68.5, 67.8]),
        ("gdal__shp_date_empty_string", "date", [None]),
        ("gdal__shp_weird_header_length", "NUMERO", [1]),
        ("fiona__test_tz.geojson", "test", ["2015-04-22T00:00:00+07:00"]),
    ],
)
def test_cells_of_odd_tables_are_right(case: str, column: str, cells: list[object]) -> None:
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


# What the manifest asks beyond reading or refusing


def read_layer(case: str, *, crs: str | None = None, layer: str | None = None) -> Layer:
    return read_boundaries(CASES[case], crs=crs, layer=layer)


@pytest.mark.real_data
def test_repeated_columns_are_told_apart() -> None:
    columns = list(read_table(CASES["mapshaper__dbf_duplicate_fields"]).frame.columns)
    assert len(columns) == len(set(columns)) == 12
    assert {"unemployed", "unemployed_2"} <= set(columns)


@pytest.mark.real_data
def test_a_number_that_is_none_is_missing() -> None:
    assert read_table(CASES["gdal__shp_nan"]).frame["real"].isna().all()
    assert read_table(CASES["pyogrio__test_gpkg_nulls.gpkg"]).frame.iloc[-1].isna().sum() == 11


@pytest.mark.real_data
def test_a_numeric_header_lacks_the_ward() -> None:
    frame = read_table(CASES["gdal__csv_testnumheader1.csv"]).frame
    with pytest.raises(MissingColumns):
        guess_place(frame, TableColumns(), file="testnumheader1.csv", points=False)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("case", "crs", "said"),
    [
        ("shapefile__number-null-property", "EPSG:4326", "4 of 4 MissingShx"),
        ("mapshaper__shapefile_two_states_merc_copy", "EPSG:3857", "2 of 2 MissingShx MissingDbf"),
        ("mapshaper__issues_166_c_utm", "EPSG:26918", "1 of 1"),
        ("gdal__gpkg_first_geometry_null.gpkg", "EPSG:4326", "1 of 2"),
        ("shapefile-js__SHP_Exclude.zip", "EPSG:4326", "1 of 1"),
        ("gdal__shp_issue_14385", "EPSG:4326", "3 of 3"),
    ],
)
def test_what_asked_for_its_system_is_read_once_it_is_said(case: str, crs: str, said: str) -> None:
    assert describe(read_layer(case, crs=crs)) == said


@pytest.mark.real_data
def test_points_without_a_place_stay_rows() -> None:
    table = read_table(CASES["gdal__shp_pointnan"], crs="EPSG:4326")
    assert describe(table) == "1 of 2 points"
    assert describe(read_table(CASES["shapefile-js__htmlprj"], crs="EPSG:4326")) == "2 of 2 points MissingShx"


@pytest.mark.real_data
def test_a_feature_count_that_lies_costs_nothing() -> None:
    case = "gdal__gpkg_huge_feature_count.gpkg"
    assert list_layers(CASES[case]) == ["test", "test2"]
    assert describe(read_layer(case, layer="test", crs="EPSG:5897")) == "1 of 1 CrsOverruled CrsOutOfArea"
    with pytest.raises(UnreadableFile) as caught:
        read_layer(case, layer="test2")
    assert caught.value.reason == "empty"


@pytest.mark.real_data
def test_folders_of_kml_are_read_one_by_one_or_together() -> None:
    case = "gdal__kml_placemark_in_root_and_subfolder.kml"
    together = read_table(CASES[case], sheet="*").frame
    assert together.to_dict("list") == {"Folder": ["TopLevel", "SubFolder1"]}
    samples = "gdal__kml_samples.kml"
    assert list_layers(CASES[samples])[-2:] == ["Absolute and Relative", "*"]
    assert describe(read_layer(samples, layer="Google Campus")) == "4 of 4"
    assert describe(read_layer(samples, layer="*")) == "10 of 21 NotPolygons"


@pytest.mark.real_data
def test_markup_in_kml_stays_text() -> None:
    cell = read_table(CASES["gdal__kml_description_with_xml.kml"]).frame["description"].iloc[0]
    assert cell.startswith('Description<br></br><i attr="val">Interesting</i>')


@pytest.mark.real_data
def test_missing_outlines_are_counted_before_boundaries_are_kept() -> None:
    layer = read_layer("shapefile-js__LGA_2013_AUST")
    columns = BoundaryColumns(code="LGA_CODE13", name="LGA_NAME13")
    wards, findings, _ = check_wards(layer, columns, version=None, source=Source())
    assert len(wards.frame) == 1
    assert {finding.code: finding.facts.get("n") for finding in findings}["NullGeometry"] == 12
