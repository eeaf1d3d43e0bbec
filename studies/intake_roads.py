"""A road layer on its way in: lines read and checked, told in kilometres, then kept in place of the earlier.

Roads may be many times larger than everything else of an area, so they are no part of its holdings: who needs
them asks for them.
"""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely

from errors import NotComparable
from geo.crs import metric_crs
from geo.findings import Finding
from geo.frames import Source
from geo.reading.roads import Roads, read_roads
from store.repository import Store
from studies.intake import Received, receive


@dataclass(frozen=True)
class RoadsTrial:
    """A read layer, not kept yet. length_km: of all lines. inside_pct: share of the length whose lines meet
    the area's extent; roads of another place are caught by it."""

    received: Received
    roads: Roads
    length_km: float
    inside_pct: float

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.roads.findings


def try_roads(
    store: Store,
    area_id: int,
    received: Received,
    *,
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> RoadsTrial:
    """Raises what `geo.reading.roads.read_roads` raises, and NoData (reason `area`)."""
    roads = read_roads(received.path, layer=layer, crs=crs, encoding=encoding)
    extent = shapely.box(*store.load_wards(area_id).frame.total_bounds)
    west, south, east, north = roads.frame.total_bounds
    lines = roads.to_plane(metric_crs((west, south, east, north)))
    length_m = shapely.length(lines)
    inside = shapely.intersects(roads.frame.geometry.to_numpy(), extent)
    total = float(length_m.sum())
    return RoadsTrial(received, roads, total / 1000, 100 * float(length_m[inside].sum()) / total)


def keep_roads(
    store: Store, area_id: int, trial: RoadsTrial, *, source: str = "", as_of: str = "", by: str = ""
) -> bool:
    """Whether the store changed. as_of: the day the lines were drawn or taken, as text. Raises NotComparable
    (reason `roads_elsewhere`) for lines of which none meets the area."""
    if not trial.inside_pct:
        raise NotComparable("roads_elsewhere", file=trial.received.name)
    told = Source(
        name=source or trial.received.name, as_of=as_of, file=trial.received.name,
        sha256=trial.received.sha256,
    )  # fmt: skip
    before = store.revision()
    store.keep_roads(
        area_id, trial.roads.frame, source=told, sha256=trial.received.sha256, findings=trial.findings, by=by
    )
    return store.revision() != before


def import_roads(
    store: Store,
    path: Path,
    area_id: int,
    *,
    source: str = "",
    by: str = "",
    layer: str | None = None,
    crs: str | None = None,
    encoding: str | None = None,
) -> tuple[RoadsTrial, bool]:
    """What was read, and whether the store changed: `cli.py import --as roads`."""
    trial = try_roads(store, area_id, receive([path]), layer=layer, crs=crs, encoding=encoding)
    return trial, keep_roads(store, area_id, trial, source=source, by=by)


def load_roads(store: Store, area_id: int) -> gpd.GeoDataFrame | None:
    """The area's lines (`row`, geometry; EPSG:4326), None without a layer."""
    return store.load_roads(area_id)
