"""Steps of target areas, on an open connection. The only way to write one leads through `add_steps`, which
asks the lifecycle first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from errors import ChangedMeanwhile
from planning.lifecycle import check_step
from planning.programme import Step
from store import events, plan_catalogues
from store.plan_codec import as_kept, decode, encode
from store.plan_records import TARGET_AREA, KeptArea, KeptStep, Writer
from store.plan_tables import plan_step


def list_steps(connection: Connection, area_ids: Iterable[int]) -> dict[int, tuple[KeptStep, ...]]:
    """By target area, the first taken first; an area without steps is not there."""
    query = select(plan_step).where(plan_step.c.record_id.in_(list(area_ids)))
    found: dict[int, list[KeptStep]] = defaultdict(list)
    for row in connection.execute(query.order_by(plan_step.c.record_id, plan_step.c.position)):
        found[row.record_id].append(_read(row))
    return {area_id: tuple(steps) for area_id, steps in found.items()}


def take_step(connection: Connection, area: KeptArea, step: Step, seen: int, writer: Writer) -> None:
    """What `Plans.take_step` promises."""
    if len(area.steps) != seen:
        last = area.steps[-1] if area.steps else area
        facts = {"kind": TARGET_AREA.name, "record_id": area.id, "revision": len(area.steps)}
        raise ChangedMeanwhile("step", **facts, by=last.by, at=last.at)
    add_steps(connection, area.id, area.taken, [step], writer)


def add_steps(
    connection: Connection, area_id: int, taken: Sequence[Step], steps: Sequence[Step], writer: Writer
) -> None:
    """Let an area take further steps. Raises ForbiddenStep, and NoData (reason `catalogue`)."""
    stands, catalogues = list(taken), plan_catalogues.list_catalogues(connection) if steps else []
    for step in map(as_kept, steps):
        in_force = plan_catalogues.find_in_force(catalogues, step.on)
        check_step(stands, step, in_force, today=writer.at.astimezone().date())
        _insert_step(connection, area_id, len(stands), step, writer)
        told = {"position": len(stands), "to": step.to, "on": step.on, "corrects": step.corrects}
        events.record(connection, "area.step_taken", area_id, by=writer.by, **told)
        stands.append(step)


def _insert_step(connection: Connection, area_id: int, position: int, step: Step, writer: Writer) -> None:
    connection.execute(
        insert(plan_step).values(
            record_id=area_id,
            position=position,
            to_state=step.to,
            on_day=step.on,
            grade=step.grade,
            document=encode(step.document),
            actor=step.actor,
            note=step.note,
            corrects=step.corrects,
            added_at=writer.at,
            added_by=writer.by,
        )
    )


def _read(row: Row[Any]) -> KeptStep:
    content = {
        "to": row.to_state,
        "on": row.on_day.isoformat(),
        "document": row.document,
        "actor": row.actor,
        "grade": row.grade,
        "note": row.note,
        "corrects": row.corrects,
    }
    return KeptStep(decode(Step, content), row.added_at, row.added_by)
