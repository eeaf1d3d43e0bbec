"""A layer as read becomes wards, or is refused."""

import geopandas as gpd
import pytest
import shapely

from errors import DuplicateCodes, MissingColumns, UnreadableFile
from geo.check import check_wards
from geo.columns import BoundaryColumns
from geo.frames import Source, Wards
from geo.read import Layer
from tests.mau import CODES, NAMES, RESIDENTS, make_wards


def as_layer(frame: gpd.GeoDataFrame) -> Layer:
    return Layer(file="mau.shp", layer="", frame=frame.reset_index(drop=True), crs=frame.crs, findings=())


def clerk_frame() -> gpd.GeoDataFrame:
    frame = make_wards().frame.reset_index()
    return frame.rename(
        columns={"ward_code": "MA_XA", "ward_name": "TEN_XA", "parent": "TEN_HUYEN", "population": "DAN_SO"}
    )


def check(frame: gpd.GeoDataFrame, **columns: str) -> tuple[Wards, list[str]]:
    wards, findings, _ = check_wards(
        as_layer(frame), BoundaryColumns(**columns), version="v", source=Source(name="t")
    )
    return wards, [finding.code for finding in findings]


def test_a_clerks_layer_becomes_wards_without_a_word_from_the_user() -> None:
    wards, codes = check(clerk_frame())
    assert codes == []
    assert list(wards.frame.columns) == ["ward_name", "parent", "population", "area_km2", "geometry"]
    assert wards.frame.index.tolist() == list(CODES)
    assert wards.frame["ward_name"].tolist() == list(NAMES)
    assert wards.frame["population"].tolist() == list(RESIDENTS)
    # 0.01° by 0.01° at 10° N: 1.0965 km by 1.1061 km.
    assert wards.frame["area_km2"].round(3).tolist() == [1.213] * 6


def test_parts_of_one_ward_are_dissolved_and_reported() -> None:
    frame = clerk_frame()
    frame.loc[1, ["MA_XA", "TEN_XA"]] = ["00001", "phường  MỘT"]
    wards, codes = check(frame)
    assert codes == ["DissolvedParts"]
    assert wards.frame.index.tolist() == ["00001", *CODES[2:]]
    assert wards.frame.at["00001", "geometry"].equals(shapely.union_all(frame.geometry[:2]))


def test_one_code_for_two_names_is_refused() -> None:
    frame = clerk_frame()
    frame.loc[1, "MA_XA"] = "00001"
    with pytest.raises(DuplicateCodes) as refusal:
        check(frame)
    assert refusal.value.facts["codes"] == "00001 Phường Một, 00001 Phường Hòa Bình"


def test_null_outlines_and_blank_codes_are_left_out_with_a_finding() -> None:
    frame = clerk_frame()
    frame.loc[0, "geometry"] = None
    frame.loc[1, "MA_XA"] = " "
    wards, codes = check(frame)
    assert codes == ["NullGeometry", "BlankCode"]
    assert wards.frame.index.tolist() == list(CODES[2:])


def test_an_outline_that_crosses_itself_is_repaired_and_reported() -> None:
    frame = clerk_frame()
    frame.loc[0, "geometry"] = shapely.Polygon([(105, 10), (105.01, 10.01), (105.01, 10), (105, 10.01)])
    wards, codes = check(frame)
    assert codes == ["InvalidGeometry"]
    assert wards.frame.geometry.is_valid.all()
    assert wards.frame.at["00001", "area_km2"] == pytest.approx(1.213 / 2, rel=0.01)


def test_without_a_code_column_the_name_serves_and_the_reader_is_told() -> None:
    wards, codes = check(clerk_frame().drop(columns="MA_XA"))
    assert codes == ["CodeFromName"]
    assert wards.frame.index.tolist() == list(NAMES)


def test_a_layer_without_code_and_name_is_refused_with_its_columns() -> None:
    with pytest.raises(MissingColumns) as refusal:
        check(clerk_frame().rename(columns={"MA_XA": "F1", "TEN_XA": "F2"}).drop(columns="TEN_HUYEN"))
    assert refusal.value.facts["columns"] == "F1, F2, DAN_SO, area_km2"


def test_a_named_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(MissingColumns, match="MA_PHUONG"):
        check(clerk_frame(), code="MA_PHUONG")


def test_a_layer_of_nothing_but_null_outlines_is_refused() -> None:
    frame = clerk_frame()
    frame["geometry"] = None
    with pytest.raises(UnreadableFile):
        check(frame)


def test_a_numeric_code_column_is_text_and_unreadable_residents_are_unknown() -> None:
    frame = clerk_frame()
    frame["MA_XA"] = [31117.0, 31120.0, 31123.0, 31126.0, 31129.0, 31132.0]
    frame["DAN_SO"] = ["1.000", "2000", "không rõ", "5000", "10000", "20000"]
    wards, codes = check(frame)
    assert wards.frame.index[0] == "31117"
    assert codes == ["NotANumber"]
    assert wards.frame["population"].isna().tolist() == [False, False, True, False, False, False]
