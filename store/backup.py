"""A whole store in one file, and back: the same file serves SQLite and PostgreSQL."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect, select, update

from errors import NotWritable, StoreNewer, StoreNotEmpty, StoreUnavailable
from store import copying, events
from store.engine import reading, turn_off_wal, writing
from store.opening import open_file, open_store
from store.repository import Store
from store.tables import metadata, store_revision
from store.trouble import show


def write_backup(store: Store, path: Path) -> None:
    """Write all that is kept, as of one moment, to a new SQLite file that is itself a complete store.

    The file appears whole or not at all. Raises StoreNotEmpty (reason `file`) when there is one of that
    name, NotWritable when the folder is not there or may not be written to, and StoreUnavailable.
    """
    _refuse_existing(path)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            partial = Path(folder) / path.name
            with closing(open_file(partial)) as backup:
                with reading(store.engine) as source, writing(backup.engine) as target:
                    copying.clear(target)
                    copying.copy_rows(source, target)
                backup.close()
                turn_off_wal(backup.engine)
            _refuse_existing(path)
            partial.rename(path)
    except OSError as error:
        raise NotWritable(file=str(path), seen=error.strerror or str(error)) from error


def restore_backup(path: Path, url: str, *, replace: bool = False, by: str = "") -> Store:
    """Open the store at `url` and fill it with what a backup (or a store's SQLite file) holds.

    The store must be new or empty. replace: whatever it holds is taken out in the same transaction and is
    NOT saved elsewhere: write a backup of it first. The file itself is only read, and may be of an earlier
    version of the program. The store's revision rises above both, so nobody goes on showing old answers.

    Raises StoreNotEmpty (reason `store`); of the file StoreNewer and StoreUnavailable (reasons
    `backup_missing`, `backup_damaged`, `backup_foreign`); of the store what `open_store` raises.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.sqlite"
        _copy_sound(path, copy)
        with closing(_open_copy(copy, path)) as backup:
            store = open_store(url)
            try:
                with reading(backup.engine) as source, writing(store.engine) as target:
                    _refill(source, target, replace=replace, url=show(store.engine.url))
                    events.record(target, "store.restored", None, by=by, file=path.name)
            except BaseException:
                store.close()
                raise
            return store


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise StoreNotEmpty("file", file=str(path))


def _refill(source: Connection, target: Connection, *, replace: bool, url: str) -> None:
    if not replace and not copying.is_empty(target):
        raise StoreNotEmpty("store", url=url)
    revision = max(
        connection.execute(select(store_revision.c.value)).scalar_one() for connection in (source, target)
    )
    copying.clear(target)
    copying.copy_rows(source, target)
    target.execute(update(store_revision).values(value=revision))


def _copy_sound(path: Path, copy: Path) -> None:
    """The file as SQLite reads it, its write-ahead log included, once every page proved sound."""
    if not path.is_file():
        raise StoreUnavailable("backup_missing", url=str(path))
    try:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            seen = target.execute("PRAGMA integrity_check").fetchone()[0]
            stray = target.execute("PRAGMA foreign_key_check").fetchone()
            tables = target.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise StoreUnavailable("backup_damaged", url=str(path), seen=str(error)) from error
    if not tables:
        # An empty file is a sound database: opened, it would become an empty store.
        raise StoreUnavailable("backup_damaged", url=str(path), seen="no tables")
    if seen != "ok" or stray:
        raise StoreUnavailable("backup_damaged", url=str(path), seen=seen if seen != "ok" else str(stray[0]))


def _open_copy(copy: Path, path: Path) -> Store:
    try:
        store = open_file(copy)
    except StoreNewer as error:
        raise StoreNewer(url=str(path), revision=error.facts["revision"]) from error
    except StoreUnavailable as error:
        reason = "backup_foreign" if error.reason == "foreign" else "backup_damaged"
        raise StoreUnavailable(reason, url=str(path), seen=error.facts.get("seen", "")) from error
    with reading(store.engine) as connection:
        missing = metadata.tables.keys() - set(inspect(connection).get_table_names())
    if missing:
        store.close()
        raise StoreUnavailable("backup_damaged", url=str(path), seen=", ".join(sorted(missing)))
    return store
