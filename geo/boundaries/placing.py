"""Can these coordinates be what their reference system says?"""

from typing import Literal

import numpy as np
import pyproj
from numpy.typing import NDArray

from errors import UnknownCrs
from geo.boundaries.crs_candidates import Evidence, list_fitting
from geo.boundaries.crs_catalogue import VIETNAM_DEGREES, VIETNAM_METRES, Box
from geo.crs import DEGREES, SWAPPED, is_datum_suspect, is_located, is_vn2000, parse_crs
from geo.findings import Finding, list_examples

Coordinates = NDArray[np.float64]
Looks = Literal["degrees", "metres"]

AREA_MARGIN = 3.0
SUGGESTIONS = {"degrees": DEGREES, "metres": "EPSG:5897"}


def settle_crs(
    declared: pyproj.CRS | None,
    asked: str | None,
    coordinates: Coordinates,
    file: str,
    *,
    points: bool = False,
    evidence: Evidence | None = None,
) -> tuple[pyproj.CRS, tuple[Finding, ...]]:
    """The reference system to use: the one asked for, else the declared one; UnknownCrs when there is
    none or when the coordinates cannot be in it. Single points far off do not condemn a point file.

    UnknownCrs carries `suggestion`, the likeliest system, and `candidates`: (crs, misfit_m, n_known) of
    those that fit the places of wards of these names (() when nothing is known of them).
    """
    crs = parse_crs(asked) if asked else declared
    box = _box(coordinates, typical=points)
    looks = guess_looks(box)
    if crs is None or (fault := _find_fault(crs, box, looks)):
        raise _refuse(fault if crs else "missing", crs, box, looks, file, evidence)
    findings: tuple[Finding, ...] = ()
    if asked and declared is not None and is_located(declared) and declared != crs:
        findings += (Finding("CrsOverruled", "info", file, declared.name, {"file": file, "crs": crs.name}),)
    if is_datum_suspect(crs):
        findings += (Finding("DatumSuspect", "warning", file, crs.name, {"file": file}),)
    return crs, findings


def _find_fault(crs: pyproj.CRS, box: Box | None, looks: Looks) -> str:
    """The reason of UnknownCrs, "" for none."""
    if not is_located(crs):
        return "missing"
    if _is_swapped(box, crs):
        return "swapped"
    if box is not None and (looks == "degrees") != crs.is_geographic:
        return "impossible" if crs.is_geographic else "impossible_metres"
    return ""


def _refuse(
    reason: str,
    crs: pyproj.CRS | None,
    box: Box | None,
    looks: Looks,
    file: str,
    evidence: Evidence | None,
) -> UnknownCrs:
    fitting = list_fitting(evidence) if evidence else ()
    return UnknownCrs(
        reason,
        file=file,
        looks=looks,
        crs=crs.name if crs else "",
        seen=_show(box),
        suggestion=fitting[0].crs if fitting else _guess(reason, crs, box, looks),
        candidates=tuple((item.crs, round(item.misfit_m, 1), item.n_known) for item in fitting),
    )


def _guess(reason: str, crs: pyproj.CRS | None, box: Box | None, looks: Looks) -> str:
    """By the size of the coordinates alone."""
    guess = SUGGESTIONS[looks]
    if reason == "swapped":
        code = crs.to_epsg() if crs else None
        return SWAPPED + (f"EPSG:{code}" if code else guess)
    inside = VIETNAM_DEGREES if looks == "degrees" else VIETNAM_METRES
    is_swapped = box is not None and _is_inside(_swap(box), inside) and not _is_inside(box, inside)
    return SWAPPED + guess if is_swapped else guess


def guess_looks(box: Box | None) -> Looks:
    """Degrees if everything fits on a globe."""
    if box is None:
        return "degrees"
    west, south, east, north = box
    return "degrees" if west >= -180 and east <= 180 and south >= -90 and north <= 90 else _swapped_looks(box)


def _swapped_looks(box: Box) -> Looks:
    return "degrees" if _is_inside(_swap(box), VIETNAM_DEGREES) else "metres"


