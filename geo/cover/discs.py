"""Zones as plain arrays, for sums over many of them at once."""

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.cover.zones import FULL, Floats, Shapes, Zones

Ints = NDArray[np.int64]

HAIR_RAD = 1e-7


def toward(angle: Floats) -> Floats:
    """Unit vectors (…, 2) of angles in radians."""
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


@dataclass(frozen=True)
class Discs:
    """Centre (n, 2) and radius in metres, start and sweep in radians."""

    centre: Floats
    radius: Floats
    start: Floats
    sweep: Floats

    @property
    def is_whole(self) -> NDArray[np.bool_]:
        return np.asarray(self.sweep >= FULL)

    def boxes(self) -> Shapes:
        low, high = self.centre - self.radius[:, None], self.centre + self.radius[:, None]
        return np.asarray(shapely.box(*low.T, *high.T), dtype=object)

    def widened(self) -> "Discs":
        """Sectors opened by a hair on either side, so that what lies on a side lies within."""
        return replace(self, start=self.start - HAIR_RAD, sweep=self.sweep + 2 * HAIR_RAD)

    def hold(self, zone: Ints, places: Floats) -> NDArray[np.bool_]:
        """Whether each place (…, 2), measured from the zone's own centre, lies in it."""
        extra = (1,) * (places.ndim - 2)
        radius, start, sweep = (
            part[zone].reshape(-1, *extra) for part in (self.radius, self.start, self.sweep)
        )
        turn = (np.arctan2(places[..., 1], places[..., 0]) - start) % FULL
        return np.asarray((np.hypot(places[..., 0], places[..., 1]) <= radius) & (turn <= sweep))


def read_discs(zones: Zones) -> Discs:
    frame = zones.frame
    centre = frame[["easting", "northing"]].to_numpy(dtype=float)
    return Discs(
        centre, *(frame[name].to_numpy(dtype=float) for name in ("radius_m", "start_rad", "sweep_rad"))
    )
