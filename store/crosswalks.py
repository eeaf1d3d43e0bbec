"""Tables of old and new units, on an open connection."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from errors import NoData, NotComparable
from geo.findings import Finding
from geo.frames import Source
from geo.versions.crosswalk import Crosswalk
from store.boundaries import find_area
from store.columns import as_kept, describe, to_frame, to_records
from store.records import KeptCrosswalk, findings_from_json, findings_to_json, to_json
from store.tables import PART_COLUMNS, crosswalk, crosswalk_part


def check_versions(connection: Connection, old_area_id: int, new_area_id: int, given: Crosswalk) -> None:
    """A crosswalk speaks of two versions and of no others, and leads from the earlier to the later. Raises
    NotComparable (reasons `version`, `backwards`)."""
    pairs = ((old_area_id, given.old_version), (new_area_id, given.new_version))
    for area_id, version in pairs:
        area = find_area(connection, area_id)
        if area.version != version:
            file = given.source.file or given.source.name
            raise NotComparable("version", file=file, given=version, known=area.version or area.title)
    old, new = (find_area(connection, area_id) for area_id in (old_area_id, new_area_id))
    ends = [day for day in (new.valid_from, new.valid_to) if day]
    is_later = old.valid_from and any(old.valid_from > day for day in ends)
    if is_later:
        file = given.source.file or given.source.name
        raise NotComparable("backwards", file=file, given=given.new_version, known=given.old_version)


def find_active(connection: Connection, old_area_id: int, new_area_id: int) -> int | None:
    query = select(crosswalk.c.id).where(
        crosswalk.c.old_set_id == old_area_id, crosswalk.c.new_set_id == new_area_id, crosswalk.c.is_active
    )
    return connection.execute(query).scalar()


def deactivate(connection: Connection, crosswalk_id: int) -> None:
    connection.execute(update(crosswalk).where(crosswalk.c.id == crosswalk_id).values(is_active=False))


def insert_crosswalk(
    connection: Connection,
    old_area_id: int,
    new_area_id: int,
    given: Crosswalk,
    *,
    findings: Sequence[Finding],
    by: str,
) -> int:
    rows = as_kept(given.rows, PART_COLUMNS)
    crosswalk_id: int = connection.execute(
        insert(crosswalk)
        .values(
            old_set_id=old_area_id,
            new_set_id=new_area_id,
            is_active=True,
            n_rows=len(rows),
            source=to_json(asdict(given.source)),
            findings=findings_to_json(findings),
            frame_columns=describe(rows),
            added_at=dt.datetime.now(dt.UTC),
            added_by=by,
        )
        .returning(crosswalk.c.id)
    ).scalar_one()
    for records in to_records(rows):
        connection.execute(insert(crosswalk_part).values(crosswalk_id=crosswalk_id), records)
    return crosswalk_id


def list_crosswalks(connection: Connection) -> list[KeptCrosswalk]:
    query = select(crosswalk).where(crosswalk.c.is_active).order_by(crosswalk.c.id)
    return [
        KeptCrosswalk(
            id=row.id,
            old_area_id=row.old_set_id,
            new_area_id=row.new_set_id,
            source=Source(**row.source),
            n_rows=row.n_rows,
            added_at=row.added_at,
            by=row.added_by,
            findings=findings_from_json(row.findings),
        )
        for row in connection.execute(query)
    ]


def load_crosswalk(connection: Connection, crosswalk_id: int) -> Crosswalk:
    """Active or not. Raises NoData (reason `crosswalk`)."""
    row: Row[Any] | None = connection.execute(select(crosswalk).where(crosswalk.c.id == crosswalk_id)).first()
    if row is None:
        raise NoData("crosswalk", crosswalk_id=crosswalk_id)
    wanted = [crosswalk_part.c[name] for name, _ in row.frame_columns]
    query = select(*wanted).where(crosswalk_part.c.crosswalk_id == crosswalk_id)
    parts = connection.execute(query.order_by(crosswalk_part.c.position)).all()
    return Crosswalk(
        rows=to_frame([parts], row.frame_columns),
        old_version=str(find_area(connection, row.old_set_id).version),
        new_version=str(find_area(connection, row.new_set_id).version),
        source=Source(**row.source),
    )


def is_same(given: Crosswalk, kept: Crosswalk) -> bool:
    return given.source == kept.source and as_kept(given.rows, PART_COLUMNS).equals(kept.rows)
