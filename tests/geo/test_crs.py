"""VN-2000 lands where it should, whatever names it; areas on the metric plane are true."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from errors import BadOption
from geo.crs import (
    is_datum_suspect,
    is_vn2000,
    metric_crs,
    parse_crs,
    points_to_degrees,
    points_to_metres,
    split_swapped,
    swap_axes,
    to_degrees,
    to_metres,
)

ONE_CM_IN_DEGREES = 0.9e-7
ESRI_TM3_105 = (
    'PROJCS["VN_2000_TM-3_105",GEOGCS["GCS_VN_2000",DATUM["D_Vietnam_2000",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9999],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
MERIDIAN_104_25 = ESRI_TM3_105.replace("VN_2000_TM-3_105", "tinh").replace("105.0]", "104.25]")
SURVEY = [
    ("EPSG:4756", 105.78, 10.03, 105.78178424, 10.02898614),
    ("EPSG:4756", 105.78, 19.80, 105.78186783, 19.79900975),
    ("EPSG:4756", 105.37, 20.09, 105.37187220, 20.08901529),
    ("EPSG:4756", 106.60, 11.15, 106.60178878, 11.14898236),
    ("EPSG:4756", 105.85, 21.03, 105.85188267, 21.02901404),
    ("EPSG:5897", 585_000, 1_110_000, 105.77719769, 10.03655956),
    ("EPSG:5897", 581_000, 2_190_000, 105.77497706, 19.79727771),
    ("EPSG:9210", 592_000, 1_233_000, 106.59408764, 11.14838774),
    ("EPSG:3405", 586_000, 1_110_000, 105.78656231, 10.03954936),
    ("VN2000:105:0.9999", 585_000, 1_110_000, 105.77719769, 10.03655956),
    ("VN2000:105:0.9996", 586_000, 1_110_000, 105.78656231, 10.03954936),
    (ESRI_TM3_105, 585_000, 1_110_000, 105.77719769, 10.03655956),
]


@pytest.mark.parametrize(("crs", "x", "y", "longitude", "latitude"), SURVEY)
def test_vn2000_points_land_within_a_centimetre(
    crs: str, x: float, y: float, longitude: float, latitude: float
) -> None:
    east, north = points_to_degrees(np.array([x]), np.array([y]), parse_crs(crs))
    assert abs(east[0] - longitude) < ONE_CM_IN_DEGREES
    assert abs(north[0] - latitude) < ONE_CM_IN_DEGREES


def test_polygons_take_the_same_way_as_points() -> None:
    square = shapely.box(585_000, 1_110_000, 586_000, 1_111_000)
    moved = to_degrees(gpd.GeoDataFrame(geometry=np.array([square, None])), pyproj.CRS("EPSG:5897"))
    assert moved.crs == "EPSG:4326"
    corners = shapely.get_coordinates(moved.geometry.iloc[0])
    nearest = np.abs(corners - (105.77719769, 10.03655956)).sum(axis=1).min()
    assert nearest < 2 * ONE_CM_IN_DEGREES
    assert moved.geometry.iloc[1] is None


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ("EPSG:4756", True),
        ("EPSG:3405", True),
        ("EPSG:5897", True),
        ("EPSG:9218", True),
        (ESRI_TM3_105, True),
        (MERIDIAN_104_25, True),
        ("EPSG:4326", False),
        ("EPSG:32648", False),
        ("EPSG:4147", False),
        ("+proj=tmerc +lon_0=105 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84=-191,-39,-111 +type=crs", False),
    ],
)
def test_vn2000_is_known_by_code_and_by_name(crs: str, *, expected: bool) -> None:
    assert is_vn2000(pyproj.CRS(crs)) is expected


@pytest.mark.parametrize(("longitude", "latitude"), [(105.78, 10.03), (105.78, 19.80), (105.37, 20.09)])
def test_ha_noi_1972_is_shifted_all_over_the_country(longitude: float, latitude: float) -> None:
    """PROJ knows its shift for the south alone, and north of that would apply none."""
    group = pyproj.transformer.TransformerGroup("EPSG:4147", "EPSG:4326", always_xy=True)
    truth = group.transformers[0].transform(longitude, latitude)
    for crs in ("EPSG:4147", "EPSG:2044", "HN72:105:1"):
        system = parse_crs(crs)
        x, y = pyproj.Proj(system)(longitude, latitude) if system.is_projected else (longitude, latitude)
        east, north = points_to_degrees(np.array([x]), np.array([y]), system)
        assert (east[0], north[0]) == pytest.approx(truth, abs=ONE_CM_IN_DEGREES)
        assert abs(east[0] - longitude) > 0.0004


def test_a_provincial_zone_without_its_datum_is_suspect() -> None:
    on_wgs84 = ESRI_TM3_105.replace("GCS_VN_2000", "GCS_WGS_1984").replace("D_Vietnam_2000", "D_WGS_1984")
    no_shift = ESRI_TM3_105.replace("298.257223563]]", "298.257223563],TOWGS84[0,0,0,0,0,0,0]]")
    assert pyproj.CRS(no_shift).is_bound
    assert is_datum_suspect(pyproj.CRS(no_shift))
    assert is_datum_suspect(pyproj.CRS(on_wgs84))
    assert not is_datum_suspect(pyproj.CRS(ESRI_TM3_105))
    assert not is_datum_suspect(pyproj.CRS("EPSG:32648"))


def test_what_is_no_place_stays_none() -> None:
    x, y = np.array([np.nan, np.inf, 585_000.0]), np.array([1.0, 1.0, 1_110_000.0])
    longitude, latitude = points_to_degrees(x, y, pyproj.CRS("EPSG:5897"))
    assert np.isnan(longitude[:2]).all()
    assert np.isnan(latitude[:2]).all()
    assert np.isfinite(longitude[2])


def test_the_metric_plane_keeps_areas_and_distances() -> None:
    square = gpd.GeoSeries([shapely.box(105.0, 10.0, 105.01, 10.01)], crs="EPSG:4326")
    geodesic, _ = pyproj.Geod(ellps="WGS84").geometry_area_perimeter(square.iloc[0])
    assert to_metres(square).area.iloc[0] == pytest.approx(abs(geodesic), rel=1e-6)
    plane = metric_crs((102.0, 8.0, 110.0, 24.0))
    east, north = points_to_metres(np.array([105.8, 105.8, np.nan]), np.array([9.0, 10.0, 1.0]), plane)
    _, _, truth = pyproj.Geod(ellps="WGS84").inv(105.8, 9.0, 105.8, 10.0)
    assert np.hypot(east[1] - east[0], north[1] - north[0]) == pytest.approx(truth, rel=0.002)
    assert np.isnan(east[2])


@pytest.mark.parametrize("text", ["EPSG:99999", "hệ quốc gia", "", "EPSG:5711"])
def test_an_unknown_system_is_refused(text: str) -> None:
    with pytest.raises(BadOption) as caught:
        parse_crs(text)
    assert (caught.value.reason, caught.value.facts) == ("crs", {"value": text})


def test_a_system_is_read_by_its_code() -> None:
    assert parse_crs(" EPSG:5897 ").to_epsg() == 5897


def test_a_meridian_without_a_code_is_named_by_datum_meridian_and_scale() -> None:
    plane = parse_crs("vn2000:105.75:0.9996")
    assert plane.name == "VN-2000 / TM 105°45' k 0.9996"
    assert is_vn2000(plane)
    assert not is_vn2000(parse_crs("WGS84:105.75:0.9999"))
    assert is_datum_suspect(parse_crs("WGS84:105.75:0.9999"))
    assert parse_crs("HN72:105:1").geodetic_crs == pyproj.CRS("EPSG:4147")


@pytest.mark.parametrize("text", ["VN2000:105.75", "VN2000:105.75:9", "NAD27:105:0.9996", "VN2000:1:0.9996"])
def test_a_plane_that_is_named_wrongly_is_refused(text: str) -> None:
    with pytest.raises(BadOption):
        parse_crs(text)


def test_exchanged_axes_are_said_in_front_of_the_system() -> None:
    assert split_swapped("swapped:EPSG:5897") == ("EPSG:5897", True)
    assert split_swapped(" Swapped: VN2000:105:0.9996 ") == ("VN2000:105:0.9996", True)
    assert split_swapped("EPSG:5897") == ("EPSG:5897", False)
    with pytest.raises(BadOption):
        parse_crs("swapped:EPSG:5897")


def test_swapping_axes_leaves_the_given_shapes_alone() -> None:
    shapes = np.array([shapely.box(1, 20, 2, 22), None])
    swapped = swap_axes(shapes)
    assert swapped[0].bounds == (20, 1, 22, 2)
    assert swapped[1] is None
    assert shapes[0].bounds == (1, 20, 2, 22)
