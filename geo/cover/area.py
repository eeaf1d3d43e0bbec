"""How much of each ward lies within the zones, once and twice, exact: the area is added up along its border.

So that no two borders run along each other, each zone is first moved and grown by at most a micrometre and
turned by 1e-7; that changes an area by less than one part in a million. See docs/decisions/0020.
"""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.cover.discs import Discs, read_discs
from geo.cover.stacking import stack_polygons
from geo.cover.tracing import LEVELS, trace
from geo.cover.zones import FULL, Floats, Zones

NUDGE_M = 1e-6
NUDGE_RAD = 1e-7


def seen_area(zones: Zones, wards: gpd.GeoDataFrame | gpd.GeoSeries) -> pd.DataFrame:
    """Index of `wards` (shapes on a plane in metres that keeps areas, as `to_metres` gives): area_seen_km2,
    area_seen_pct and area_seen_twice_pct, of the ward's area within at least one, at least two zones.

    A ward that no zone reaches has 0: where the cameras are is known. Without any zone all have 0. Zones
    reach over ward borders. Error against the true zones under 1e-6 of their area. A ward whose border
    of what is seen should not close is done by polygons instead (error 6e-6).
    """
    shapes = wards.geometry.to_numpy()
    whole = shapely.area(shapes)
    seen = np.zeros((len(LEVELS), len(shapes)))
    if zones.n_seeing and len(shapes):
        tracer = trace(set_apart(read_discs(zones)), shapes)
        seen = tracer.sums[:, :, 0]
        for ward in np.flatnonzero(tracer.is_open()):
            seen[:, ward] = measure_polygons(zones, shapes[ward])
    seen = np.clip(seen, 0.0, whole)
    share = np.divide(seen, whole, out=np.full(seen.shape, np.nan), where=whole > 0) * 100
    columns = {"area_seen_km2": seen[0] / 1e6, "area_seen_pct": share[0], "area_seen_twice_pct": share[1]}
    return pd.DataFrame(columns, index=wards.index)


def measure_polygons(zones: Zones, shape: shapely.Geometry) -> Floats:
    """Area in m² of one shape within at least one and at least two zones, by overlaying polygons."""
    near = zones.polygons[shapely.intersects(zones.polygons, shapely.envelope(shape))]
    return np.array([shapely.area(shapely.intersection(level, shape)) for level in stack_polygons(near)])


def set_apart(discs: Discs) -> Discs:
    """The zones with their coincidences undone: of equal ones two are kept, more would change nothing, and
    each is moved a little, differently (multiples of irrational numbers, so always the same way)."""
    table = np.column_stack([discs.centre, discs.radius, discs.start, discs.sweep])
    kept, times = np.unique(table, axis=0, return_counts=True)
    kept = np.repeat(kept, np.minimum(times, 2), axis=0)
    number = np.arange(1, len(kept) + 1)[:, None]
    nudge = (number * np.sqrt([2.0, 3.0, 5.0, 7.0, 11.0])) % 1 - 0.5
    kept += (
        nudge
        * [NUDGE_M, NUDGE_M, NUDGE_M, NUDGE_RAD, NUDGE_RAD]
        * np.where(kept[:, 4:] >= FULL, [1, 1, 1, 0, 0], 1)
    )
    return Discs(kept[:, :2], *kept[:, 2:].T)