def _is_swapped(box: Box | None, crs: pyproj.CRS) -> bool:
    """Latitude or northing stands first. Only noticed for Việt Nam, where the two ranges are disjoint."""
    if box is None:
        return False
    if crs.is_geographic:
        return _is_inside(_swap(box), VIETNAM_DEGREES)
    return is_vn2000(crs) and _is_inside(_swap(box), VIETNAM_METRES) and not _is_inside(box, VIETNAM_METRES)


def _box(coordinates: Coordinates, *, typical: bool) -> Box | None:
    """Bounds of the finite coordinates. `typical`: without (0, 0), which is no place, and without the outer
    five in a hundred on each side."""
    finite = coordinates[np.isfinite(coordinates).all(axis=1)]
    if typical:
        finite = finite[(finite != 0).any(axis=1)]
    if not len(finite):
        return None
    shares = (5, 95) if typical and len(finite) >= 20 else (0, 100)
    (west, south), (east, north) = np.percentile(finite, shares, axis=0, method="nearest")
    return float(west), float(south), float(east), float(north)


def _swap(box: Box) -> Box:
    west, south, east, north = box
    return south, west, north, east


def _is_inside(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _show(box: Box | None) -> str:
    return "–" if box is None else f"{box[0]:.6g}; {box[1]:.6g}"


def check_degrees(
    coordinates: Coordinates, crs: pyproj.CRS, file: str, *, evidence: Evidence | None = None
) -> tuple[Finding, ...]:
    """Raises UnknownCrs when a transformed coordinate lies nowhere on Earth; a finding when all of them lie
    far outside the region that the reference system is made for."""
    if not _is_on_earth(coordinates[:, 0], coordinates[:, 1]).all():
        raise _refuse("impossible", crs, _box(coordinates, typical=False), "metres", file, evidence)
    return check_area(coordinates[:, 0], coordinates[:, 1], crs, file)


def check_area(
    longitude: Coordinates, latitude: Coordinates, crs: pyproj.CRS, file: str
) -> tuple[Finding, ...]:
    """A finding when the places (degrees) all lie outside the system's area of use; a wide margin, for
    provinces do use their neighbour's zone."""
    box, area = _box(np.column_stack((longitude, latitude)), typical=True), _area_of_use(crs)
    if box is None or area is None or area[0] > area[2]:
        return ()
    west, south, east, north = area
    beside = box[0] > east + AREA_MARGIN or box[2] < west - AREA_MARGIN
    if not (beside or box[1] > north + AREA_MARGIN or box[3] < south - AREA_MARGIN):
        return ()
    return (Finding("CrsOutOfArea", "warning", file, _show(box), {"file": file, "crs": crs.name}),)


def _area_of_use(crs: pyproj.CRS) -> Box | None:
    """Of the system, else of the datum that it names; degrees."""
    if crs.area_of_use is not None:
        return crs.area_of_use.bounds
    code = crs.geodetic_crs.to_epsg(min_confidence=25) if crs.geodetic_crs else None
    area = pyproj.CRS.from_epsg(code).area_of_use if code else None
    return area.bounds if area else None


def drop_impossible(
    longitude: Coordinates, latitude: Coordinates, file: str
) -> tuple[Coordinates, Coordinates, tuple[Finding, ...]]:
    """Points that lie nowhere on Earth lose their place, with a finding; NaN is simply no place."""
    lost = ~_is_on_earth(longitude, latitude) & ~np.isnan(longitude)
    if not lost.any():
        return longitude, latitude, ()
    facts: dict[str, object] = {"file": file, "n": int(lost.sum())}
    finding = Finding("BadCoordinates", "warning", file, list_examples(np.flatnonzero(lost) + 1), facts)
    return np.where(lost, np.nan, longitude), np.where(lost, np.nan, latitude), (finding,)


def _is_on_earth(longitude: Coordinates, latitude: Coordinates) -> NDArray[np.bool_]:
    return (np.abs(longitude) <= 180) & (np.abs(latitude) <= 90)
