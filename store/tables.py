"""The tables. `migrations/` builds them; a test holds both together.

Every fact row belongs to a dataset and through it to a boundary set, so a ward code never stands
without its boundary version. A row that found no ward keeps ward_code NULL, with its outcome and
method. There is no column for a person: names, phones and notes of the input have nowhere to go.
Geometry is WKB in degrees (EPSG:4326).
"""

import datetime as dt

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

from geo.frames import Kind

# Named constraints, so that a later migration can say which one it changes.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[dt.datetime]):
    """A point in time in UTC; SQLite forgets the zone, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value and value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value and value.replace(tzinfo=dt.UTC)


store_revision = Table(
    "store_revision",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
)

boundary_set = Table(
    "boundary_set",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("version", Text),
    Column("sha256", Text, nullable=False),
    Column("crs_read", Text, nullable=False),
    Column("n_wards", Integer, nullable=False),
    Column("source", JSON, nullable=False),
    Column("frame_columns", JSON, nullable=False),
    Column("added_at", Moment, nullable=False),
    UniqueConstraint("key", "sha256"),
)

ward = Table(
    "ward",
    metadata,
    Column("boundary_set_id", ForeignKey("boundary_set.id"), primary_key=True),
    Column("ward_code", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("ward_name", Text),
    Column("parent", Text),
    Column("population", Float),
    Column("area_km2", Float),
    Column("geometry", LargeBinary, nullable=False),
    UniqueConstraint("boundary_set_id", "position"),
)

dataset = Table(
    "dataset",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("boundary_set_id", ForeignKey("boundary_set.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("version", Text),
    Column("by_place", Boolean, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("n_rows", Integer, nullable=False),
    Column("tally", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("source", JSON, nullable=False),
    Column("frame_columns", JSON, nullable=False),
    Index(None, "boundary_set_id", "kind", "is_active"),
)


def _facts(name: str, *columns: Column[object]) -> Table:
    """A table of joined rows. `position` counts the joined rows; `row` is the place in the file, which
    several rows share when a wide table was taken apart."""
    return Table(
        name,
        metadata,
        Column("dataset_id", ForeignKey("dataset.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("row_in_file", Integer, nullable=False, key="row"),
        Column("ward_code", Text),
        Column("method", Text, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("distance_m", Float),
        Column("n", Float),
        *columns,
    )


incident = _facts(
    "incident",
    Column("start_date", Date, key="start"),
    Column("end_date", Date, key="end"),
    Column("category", Text),
    Column("longitude", Float),
    Column("latitude", Float),
)
camera = _facts(
    "camera",
    Column("n_working", Float),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("qualifier", Text),
    Column("source", Text),
)
population = _facts("population")
ward_status = _facts("ward_status", Column("year", Float), Column("status", Text), Column("source", Text))

FACTS: dict[Kind, Table] = {
    "incidents": incident,
    "cameras": camera,
    "population": population,
    "status": ward_status,
}
WARD_COLUMNS = tuple(column.key for column in ward.c if column.key not in ("boundary_set_id", "position"))


def list_fact_columns(kind: Kind) -> tuple[str, ...]:
    """The columns of `Joined.rows` that are kept for a kind, in the table's order."""
    return tuple(column.key for column in FACTS[kind].c if column.key not in ("dataset_id", "position"))
