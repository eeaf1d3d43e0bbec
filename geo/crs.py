"""Coordinate reference systems: degrees for showing, metres for measuring.

VN-2000 uses the ellipsoid of WGS 84 but not its datum: without the shift everything lies 224-226 m
off. PROJ offers two shifts and picks by location, which leaves a 0.8 m step inside the Mekong delta;
therefore EPSG:6960 is pinned here for the whole country.
"""

import re
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import CRSError

from errors import BadOption

Places = TypeVar("Places", gpd.GeoDataFrame, gpd.GeoSeries)

DEGREES = "EPSG:4326"
VN2000_TO_WGS84 = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 "
    "+step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)


def is_vn2000(crs: pyproj.CRS) -> bool:
    """VN-2000 itself or any projection on it, recognised by name, so that WKT without codes counts too.

    A system that brings its own shift to WGS 84 (a bound CRS) is taken at its word: False.
    """
    if crs.is_bound or crs.geodetic_crs is None:
        return False
    return _is_vn2000_name(crs.geodetic_crs)


def is_datum_suspect(crs: pyproj.CRS) -> bool:
    """Looks like VN-2000 with the datum shift left out: a shift of zero, or a provincial TM on WGS 84.

    Two published recipes make such files; they may lie 224-226 m off.
    """
    if crs.is_bound and crs.source_crs is not None and crs.coordinate_operation is not None:
        geodetic = crs.source_crs.geodetic_crs
        shift = crs.coordinate_operation.towgs84
        return geodetic is not None and _is_vn2000_name(geodetic) and not any(shift)
    geodetic, operation = crs.geodetic_crs, crs.coordinate_operation
    if geodetic is None or operation is None or "wgs84" not in _squeeze(geodetic.name):
        return False
    values = {param.name: float(param.value) for param in operation.params}
    return (
        operation.method_name == "Transverse Mercator"
        and abs(values.get("Scale factor at natural origin", 0) - 0.9999) < 1e-9
        and abs(values.get("False easting", 0) - 500_000) < 1e-6
    )


def _is_vn2000_name(geodetic: pyproj.CRS) -> bool:
    names = [geodetic.name, geodetic.datum.name if geodetic.datum else ""]
    return any(mark in _squeeze(name) for name in names for mark in ("vn2000", "vietnam2000"))


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def to_degrees(frame: gpd.GeoDataFrame, crs: pyproj.CRS) -> gpd.GeoDataFrame:
    """The frame in EPSG:4326, its coordinates being in `crs` whatever the frame declares.

    A vertex that cannot be transformed becomes infinite; the caller checks.
    """
    shapes = frame.geometry.to_numpy()

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(_transform(points[:, 0], points[:, 1], crs))

    moved = shapes.copy() if _is_degrees(crs) else shapely.transform(shapes, move)
    return frame.set_geometry(gpd.GeoSeries(moved, index=frame.index, crs=DEGREES))


def points_to_degrees(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: pyproj.CRS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(longitude, latitude); x is easting or longitude. What is not a place becomes NaN in both."""
    usable = np.isfinite(x) & np.isfinite(y)
    longitude, latitude = np.full(x.shape, np.nan), np.full(x.shape, np.nan)
    longitude[usable], latitude[usable] = _transform(x[usable], y[usable], crs)
    lost = ~(np.isfinite(longitude) & np.isfinite(latitude))
    longitude[lost] = latitude[lost] = np.nan
    return longitude, latitude


def _is_degrees(crs: pyproj.CRS) -> bool:
    return crs.to_2d().equals(pyproj.CRS(DEGREES), ignore_axis_order=True)


def _transform(
    x: NDArray[np.float64], y: NDArray[np.float64], crs: pyproj.CRS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if len(x) == 0 or _is_degrees(crs):
        return x, y
    if not is_vn2000(crs):
        return pyproj.Transformer.from_crs(crs.to_2d(), DEGREES, always_xy=True).transform(x, y)
    plane = crs.to_2d()
    if plane.is_projected:
        x, y = pyproj.Transformer.from_crs(plane, plane.geodetic_crs, always_xy=True).transform(x, y)
    return pyproj.Transformer.from_pipeline(VN2000_TO_WGS84).transform(x, y)


def metric_crs(bounds: tuple[float, float, float, float]) -> pyproj.CRS:
    """A plane in metres for places within `bounds` (west, south, east, north in degrees).

    Lambert azimuthal equal-area, centred: areas are exact everywhere; distances within 1 000 km of the
    centre are true to 0.4 %, within 700 km to 0.2 %, and within a province to one part in 50 000.
    """
    west, south, east, north = bounds
    longitude, latitude = (west + east) / 2, (south + north) / 2
    return pyproj.CRS(f"+proj=laea +lat_0={latitude} +lon_0={longitude} +datum=WGS84 +units=m +type=crs")


def to_metres(frame: Places) -> Places:
    """The same places, given in degrees, on the plane of `metric_crs` around them."""
    west, south, east, north = frame.total_bounds
    return frame.to_crs(metric_crs((west, south, east, north)))


def points_to_metres(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64], crs: pyproj.CRS
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(easting, northing) on a plane from `metric_crs`; what is not a place becomes NaN in both."""
    usable = np.isfinite(longitude) & np.isfinite(latitude)
    easting, northing = np.full(longitude.shape, np.nan), np.full(longitude.shape, np.nan)
    if usable.any():
        transformer = pyproj.Transformer.from_crs(DEGREES, crs, always_xy=True)
        easting[usable], northing[usable] = transformer.transform(longitude[usable], latitude[usable])
    return easting, northing


def parse_crs(text: str) -> pyproj.CRS:
    """`EPSG:5897`; BadOption when it names no geographic or projected system."""
    try:
        crs = pyproj.CRS.from_user_input(text.strip())
    except CRSError as error:
        raise BadOption("crs", value=text) from error
    if not is_located(crs):
        raise BadOption("crs", value=text)
    return crs


def is_located(crs: pyproj.CRS | None) -> bool:
    """Says where on Earth: not a local plane, not GDAL's "Undefined geographic SRS"."""
    if crs is None or _squeeze(crs.name).startswith(("undefined", "unknown engineering", "unnamed")):
        return False
    return crs.is_geographic or crs.is_projected
