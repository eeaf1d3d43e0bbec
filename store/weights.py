"""Tables of harm weights, on an open connection."""

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from errors import NoData
from geo.harm import HarmWeights
from store.columns import NUL
from store.records import KeptWeights
from store.tables import harm_weight, harm_weights


def as_kept(given: HarmWeights) -> HarmWeights:
    """The table as it will be read back."""
    return HarmWeights(
        name=given.name.replace(NUL, ""),
        valid_from=given.valid_from,
        weights=tuple((category.replace(NUL, ""), float(weight)) for category, weight in given.weights),
        source=given.source.replace(NUL, ""),
    )


def insert_weights(connection: Connection, area_id: int | None, given: HarmWeights, *, by: str) -> int:
    weights_id: int = connection.execute(
        insert(harm_weights)
        .values(
            boundary_set_id=area_id,
            name=given.name,
            valid_from=given.valid_from,
            source=given.source,
            is_active=True,
            added_at=dt.datetime.now(dt.UTC),
            added_by=by,
        )
        .returning(harm_weights.c.id)
    ).scalar_one()
    records = [
        {"harm_weights_id": weights_id, "position": place, "category": category, "weight": weight}
        for place, (category, weight) in enumerate(given.weights)
    ]
    if records:
        connection.execute(insert(harm_weight), records)
    return weights_id


def list_weights(connection: Connection, area_id: int | None) -> list[KeptWeights]:
    """Those in use for every area, then the area's own; of each the earliest first."""
    for_all = harm_weights.c.boundary_set_id.is_(None)
    meant: ColumnElement[bool] = for_all if area_id is None else for_all | _is_of(area_id)
    query = select(harm_weights).where(harm_weights.c.is_active, meant)
    found = [_load(connection, row) for row in connection.execute(query.order_by(harm_weights.c.id))]
    return sorted(found, key=lambda kept: (kept.area_id is not None, kept.weights.valid_from))


def find_same_day(connection: Connection, area_id: int | None, valid_from: dt.date) -> KeptWeights | None:
    """The one in use for the same areas from the same day."""
    query = select(harm_weights).where(
        harm_weights.c.is_active, _is_of(area_id), harm_weights.c.valid_from == valid_from
    )
    row = connection.execute(query).first()
    return _load(connection, row) if row else None


def find_weights(connection: Connection, weights_id: int) -> tuple[KeptWeights, bool]:
    """The table and whether it is in use. Raises NoData (reason `weights`)."""
    row = connection.execute(select(harm_weights).where(harm_weights.c.id == weights_id)).first()
    if row is None:
        raise NoData("weights", weights_id=weights_id)
    return _load(connection, row), bool(row.is_active)


def deactivate(connection: Connection, weights_id: int) -> None:
    connection.execute(update(harm_weights).where(harm_weights.c.id == weights_id).values(is_active=False))


def _is_of(area_id: int | None) -> ColumnElement[bool]:
    return (
        harm_weights.c.boundary_set_id.is_(None)
        if area_id is None
        else (harm_weights.c.boundary_set_id == area_id)
    )


def _load(connection: Connection, row: Row[Any]) -> KeptWeights:
    query = select(harm_weight.c.category, harm_weight.c.weight).where(
        harm_weight.c.harm_weights_id == row.id
    )
    pairs = connection.execute(query.order_by(harm_weight.c.position))
    return KeptWeights(
        id=row.id,
        area_id=row.boundary_set_id,
        weights=HarmWeights(
            row.name,
            row.valid_from,
            tuple((category, weight) for category, weight in pairs),
            row.source,
        ),
        added_at=row.added_at,
        by=row.added_by,
    )
