"""Connections: short, one per question, and transactions that begin where they are asked to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from errors import StoreUnavailable

BUSY_SECONDS = 60
# What the write-ahead log may keep on disk after a large import.
JOURNAL_BYTES = 64 * 1024 * 1024


def build_engine(url: URL) -> Engine:
    """An engine that threads may share. Connects to nothing yet."""
    # The data of a refused row stay out of the log.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # Python's driver begins late and commits before table changes; _begin_sqlite does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_BYTES}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its turn at once: a reader that turns writer half-way could not be made to wait.
    statement = {"read": "BEGIN", "write": "BEGIN IMMEDIATE", "none": ""}[
        connection.get_execution_options().get("purpose", "read")
    ]
    if statement:
        connection.exec_driver_sql(statement)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the store, whatever is written meanwhile."""
    with _saying_unavailable(engine), engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """All or nothing: an exception leaves the store as it was. Writers wait for each other."""
    with _saying_unavailable(engine), engine.execution_options(purpose="write").begin() as connection:
        yield connection


def turn_on_wal(engine: Engine) -> None:
    """Readers and the writer no longer block each other; the SQLite file remembers it."""
    # SQLite does not wait when another connection is in the way of this one change.
    deadline = time.monotonic() + BUSY_SECONDS
    while not _try_wal(engine):
        if time.monotonic() > deadline:
            raise StoreUnavailable("busy", url=show(engine.url))
        time.sleep(0.02)


def _try_wal(engine: Engine) -> bool:
    with engine.execution_options(purpose="none").connect() as connection:
        try:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        except OperationalError as error:
            if "locked" in str(error.orig):
                return False
            raise
    return True


@contextmanager
def _saying_unavailable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise StoreUnavailable(url=show(engine.url), seen=str(error.orig)) from error


def show(url: URL) -> str:
    """The address without its secrets."""
    return url.set(query={}).render_as_string(hide_password=True)
