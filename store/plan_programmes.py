"""Programmes, alone and with all their areas, on an open connection."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from errors import NotComparable
from planning.programme import Programme, Step, TargetArea
from store import plan_areas, plan_rows, plan_steps
from store.plan_codec import as_kept
from store.plan_records import PROGRAMME, TARGET_AREA, Kept, Writer
from store.plan_tables import plan_record

Areas = Sequence[tuple[TargetArea, tuple[Step, ...]]]


def insert_programme(connection: Connection, given: Programme, writer: Writer) -> Kept[Programme]:
    """A new one; one kept just so before changes nothing. Raises NotComparable (reason `programme_key`) when
    the key names another."""
    known = plan_rows.find_by_key(connection, PROGRAMME, as_kept(given).key)
    if known is not None and known.content != as_kept(given):
        raise NotComparable("programme_key", key=given.key)
    return _keep(connection, given, writer, known)


def change_programme(
    connection: Connection, record_id: int, base_revision: int | None, given: Programme, writer: Writer
) -> Kept[Programme]:
    """The next revision. Raises NoData, ChangedMeanwhile, and NotComparable (reason `programme_renamed`): its
    key is what others call it by."""
    known = plan_rows.find_base(connection, PROGRAMME, record_id, base_revision)
    if known.content.key != as_kept(given).key:
        raise NotComparable("programme_renamed", key=known.content.key, given=given.key)
    return _keep(connection, given, writer, known)


def insert_whole(connection: Connection, programme: Programme, areas: Areas, writer: Writer) -> int:
    """A new programme with every area and its steps, each step held against the lifecycle; its id. Raises
    NotComparable (reason `programme_key`) when the key is in use."""
    if plan_rows.find_by_key(connection, PROGRAMME, as_kept(programme).key) is not None:
        raise NotComparable("programme_key", key=programme.key)
    programme_id = _keep(connection, programme, writer, None).id
    insert_areas(connection, programme_id, areas, writer)
    return programme_id


def insert_areas(connection: Connection, programme_id: int, areas: Areas, writer: Writer) -> tuple[int, ...]:
    """New areas under a programme, each step held against the lifecycle; their ids."""
    ids = []
    for area, steps in areas:
        area_id = plan_areas.insert_area(connection, programme_id, area, writer)
        plan_steps.add_steps(connection, area_id, (), steps, writer)
        ids.append(area_id)
    return tuple(ids)


def find_whole(connection: Connection, given: Programme, areas: Areas) -> int | None:
    """The programme that was first kept with just this, whatever was added to it since. What came in together
    bears one moment."""
    known = plan_rows.find_by_key(connection, PROGRAMME, as_kept(given).key)
    if known is None:
        return None
    first = plan_rows.list_revisions(connection, PROGRAMME, known.id)[-1]
    together = (plan_record.c.parent_id == known.id) & (plan_record.c.created_at == first.at)
    query = select(plan_record.c.id).where(together).order_by(plan_record.c.id)
    ids = list(connection.execute(query).scalars())
    steps = plan_steps.list_steps(connection, ids)
    held = [
        (
            plan_rows.list_revisions(connection, TARGET_AREA, area_id)[-1].content,
            tuple(kept.step for kept in steps.get(area_id, ()) if kept.at == first.at),
        )
        for area_id in ids
    ]
    asked = [(as_kept(area), tuple(map(as_kept, taken))) for area, taken in areas]
    return known.id if first.content == as_kept(given) and held == asked else None


def _keep(
    connection: Connection, given: Programme, writer: Writer, known: Kept[Programme] | None
) -> Kept[Programme]:
    key = as_kept(given).key
    return plan_rows.keep(connection, PROGRAMME, given, writer, known, told={"key": key}, key=key)
