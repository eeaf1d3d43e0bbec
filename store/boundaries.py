"""Areas and their wards, on an open connection."""

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import Connection, Row, insert, select, update

from errors import NoData
from geo.frames import BoundaryVersion, Source, Wards
from store.columns import as_kept, describe, to_frame, to_records
from store.records import Area, to_json
from store.tables import WARD_COLUMNS, boundary_set, ward

CRS = "EPSG:4326"


def find_known(connection: Connection, key: str, sha256: str) -> int | None:
    """The id of the area kept from that file under that key."""
    same = (boundary_set.c.key == key) & (boundary_set.c.sha256 == sha256)
    return connection.execute(select(boundary_set.c.id).where(same)).scalar()


def identify(wards: Wards) -> str:
    """The source file's sha256, or, where there was no file, that of the codes and outlines."""
    if wards.source.sha256:
        return wards.source.sha256
    digest = hashlib.sha256("\n".join(wards.frame.index).encode())
    for outline in shapely.to_wkb(wards.frame.geometry.to_numpy()):
        digest.update(outline)
    return digest.hexdigest()


def check_validity(wards: Wards, validity: BoundaryVersion) -> None:
    """Days in force of another version than the wards' own are a bug of the caller."""
    if validity.id != wards.version:
        raise ValueError(f"validity of version {validity.id!r} given for wards of {wards.version!r}")


def date_area(connection: Connection, area_id: int, validity: BoundaryVersion) -> bool:
    """Take up the days in force of an area kept before they were known; False when nothing changes."""
    area = find_area(connection, area_id)
    told = {"valid_from": validity.valid_from, "valid_to": validity.valid_to, "basis": validity.basis}
    if area.version != validity.id or all(getattr(area, name) == value for name, value in told.items()):
        return False
    connection.execute(update(boundary_set).where(boundary_set.c.id == area_id).values(told))
    return True


def insert_area(
    connection: Connection, wards: Wards, *, key: str, title: str, validity: BoundaryVersion | None
) -> int:
    table = as_kept(wards.frame.reset_index(), WARD_COLUMNS)
    area_id: int = connection.execute(
        insert(boundary_set)
        .values(
            key=key,
            title=title,
            version=wards.version,
            sha256=identify(wards),
            crs_read=wards.crs_read,
            n_wards=len(table),
            source=to_json(asdict(wards.source)),
            frame_columns=describe(table),
            added_at=dt.datetime.now(dt.UTC),
            valid_from=validity and validity.valid_from,
            valid_to=validity and validity.valid_to,
            basis=validity.basis if validity else "",
        )
        .returning(boundary_set.c.id)
    ).scalar_one()
    outlines = shapely.to_wkb(wards.frame.geometry.to_numpy())
    for records in to_records(pd.DataFrame(table).assign(geometry=outlines)):
        connection.execute(insert(ward), [record | {"boundary_set_id": area_id} for record in records])
    return area_id


def list_areas(connection: Connection) -> list[Area]:
    return [
        Area(
            id=row.id,
            key=row.key,
            title=row.title,
            version=row.version,
            n_wards=row.n_wards,
            source=Source(**row.source),
            crs_read=row.crs_read,
            added_at=row.added_at,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            basis=row.basis,
        )
        for row in connection.execute(select(boundary_set).order_by(boundary_set.c.id))
    ]


def find_area(connection: Connection, area_id: int) -> Row[Any]:
    area = connection.execute(select(boundary_set).where(boundary_set.c.id == area_id)).first()
    if area is None:
        raise NoData("area", area_id=area_id)
    return area


def load_wards(connection: Connection, area_id: int) -> Wards:
    area = find_area(connection, area_id)
    columns = [(name, "object" if name == "geometry" else dtype) for name, dtype in area.frame_columns]
    query = select(*(ward.c[name] for name, _ in columns)).where(ward.c.boundary_set_id == area_id)
    frame = to_frame([connection.execute(query.order_by(ward.c.position)).all()], columns)
    frame["geometry"] = gpd.GeoSeries.from_wkb(frame["geometry"].to_numpy(), index=frame.index, crs=CRS)
    return Wards(
        frame=gpd.GeoDataFrame(frame.set_index("ward_code"), geometry="geometry", crs=CRS),
        version=area.version,
        source=Source(**area.source),
        crs_read=area.crs_read,
        title=area.title,
    )


def check_codes(connection: Connection, area_id: int, codes: set[str]) -> None:
    """A row or spelling that leads to a ward of another area is a bug of the caller."""
    known = connection.execute(select(ward.c.ward_code).where(ward.c.boundary_set_id == area_id)).scalars()
    if strangers := codes - set(known):
        raise ValueError(f"the area does not have these wards: {sorted(strangers)[:5]}")
