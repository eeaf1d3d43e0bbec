"""All rows of one store into another, on open connections, whatever the databases are."""

from sqlalchemy import Connection, Table, delete, func, insert, select

from store.columns import CHUNK
from store.tables import metadata


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever kept in the store."""
    names = ("boundary_set", "event")
    return not any(connection.execute(select(metadata.tables[name]).limit(1)).first() for name in names)


def clear(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


def copy_rows(source: Connection, target: Connection) -> None:
    """Every row as it is, ids included, into tables that are empty."""
    for table in metadata.sorted_tables:
        names = [column.key for column in table.c]
        # A revision comes after the one it supersedes: ids only rise.
        query = select(*table.c).order_by(*table.primary_key)
        with source.execute(query, execution_options={"yield_per": CHUNK}) as result:
            for rows in result.partitions():
                target.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        if target.dialect.name == "postgresql" and table.autoincrement_column is not None:
            _raise_next_id(target, table)


def _raise_next_id(connection: Connection, table: Table) -> None:
    """Ids given from here on follow those that were copied. It never sinks: a failing transaction does not
    take it back."""
    sequence = func.pg_get_serial_sequence(table.name, "id")
    after = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
    connection.execute(select(func.setval(sequence, func.greatest(after, func.nextval(sequence)), False)))
