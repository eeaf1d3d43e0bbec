"""The list of kept files, on an open connection."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select, update

from errors import NoData
from geo.findings import Finding
from geo.frames import Joined, Kind, Period, Source
from store.columns import describe
from store.records import Dataset, findings_from_json, findings_to_json, to_json
from store.tables import dataset


def insert_dataset(
    connection: Connection,
    area_id: int,
    joined: Joined,
    *,
    period: Period | None,
    file_name: str,
    sha256: str,
    findings: Sequence[Finding],
) -> int:
    dataset_id: int = connection.execute(
        insert(dataset)
        .values(
            boundary_set_id=area_id,
            kind=joined.kind,
            is_active=True,
            file_name=file_name,
            sha256=sha256,
            added_at=dt.datetime.now(dt.UTC),
            version=joined.version,
            by_place=joined.by_place,
            complete=joined.complete,
            period_start=period and period.start,
            period_end=period and period.end,
            n_rows=len(joined.rows),
            tally=to_json({"n": joined.tally(), "rows": joined.tally_rows()}),
            findings=findings_to_json(findings),
            source=to_json(asdict(joined.source)),
            frame_columns=describe(joined.rows),
        )
        .returning(dataset.c.id)
    ).scalar_one()
    return dataset_id


def list_datasets(
    connection: Connection, area_id: int, *, active: bool, kind: Kind | None = None
) -> list[Dataset]:
    query = select(dataset).where(dataset.c.boundary_set_id == area_id, dataset.c.is_active == active)
    if kind is not None:
        query = query.where(dataset.c.kind == kind)
    return [
        Dataset(
            id=row.id,
            kind=row.kind,
            file_name=row.file_name,
            sha256=row.sha256,
            added_at=row.added_at,
            n_rows=row.n_rows,
            tally=row.tally,
            findings=findings_from_json(row.findings),
            source=Source(**row.source),
            by_place=row.by_place,
            complete=row.complete,
            version=row.version,
            period_start=row.period_start,
            period_end=row.period_end,
            active=row.is_active,
        )
        for row in connection.execute(query.order_by(dataset.c.id))
    ]


def is_active(connection: Connection, dataset_id: int) -> bool:
    """Raises NoData (reason `dataset`) for an id never given."""
    active: bool | None = connection.execute(
        select(dataset.c.is_active).where(dataset.c.id == dataset_id)
    ).scalar()
    if active is None:
        raise NoData("dataset", dataset_id=dataset_id)
    return active


def deactivate(connection: Connection, dataset_ids: Iterable[int]) -> None:
    connection.execute(update(dataset).where(dataset.c.id.in_(list(dataset_ids))).values(is_active=False))
