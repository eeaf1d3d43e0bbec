"""Connections: short, one per question, and transactions that begin where they are asked to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from errors import StoreUnavailable
from store.trouble import is_trouble, say_unavailable, show

BUSY_SECONDS = 60
CONNECT_SECONDS = 10
# What the write-ahead log may keep on disk after a large import.
JOURNAL_BYTES = 64 * 1024 * 1024
# A number of our own, so that writers of this program wait for each other and for nobody else.
WRITERS_LOCK = 0x0D1A_BA17


def build_engine(url: URL) -> Engine:
    """An engine that threads may share. Connects to nothing yet."""
    # The data of a refused row stay out of the log.
    if url.get_backend_name() == "postgresql":
        if "connect_timeout" not in url.query:
            url = url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
        event.listen(engine, "connect", _set_up_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
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


def _set_up_postgresql(connection: Any, _record: object) -> None:
    # Days travel as ISO text (store.facts), whatever this server or user prefers.
    connection.execute("SET datestyle TO 'ISO'")
    connection.execute(f"SET lock_timeout TO '{BUSY_SECONDS}s'")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("purpose") == "write":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the store, whatever is written meanwhile."""
    one_view = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _saying_unavailable(engine), engine.execution_options(**one_view).begin() as connection:
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
    while not _set_journal(engine, "WAL"):
        if time.monotonic() > deadline:
            raise StoreUnavailable("busy", url=show(engine.url))
        time.sleep(0.02)


def turn_off_wal(engine: Engine) -> None:
    """All of a SQLite store in its one file. Nobody else may have it open."""
    if not _set_journal(engine, "DELETE"):
        raise StoreUnavailable("busy", url=show(engine.url))


def _set_journal(engine: Engine, mode: str) -> bool:
    with engine.execution_options(purpose="none").connect() as connection:
        try:
            connection.exec_driver_sql(f"PRAGMA journal_mode = {mode}")
        except OperationalError as error:
            if "locked" in str(error.orig):
                return False
            raise
    return True


@contextmanager
def _saying_unavailable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        if not is_trouble(error):
            raise
        raise say_unavailable(engine.url, error) from error
