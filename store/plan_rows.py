"""Records and their revisions, on an open connection."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from errors import ChangedMeanwhile, NoData
from store import boundaries, events
from store.plan_codec import as_kept, decode, encode
from store.plan_records import Kept, Kind, Writer
from store.plan_tables import plan_record, plan_revision

T = TypeVar("T")


def keep(
    connection: Connection,
    kind: Kind[T],
    given: T,
    writer: Writer,
    known: Kept[T] | None = None,
    *,
    told: Mapping[str, object],
    area_id: int | None = None,
    parent_id: int | None = None,
    key: str | None = None,
) -> Kept[T]:
    """A new record, or the next revision of a known one, with its event; the same again changes nothing.
    area_id: the boundaries it now speaks of; raises NoData (reason `area`) when they are not kept. key: what
    it alone of its kind is now called by. told: what the event tells."""
    content = as_kept(given)
    if known is not None and known.content == content:
        return known
    if area_id is not None:
        boundaries.find_area(connection, area_id)
    if known is None:
        record_id = _insert_record(connection, kind, writer, area_id=area_id, parent_id=parent_id, key=key)
        kept = _insert_revision(connection, kind, record_id, 1, content, writer)
    else:
        mine = plan_record.c.id == known.id
        connection.execute(update(plan_record).where(mine).values(boundary_set_id=area_id, key=key))
        kept = _insert_revision(connection, kind, known.id, known.revision + 1, content, writer)
    events.record(connection, kind.event, kept.id, by=writer.by, revision=kept.revision, **told)
    return kept


def load_newest(connection: Connection, kind: Kind[T], record_id: int) -> Kept[T]:
    """Raises NoData (reason: the kind's name)."""
    row = connection.execute(_select_revisions(kind, record_id).limit(1)).first()
    if row is None:
        raise NoData(kind.name, record_id=record_id)
    return _read(kind, row)


def list_revisions(connection: Connection, kind: Kind[T], record_id: int) -> list[Kept[T]]:
    """All of them, the newest first. Raises NoData (reason: the kind's name)."""
    found = [_read(kind, row) for row in connection.execute(_select_revisions(kind, record_id))]
    if not found:
        raise NoData(kind.name, record_id=record_id)
    return found


def list_newest(
    connection: Connection, kind: Kind[T], *, area_id: int | None = None, parent_id: int | None = None
) -> list[Kept[T]]:
    """The newest revision of each record, the first kept first; of these boundaries and this parent only,
    where they are given."""
    of_record = plan_revision.alias()
    newest = (
        select(func.max(of_record.c.revision))
        .where(of_record.c.record_id == plan_revision.c.record_id)
        .scalar_subquery()
    )
    wanted = [plan_revision.c.revision == newest]
    if area_id is not None:
        wanted.append(plan_record.c.boundary_set_id == area_id)
    if parent_id is not None:
        wanted.append(plan_record.c.parent_id == parent_id)
    rows = connection.execute(_select(kind, *wanted).order_by(plan_record.c.id))
    return [_read(kind, row) for row in rows]


def find_by_key(connection: Connection, kind: Kind[T], key: str) -> Kept[T] | None:
    """The newest revision of the one record of that key."""
    named = (plan_record.c.kind == kind.name) & (plan_record.c.key == key)
    record_id = connection.execute(select(plan_record.c.id).where(named)).scalar()
    return None if record_id is None else load_newest(connection, kind, record_id)


def find_base(connection: Connection, kind: Kind[T], record_id: int, base_revision: int | None) -> Kept[T]:
    """The newest revision, when it is the one that the writer goes on from. Raises NoData, and
    ChangedMeanwhile when another was kept since; ValueError for no base: a bug of the caller."""
    if base_revision is None:
        raise ValueError("a change of a record needs the revision it goes on from")
    known = load_newest(connection, kind, record_id)
    if known.revision != base_revision:
        raise say_changed(kind, known)
    return known


def say_changed(kind: Kind[T], known: Kept[T]) -> ChangedMeanwhile:
    """What the second of two writers is told. Reason `unsigned` where nobody was signed in."""
    facts = {"kind": kind.name, "record_id": known.id, "revision": known.revision}
    return ChangedMeanwhile("" if known.by else "unsigned", **facts, by=known.by, at=known.at)


def _select_revisions(kind: Kind[T], record_id: int) -> Any:
    mine = plan_revision.c.record_id == record_id
    return _select(kind, mine).order_by(plan_revision.c.revision.desc())


def _select(kind: Kind[T], *wanted: ColumnElement[bool]) -> Any:
    joined = plan_revision.join(plan_record)
    return select(plan_revision).select_from(joined).where(plan_record.c.kind == kind.name, *wanted)


def _read(kind: Kind[T], row: Row[Any]) -> Kept[T]:
    return Kept(row.record_id, row.revision, decode(kind.content, row.content), row.added_at, row.added_by)


def _insert_record(
    connection: Connection, kind: Kind[T], writer: Writer, *, area_id: int | None, **more: object
) -> int:
    told = {"kind": kind.name, "boundary_set_id": area_id, "created_at": writer.at} | more
    new_id: int = connection.execute(
        insert(plan_record).values(told).returning(plan_record.c.id)
    ).scalar_one()
    return new_id


def _insert_revision(
    connection: Connection, kind: Kind[T], record_id: int, revision: int, content: T, writer: Writer
) -> Kept[T]:
    connection.execute(
        insert(plan_revision).values(
            record_id=record_id,
            revision=revision,
            content=encode(content),
            added_at=writer.at,
            added_by=writer.by,
        )
    )
    return Kept(record_id, revision, content, writer.at, writer.by)
