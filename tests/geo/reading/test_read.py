"""Files as they arrive: every format gives the same rows; every fault gives a finding or one clear error."""

import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from errors import AppError, SeveralChoices, TooLarge, UnknownCrs, UnreadableFile
from geo.reading.read import check_size, list_layers, read_boundaries, read_kind, read_table
from i18n.messages import load_words

SQUARES = [shapely.box(105.0, 10.0, 105.01, 10.01), shapely.box(105.01, 10.0, 105.02, 10.01)]
WARDS = gpd.GeoDataFrame(
    {"ma": ["00001", "00002"], "ten": ["Phường Một", "Phường Hòa Bình"], "dan_so": [1000, 2000]},
    geometry=SQUARES,
    crs="EPSG:4326",
)
CAMERAS = gpd.GeoDataFrame(
    {"so": ["a", "b", "c"]},
    geometry=np.array([shapely.Point(105.005, 10.005), None, shapely.Point(105.015, 10.002)]),
    crs="EPSG:4326",
)
ENGLISH = load_words("en")


def save_shapefile(folder: Path, frame: gpd.GeoDataFrame = WARDS, name: str = "wards") -> Path:
    path = folder / f"{name}.shp"
    pyogrio.write_dataframe(frame, path, encoding="UTF-8")
    return path


def zip_up(folder: Path, name: str = "wards.zip") -> Path:
    members = sorted(path for path in folder.iterdir() if path.suffix != ".zip")
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in members:
            archive.write(path, f"ban do/{path.name}")
        archive.writestr("__MACOSX/ban do/._wards.shp", b"litter")
    return folder / name


def refused(call: Callable[[], object]) -> tuple[str, str]:
    """Class and reason of the error, whose words must exist and must name the file alone."""
    with pytest.raises(AppError) as caught:
        call()
    said = ENGLISH.error(caught.value)
    assert "/" not in str(caught.value.facts.get("file", ""))
    assert str(caught.value.facts.get("file", "")) in said
    return caught.value.code, caught.value.reason


def codes(read: object) -> list[str]:
    return [finding.code for finding in read.findings]  # type: ignore[attr-defined]


# Boundaries


def save_as(ending: str, folder: Path) -> Path:
    if ending in (".shp", ".zip"):
        shp = save_shapefile(folder)
        return shp if ending == ".shp" else zip_up(folder)
    path = folder / f"wards{ending}"
    if ending in (".parquet", ".geoparquet"):
        WARDS.to_parquet(path)
    else:
        pyogrio.write_dataframe(WARDS, path, driver="GPKG" if ending == ".gpkg" else "GeoJSON")
    return path


@pytest.mark.parametrize("ending", [".shp", ".zip", ".gpkg", ".geojson", ".json", ".parquet", ".geoparquet"])
def test_every_format_gives_the_same_wards(ending: str, tmp_path: Path) -> None:
    path = save_as(ending, tmp_path)
    layer = read_boundaries(path)
    assert layer.frame["ma"].tolist() == ["00001", "00002"]
    assert layer.frame["ten"].tolist() == ["Phường Một", "Phường Hòa Bình"]
    assert layer.frame["dan_so"].tolist() == [1000, 2000]
    assert layer.frame.index.tolist() == [0, 1]
    assert layer.frame.crs == "EPSG:4326"
    assert shapely.equals_exact(
        layer.frame.geometry.to_numpy(), SQUARES, tolerance=1e-9, normalize=True
    ).all()
    assert (layer.file, layer.findings) == (path.name, ())
    assert read_kind(path) == "vector"
    assert list_layers(path) == [layer.layer] == ["wards"]


def test_vn2000_boundaries_come_back_to_degrees(tmp_path: Path) -> None:
    plane = gpd.GeoDataFrame(
        {"ma": ["1"]}, geometry=[shapely.box(585_000, 1_110_000, 586_000, 1_111_000)], crs="EPSG:5897"
    )
    layer = read_boundaries(save_shapefile(tmp_path, plane))
    corners = layer.frame.geometry.get_coordinates().to_numpy()
    assert np.abs(corners - (105.77719769, 10.03655956)).max(axis=1).min() < 1e-7
    assert layer.crs is not None
    assert layer.crs.to_epsg() == 5897


