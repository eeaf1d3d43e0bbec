"""A layer as read becomes wards, or is refused."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from errors import DuplicateCodes, MissingColumns, UnreadableFile
from geo.boundaries.check import check_boundaries, check_wards
from geo.findings import Finding
from geo.frames import Source, Wards
from geo.reading.columns import BoundaryColumns
from geo.reading.read import Layer, read_boundaries
from tests.mau import CODES, NAMES, RESIDENTS, make_wards

BOW_TIE = shapely.Polygon([(105, 10), (105.01, 10.01), (105.01, 10), (105, 10.01)])


def as_layer(frame: gpd.GeoDataFrame) -> Layer:
    return Layer(file="mau.shp", layer="", frame=frame.reset_index(drop=True), crs=frame.crs, findings=())


def clerk_frame() -> gpd.GeoDataFrame:
    frame = make_wards().frame.reset_index()
    return frame.rename(
        columns={"ward_code": "MA_XA", "ward_name": "TEN_XA", "parent": "TEN_HUYEN", "population": "DAN_SO"}
    )


def inspect(frame: gpd.GeoDataFrame) -> dict[str, Finding]:
    checked = check_boundaries(as_layer(frame), BoundaryColumns(), version="v", source=Source(name="t"))
    return {finding.code: finding for finding in checked.findings}


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
    frame.loc[0, "geometry"] = BOW_TIE
    wards, codes = check(frame)
    assert codes == ["InvalidGeometry", "RepairChangedArea", "MultipartWards"]
    assert wards.frame.geometry.is_valid.all()
    assert wards.frame.at["00001", "area_km2"] == pytest.approx(1.213 / 2, rel=0.01)


def test_a_repair_tells_the_fault_and_the_area_before_and_after() -> None:
    frame = clerk_frame()
    frame.loc[0, "geometry"] = BOW_TIE
    found = inspect(frame)
    wards = found["InvalidGeometry"].facts["wards"]
    assert isinstance(wards, tuple)
    assert wards == (("00001", "crossing", 0.0, pytest.approx(606_350, rel=0.001)),)
    change = found["RepairChangedArea"]
    assert (change.seen, change.facts["n"], change.facts["before_m2"]) == ("Phường Một", 1, 0)


def test_a_repair_that_changes_no_area_is_told_without_a_second_remark() -> None:
    frame = clerk_frame()
    west, south, east, north = frame.geometry.iloc[0].bounds
    spike = [(west, south), (east, south), (east, north), (east, north + 1e-9), (east, north), (west, north)]
    frame.loc[0, "geometry"] = shapely.Polygon(spike)
    found = inspect(frame)
    assert "RepairChangedArea" not in found
    assert found["InvalidGeometry"].facts["n"] == 1


def test_an_outline_without_area_is_left_out_by_name() -> None:
    frame = clerk_frame()
    frame.loc[2, "geometry"] = shapely.Polygon([(105, 10), (105.01, 10.01), (105.02, 10.02), (105, 10)])
    wards, codes = check(frame)
    assert "NoArea" in codes
    assert inspect(frame)["NoArea"].seen == "Xã Tân Thới"
    assert wards.frame.index.tolist() == ["00001", "00002", "00004", "00005", "00006"]


def test_a_scrap_under_a_square_metre_stays_and_is_told() -> None:
    frame = clerk_frame()
    frame.loc[2, "geometry"] = shapely.box(105.02, 10.0, 105.020005, 10.000005)
    found = inspect(frame)
    assert found["TinyWards"].seen == "00003"
    assert found["TinyWards"].facts == {"n": 1}


def test_a_ring_that_is_not_closed_is_closed_by_reading(tmp_path: Path) -> None:
    corners = [[[105, 10], [105.01, 10], [105.01, 10.01], [105, 10.01]]]
    place = {"type": "Polygon", "coordinates": corners}
    feature = {"type": "Feature", "properties": {"MA_XA": "00001", "TEN_XA": "Xã Một"}, "geometry": place}
    path = tmp_path / "ho.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    read = read_boundaries(path)
    wards, _, _ = check_wards(read, BoundaryColumns(), version="v", source=Source())
    assert wards.frame["area_km2"].round(3).tolist() == [1.213]


def test_overlaps_and_gaps_are_among_the_remarks() -> None:
    frame = clerk_frame()
    west, south, east, north = frame.geometry.iloc[1].bounds
    frame.loc[1, "geometry"] = shapely.box(west - 0.001, south, east, north)
    frame.loc[4, "geometry"] = frame.geometry.iloc[4].difference(
        shapely.box(105.014, 10.014, 105.016, 10.016)
    )
    found = inspect(frame)
    overlap, gap = found["CoverageOverlaps"], found["CoverageGaps"]
    assert (overlap.severity, overlap.seen) == ("warning", "Phường Một – Phường Hòa Bình")
    assert overlap.facts["area_m2"] == pytest.approx(121_300, rel=0.001)
    assert (gap.severity, gap.seen, gap.facts["n"]) == ("warning", "Phường 5", 1)


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
