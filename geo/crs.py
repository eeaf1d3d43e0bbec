"""Coordinate reference systems: degrees for showing, metres for measuring.

VN-2000 uses the ellipsoid of WGS 84 but not its datum: without the shift everything lies 224-226 m
off. PROJ offers two shifts and picks by location, which leaves a 0.8 m step inside the Mekong delta;
therefore EPSG:6960 is pinned here for the whole country. For Hà Nội 1972 it knows one shift, made for the
south; north of 11° it would silently apply none (52-63 m), so EPSG:1544 is pinned too.

A system is named by text: `EPSG:5897`, WKT, or `VN2000:105.75:0.9996` (datum, central meridian, scale;
false easting 500 km), for many files lie on a provincial meridian with the scale of a 6° zone, which has
no code. `swapped:` before it says that northing or latitude stands first.
"""

import re
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from pyproj.crs import ProjectedCRS
from pyproj.crs.coordinate_operation import TransverseMercatorConversion
from pyproj.exceptions import CRSError

from errors import BadOption

Places = TypeVar("Places", gpd.GeoDataFrame, gpd.GeoSeries)

DEGREES = "EPSG:4326"
SWAPPED = "swapped:"
DATUMS = {"VN2000": "EPSG:4756", "WGS84": DEGREES, "HN72": "EPSG:4147"}
MERCATOR = re.compile(r"(VN2000|WGS84|HN72):(\d{2,3}(?:\.\d+)?):(0\.9\d+|1(?:\.0+)?)", re.IGNORECASE)
VN2000_TO_WGS84 = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=WGS84 "
    "+step +proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 +s=0.252906278 +convention=coordinate_frame "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)
HANOI72_TO_WGS84 = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=push +v_3 "
    "+step +proj=cart +ellps=krass +step +proj=helmert +x=-17.51 +y=-108.32 +z=-62.39 "
    "+step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)


def is_vn2000(crs: pyproj.CRS) -> bool:
    """VN-2000 itself or any projection on it, recognised by name, so that WKT without codes counts too.

    A system that brings its own shift to WGS 84 (a bound CRS) is taken at its word: False.
    """
    return _find_shift(crs) == VN2000_TO_WGS84


def _find_shift(crs: pyproj.CRS) -> str | None:
    """The pinned way to WGS 84; None leaves it to PROJ."""
    if crs.is_bound or crs.geodetic_crs is None:
        return None
    if _has_name(crs.geodetic_crs, "vn2000", "vietnam2000"):
        return VN2000_TO_WGS84
    return HANOI72_TO_WGS84 if _has_name(crs.geodetic_crs, "hanoi1972", "hanoi72") else None


def is_datum_suspect(crs: pyproj.CRS) -> bool:
    """Looks like VN-2000 with the datum shift left out: a shift of zero, or a provincial TM on WGS 84.

    Two published recipes make such files; they may lie 224-226 m off.
    """
    if crs.is_bound and crs.source_crs is not None and crs.coordinate_operation is not None:
        geodetic = crs.source_crs.geodetic_crs
        shift = crs.coordinate_operation.towgs84
        return geodetic is not None and _has_name(geodetic, "vn2000", "vietnam2000") and not any(shift)
    geodetic, operation = crs.geodetic_crs, crs.coordinate_operation
    if geodetic is None or operation is None or "wgs84" not in _squeeze(geodetic.name):
        return False
    values = {param.name: float(param.value) for param in operation.params}
    return (
        operation.method_name == "Transverse Mercator"
        and abs(values.get("Scale factor at natural origin", 0) - 0.9999) < 1e-9
        and abs(values.get("False easting", 0) - 500_000) < 1e-6
    )


def _has_name(geodetic: pyproj.CRS, *marks: str) -> bool:
    names = [geodetic.name, geodetic.datum.name if geodetic.datum else ""]
    return any(mark in _squeeze(name) for name in names for mark in marks)


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


def swap_axes(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """The same shapes with the two coordinates of every vertex exchanged."""
    return np.asarray(shapely.transform(shapes.copy(), lambda points: points[:, ::-1]), dtype=object)


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
    plane, shift = crs.to_2d(), _find_shift(crs)
    if shift is None:
        return pyproj.Transformer.from_crs(plane, DEGREES, always_xy=True).transform(x, y)
    if plane.is_projected:
        x, y = pyproj.Transformer.from_crs(plane, plane.geodetic_crs, always_xy=True).transform(x, y)
    return pyproj.Transformer.from_pipeline(shift).transform(x, y)


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
    """`EPSG:5897` or `VN2000:105.75:0.9996`; BadOption when it names no geographic or projected system."""
    plane = MERCATOR.fullmatch(text.strip())
    if plane:
        return make_mercator(plane[1].upper(), float(plane[2]), float(plane[3]))
    try:
        crs = pyproj.CRS.from_user_input(text.strip())
    except CRSError as error:
        raise BadOption("crs", value=text) from error
    if not is_located(crs):
        raise BadOption("crs", value=text)
    return crs


def make_mercator(datum: str, meridian: float, scale: float) -> pyproj.CRS:
    """Transverse Mercator with false easting 500 km on a datum of DATUMS; meridian in degrees."""
    geodetic = pyproj.CRS(DATUMS[datum])
    conversion = TransverseMercatorConversion(
        longitude_natural_origin=meridian, false_easting=500_000, scale_factor_natural_origin=scale
    )
    name = f"{geodetic.name} / TM {show_meridian(meridian)} k {scale:g}"
    # A plain CRS: the subclass cannot be copied by pyproj's own methods.
    return pyproj.CRS(ProjectedCRS(conversion=conversion, geodetic_crs=geodetic, name=name).to_wkt())


def show_meridian(meridian: float) -> str:
    """105.75 -> `105°45'`."""
    degrees, minutes = divmod(round(meridian * 60), 60)
    return f"{degrees}°{minutes:02d}'"


def split_swapped(text: str) -> tuple[str, bool]:
    """The text of the system, and whether it says that northing or latitude stands first."""
    plain = text.strip()
    if plain.lower().startswith(SWAPPED):
        return plain[len(SWAPPED) :].strip(), True
    return plain, False


def is_located(crs: pyproj.CRS | None) -> bool:
    """Says where on Earth: not a local plane, not GDAL's "Undefined geographic SRS". A plane without a name
    of its own, as MapInfo's are, will do when its datum has one."""
    if crs is None or not (crs.is_geographic or crs.is_projected):
        return False
    datum = crs.geodetic_crs.datum if crs.geodetic_crs else None
    names = [crs.name] if datum is None or not crs.name.startswith("unnamed") else [datum.name]
    return not any(_squeeze(name).startswith(("undefined", "unknown", "unnamed")) for name in names)
