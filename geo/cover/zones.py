"""What each working camera sees from its place: a disc, or a sector where its view is known.

Walls, trees and the dark are not considered, and a radius is a choice: the zone says how far a camera could
tell something, not that it does. Cameras whose state is unknown are counted, and do not see.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from errors import BadOption
from geo.crs import points_to_metres

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

QUAD_SEGMENTS = 256
FULL = 2 * np.pi


@dataclass(frozen=True)
class Zones:
    """The zones of the cameras that see.

    frame: index of the camera rows; easting, northing, radius_m (metres), start_rad (from east, counter-
    clockwise: where the view begins), sweep_rad (how wide it is; 2π a disc).
    Counts are rows: n_given = n_seeing + n_off (not working) + n_unknown (state not told) + n_unplaced
    (working, without coordinates).
    """

    frame: pd.DataFrame
    n_given: int
    n_off: int
    n_unknown: int
    n_unplaced: int

    @property
    def n_seeing(self) -> int:
        return len(self.frame)

    @cached_property
    def polygons(self) -> Shapes:
        """One polygon per zone, 256 segments a quadrant: a disc's area is understated by 6e-6."""
        return draw_zones(self.frame, QUAD_SEGMENTS)


def camera_zones(cameras: pd.DataFrame, *, radius_m: float) -> Zones:
    """Zones of the cameras that work.

    cameras: easting, northing (metres), n_working, direction_deg (clockwise from north), angle_deg (whole
    opening), range_m; NaN where not told, and a missing column is not told. An angle or a range of 0 is no
    measure and counts as not told. Direction and angle known, the angle under 360: a sector; anything else,
    so also a dome or a panoramic camera without a direction: a disc. The radius is range_m, else radius_m.
    Raises BadOption (reason `radius`) for a radius that is not a positive number.
    """
    if not (np.isfinite(radius_m) and radius_m > 0):
        raise BadOption("radius", value=radius_m)
    working = cameras["n_working"].to_numpy(dtype=float)
    easting, northing = (cameras[name].to_numpy(dtype=float) for name in ("easting", "northing"))
    placed = np.isfinite(easting) & np.isfinite(northing)
    unknown, on = np.isnan(working), working > 0
    direction, angle, reach = (_told(cameras, name) for name in ("direction_deg", "angle_deg", "range_m"))
    is_sector = np.isfinite(direction) & (angle > 0) & (angle < 360)
    frame = pd.DataFrame(
        {
            "easting": easting,
            "northing": northing,
            "radius_m": np.where(reach > 0, reach, radius_m),
            "start_rad": np.where(is_sector, np.radians(90 - direction - angle / 2) % FULL, 0.0),
            "sweep_rad": np.where(is_sector, np.radians(angle), FULL),
        },
        index=cameras.index,
    )[on & placed]
    zones = Zones(
        frame,
        n_given=len(cameras),
        n_off=int((~unknown & ~on).sum()),
        n_unknown=int(unknown.sum()),
        n_unplaced=int((on & ~placed).sum()),
    )
    if zones.n_given != zones.n_seeing + zones.n_off + zones.n_unknown + zones.n_unplaced:
        raise AssertionError(f"cameras were lost: {zones.n_given} given")
    return zones


def _told(cameras: pd.DataFrame, name: str) -> Floats:
    if name not in cameras:
        return np.full(len(cameras), np.nan)
    values = cameras[name].to_numpy(dtype=float)
    return np.where(np.isfinite(values), values, np.nan)


def add_metres(rows: pd.DataFrame, crs: pyproj.CRS) -> pd.DataFrame:
    """The rows with easting and northing on a plane from `metric_crs`, from their longitude and latitude."""
    longitude, latitude = (rows[name].to_numpy(dtype=float) for name in ("longitude", "latitude"))
    easting, northing = points_to_metres(longitude, latitude, crs)
    return rows.assign(easting=easting, northing=northing)


def draw_zones(frame: pd.DataFrame, quad_segments: int) -> Shapes:
    """Polygons of `Zones.frame`, corners on the arc, at least `quad_segments` of them a quarter turn."""
    shapes = np.empty(len(frame), dtype=object)
    is_disc = frame["sweep_rad"].to_numpy() >= FULL
    discs = frame[is_disc]
    points = shapely.points(discs[["easting", "northing"]].to_numpy())
    shapes[is_disc] = shapely.buffer(points, discs["radius_m"].to_numpy(), quad_segs=quad_segments)
    for place in np.flatnonzero(~is_disc):
        easting, northing, radius_m, start, sweep = frame.iloc[place].to_numpy(dtype=float)
        shapes[place] = _draw_sector(easting, northing, radius_m, start, sweep, quad_segments)
    return shapes


def _draw_sector(
    easting: float, northing: float, radius_m: float, start: float, sweep: float, quad_segments: int
) -> shapely.Polygon:
    n = int(np.ceil(quad_segments * sweep / (np.pi / 2))) + 1
    turn = np.linspace(start, start + sweep, n)
    arc = np.column_stack([easting + radius_m * np.cos(turn), northing + radius_m * np.sin(turn)])
    return shapely.Polygon(np.vstack([(easting, northing), arc]))
