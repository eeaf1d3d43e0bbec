"""A URL in, a Store out: the database is made, migrated and ready."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from errors import StoreNewer, StoreUnavailable
from store.engine import build_engine, reading, turn_on_wal, writing
from store.repository import Store
from store.tables import metadata
from store.trouble import say_unavailable, show

PROJECT = Path(__file__).resolve().parents[1]
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
POSTGRESQL = ("postgres", "postgresql")


def open_store(url: str) -> Store:
    """Open the store at an SQLAlchemy URL; make it if it is not there, bring it up to date if it is.

    A relative SQLite path is counted from the project's folder, wherever the program was started. A
    PostgreSQL address may begin with postgres:// or postgresql://. Two processes may open the same new
    store at once.

    Raises StoreNewer and StoreUnavailable (reasons: `url` not an address this program can use, `foreign`
    a database of another program, `server` nobody answers there, `password`, `database` not there,
    `permission`, `postgis` missing, `busy`, none: cannot be opened).
    """
    return _open(_parse(url))


def open_file(path: Path) -> Store:
    """The same for an SQLite file, whatever letters its name has."""
    return _open(URL.create("sqlite", database=str(path.absolute())))


def _open(parsed: URL) -> Store:
    try:
        _make_folder(parsed)
        engine = build_engine(parsed)
    except OSError as error:
        raise StoreUnavailable(url=show(parsed), seen=str(error)) from error
    except (ArgumentError, ImportError) as error:
        raise StoreUnavailable("url", url=show(parsed), seen=str(error)) from error
    try:
        _bring_up_to_date(engine)
    except DatabaseError as error:
        engine.dispose()
        raise say_unavailable(engine.url, error) from error
    except Exception:
        engine.dispose()
        raise
    return Store(engine)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        # The text may hold a password where none is expected, so none of it is repeated.
        raise StoreUnavailable("url", url="…", seen="") from None
    if parsed.drivername in POSTGRESQL:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if _is_file(parsed):
        parsed = parsed.set(database=str(PROJECT / str(parsed.database)))
    return parsed


def _is_file(url: URL) -> bool:
    return (
        url.get_backend_name() == "sqlite"
        and url.database not in (None, "", ":memory:")
        and "uri" not in url.query
    )


def _make_folder(url: URL) -> None:
    if _is_file(url):
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)


def _bring_up_to_date(engine: Engine) -> None:
    script = ScriptDirectory.from_config(_configure())
    with reading(engine) as connection:
        current = _read_revision(connection, script, show(engine.url))
    if engine.dialect.name == "sqlite":
        turn_on_wal(engine)
    if current == script.get_current_head():
        return
    with writing(engine) as connection:
        # Another process may have migrated while this one waited for its turn.
        _read_revision(connection, script, show(engine.url))
        config = _configure()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _configure() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _read_revision(connection: Connection, script: ScriptDirectory, url: str) -> str | None:
    """The schema revision, None in an empty database; raises when the database is not ours to change."""
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and _is_taken(connection):
        raise StoreUnavailable("foreign", url=url)
    known = {entry.revision for entry in script.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreNewer(url=url, revision=revision)
    return revision


def _is_taken(connection: Connection) -> bool:
    """A server's database may hold other programs' tables beside ours; a file may not."""
    names = set(inspect(connection).get_table_names())
    return bool(names if connection.dialect.name == "sqlite" else names & metadata.tables.keys())
