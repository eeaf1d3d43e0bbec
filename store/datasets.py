"""The list of kept files, on an open connection."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

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
    by: str,
    previous: Dataset | None,
) -> int:
    """previous: the one dataset that this is the next revision of."""
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
            added_by=by,
            revision=previous.revision + 1 if previous else 1,
            supersedes=previous and previous.id,
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
    return [_tell(row) for row in connection.execute(query.order_by(dataset.c.id))]


def find_dataset(connection: Connection, dataset_id: int) -> Dataset:
    """Raises NoData (reason `dataset`) for an id never given."""
    row = connection.execute(select(dataset).where(dataset.c.id == dataset_id)).first()
    if row is None:
        raise NoData("dataset", dataset_id=dataset_id)
    return _tell(row)


def find_area_id(connection: Connection, dataset_id: int) -> int:
    """The area of a dataset that is there."""
    area_id: int = connection.execute(
        select(dataset.c.boundary_set_id).where(dataset.c.id == dataset_id)
    ).scalar_one()
    return area_id


def find_successor(connection: Connection, dataset_id: int) -> Dataset | None:
    """The next revision."""
    row = connection.execute(select(dataset).where(dataset.c.supersedes == dataset_id)).first()
    return _tell(row) if row else None


def deactivate(connection: Connection, dataset_ids: Iterable[int]) -> None:
    connection.execute(update(dataset).where(dataset.c.id.in_(list(dataset_ids))).values(is_active=False))


def mark_settled(connection: Connection, dataset_id: int, settled: bool) -> None:
    connection.execute(update(dataset).where(dataset.c.id == dataset_id).values(is_settled=settled))


def _tell(row: Row[Any]) -> Dataset:
    return Dataset(
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
        revision=row.revision,
        supersedes=row.supersedes,
        by=row.added_by,
        settled=row.is_settled,
    )