def test_uppercase_endings_belong_together(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    for part in list(tmp_path.iterdir()):
        part.rename(part.with_suffix(part.suffix.upper()))
    layer = read_boundaries(shp.with_suffix(".SHP"))
    assert layer.frame["ten"].tolist() == ["Phường Một", "Phường Hòa Bình"]
    assert layer.findings == ()


def test_a_missing_shx_is_restored_elsewhere(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    shp.with_suffix(".shx").unlink()
    before = sorted(path.name for path in tmp_path.iterdir())
    layer = read_boundaries(shp)
    assert len(layer.frame) == 2
    assert codes(layer) == ["MissingShx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_missing_dbf_leaves_shapes_without_names(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    shp.with_suffix(".dbf").unlink()
    layer = read_boundaries(shp)
    assert list(layer.frame.columns) == ["geometry"]
    assert len(layer.frame) == 2
    assert codes(layer) == ["MissingDbf"]


def test_a_dbf_of_another_export_is_noticed(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    (tmp_path / "other").mkdir()
    other = save_shapefile(tmp_path / "other", WARDS.iloc[[0, 1, 1]].reset_index(drop=True))
    shutil.copyfile(other.with_suffix(".dbf"), shp.with_suffix(".dbf"))
    assert codes(read_boundaries(shp)) == ["RecordCountDiffers"]


@pytest.mark.parametrize("prj", [None, "<html>404</html>"])
def test_a_missing_prj_asks_for_the_crs_and_proposes_one(prj: str | None, tmp_path: Path) -> None:
    plane = WARDS.to_crs("EPSG:5897")
    shp = save_shapefile(tmp_path, plane)
    shp.with_suffix(".prj").unlink()
    if prj:
        shp.with_suffix(".prj").write_text(prj)
    with pytest.raises(UnknownCrs) as caught:
        read_boundaries(shp)
    assert caught.value.reason == "missing"
    told = {name: caught.value.facts[name] for name in ("file", "looks", "suggestion", "candidates")}
    assert told == {"file": "wards.shp", "looks": "metres", "suggestion": "EPSG:5897", "candidates": ()}
    assert len(read_boundaries(shp, crs="EPSG:5897").frame) == 2
    assert refused(lambda: read_boundaries(shp, crs="EPSG:4326")) == ("UnknownCrs", "impossible")
    assert refused(lambda: read_boundaries(shp, crs="EPSG:1")) == ("BadOption", "crs")


def test_a_missing_prj_in_degrees_proposes_degrees(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    shp.with_suffix(".prj").unlink()
    with pytest.raises(UnknownCrs) as caught:
        read_boundaries(shp)
    assert caught.value.facts["suggestion"] == "EPSG:4326"


@pytest.mark.parametrize(
    ("corner", "crs", "reason"),
    [
        ((585_000, 1_110_000), "EPSG:4326", "impossible"),
        ((105.0, 10.0), "EPSG:5897", "impossible_metres"),
        ((10.0, 105.0), "EPSG:4326", "swapped"),
        ((1_110_000, 585_000), "EPSG:5897", "swapped"),
    ],
)
def test_a_crs_that_cannot_be_right_is_refused(
    corner: tuple[float, float], crs: str, reason: str, tmp_path: Path
) -> None:
    x, y = corner
    frame = gpd.GeoDataFrame({"ma": ["1"]}, geometry=[shapely.box(x, y, x + 0.1, y + 0.1)], crs=crs)
    frame.to_parquet(tmp_path / "a.parquet")
    assert refused(lambda: read_boundaries(tmp_path / "a.parquet")) == ("UnknownCrs", reason)


def test_geojson_in_metres_without_a_crs_member_is_impossible(tmp_path: Path) -> None:
    features = json.loads(WARDS.to_crs("EPSG:5897").to_json())
    features.pop("crs", None)
    (tmp_path / "a.geojson").write_text(json.dumps(features))
    assert refused(lambda: read_boundaries(tmp_path / "a.geojson")) == ("UnknownCrs", "impossible")


def test_places_far_from_their_crs_are_noticed(tmp_path: Path) -> None:
    path = save_shapefile(tmp_path, WARDS.to_crs("EPSG:32648"))
    shutil.copyfile(path.with_suffix(".shp"), tmp_path / "b.shp")
    layer = read_boundaries(tmp_path / "b.shp", crs="EPSG:2056")
    assert "CrsOutOfArea" in codes(layer)


def test_the_asked_crs_overrules_the_declared_one(tmp_path: Path) -> None:
    WARDS.to_parquet(tmp_path / "a.parquet")
    layer = read_boundaries(tmp_path / "a.parquet", crs="EPSG:4756")
    assert codes(layer) == ["CrsOverruled"]
    assert layer.frame.total_bounds[0] == pytest.approx(105.0018, abs=1e-4)


def test_null_and_invalid_shapes_are_kept_for_the_check(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(105, 10), (105.01, 10.01), (105.01, 10), (105, 10.01)])
    shapes = np.array([SQUARES[0], None, bow_tie])
    frame = gpd.GeoDataFrame({"ma": ["1", "2", "3"]}, geometry=shapes, crs="EPSG:4326")
    layer = read_boundaries(save_shapefile(tmp_path, frame))
    assert layer.frame["ma"].tolist() == ["1", "2", "3"]
    assert layer.frame.geometry.isna().tolist() == [False, True, False]
    assert layer.frame.geometry.is_valid.tolist() == [True, False, False]


def test_points_among_polygons_lose_their_shape_with_a_finding(tmp_path: Path) -> None:
    inside = shapely.GeometryCollection([SQUARES[0], shapely.Point(105, 10)])
    frame = gpd.GeoDataFrame(
        {"ma": ["1", "2", "3"]}, geometry=[inside, shapely.Point(105, 10), SQUARES[1]], crs="EPSG:4326"
    )
    frame.to_parquet(tmp_path / "a.parquet")
    layer = read_boundaries(tmp_path / "a.parquet")
    assert layer.frame.geometry.isna().tolist() == [False, True, False]
    assert layer.frame.geometry.iloc[0].area == pytest.approx(SQUARES[0].area)
    assert [(finding.code, finding.seen) for finding in layer.findings] == [("NotPolygons", "2")]


def test_infinite_vertices_lose_their_shape_with_a_finding(tmp_path: Path) -> None:
    broken = shapely.Polygon([(105, 10), (105.01, np.inf), (105.01, 10)])
    frame = gpd.GeoDataFrame({"ma": ["1", "2"]}, geometry=[SQUARES[0], broken], crs="EPSG:4326")
    frame.to_parquet(tmp_path / "a.parquet")
    layer = read_boundaries(tmp_path / "a.parquet")
    assert codes(layer) == ["BadCoordinates"]
    assert layer.frame.geometry.isna().tolist() == [False, True]


def test_points_are_no_boundaries(tmp_path: Path) -> None:
    path = save_shapefile(tmp_path, CAMERAS)
    assert refused(lambda: read_boundaries(path)) == ("UnreadableFile", "not_polygons")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert refused(lambda: read_boundaries(tmp_path / "a.csv")) == ("UnreadableFile", "not_polygons")


def test_a_layer_without_features_is_empty(tmp_path: Path) -> None:
    path = save_shapefile(tmp_path, WARDS.iloc[:0])
    assert refused(lambda: read_boundaries(path)) == ("UnreadableFile", "empty")


def test_a_layer_is_chosen_by_a_person(tmp_path: Path) -> None:
    save_shapefile(tmp_path, name="cu")
    save_shapefile(tmp_path, WARDS.iloc[:1], name="moi")
    path = zip_up(tmp_path)
    with pytest.raises(SeveralChoices) as caught:
        read_boundaries(path)
    assert caught.value.facts == {"file": "wards.zip", "choices": "cu, moi"}
    assert list_layers(path) == ["cu", "moi"]
    assert len(read_boundaries(path, layer="moi").frame) == 1
    assert refused(lambda: read_boundaries(path, layer="xa")) == ("UnreadableFile", "no_such_layer")


def test_a_geopackage_with_two_layers_asks_too(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    pyogrio.write_dataframe(WARDS, path, layer="phuong")
    pyogrio.write_dataframe(CAMERAS, path, layer="camera")
    assert refused(lambda: read_boundaries(path)) == ("SeveralChoices", "layers")
    assert len(read_boundaries(path, layer="phuong").frame) == 2
    assert read_table(path, sheet="camera").points


def test_a_cut_shapefile_is_refused(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path)
    shp.write_bytes(shp.read_bytes()[:-40])
    assert refused(lambda: read_boundaries(shp)) == ("UnreadableFile", "truncated")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.geojson", b'{"type": "FeatureCollection", "features": [{"type"', "bad_geojson"),
        ("a.json", b'{"type": "gdal_streamed_alg", "command_line": "gdal vector"}', "bad_geojson"),
        ("a.gpkg", b"SQLite format 3\x00 and then nothing", "corrupt"),
        ("a.gpkg", b"no database at all", "corrupt"),
        ("a.zip", b"no archive", "corrupt"),
        ("a.parquet", b"PAR1 and then nothing", "corrupt"),
        ("a.parquet", b"nothing of the kind", "wrong_ending"),
        ("a.shp", b"\x00" * 200, "corrupt"),
        ("a.shp", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "corrupt"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0 old workbook", "wrong_ending"),
        ("a.csv", b"PK\x03\x04 a renamed workbook", "wrong_ending"),
        ("a.csv", b"a,b\n\x00\x01,2\n", "corrupt"),
        ("a.csv", b'a,b\n"x,2\n3,4\n', "open_quote"),
        ("a.csv", b"a,b\n", "no_rows"),
        ("a.csv", b"\n\n", "no_rows"),
        ("a.dwg", b"AC1032", "unsupported"),
        ("a.prj", b"x", "shapefile_part"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_words(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(lambda: read_table(tmp_path / name)) == ("UnreadableFile", reason)
    with pytest.raises(AppError):
        read_boundaries(tmp_path / name)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(lambda: read_table(tmp_path / "a.csv")) == ("UnreadableFile", "not_found")


# Archives


@pytest.mark.parametrize(
    "name", ["../wards.shp", "/etc/wards.shp", "a/../../wards.shp", "C:\\wards.shp", "..\\w.shp"]
)
def test_a_zip_that_climbs_out_is_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, b"x")
    assert refused(lambda: read_boundaries(tmp_path / "a.zip")) == ("UnreadableFile", "unsafe_zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_zip_with_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("wards.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused(lambda: read_boundaries(tmp_path / "a.zip")) == ("UnreadableFile", "unsafe_zip")


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx"])
def test_an_absurdly_packed_zip_is_not_opened(name: str, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.shp", "w") as member,
    ):
        for _ in range(101):
            member.write(bytes(1024 * 1024))
    with pytest.raises(TooLarge) as caught:
        read_table(tmp_path / name)
    assert caught.value.reason == "zip"
    assert caught.value.facts == {"file": name, "megabytes": 101}


def test_a_zip_without_a_layer_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("wards.dbf", b"x")
        archive.writestr("wards.csv", b"a,b\n1,2\n")
    assert refused(lambda: read_boundaries(tmp_path / "a.zip")) == ("UnreadableFile", "no_shapefile")


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("wards.shp", b"x")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(content))
    assert refused(lambda: read_boundaries(path)) == ("UnreadableFile", "encrypted")


def test_an_upload_over_the_limit_is_refused() -> None:
    check_size(200 * 1024 * 1024, "a.zip")
    with pytest.raises(TooLarge) as caught:
        check_size(200 * 1024 * 1024 + 1, "/tmp/a.zip")
    assert caught.value.facts == {"file": "a.zip", "megabytes": 200, "limit_megabytes": 200}


# Letters


def save_letters(folder: Path, encoding: str, cpg: str | None) -> Path:
    shp = save_shapefile(
        folder, gpd.GeoDataFrame({"ten": ["?" * 30]}, geometry=[SQUARES[0]], crs="EPSG:4326")
    )
    dbf = shp.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"?" * 30, "Hôpital Ngọc".encode(encoding, "ignore").ljust(30)))
    shp.with_suffix(".cpg").unlink()
    if cpg is not None:
        shp.with_suffix(".cpg").write_text(cpg)
    return shp


@pytest.mark.parametrize(
    ("encoding", "cpg", "name", "findings"),
    [
        ("utf-8", "UTF-8", "Hôpital Ngọc", []),
        ("utf-8", None, "Hôpital Ngọc", []),
        ("utf-8", "ISO-8859-1", "Hôpital Ngọc", ["EncodingGuessed"]),
        ("utf-8", "<html>404</html>", "Hôpital Ngọc", []),
        ("cp1252", "ANSI 1252", "Hôpital Ngc", []),
        ("cp1252", None, "Hôpital Ngc", ["EncodingGuessed"]),
        ("cp1252", "UTF-8", "Hôpital Ngc", ["EncodingGuessed"]),
        ("cp1258", "1258", "Hôpital Ngc", []),
    ],
)
def test_dbf_letters_follow_the_bytes(
    encoding: str, cpg: str | None, name: str, findings: list[str], tmp_path: Path
) -> None:
    layer = read_boundaries(save_letters(tmp_path, encoding, cpg))
    assert layer.frame["ten"].tolist() == [name]
    assert codes(layer) == findings


def test_names_ending_in_an_accent_are_not_taken_for_cut_utf8(tmp_path: Path) -> None:
    shp = save_shapefile(
        tmp_path, gpd.GeoDataFrame({"ten": ["caf?"]}, geometry=[SQUARES[0]], crs="EPSG:4326")
    )
    dbf = shp.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"caf?", "café".encode("latin-1")))
    layer = read_boundaries(shp)
    assert layer.frame["ten"].tolist() == ["café"]


# Tables


def save_text(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "bang.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_its_marks(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [["Mã xã", "Tên", "Số vụ"], ["00123", "Phường Hòa, Bình", "1.5"], ["00124", '"x"', "2.5"]]
    text = "\r\n".join(
        delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows
    )
    table = read_table(save_text(tmp_path, text, encoding))
    assert table.frame.columns.tolist() == rows[0]
    assert table.frame.to_numpy().tolist() == rows[1:]
    assert (table.points, table.findings, table.sheet) == (False, (), "bang")


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "ma;so\n00123;1,5\n00124;2,5\n"))
    assert table.frame.to_dict("list") == {"ma": ["00123", "00124"], "so": ["1,5", "2,5"]}


def test_only_line_ends_end_a_line(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "a\x0b,b\u2028,c\n1,2,3\n"))
    assert table.frame.to_numpy().tolist() == [["1", "2", "3"]]


def test_excels_delimiter_line_is_no_row(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "sep=;\r\nma;so\r\n00123;5\r\n"))
    assert table.frame.to_dict("list") == {"ma": ["00123"], "so": ["5"]}


