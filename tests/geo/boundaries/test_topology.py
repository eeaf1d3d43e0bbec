"""Wards that lie over each other, leave ground to nobody, or fit: on squares of a hundredth of a degree.

Such a square is 1 096 m wide and 1 106 m high, so a thousandth of a degree is 110 m either way.
"""

import time
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries.topology import MOST_PAIRS, Coverage, check_coverage
from geo.boundaries.topology_findings import list_coverage_findings
from geo.crs import to_metres
from tests.mau import CODES, make_wards

NAMES = make_wards().frame["ward_name"]
BESIDE, METRE = 0.01, 1 / 110_000


def place(shapes: dict[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    index = pd.Index(list(shapes), name="ward_code")
    return gpd.GeoDataFrame(index=index, geometry=list(shapes.values()), crs="EPSG:4326")


def square(
    column: float, row: float = 0.0, *, width: float = BESIDE, height: float = BESIDE
) -> shapely.Polygon:
    west, south = 105 + column * BESIDE, 10 + row * BESIDE
    return shapely.box(west, south, west + width, south + height)


def ring_of_eight() -> dict[str, shapely.Geometry]:
    """Eight squares around an empty ninth."""
    cells = [(column, row) for row in range(3) for column in range(3) if (column, row) != (1, 1)]
    return {f"{row}{column}": square(column, row) for column, row in cells}


def remark(coverage: Coverage) -> dict[str, tuple[str, str]]:
    codes = coverage.n_parts.index
    names = pd.Series([f"Xã {code}" for code in codes], index=codes)
    return {
        finding.code: (finding.severity, finding.seen)
        for finding in list_coverage_findings(coverage, names, "mau.shp")
    }


def test_wards_that_fit_have_nothing_to_tell() -> None:
    coverage = check_coverage(make_wards().frame)
    assert (len(coverage.overlaps), len(coverage.gaps), len(coverage.slivers)) == (0, 0, 0)
    assert coverage.n_parts.to_dict() == dict.fromkeys(CODES, 1)
    assert list_coverage_findings(coverage, NAMES, "mau.shp") == ()


def test_an_overlap_is_told_with_both_wards_and_its_size() -> None:
    frame = place({"B": square(0), "A": square(0.9), "C": square(1.9)})
    coverage = check_coverage(frame)
    pairs = list(zip(coverage.overlaps["code_a"], coverage.overlaps["code_b"], strict=True))
    assert pairs == [
        ("B", "A"),
    ]
    # A tenth of a square: 109.6 m by 1 106 m.
    assert coverage.overlaps["area_m2"].tolist() == pytest.approx([121_300], rel=0.002)
    # 2 * area / perimeter of that strip.
    assert coverage.overlaps["width_m"].tolist() == pytest.approx([99.8], rel=0.01)
    assert coverage.overlaps.geometry.iloc[0].bounds == pytest.approx((105.009, 10, 105.01, 10.01))
    assert remark(coverage) == {"CoverageOverlaps": ("warning", "Xã B – Xã A")}


def test_two_overlaps_of_one_pair_are_one_row() -> None:
    comb = shapely.union_all([square(0.9, 0, height=0.002), square(0.9, 0.8, height=0.002), square(1)])
    coverage = check_coverage(place({"A": square(0), "B": comb}))
    assert len(coverage.overlaps) == 1
    assert coverage.overlaps["area_m2"].iloc[0] == pytest.approx(2 * 0.02 * 1_213_000, rel=0.002)
    assert shapely.get_num_geometries(coverage.overlaps.geometry.iloc[0]) == 2


def test_a_ward_inside_another_that_knows_nothing_of_it_is_an_overlap() -> None:
    coverage = check_coverage(place({"A": square(0), "B": square(0.4, 0.4, width=0.002, height=0.002)}))
    assert coverage.overlaps["area_m2"].tolist() == pytest.approx([48_520], rel=0.002)


def test_the_same_outline_twice_is_an_overlap_of_its_whole_size() -> None:
    coverage = check_coverage(place({"A": square(0), "B": square(0)}))
    assert coverage.overlaps["area_m2"].tolist() == pytest.approx([1_213_000], rel=0.002)


def test_a_hole_that_nobody_fills_is_a_gap_with_the_wards_around_it() -> None:
    coverage = check_coverage(place(ring_of_eight()))
    assert coverage.gaps["codes"].tolist() == [("01", "10", "12", "21")]
    assert coverage.gaps["area_m2"].tolist() == pytest.approx([1_213_000], rel=0.002)
    assert coverage.gaps.geometry.iloc[0].bounds == pytest.approx((105.01, 10.01, 105.02, 10.02))
    assert len(coverage.overlaps) == 0
    assert remark(coverage)["CoverageGaps"][0] == "warning"


def test_an_enclave_is_no_gap() -> None:
    inner = square(0.4, 0.4, width=0.002, height=0.002)
    coverage = check_coverage(place({"A": square(0).difference(inner), "B": inner}))
    assert (len(coverage.gaps), len(coverage.overlaps)) == (0, 0)
    assert coverage.n_holes.to_dict() == {"A": 1, "B": 0}
    assert remark(coverage) == {"WardHoles": ("info", "Xã A")}


def test_a_half_filled_hole_is_a_gap_of_the_other_half() -> None:
    hole = square(0.4, 0.4, width=0.002, height=0.002)
    half = square(0.4, 0.4, width=0.001, height=0.002)
    coverage = check_coverage(place({"A": square(0).difference(hole), "B": half}))
    assert coverage.gaps["codes"].tolist() == [("A", "B")]
    assert coverage.gaps["area_m2"].tolist() == pytest.approx([24_260], rel=0.002)


def test_an_island_is_told_and_is_no_fault() -> None:
    coverage = check_coverage(place({"A": shapely.union_all([square(0), square(3)]), "B": square(1)}))
    assert coverage.n_parts.to_dict() == {"A": 2, "B": 1}
    assert remark(coverage) == {"MultipartWards": ("info", "Xã A")}


@pytest.mark.parametrize(("width_m", "n_fitting", "n_slivers", "n_overlaps"), [
    (0.5, 1, 0, 0), (3.0, 0, 1, 0), (8.0, 0, 0, 1),
])  # fmt: skip
def test_a_strip_is_within_tolerance_a_sliver_or_an_overlap_by_its_width(
    width_m: float, n_fitting: int, n_slivers: int, n_overlaps: int
) -> None:
    beside = shapely.box(105.01 - width_m * METRE, 10, 105.02, 10.01)
    coverage = check_coverage(place({"A": square(0), "B": beside}))
    assert (coverage.n_fitting, len(coverage.slivers), len(coverage.overlaps)) == (
        n_fitting, n_slivers, n_overlaps,
    )  # fmt: skip
    given = coverage.fitting_m2 + coverage.slivers["area_m2"].sum() + coverage.overlaps["area_m2"].sum()
    assert given == pytest.approx(width_m * 1106, rel=0.02)


def test_a_sliver_knows_its_kind_and_a_lost_strip_is_a_warning() -> None:
    frame = place(ring_of_eight() | {"11": shapely.box(105.01 + 3 * METRE, 10.01, 105.02, 10.02)})
    coverage = check_coverage(frame)
    assert coverage.slivers["kind"].tolist() == ["gap"]
    assert coverage.slivers["codes"].tolist() == [("01", "10", "11", "21")]
    assert coverage.slivers["width_m"].tolist() == pytest.approx([3.0], rel=0.02)
    assert remark(coverage)["Slivers"][0] == "warning"


def test_a_small_square_overlap_is_no_sliver() -> None:
    corner = shapely.box(105.01 - 4 * METRE, 10.01 - 4 * METRE, 105.02, 10.02)
    coverage = check_coverage(place({"A": square(0), "B": corner}))
    assert (len(coverage.overlaps), len(coverage.slivers)) == (1, 0)
    assert coverage.overlaps["area_m2"].iloc[0] == pytest.approx(16, rel=0.02)


def test_what_was_not_measured_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.boundaries.topology.MOST_PAIRS", 8)
    coverage = check_coverage(place({code: square(0) for code in CODES}))
    assert coverage.n_unmeasured == 6
    assert remark(coverage) == {"CoverageNotMeasured": ("warning", "")}
    assert MOST_PAIRS == 300_000


BOX = st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 4), st.integers(1, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(BOX, min_size=2, max_size=7))
def test_overlaps_and_slivers_are_all_that_wards_have_in_common(
    boxes: list[tuple[int, int, int, int]],
) -> None:
    frame = place({
        str(number): shapely.box(
            105 + x * 0.001, 10 + y * 0.001, 105 + (x + width) * 0.001, 10 + (y + height) * 0.001
        )
        for number, (x, y, width, height) in enumerate(boxes)
    })  # fmt: skip
    metres = to_metres(frame).geometry
    common = {(a, b): metres[a].intersection(metres[b]).area for a, b in combinations(frame.index, 2)}
    expected = {pair: area for pair, area in common.items() if area > 1}
    overlaps = check_coverage(frame).overlaps
    found = {(row.code_a, row.code_b): row.area_m2 for row in overlaps.itertuples()}
    assert found == pytest.approx(expected)


@pytest.mark.real_data
def test_areas_drawn_twice_along_a_street_are_slivers_and_one_overlap(real_data: Path) -> None:
    frame = gpd.read_file(real_data / "cities" / "vancouver" / "boundaries_local_areas.zip").to_crs(4326)
    coverage = check_coverage(frame.set_index("name"))
    assert (len(coverage.overlaps), len(coverage.gaps), len(coverage.slivers)) == (1, 0, 12)
    assert coverage.overlaps.iloc[0][["code_a", "code_b"]].tolist() == ["Arbutus-Ridge", "Shaughnessy"]
    assert coverage.overlaps["area_m2"].iloc[0] == pytest.approx(1535, abs=1)
    assert coverage.slivers["codes"].iloc[0] == ("Riley Park", "Mount Pleasant")
    assert coverage.slivers["area_m2"].iloc[0] == pytest.approx(5577, abs=1)
    assert coverage.slivers["width_m"].max() < 5


@pytest.mark.real_data
def test_a_province_fits_and_costs_little(real_data: Path) -> None:
    frame = gpd.read_file(real_data / "vietnam" / "can_tho_2021.zip")
    coverage = check_coverage(frame.set_index(frame.columns[0]))
    assert (coverage.n_places, len(coverage.slivers), coverage.n_fitting) == (0, 0, 0)


@pytest.mark.real_data
def test_the_whole_country_is_checked_within_half_a_minute(real_data: Path) -> None:
    frame = gpd.read_parquet(real_data / "vietnam" / "vn_wards_2021.parquet")
    started = time.process_time()
    coverage = check_coverage(frame)
    assert time.process_time() - started < 30
    assert (len(coverage.n_parts), len(coverage.gaps), len(coverage.overlaps)) == (10_589, 32, 0)
    assert coverage.gaps["area_m2"].iloc[0] == pytest.approx(229.9e6, rel=0.01)
