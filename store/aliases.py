"""Confirmed spellings, on an open connection. One that means no ward has NULL for its ward."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from geo.matching.aliases import Alias
from store.tables import alias as alias_table


def insert_aliases(connection: Connection, area_id: int, aliases: Sequence[Alias], *, by: str) -> list[Alias]:
    """Keep those not known yet and return them; a spelling that meant another ward means the new one."""
    known = set(list_aliases(connection, area_id))
    fresh = {(alias.key, alias.parent): alias for alias in aliases if alias not in known}
    for alias in fresh.values():
        delete_alias(connection, area_id, alias)
        connection.execute(
            insert(alias_table).values(
                boundary_set_id=area_id,
                key=alias.key,
                parent=alias.parent,
                ward_code=alias.ward_code or None,
                added_at=dt.datetime.now(dt.UTC),
                added_by=by,
            )
        )
    return list(fresh.values())


def list_aliases(connection: Connection, area_id: int) -> tuple[Alias, ...]:
    """By spelling, in the order of letters' code points: the same on every database."""
    columns = (alias_table.c.key, alias_table.c.ward_code, alias_table.c.parent)
    rows = connection.execute(select(*columns).where(alias_table.c.boundary_set_id == area_id))
    found = [Alias(key=key, ward_code=code or "", parent=parent) for key, code, parent in rows]
    return tuple(sorted(found, key=lambda alias: (alias.key, alias.parent)))


def delete_alias(connection: Connection, area_id: int, alias: Alias) -> bool:
    """Whether the spelling was there, whatever ward it meant."""
    gone = connection.execute(
        delete(alias_table).where(
            alias_table.c.boundary_set_id == area_id,
            alias_table.c.key == alias.key,
            alias_table.c.parent == alias.parent,
        )
    )
    return gone.rowcount > 0