def test_old_windows_text_is_read_with_a_finding(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "nom,n\nHôpital,1\n", "cp1252"))
    assert table.frame["nom"].tolist() == ["Hôpital"]
    assert [(finding.code, finding.seen) for finding in table.findings] == [("EncodingGuessed", "Hôpital")]


def test_a_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    path = save_text(tmp_path, "a,b\n" + "1,2\n" * 100 + "1,2,3\n")
    with pytest.raises(UnreadableFile) as caught:
        read_table(path)
    assert (caught.value.reason, caught.value.facts) == ("ragged", {"file": "bang.csv", "line": 102})


def test_short_rows_and_closing_blanks_are_mended(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "a,b,c,\n1,2\n,,,\n3,4,5,\n,,,\n\n"))
    assert table.frame.to_numpy().tolist() == [["1", "2", ""], ["", "", ""], ["3", "4", "5"]]


def test_titles_above_the_column_names_are_skipped_with_a_finding(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "BẢNG THỐNG KÊ,,\n,,\nMã,Tên,Số\n1,a,2\n"))
    assert table.frame.columns.tolist() == ["Mã", "Tên", "Số"]
    assert [(finding.code, finding.seen) for finding in table.findings] == [
        ("HeaderSkipped", "BẢNG THỐNG KÊ")
    ]


