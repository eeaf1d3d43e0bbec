"""Which reference system puts a file's wards where wards of these names are known to lie?

The measure is the shift of the whole layer: the median offset of the file's ward centres from the nearest
known ward of that name. Outlines drawn otherwise, merged wards and homonyms scatter around it and hardly
move it. A wrong datum or scale shows as 200-800 m, a wrong meridian as 20-330 km. A gazetteer's centres
are rounded to about 10 m, so a few metres are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geo.boundaries.crs_catalogue import VIETNAM_DEGREES, VIETNAM_METRES, ZONE_METRES, System, list_systems
from geo.boundaries.known_places import (
    FEWEST_KNOWN,
    Known,
    Numbers,
    find_columns,
    find_known,
    index_places,
    load_index,
    measure_fit,
    pick_sample,
)
from geo.crs import SWAPPED, parse_crs, points_to_degrees
from geo.findings import Finding

FITS_WITHIN_M = 2_000.0
MISFIT_M = 150.0
GOOD_FIT_M = 120.0


@dataclass(frozen=True)
class Candidate:
    """crs: text for `--crs`, with `swapped:` where the axes are. key: see crs_catalogue.System. misfit_m:
    shift from the known places, NaN when none is known. n_known: wards of the file that are known."""

    crs: str
    key: str
    misfit_m: float
    n_known: int
    swapped: bool


@dataclass(frozen=True)
class Evidence:
    """What a sample of the wards tells of their places: centres (n, 2) as in the file, and namesakes."""

    centres: Numbers
    known: Known


def gather(shapes: NDArray[np.object_], attributes: pd.DataFrame) -> Evidence:
    """Of the columns that name wards, whatever their headers are."""
    rows = pick_sample(len(shapes))
    names, codes = find_columns(attributes.iloc[rows], load_index())
    return Evidence(find_centres(shapes[rows]), find_known(names, codes, load_index()))


def find_candidates(
    shapes_or_xy: NDArray[np.object_] | Numbers,
    names: pd.Series | None,
    codes: pd.Series | None,
    places: pd.DataFrame | None = None,
) -> tuple[Candidate, ...]:
    """Systems that put the middle of the file inside Việt Nam, best fit first; without known wards in
    the catalogue's order. shapes_or_xy: the wards' shapes, or their centres (n, 2), as in the file."""
    gazetteer = load_index() if places is None else index_places(places)
    rows = pick_sample(len(shapes_or_xy))
    told_names, told_codes = (None if cells is None else cells.iloc[rows] for cells in (names, codes))
    known = find_known(told_names, told_codes, gazetteer)
    return rank_candidates(find_centres(shapes_or_xy[rows]), known)


def find_centres(shapes_or_xy: NDArray[np.object_] | Numbers) -> Numbers:
    """Centres of shapes as (n, 2), NaN where there is none; coordinates as they are."""
    if shapes_or_xy.dtype != object:
        return shapes_or_xy.astype(float)
    centres = shapely.centroid(shapes_or_xy)
    return np.column_stack((shapely.get_x(centres), shapely.get_y(centres)))


load_crs = cache(parse_crs)


def rank_candidates(centres: Numbers, known: Known) -> tuple[Candidate, ...]:
    """As find_candidates, of centres and namesakes already found."""
    found = []
    for is_swapped in (False, True):
        xy = centres[:, ::-1] if is_swapped else centres
        for system, longitude, latitude in _place(xy):
            text = SWAPPED + system.crs if is_swapped else system.crs
            misfit_m, _ = measure_fit(longitude, latitude, known)
            found.append(Candidate(text, system.key, misfit_m, known.n_known, is_swapped))
    if known.n_known < FEWEST_KNOWN:
        return tuple(found)
    return tuple(sorted(found, key=lambda candidate: candidate.misfit_m))


def _place(xy: Numbers) -> Iterator[tuple[System, Numbers, Numbers]]:
    """Each system that puts the middle inside Việt Nam, with the places in degrees. The way from a datum,
    slow to look up, is taken once for all its planes."""
    middle = _find_middle(xy)
    systems = [system for system in list_systems() if _can_be(middle, load_crs(system.crs))]
    places = [_unproject(xy, load_crs(system.crs)) for system in systems]
    moved = dict[int, tuple[Numbers, Numbers]]()
    datums = [load_crs(system.crs).geodetic_crs for system in systems]
    for datum in {crs.name: crs for crs in datums if crs}.values():
        mine = [place for place, crs in enumerate(datums) if crs and crs.name == datum.name]
        x, y = np.concatenate([places[place] for place in mine]).T
        longitude, latitude = (np.split(values, len(mine)) for values in points_to_degrees(x, y, datum))
        moved |= dict(zip(mine, zip(longitude, latitude, strict=True), strict=True))
    for place, system in enumerate(systems):
        if _is_inside(*_find_middle(np.column_stack(moved[place]))):
            yield system, *moved[place]


def _find_middle(xy: Numbers) -> Numbers:
    placed = xy[np.isfinite(xy).all(axis=1)]
    return np.median(placed, axis=0) if len(placed) else np.array([np.nan, np.nan])


def _unproject(xy: Numbers, crs: pyproj.CRS) -> Numbers:
    """Degrees on the system's own datum."""
    if not crs.is_projected:
        return xy
    return np.column_stack(pyproj.Proj(crs)(xy[:, 0], xy[:, 1], inverse=True))


def _can_be(middle: Numbers, crs: pyproj.CRS) -> bool:
    """By size alone, before anything is transformed; eastings may bear the number of their zone."""
    x, y = middle
    if crs.is_geographic:
        return _is_inside(x, y)
    west, south, east, north = VIETNAM_METRES
    return bool(west <= x % ZONE_METRES <= east and south <= y <= north)


def _is_inside(longitude: float, latitude: float) -> bool:
    west, south, east, north = VIETNAM_DEGREES
    return bool(west <= longitude <= east and south <= latitude <= north)


def list_fitting(evidence: Evidence, *, most: int = 5) -> tuple[Candidate, ...]:
    """The few best that put the wards among their namesakes; () where that cannot be told."""
    ranked = rank_candidates(evidence.centres, evidence.known)
    return tuple(candidate for candidate in ranked if candidate.misfit_m < FITS_WITHIN_M)[:most]


def check_fit(
    crs: pyproj.CRS, evidence: Evidence, file: str, *, is_swapped: bool, is_foreign: bool
) -> tuple[Finding, ...]:
    """CrsMisfit where another system fits clearly better: the layer is shifted by more than its wards
    scatter. is_foreign: the system is made for another part of the world; then one of ours that fits no
    worse is worth a question."""
    xy = evidence.centres[:, ::-1] if is_swapped else evidence.centres
    misfit_m, scatter_m = measure_fit(*points_to_degrees(xy[:, 0], xy[:, 1], crs), evidence.known)
    if not np.isfinite(misfit_m) or not (is_foreign or misfit_m > max(MISFIT_M, scatter_m)):
        return ()
    best = next(iter(list_fitting(evidence)), None)
    if best is None or best.misfit_m > min(GOOD_FIT_M, misfit_m if is_foreign else misfit_m / 3):
        return ()
    facts: dict[str, object] = {
        "file": file, "crs": crs.name, "misfit_m": round(misfit_m), "better": best.crs,
        "better_m": round(best.misfit_m), "n": evidence.known.n_known,
    }  # fmt: skip
    return (Finding("CrsMisfit", "warning", file, crs.name, facts),)
