"""Catalogues, on an open connection: which one is in force on a day."""

import datetime as dt

from sqlalchemy import Connection

from errors import NoData
from planning.catalogue import Catalogue
from store import plan_rows
from store.plan_records import CATALOGUE, Kept, Writer


def keep_catalogue(connection: Connection, given: Catalogue, writer: Writer) -> Kept[Catalogue]:
    """What `PlanLists.keep_catalogue` promises."""
    day = given.valid_from.isoformat()
    known = plan_rows.find_by_key(connection, CATALOGUE, day)
    told = {"name": given.name, "valid_from": day}
    return plan_rows.keep(connection, CATALOGUE, given, writer, known, told=told, key=day)


def list_catalogues(connection: Connection) -> list[Kept[Catalogue]]:
    """By the day they came into force."""
    kept = plan_rows.list_newest(connection, CATALOGUE)
    return sorted(kept, key=lambda each: each.content.valid_from)


def find_in_force(kept: list[Kept[Catalogue]], day: dt.date) -> Catalogue:
    """The last that began by that day, else the first of all: what was decided before any catalogue began is
    read in the earliest one's terms. Raises NoData (reason `catalogue`) where there is none."""
    if not kept:
        raise NoData("catalogue")
    begun = [each for each in kept if each.content.valid_from <= day]
    return (begun[-1] if begun else kept[0]).content