def test_a_nameless_first_column_is_no_title(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, ",so\nA,2\nB,3\n"))
    assert table.frame.to_dict("list") == {"column_1": ["A", "B"], "so": ["2", "3"]}
    assert codes(table) == ["UnnamedColumns"]


def test_repeated_column_names_become_distinct(tmp_path: Path) -> None:
    table = read_table(save_text(tmp_path, "so,so,so_2\n1,2,3\n"))
    assert table.frame.to_dict("list") == {"so": ["1"], "so_3": ["2"], "so_2": ["3"]}
    assert codes(table) == ["DuplicateColumns"]


def save_workbook(folder: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "bang.xlsx")
    return folder / "bang.xlsx"


def test_a_workbook_keeps_text_codes_and_typed_numbers(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path,
        mot=[["Mã\nxã", "Ngày", "Số"], ["00123", pd.Timestamp("2022-03-04"), 5], [31117, None, "1.209"]],
    )
    table = read_table(path)
    assert table.frame.columns.tolist() == ["Mã xã", "Ngày", "Số"]
    assert table.frame["Mã xã"].tolist() == ["00123", 31117]
    assert table.frame["Số"].tolist() == [5, "1.209"]
    assert pd.Timestamp(table.frame["Ngày"].iloc[0]) == pd.Timestamp("2022-03-04")
    assert table.frame["Ngày"].iloc[1] is None
    assert (table.sheet, table.findings) == ("mot", ())


