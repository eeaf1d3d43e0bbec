"""A file without a reference system, or with a wrong one, is found out by where its wards lie."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate

from errors import UnknownCrs
from geo.boundaries.crs_candidates import find_candidates
from geo.boundaries.crs_catalogue import System, describe_crs, list_systems
from geo.boundaries.known_places import plain_codes, plain_names
from geo.crs import (
    DEGREES,
    HANOI72_TO_WGS84,
    VN2000_TO_WGS84,
    parse_crs,
    points_to_degrees,
    split_swapped,
)  # fmt: skip
from geo.matching.gazetteer import load_gazetteer
from geo.reading.read import Layer, read_boundaries
from i18n.messages import LANGUAGES, load_words

UGLY = Path("vietnam") / "ugly"
NO_PRJ = UGLY / "made_cantho_tcvn3_vn2000_tm3_105_noprj.zip"
NAMES = pd.Series(["Phường Một", "Xã Hai", "Thị trấn Ba"])
SHIFTS = {"VN-2000": VN2000_TO_WGS84, "Hanoi 1972": HANOI72_TO_WGS84}
STEPS = np.array([[0.0, 0.0], [1500.0, 500.0], [-700.0, 2200.0]])
SURVEYED = {
    "Cần Thơ": (585_000, 1_110_000),
    "Thanh Hóa": (581_000, 2_190_000),
    "Bến Cát": (592_000, 1_233_000),
}


def find_misfits(true: str, place: str, *, divide: float = 1.0) -> dict[str, float]:
    """Metres that each reading is off, for three wards at a place written in the system `true`."""
    xy = (np.array(SURVEYED[place]) + STEPS) / divide
    longitude, latitude = points_to_degrees(xy[:, 0], xy[:, 1], parse_crs(true))
    known = pd.DataFrame({"code": "", "name": NAMES, "longitude": longitude, "latitude": latitude})
    found = find_candidates(xy, NAMES, None, known)
    assert found[0].crs == true
    assert found[0].misfit_m < 0.01
    return {candidate.crs: candidate.misfit_m for candidate in found}


@pytest.mark.parametrize(
    ("place", "true", "read_as", "metres"),
    [
        ("Cần Thơ", "EPSG:5897", "WGS84:105:0.9999", 226.2),
        ("Thanh Hóa", "EPSG:5897", "WGS84:105:0.9999", 224.3),
        ("Bến Cát", "EPSG:9210", "WGS84:105.75:0.9999", 225.5),
        ("Cần Thơ", "EPSG:5897", "EPSG:3405", 334),
        ("Thanh Hóa", "EPSG:5897", "EPSG:3405", 658),
        ("Bến Cát", "EPSG:9210", "VN2000:105.75:0.9996", 371),
        ("Cần Thơ", "EPSG:5897", "EPSG:32648", 476),
        ("Thanh Hóa", "EPSG:5897", "EPSG:32648", 785),
        ("Cần Thơ", "EPSG:5897", "EPSG:9210", 82_221),
        ("Thanh Hóa", "EPSG:5897", "EPSG:9210", 78_580),
        ("Bến Cát", "EPSG:9210", "EPSG:5897", 81_924),
        ("Cần Thơ", "EPSG:5897", "EPSG:9209", 54_814),
        ("Thanh Hóa", "EPSG:5897", "EPSG:9209", 52_387),
    ],
)
def test_each_wrong_reading_is_off_by_the_metres_that_were_measured(
    place: str, true: str, read_as: str, metres: float
) -> None:
    assert find_misfits(true, place)[read_as] == pytest.approx(metres, rel=0.012)


@pytest.mark.parametrize(("place", "metres"), [("Cần Thơ", 63), ("Thanh Hóa", 52), ("Bến Cát", 63)])
def test_ha_noi_1972_without_its_shift_is_off_by_half_a_hundred_metres(place: str, metres: float) -> None:
    east, north = SURVEYED[place]
    longitude, latitude = points_to_degrees(np.array([east]), np.array([north]), parse_crs("EPSG:5897"))
    xy = np.column_stack((longitude, latitude)) + STEPS / 111_000
    true_longitude, true_latitude = points_to_degrees(xy[:, 0], xy[:, 1], parse_crs("EPSG:4147"))
    known = pd.DataFrame({"code": "", "name": NAMES, "longitude": true_longitude, "latitude": true_latitude})
    found = {candidate.crs: candidate.misfit_m for candidate in find_candidates(xy, NAMES, None, known)}
    assert found[DEGREES] == pytest.approx(metres, abs=1.0)
    assert found["EPSG:4147"] < 0.01


# The whole catalogue, with real ward places


def write_places(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64], crs: str
) -> NDArray[np.float64]:
    """WGS 84 degrees as a file in `crs` would hold them."""
    system = parse_crs(crs)
    datum = system.geodetic_crs
    assert datum is not None
    if datum.name in SHIFTS:
        shift = pyproj.Transformer.from_pipeline(SHIFTS[datum.name])
        longitude, latitude = shift.transform(longitude, latitude, direction="INVERSE")
    if system.is_projected:
        longitude, latitude = pyproj.Proj(system)(longitude, latitude)
    return np.column_stack((longitude, latitude))


def find_middle_meridian(system: System) -> float:
    """Where such a file would be used: near its central meridian, as far as the country reaches."""
    crs = parse_crs(system.crs)
    operation = crs.coordinate_operation
    if operation is None:
        return 106.0
    values = {param.name: param.value for param in operation.params}
    return min(float(values["Longitude of natural origin"]), 109.0)


def pick_wards(meridian: float) -> pd.DataFrame:
    """Twenty official wards of before July 2025 nearest to a meridian."""
    units = load_gazetteer().dropna(subset=["longitude"])
    units = units[units["unit_set"] == "2021-12-31"]
    order = (units["longitude"] - meridian).abs().sort_values(kind="stable").index
    return units.loc[order[:20]].reset_index(drop=True)


def rank(wards: pd.DataFrame, crs: str, *, swapped: bool) -> list[str]:
    xy = write_places(wards["longitude"].to_numpy(), wards["latitude"].to_numpy(), crs)
    found = find_candidates(xy[:, ::-1] if swapped else xy, wards["name"], None)
    assert found[0].misfit_m < 1
    assert (found[0].n_known, found[0].swapped) == (20, swapped)
    return [candidate.crs for candidate in found]


@pytest.mark.parametrize("system", list_systems(), ids=lambda system: system.crs)
def test_every_system_of_the_catalogue_is_recognised(system: System) -> None:
    wards = pick_wards(find_middle_meridian(system))
    assert rank(wards, system.crs, swapped=False)[0] == system.crs


@pytest.mark.parametrize(
    "crs",
    ["EPSG:4326", "EPSG:4756", "EPSG:5897", "VN2000:105.75:0.9996", "EPSG:3405", "EPSG:32648", "EPSG:2044"],
)
def test_exchanged_axes_are_recognised(crs: str) -> None:
    wards = pick_wards(105.75)
    first = rank(wards, crs, swapped=True)[0]
    assert first == f"swapped:{crs}"
    assert split_swapped(first) == (crs, True)


def test_the_catalogue_names_each_system_once_in_text_that_is_accepted() -> None:
    texts = [system.crs for system in list_systems()]
    assert len(texts) == len(set(texts)) == 79
    planes = {parse_crs(text).to_wkt() for text in texts}
    assert len(planes) == 79
    assert describe_crs("vn2000:105.75:0.9996") == (
        System("VN2000:105.75:0.9996", "vn2000_tm", {"meridian": "105°45'", "scale": "0.9996"}),
        False,
    )
    assert describe_crs("swapped:EPSG:3405") == (System("EPSG:3405", "vn2000_utm", {"zone": 48}), True)
    assert describe_crs("EPSG:2056") == (System("EPSG:2056", "other"), False)


# What is known of a ward


def test_names_are_compared_without_types_accents_and_padding() -> None:
    names = pd.Series(
        [
            "Phường Cái Khế",
            "Phuong Cai Khe",
            "P. Cái Khế",
            "TT. Chi Lăng",
            "Xã Đ'Ran",
            "P05",
            "Phường 05",
            None,
            5,
        ]
    )
    assert plain_names(names) == [
        "cai khe", "cai khe", "cai khe", "chi lang", "d ran", "5", "5", "", "",
    ]  # fmt: skip
    assert plain_codes(pd.Series(["31117", 123, 123.0, "X1"], dtype=object)) == [
        "31117", "00123", "00123", "X1",
    ]  # fmt: skip


def test_nobody_knows_where_unknown_wards_lie() -> None:
    xy = np.array(SURVEYED["Cần Thơ"]) + STEPS
    found = find_candidates(xy, pd.Series(["Abc", "Def", "Ghi"]), None)
    assert {candidate.n_known for candidate in found} == {0}
    assert all(np.isnan(candidate.misfit_m) for candidate in found)
    assert "EPSG:5897" in [candidate.crs for candidate in found]


def test_coordinates_of_elsewhere_have_no_candidate() -> None:
    assert find_candidates(np.array([[5e6, 5e6], [5e6, 6e6]]), None, None) == ()
    assert find_candidates(np.full((2, 2), np.nan), None, None) == ()


def test_homonyms_across_the_country_do_not_mislead() -> None:
    wards = load_gazetteer().query("unit_set == '2021-12-31' and district == 'Quận Gò Vấp'")
    assert (wards["name"].str.fullmatch(r"Phường \d+")).all()
    xy = write_places(wards["longitude"].to_numpy(), wards["latitude"].to_numpy(), "VN2000:105.75:0.9996")
    best, second = find_candidates(xy, wards["name"].reset_index(drop=True), None)[:2]
    assert best.crs == "VN2000:105.75:0.9996"
    assert best.misfit_m < 1
    assert second.misfit_m > 100


# Through the reader


def make_file(folder: Path, crs: str | None, *, written_in: str, swapped: bool = False) -> Path:
    """Squares of 400 m around twenty wards near 105°, coordinates in `written_in`, declared as `crs`."""
    wards = pick_wards(105.0)
    xy = write_places(wards["longitude"].to_numpy(), wards["latitude"].to_numpy(), written_in)
    half = 200.0 if parse_crs(written_in).is_projected else 0.002
    xy = xy[:, ::-1] if swapped else xy
    squares = shapely.box(xy[:, 0] - half, xy[:, 1] - half, xy[:, 0] + half, xy[:, 1] + half)
    frame = gpd.GeoDataFrame({"ma": wards["code"], "ten": wards["name"]}, geometry=squares)
    path = folder / "xa.parquet"
    frame.set_crs(None if crs is None else parse_crs(crs)).to_parquet(path)
    return path


def list_misfits(layer: Layer) -> Sequence[dict[str, object]]:
    return [finding.facts for finding in layer.findings if finding.code == "CrsMisfit"]


def test_a_layer_that_fits_says_nothing(tmp_path: Path) -> None:
    assert read_boundaries(make_file(tmp_path, "EPSG:5897", written_in="EPSG:5897")).findings == ()


def test_a_shifted_layer_is_told_and_left_alone(tmp_path: Path) -> None:
    layer = read_boundaries(make_file(tmp_path, "EPSG:3405", written_in="EPSG:5897"))
    assert layer.crs is not None
    assert layer.crs.to_epsg() == 3405
    [facts] = list_misfits(layer)
    assert facts["better"] == "EPSG:5897"
    assert facts["n"] == 20
    assert facts["better_m"] == 0
    assert isinstance(facts["misfit_m"], int)
    assert 300 < facts["misfit_m"] < 700
    for language in LANGUAGES:
        words = load_words(language)
        told = words("finding.CrsMisfit", where="xa.parquet", seen="VN-2000", **facts)
        assert "EPSG:5897" in told
        assert "EPSG:5897" in words("finding.CrsMisfit_hint", **facts)


def test_a_wrong_choice_of_a_person_is_told_too(tmp_path: Path) -> None:
    layer = read_boundaries(make_file(tmp_path, None, written_in="EPSG:5897"), crs="EPSG:9210")
    assert [facts["better"] for facts in list_misfits(layer)] == ["EPSG:5897"]


def test_scattered_wards_are_no_shift(tmp_path: Path) -> None:
    path = make_file(tmp_path, "EPSG:5897", written_in="EPSG:5897")
    frame = gpd.read_parquet(path)
    random = np.random.default_rng(20220211)
    steps = random.normal(0, 700, (20, 2))
    moved = [translate(shape, *step) for shape, step in zip(frame.geometry, steps, strict=True)]
    frame.set_geometry(gpd.GeoSeries(moved, crs="EPSG:5897")).to_parquet(path)
    assert list_misfits(read_boundaries(path)) == []


def test_exchanged_axes_are_refused_until_a_person_confirms(tmp_path: Path) -> None:
    path = make_file(tmp_path, "EPSG:5897", written_in="EPSG:5897", swapped=True)
    with pytest.raises(UnknownCrs) as caught:
        read_boundaries(path)
    assert caught.value.reason == "swapped"
    assert caught.value.facts["suggestion"] == "swapped:EPSG:5897"
    layer = read_boundaries(path, crs="swapped:EPSG:5897")
    assert [finding.code for finding in layer.findings] == ["AxesSwapped"]
    straight = read_boundaries(make_file(tmp_path, "EPSG:5897", written_in="EPSG:5897"))
    assert layer.frame.total_bounds == pytest.approx(straight.frame.total_bounds, abs=1e-9)


def test_what_cannot_be_in_its_system_gets_the_candidates(tmp_path: Path) -> None:
    path = make_file(tmp_path, "EPSG:4326", written_in="VN2000:105.5:0.9996")
    with pytest.raises(UnknownCrs) as caught:
        read_boundaries(path)
    assert caught.value.reason == "impossible"
    assert caught.value.facts["suggestion"] == "VN2000:105.5:0.9996"


@pytest.mark.real_data
def test_a_layer_without_prj_is_recognised_among_its_wards(real_data: Path) -> None:
    with pytest.raises(UnknownCrs) as caught:
        read_boundaries(real_data / NO_PRJ)
    assert (caught.value.reason, caught.value.facts["suggestion"]) == ("missing", "EPSG:5897")
    candidates = caught.value.facts["candidates"]
    assert isinstance(candidates, tuple)
    misfits = {crs: misfit_m for crs, misfit_m, n_known in candidates if n_known == 83}
    assert misfits["EPSG:5897"] < 5
    assert misfits["WGS84:105:0.9999"] == pytest.approx(227, abs=3)
    assert misfits["EPSG:3405"] == pytest.approx(336, abs=4)
    assert read_boundaries(real_data / NO_PRJ, crs="EPSG:5897").crs is not None


@pytest.mark.real_data
def test_a_somali_datum_in_can_tho_is_told_with_a_better_one(real_data: Path) -> None:
    path = real_data / UGLY / "cantho2006_xaphuong_region_afgooye_nocpg.zip"
    [facts] = list_misfits(read_boundaries(path))
    assert facts["better"] == "HN72:105:1"
    assert isinstance(facts["misfit_m"], int)
    assert isinstance(facts["better_m"], int)
    assert facts["better_m"] < facts["misfit_m"] < 150


@pytest.mark.real_data
@pytest.mark.parametrize(
    "name", ["ugly/hcmc_wards_2019_utm48_no_diacritics.zip", "can_tho_2021.zip", "can_tho_2025.zip"]
)
def test_layers_in_the_right_system_are_left_in_peace(name: str, real_data: Path) -> None:
    assert list_misfits(read_boundaries(real_data / "vietnam" / name)) == []


def test_the_bundled_outlines_are_left_in_peace() -> None:
    bundled = Path(__file__).parents[3] / "data" / "boundaries" / "can_tho_2024.zip"
    assert list_misfits(read_boundaries(bundled)) == []
