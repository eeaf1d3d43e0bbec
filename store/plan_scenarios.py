"""Scenarios, on an open connection: what may still be changed, and what an approval fixes."""

from dataclasses import replace

from sqlalchemy import Connection

from errors import NotComparable
from planning.programme import Programme
from planning.scenario import Approval, Scenario
from store import events, plan_programmes, plan_rows
from store.plan_codec import as_kept
from store.plan_programmes import Areas
from store.plan_records import SCENARIO, Kept, Writer


def insert_scenario(connection: Connection, given: Scenario, writer: Writer) -> Kept[Scenario]:
    """A new one, or the next version of an approved one. Raises NoData (reasons `area`, `scenario`),
    NotComparable (`not_approved`: only an approved one is reopened) and ChangedMeanwhile when somebody
    reopened it before."""
    scenario = as_kept(given)
    _check_plain(scenario)
    if scenario.reopens is not None:
        _check_reopening(connection, scenario, scenario.reopens)
    return _keep(connection, scenario, writer, None)


def change_scenario(
    connection: Connection, record_id: int, base_revision: int | None, given: Scenario, writer: Writer
) -> Kept[Scenario]:
    """The next revision; the same again changes nothing. Raises NoData, ChangedMeanwhile, and NotComparable
    (reasons `approved`; `locked` unless it does nothing but unlock)."""
    scenario = as_kept(given)
    known = plan_rows.find_base(connection, SCENARIO, record_id, base_revision)
    if known.content == scenario:
        return known
    _check_open(known.content)
    _check_plain(scenario)
    if known.content.is_locked and replace(known.content, is_locked=False) != scenario:
        raise NotComparable("locked", name=known.content.name)
    if (known.content.reopens, known.content.version) != (scenario.reopens, scenario.version):
        raise ValueError("a scenario keeps its version and what it reopens")
    return _keep(connection, scenario, writer, known)


def approve(
    connection: Connection,
    record_id: int,
    base_revision: int,
    approval: Approval,
    programme: Programme,
    areas: Areas,
    writer: Writer,
) -> int:
    """Fix the scenario for ever and keep the programme that comes of it; its id. Raises as `insert_whole`,
    ChangedMeanwhile, and NotComparable (reasons `approved`, `programme_key`)."""
    known = plan_rows.find_base(connection, SCENARIO, record_id, base_revision)
    _check_open(known.content)
    fixed = replace(known.content, approval=approval, is_locked=True)
    _keep(connection, fixed, writer, known)
    started = replace(programme, scenario_id=record_id)
    programme_id = plan_programmes.insert_whole(connection, started, areas, writer)
    told = {"name": fixed.name, "number": approval.document.number, "programme_id": programme_id}
    events.record(connection, "scenario.approved", record_id, by=writer.by, **told)
    return programme_id


def _check_open(known: Scenario) -> None:
    if known.approval is not None:
        raise NotComparable("approved", name=known.name, number=known.approval.document.number)


def _check_plain(given: Scenario) -> None:
    if given.approval is not None:
        raise ValueError("an approval is kept by approve_scenario alone")


def _check_reopening(connection: Connection, given: Scenario, earlier_id: int) -> None:
    earlier = plan_rows.load_newest(connection, SCENARIO, earlier_id).content
    if earlier.approval is None:
        raise NotComparable("not_approved", name=earlier.name)
    if given.version != earlier.version + 1:
        raise ValueError("a reopened scenario is the next version")
    rival = plan_rows.find_by_key(connection, SCENARIO, _name_reopening(earlier_id))
    if rival is not None:
        raise plan_rows.say_changed(SCENARIO, rival)


def _name_reopening(earlier_id: int) -> str:
    """What only one scenario may be: the next version of that one."""
    return f"reopens:{earlier_id}"


def _keep(
    connection: Connection, given: Scenario, writer: Writer, known: Kept[Scenario] | None
) -> Kept[Scenario]:
    return plan_rows.keep(
        connection,
        SCENARIO,
        given,
        writer,
        known,
        told={"name": given.name, "year": given.year},
        area_id=given.area_id,
        key=None if given.reopens is None else _name_reopening(given.reopens),
    )