def test_a_sheet_is_chosen_by_a_person(tmp_path: Path) -> None:
    path = save_workbook(tmp_path, mot=[["a"], [1]], hai=[["b"], [2]], trong=[])
    assert refused(lambda: read_table(path)) == ("SeveralChoices", "sheets")
    assert list_layers(path) == ["mot", "hai"]
    assert read_table(path, sheet="hai").frame.to_dict("list") == {"b": [2]}
    assert refused(lambda: read_table(path, sheet="ba")) == ("UnreadableFile", "no_such_sheet")
    assert refused(lambda: read_table(path, sheet="trong")) == ("UnreadableFile", "no_rows")


def test_a_single_sheet_with_data_needs_no_choice(tmp_path: Path) -> None:
    path = save_workbook(tmp_path, trong=[], mot=[["a", "b"], [1, 2]])
    assert read_table(path).sheet == "mot"


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pd.DataFrame({"ma": ["001", None], "so": [1, 2]}, index=[7, 8])
    frame.to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    assert table.frame.columns.tolist() == ["ma", "so"]
    assert table.frame.index.tolist() == [0, 1]
    assert table.frame["so"].dtype == np.int64
    assert read_kind(tmp_path / "a.parquet") == "table"


# Points


@pytest.mark.parametrize("ending", [".shp", ".zip", ".gpkg", ".geojson", ".parquet"])
def test_a_point_layer_is_a_table_with_places(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"camera{ending}"
    if ending == ".parquet":
        CAMERAS.to_parquet(path)
    elif ending in (".shp", ".zip"):
        save_shapefile(tmp_path, CAMERAS, name="camera")
        path = zip_up(tmp_path, "camera.zip") if ending == ".zip" else path
    else:
        pyogrio.write_dataframe(CAMERAS, path)
    table = read_table(path)
    assert table.points
    assert table.frame.columns.tolist() == ["so", "longitude", "latitude"]
    np.testing.assert_allclose(table.frame["longitude"], [105.005, np.nan, 105.015], atol=1e-9)
    np.testing.assert_allclose(table.frame["latitude"], [10.005, np.nan, 10.002], atol=1e-9)


def test_a_column_named_like_ours_is_kept_under_another_name(tmp_path: Path) -> None:
    CAMERAS.assign(longitude=["1", "2", "3"]).to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    assert table.frame.columns.tolist() == ["so", "longitude_2", "longitude", "latitude"]
    assert table.frame["longitude_2"].tolist() == ["1", "2", "3"]
    assert codes(table) == ["DuplicateColumns"]


def test_single_impossible_points_lose_their_place_with_a_finding(tmp_path: Path) -> None:
    places = [shapely.Point(105 + place / 1000, 10) for place in range(40)]
    places[7] = shapely.Point(1e9, 10)
    places[9] = shapely.Point(0, 0)
    gpd.GeoDataFrame({"so": range(40)}, geometry=places, crs="EPSG:4326").to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    assert np.flatnonzero(table.frame["longitude"].isna()).tolist() == [7]
    assert table.frame[["longitude", "latitude"]].to_numpy()[9].tolist() == [0, 0]
    assert [(finding.code, finding.seen) for finding in table.findings] == [("BadCoordinates", "8")]


def test_several_places_in_one_row_are_no_place(tmp_path: Path) -> None:
    pair, single = shapely.MultiPoint([(105, 10), (106, 10)]), shapely.MultiPoint([(105, 10)])
    frame = gpd.GeoDataFrame({"so": ["a", "b"]}, geometry=[pair, single], crs="EPSG:4326")
    frame.to_parquet(tmp_path / "a.parquet")
    table = read_table(tmp_path / "a.parquet")
    np.testing.assert_equal(table.frame["longitude"].tolist(), [np.nan, 105.0])
    assert codes(table) == ["SeveralPlaces"]


def test_the_attributes_of_polygons_are_a_table(tmp_path: Path) -> None:
    table = read_table(save_shapefile(tmp_path))
    assert table.frame["dan_so"].tolist() == [1000, 2000]
    assert not table.points
    assert codes(table) == ["ShapesIgnored"]


def test_points_without_a_crs_ask_for_it(tmp_path: Path) -> None:
    shp = save_shapefile(tmp_path, CAMERAS.to_crs("EPSG:5897"))
    shp.with_suffix(".prj").unlink()
    assert refused(lambda: read_table(shp)) == ("UnknownCrs", "missing")
    assert read_table(shp, crs="EPSG:5897").frame["longitude"].iloc[0] == pytest.approx(105.005, abs=1e-4)


# Real files


@pytest.mark.real_data
def test_the_wards_of_can_tho_are_read(real_data: Path) -> None:
    layer = read_boundaries(real_data / "vietnam" / "can_tho_2021.zip")
    assert len(layer.frame) == 83
    assert layer.frame["MA_XA"].iloc[0] == "31117"
    assert layer.frame["TEN_XA"].iloc[0] == "Phường Cái Khế"
    assert layer.findings == ()


@pytest.mark.real_data
def test_london_in_national_grid_lands_in_london(real_data: Path) -> None:
    path = real_data / "cities" / "london" / "boundaries_wards_2014.zip"
    bounds = read_boundaries(path).frame.total_bounds
    assert bounds.tolist() == pytest.approx([-0.5104, 51.2868, 0.3340, 51.6919], abs=2e-4)
    one_metre_in_degrees = 1.5e-5
    by_code = read_boundaries(path, crs="EPSG:27700").frame.total_bounds
    assert bounds == pytest.approx(by_code, abs=one_metre_in_degrees)


@pytest.mark.real_data
def test_the_same_wards_in_vn2000_lie_in_the_same_place(real_data: Path) -> None:
    ugly = real_data / "vietnam" / "ugly"
    plain = read_boundaries(real_data / "vietnam" / "can_tho_2021.zip")
    with pytest.raises(UnknownCrs):
        read_boundaries(ugly / "made_cantho_tcvn3_vn2000_tm3_105_noprj.zip")
    layer = read_boundaries(ugly / "made_cantho_tcvn3_vn2000_tm3_105_noprj.zip", crs="EPSG:5897")
    assert layer.frame.total_bounds == pytest.approx(plain.frame.total_bounds, abs=1e-5)
    assert codes(layer) == ["EncodingGuessed"]
    assert layer.frame["TENXA"].iloc[0] == "Phường Cái Khế"


@pytest.mark.real_data
def test_a_wrong_cpg_and_split_accents_still_give_vietnamese(real_data: Path) -> None:
    layer = read_boundaries(real_data / "vietnam" / "ugly" / "made_cantho_utf8_nfd_wrongcpg.zip")
    truth = pd.read_csv(real_data / "vietnam" / "ugly" / "made_cantho_names_truth.csv", dtype=str)
    assert set(layer.frame["TENXA"]) <= set(truth.to_numpy().ravel())
    assert codes(layer) == ["EncodingGuessed"]


@pytest.mark.real_data
def test_the_datum_of_another_continent_is_noticed(real_data: Path) -> None:
    layer = read_boundaries(real_data / "vietnam" / "ugly" / "cantho2006_xaphuong_region_afgooye_nocpg.zip")
    assert len(layer.frame) == 67
    assert codes(layer) == ["CrsOutOfArea", "CrsMisfit"]
