"""Which incidents lie within what working cameras see.

Only incidents with coordinates can be told apart, and where people geocode to the middle of a ward the
answer is the middle's. A share by 25, 50 and 100 m shows how much of it is the choice of a radius.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.cover.discs import Discs, read_discs
from geo.cover.zones import camera_zones
from geo.indicators import rate

RADII_M = (25.0, 50.0, 100.0)
BATCH = 512


def find_seen(incidents: pd.DataFrame, cameras: pd.DataFrame, radius_m: float) -> NDArray[np.bool_]:
    """Whether each incident lies in a zone of `camera_zones(cameras, radius_m=…)`, its border included.

    incidents: easting, northing in metres on the cameras' plane; one without them is not seen. In order of
    the rows. Raises BadOption (reason `radius`) as `camera_zones` does.
    """
    places = incidents[["easting", "northing"]].to_numpy(dtype=float)
    discs = read_discs(camera_zones(cameras, radius_m=radius_m))
    seen = np.zeros(len(places), dtype=bool)
    located = np.flatnonzero(np.isfinite(places).all(axis=1))
    if not len(located) or not len(discs.radius):
        return seen
    plain = discs.is_whole & (discs.radius == radius_m)
    if plain.any():
        near = located[_find_near_cells(places[located], discs.centre[plain], radius_m)]
        reach = np.nextafter(radius_m, np.inf)
        nearest, _ = cKDTree(discs.centre[plain]).query(places[near], distance_upper_bound=reach)
        seen[near] = np.isfinite(nearest)
    open_still = located[~seen[located]]
    seen[open_still] = _find_in_others(places[open_still], discs, np.flatnonzero(~plain))
    return seen


def _find_near_cells(
    places: NDArray[np.float64], centres: NDArray[np.float64], radius_m: float
) -> NDArray[np.bool_]:
    """Whether a place is in the square, a radius wide, of a camera or in one of the eight around it; no other
    place can be within the radius. Most incidents of a city are not, and need not be asked further."""
    side = radius_m * (1 + 1e-6)
    corner = centres.min(axis=0)
    cells, homes = (np.floor((spots - corner) / side).astype(np.int64) + 1 for spots in (places, centres))
    rows = int(homes[:, 1].max()) + 2
    around = np.array([(east, north) for east in (-1, 0, 1) for north in (-1, 0, 1)])
    taken = (homes[:, np.newaxis] + around).reshape(-1, 2)
    keys = np.unique(taken[:, 0] * rows + taken[:, 1])
    key = cells[:, 0] * rows + cells[:, 1]
    inside = (cells[:, 1] >= 0) & (cells[:, 1] < rows)
    at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
    return np.asarray(inside & (keys[at] == key))


def _find_in_others(places: NDArray[np.float64], discs: Discs, zones: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each place lies in one of the zones that differ in range or look one way."""
    seen = np.zeros(len(places), dtype=bool)
    if not len(places):
        return seen
    tree = cKDTree(places)
    wide = discs.widened()
    for first in range(0, len(zones), BATCH):
        some = zones[first : first + BATCH]
        near = tree.query_ball_point(wide.centre[some], np.nextafter(wide.radius[some], np.inf))
        zone = np.repeat(some, [len(hits) for hits in near])
        place = np.concatenate([*near, []]).astype(np.int64)
        offset = places[place] - wide.centre[zone]
        seen[place[wide.hold(zone, offset) | (offset == 0).all(axis=1)]] = True
    return seen


@dataclass(frozen=True)
class Reach:
    """Incidents within what cameras see, per ward, and those that could not be asked.

    table: index ward_code; n_located (incidents with coordinates), and for each radius R n_seen_<R> and
    reach_<R>_pct (of n_located; NaN where it is 0). Sums of n: n_given = in the wards + n_outside (placed in
    no ward of the index) + n_unlocated (without coordinates); rows without n are n_unread.
    """

    table: pd.DataFrame
    n_given: float
    n_outside: float
    n_unlocated: float
    n_unread: int


def reach_band(
    incidents: pd.DataFrame, cameras: pd.DataFrame, index: pd.Index, *, radii_m: Sequence[float] = RADII_M
) -> Reach:
    """The share of incidents seen, for each radius, per ward of `index`.

    incidents: ward_code (None of no ward), n, easting, northing. cameras as `camera_zones` takes them; a
    camera whose range is told keeps it at every radius, so the band is only as wide as what is not told.
    """
    n = incidents["n"].astype(float)
    located = np.isfinite(incidents[["easting", "northing"]].to_numpy(dtype=float)).all(axis=1)
    known = incidents["ward_code"].isin(index) & located
    homes = incidents["ward_code"].where(known)
    table = pd.DataFrame({"n_located": n.groupby(homes).sum().reindex(index, fill_value=0.0)}, index=index)
    for radius_m in radii_m:
        seen = find_seen(incidents, cameras, radius_m)
        inside = n.where(seen, 0.0).groupby(homes).sum().reindex(index, fill_value=0.0)
        table[f"n_seen_{radius_m:g}"] = inside
        table[f"reach_{radius_m:g}_pct"] = rate(inside, table["n_located"], per=100)
    reach = Reach(
        table,
        n_given=float(n.sum()),
        n_outside=float(n[located & ~known].sum()),
        n_unlocated=float(n[~located].sum()),
        n_unread=int(n.isna().sum()),
    )
    told = float(table["n_located"].sum()) + reach.n_outside + reach.n_unlocated
    if abs(reach.n_given - told) > 1e-6 * max(1.0, reach.n_given):
        raise AssertionError(f"incidents were lost: given {reach.n_given}, accounted {told}")
    return reach
