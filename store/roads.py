"""An area's road layer, on an open connection. It is a base map, not a figure: a newer one takes its place
whole, and the journal alone remembers the earlier one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, delete, insert, select

from geo.findings import Finding
from geo.frames import Source
from store.boundaries import CRS
from store.columns import CHUNK, to_frame, to_records
from store.records import KeptRoads, findings_from_json, findings_to_json, to_json
from store.tables import road, road_layer


def check_lines(roads: gpd.GeoDataFrame) -> None:
    """Anything but lines in degrees is a bug of the caller."""
    if roads.crs is None or roads.crs.to_epsg() != 4326:
        raise ValueError("roads are kept in EPSG:4326")
    kinds = set(np.unique(shapely.get_type_id(roads.geometry.to_numpy())).tolist())
    if kinds - {1, 5}:
        raise ValueError("roads are LineStrings or MultiLineStrings")


def find_roads(connection: Connection, area_id: int) -> KeptRoads | None:
    row = connection.execute(select(road_layer).where(road_layer.c.boundary_set_id == area_id)).first()
    if row is None:
        return None
    return KeptRoads(
        area_id=row.boundary_set_id,
        source=Source(**row.source),
        sha256=row.sha256,
        n_lines=row.n_lines,
        added_at=row.added_at,
        by=row.added_by,
        findings=findings_from_json(row.findings),
    )


def replace_roads(
    connection: Connection,
    area_id: int,
    roads: gpd.GeoDataFrame,
    *,
    source: Source,
    sha256: str,
    findings: Sequence[Finding],
    by: str,
) -> None:
    connection.execute(delete(road).where(road.c.boundary_set_id == area_id))
    connection.execute(delete(road_layer).where(road_layer.c.boundary_set_id == area_id))
    connection.execute(
        insert(road_layer).values(
            boundary_set_id=area_id,
            sha256=sha256,
            n_lines=len(roads),
            source=to_json(asdict(source)),
            findings=findings_to_json(findings),
            added_at=dt.datetime.now(dt.UTC),
            added_by=by,
        )
    )
    for records in to_records(_as_rows(roads)):
        connection.execute(insert(road).values(boundary_set_id=area_id), records)


def _as_rows(roads: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {"row": roads["row"].to_numpy(), "geometry": shapely.to_wkb(roads.geometry.to_numpy())}
    )


def load_roads(connection: Connection, area_id: int) -> gpd.GeoDataFrame | None:
    """Columns row and geometry, in the order they were kept; None when there is no layer."""
    if find_roads(connection, area_id) is None:
        return None
    query = select(road.c.row, road.c.geometry).where(road.c.boundary_set_id == area_id)
    with connection.execute(
        query.order_by(road.c.position), execution_options={"yield_per": CHUNK}
    ) as result:
        frame = to_frame(result.partitions(), [("row", "int64"), ("geometry", "object")])
    lines = gpd.GeoSeries.from_wkb(frame["geometry"].to_numpy(), index=frame.index, crs=CRS)
    return gpd.GeoDataFrame(frame[["row"]], geometry=lines)
