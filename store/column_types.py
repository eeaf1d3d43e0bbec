"""Column types that mean the same on both databases: moments, outlines, wide integers."""

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Integer, LargeBinary, TypeDecorator, func
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine, UserDefinedType

SRID = 4326

# A place in a file may pass two thousand million; SQLite's integers are wide of themselves.
Wide = Integer().with_variant(BigInteger(), "postgresql")


class Moment(TypeDecorator[dt.datetime]):
    """A point in time in UTC; SQLite forgets the zone, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)


class Geometry(UserDefinedType[bytes]):
    """PostGIS geometry, WKB on the way in and out, every bit kept."""

    cache_ok = True

    def __init__(self, shape: str = "Geometry", srid: str = str(SRID)) -> None:
        self.shape = shape
        self.srid = srid

    def get_col_spec(self, **_: Any) -> str:
        return f"geometry({self.shape},{self.srid})"

    def bind_expression(self, bindvalue: Any) -> ColumnElement[bytes]:
        return func.ST_GeomFromWKB(bindvalue, SRID, type_=self)

    def column_expression(self, colexpr: Any) -> ColumnElement[bytes]:
        return func.ST_AsBinary(colexpr, type_=LargeBinary())


class Outline(TypeDecorator[bytes]):
    """WKB in degrees (EPSG:4326): as PostGIS geometry where there is PostGIS, as bytes elsewhere."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Geometry() if dialect.name == "postgresql" else LargeBinary())


# How SQLAlchemy lets a further type be known when it looks at the tables that are there.
ischema_names["geometry"] = Geometry
