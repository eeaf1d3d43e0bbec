"""The rows of joined files, on an open connection."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection, Text, cast, insert, select

from geo.frames import Joined, Kind
from store.columns import CHUNK, as_kept, to_frame, to_records
from store.records import Dataset
from store.tables import FACTS, dataset, list_fact_columns

DAYS = ("start", "end", "checked_on")


def as_kept_joined(joined: Joined) -> Joined:
    """The file as it will be read back: the columns of its kind and no others."""
    return replace(joined, rows=as_kept(joined.rows, list_fact_columns(joined.kind)))


def insert_rows(connection: Connection, dataset_id: int, kind: Kind, rows: pd.DataFrame) -> None:
    statement = insert(FACTS[kind]).values(dataset_id=dataset_id)
    for records in to_records(rows):
        connection.execute(statement, records)


def load(connection: Connection, entry: Dataset) -> Joined:
    columns = connection.execute(select(dataset.c.frame_columns).where(dataset.c.id == entry.id)).scalar_one()
    table = FACTS[entry.kind]
    # Days travel as ISO text: making a million date objects only to unmake them doubles the time.
    wanted = [cast(table.c[name], Text) if name in DAYS else table.c[name] for name, _ in columns]
    query = select(*wanted).where(table.c.dataset_id == entry.id)
    in_chunks = {"yield_per": CHUNK}
    with connection.execute(query.order_by(table.c.position), execution_options=in_chunks) as result:
        rows = to_frame(result.partitions(), columns)
    return Joined(
        kind=entry.kind,
        rows=rows,
        by_place=entry.by_place,
        complete=entry.complete,
        version=entry.version,
        source=entry.source,
    )


def is_same(one: Joined, other: Joined) -> bool:
    """Whether two kept files say the same, row by row."""
    nothing = pd.DataFrame()
    return one.rows.equals(other.rows) and replace(one, rows=nothing) == replace(other, rows=nothing)
