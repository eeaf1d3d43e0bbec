"""Who did what, on an open connection. A write and its event stand or fall together."""

import datetime as dt

from sqlalchemy import Connection, insert, select, update

from store.records import EVENTS, Event, to_json
from store.tables import event, store_revision


def record(connection: Connection, what: str, object_id: int | None, *, by: str, **detail: object) -> None:
    """Write down one change and raise the store's revision."""
    assert what in EVENTS
    connection.execute(
        insert(event).values(
            happened_at=dt.datetime.now(dt.UTC),
            who=by,
            what=what,
            object_id=object_id,
            detail=to_json(detail),
        )
    )
    connection.execute(update(store_revision).values(value=store_revision.c.value + 1))


def list_events(connection: Connection, limit: int) -> list[Event]:
    query = select(event).order_by(event.c.id.desc()).limit(limit)
    return [
        Event(
            id=row.id,
            at=row.happened_at,
            who=row.who,
            what=row.what,
            object_id=row.object_id,
            detail=row.detail,
        )
        for row in connection.execute(query)
    ]
