"""Wards with many visitors, on an open connection."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from store.columns import NUL
from store.records import VisitorWard
from store.tables import visitor_ward


def list_visitors(connection: Connection, area_id: int) -> tuple[VisitorWard, ...]:
    """By code, in the order of letters' code points: the same on every database."""
    columns = (
        visitor_ward.c.ward_code,
        visitor_ward.c.reason,
        visitor_ward.c.since,
        visitor_ward.c.added_by,
    )
    rows = connection.execute(select(*columns).where(visitor_ward.c.boundary_set_id == area_id))
    return tuple(sorted((VisitorWard(*row) for row in rows), key=lambda each: each.ward_code))


def replace_visitors(
    connection: Connection, area_id: int, wards: Sequence[VisitorWard], *, by: str
) -> tuple[VisitorWard, ...] | None:
    """The list as it now stands; None when nothing changed. Who set a ward first stays its `by`."""
    known = {each.ward_code: each for each in list_visitors(connection, area_id)}
    asked = {each.ward_code: each for each in wards}
    if len(asked) < len(wards):
        raise ValueError("a ward is listed twice")
    told = {}
    for code, each in asked.items():
        held, reason = known.get(code), each.reason.replace(NUL, "")
        is_same = held is not None and (held.reason, held.since) == (reason, each.since)
        told[code] = held if held is not None and is_same else VisitorWard(code, reason, each.since, by)
    if told == known:
        return None
    gone = [code for code in known if told.get(code) != known[code]]
    mine = visitor_ward.c.boundary_set_id == area_id
    connection.execute(delete(visitor_ward).where(mine, visitor_ward.c.ward_code.in_(gone)))
    fresh = [each for code, each in told.items() if known.get(code) != each]
    for each in fresh:
        connection.execute(
            insert(visitor_ward).values(
                boundary_set_id=area_id,
                ward_code=each.ward_code,
                reason=each.reason,
                since=each.since,
                added_at=dt.datetime.now(dt.UTC),
                added_by=each.by,
            )
        )
    return list_visitors(connection, area_id)
