"""Target areas of a programme, on an open connection."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from errors import NotComparable
from planning.programme import TargetArea
from store import boundaries, plan_rows, plan_steps
from store.plan_codec import as_kept
from store.plan_records import PROGRAMME, TARGET_AREA, Kept, KeptArea, Writer
from store.plan_tables import plan_record


def insert_area(connection: Connection, programme_id: int, given: TargetArea, writer: Writer) -> int:
    """A new area under a programme; its id. Raises NoData (reasons `programme`, `area`) and NotComparable
    (reasons `target_version`, `target_twice`)."""
    plan_rows.load_newest(connection, PROGRAMME, programme_id)
    return _keep(connection, programme_id, given, writer, None)


def change_area(
    connection: Connection,
    programme_id: int,
    record_id: int,
    base_revision: int | None,
    given: TargetArea,
    writer: Writer,
) -> None:
    """The next revision of an area; the same again changes nothing. Raises as `insert_area`, and
    ChangedMeanwhile; ValueError for an area of another programme."""
    known = plan_rows.find_base(connection, TARGET_AREA, record_id, base_revision)
    if _list_parents(connection, [record_id])[record_id] != programme_id:
        raise ValueError("a target area stays with its programme")
    _keep(connection, programme_id, given, writer, known)


def load_area(connection: Connection, record_id: int) -> KeptArea:
    """Raises NoData (reason `target_area`)."""
    return _join_steps(connection, [plan_rows.load_newest(connection, TARGET_AREA, record_id)])[0]


def list_areas(connection: Connection, programme_id: int | None) -> list[KeptArea]:
    """Of one programme or of all, the first kept first."""
    return _join_steps(connection, plan_rows.list_newest(connection, TARGET_AREA, parent_id=programme_id))


def _keep(
    connection: Connection,
    programme_id: int,
    given: TargetArea,
    writer: Writer,
    known: Kept[TargetArea] | None,
) -> int:
    area = as_kept(given)
    _check_ground(connection, area)
    key = _find_place(programme_id, area)
    there = plan_rows.find_by_key(connection, TARGET_AREA, key)
    if there is not None and there.id != (known and known.id):
        raise NotComparable("target_twice", ward=area.ward_name)
    return plan_rows.keep(
        connection,
        TARGET_AREA,
        area,
        writer,
        known,
        told={"programme_id": programme_id, "ward_code": area.ward_code},
        area_id=area.area_id,
        parent_id=programme_id,
        key=key,
    ).id


def _join_steps(connection: Connection, kept: list[Kept[TargetArea]]) -> list[KeptArea]:
    ids = [each.id for each in kept]
    parents, steps = _list_parents(connection, ids), plan_steps.list_steps(connection, ids)
    return [
        KeptArea(
            id=each.id,
            revision=each.revision,
            programme_id=parents[each.id],
            content=each.content,
            steps=steps.get(each.id, ()),
            at=each.at,
            by=each.by,
        )
        for each in kept
    ]


def _list_parents(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    columns = (plan_record.c.id, plan_record.c.parent_id)
    rows = connection.execute(select(*columns).where(plan_record.c.id.in_(list(ids))))
    return {record_id: parent_id for record_id, parent_id in rows if parent_id is not None}


def _check_ground(connection: Connection, area: TargetArea) -> None:
    """Codes were re-used: they mean something only with the version of the boundaries they were read on."""
    if area.area_id is None:
        return
    version = boundaries.find_area(connection, area.area_id).version or ""
    if version != area.version:
        raise NotComparable("target_version", ward=area.ward_name, given=area.version, known=version)
    boundaries.check_codes(connection, area.area_id, {area.ward_code, *area.comparison} - {""})


def _find_place(programme_id: int, area: TargetArea) -> str:
    """What only one area may be: the same place twice under a programme would be counted twice."""
    ward = (area.version, area.ward_code) if area.ward_code else (area.parent, area.ward_name)
    return "|".join((str(programme_id), *ward, area.hamlet))
