"""The tables. `migrations/` builds them; a test holds both together.

Every fact row belongs to a dataset and through it to a boundary set, so a ward code never stands
without its boundary version. A row that found no ward keeps ward_code NULL, with its outcome and
method. There is no column for a person in a row of data: names, phones and notes of the input have nowhere
to go. `added_by` and `who` name the user of the program.

On PostgreSQL incidents and cameras have one more column, `place`: a PostGIS point made by the database
from longitude and latitude, for GIS staff. The program neither reads nor writes it.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from geo.frames import Kind
from store.column_types import Moment, Outline, Wide
from store.plan_tables import plan_record as plan_record
from store.plan_tables import plan_revision as plan_revision
from store.plan_tables import plan_step as plan_step
from store.schema import metadata as metadata

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
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("basis", Text, nullable=False, server_default=""),
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
    Column("geometry", Outline, nullable=False),
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
    Column("added_by", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("supersedes", ForeignKey("dataset.id")),
    Column("is_settled", Boolean, nullable=False, server_default=false()),
    Index(None, "boundary_set_id", "kind", "is_active"),
    # A revision has one successor at most, so that its chain has one newest.
    Index(None, "supersedes", unique=True),
)

alias = Table(
    "alias",
    metadata,
    Column("boundary_set_id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, primary_key=True),
    Column("parent", Text, primary_key=True),
    Column("ward_code", Text),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    ForeignKeyConstraint(["boundary_set_id", "ward_code"], ["ward.boundary_set_id", "ward.ward_code"]),
)

crosswalk = Table(
    "crosswalk",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("old_set_id", ForeignKey("boundary_set.id"), nullable=False),
    Column("new_set_id", ForeignKey("boundary_set.id"), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("n_rows", Integer, nullable=False),
    Column("source", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("frame_columns", JSON, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

crosswalk_part = Table(
    "crosswalk_part",
    metadata,
    Column("crosswalk_id", ForeignKey("crosswalk.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("old_code", Text, nullable=False),
    Column("new_code", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("weight_population", Float),
    Column("weight_area", Float),
)

harm_weights = Table(
    "harm_weights",
    metadata,
    Column("id", Integer, primary_key=True),
    # NULL: a table for every area.
    Column("boundary_set_id", ForeignKey("boundary_set.id")),
    Column("name", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

harm_weight = Table(
    "harm_weight",
    metadata,
    Column("harm_weights_id", ForeignKey("harm_weights.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("category", Text, nullable=False),
    Column("weight", Float, nullable=False),
)

visitor_ward = Table(
    "visitor_ward",
    metadata,
    Column("boundary_set_id", Integer, primary_key=True, autoincrement=False),
    Column("ward_code", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    ForeignKeyConstraint(["boundary_set_id", "ward_code"], ["ward.boundary_set_id", "ward.ward_code"]),
)

road_layer = Table(
    "road_layer",
    metadata,
    Column("boundary_set_id", ForeignKey("boundary_set.id"), primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("n_lines", Integer, nullable=False),
    Column("source", JSON, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

road = Table(
    "road",
    metadata,
    Column("boundary_set_id", ForeignKey("road_layer.boundary_set_id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("row_in_file", Wide, nullable=False, key="row"),
    Column("geometry", Outline, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("happened_at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("object_id", Integer),
    Column("detail", JSON, nullable=False),
)


def _facts(name: str, *columns: Column[object]) -> Table:
    """A table of joined rows. `position` counts the joined rows; `row` is the place in the file, which
    several rows share when a wide table was taken apart."""
    return Table(
        name,
        metadata,
        Column("dataset_id", ForeignKey("dataset.id"), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("row_in_file", Wide, nullable=False, key="row"),
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
    Column("severity", Text),
    Column("known_by", Text),
    Column("measure", Text),
    Column("unit", Text),
    Column("qualifier", Text),
)
camera = _facts(
    "camera",
    Column("n_working", Float),
    Column("longitude", Float),
    Column("latitude", Float),
    Column("qualifier", Text),
    Column("source", Text),
    Column("n_connected", Float),
    Column("camera_type", Text),
    Column("owner_kind", Text),
    Column("placement", Text),
    Column("direction_deg", Float),
    Column("angle_deg", Float),
    Column("range_m", Float),
    Column("checked_on", Date),
    Column("n_live", Float),
    Column("n_stored", Float),
    Column("stored_days", Float),
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
PART_COLUMNS = tuple(
    column.key for column in crosswalk_part.c if column.key not in ("crosswalk_id", "position")
)


def list_fact_columns(kind: Kind) -> tuple[str, ...]:
    """The columns of `Joined.rows` that are kept for a kind, in the table's order."""
    return tuple(column.key for column in FACTS[kind].c if column.key not in ("dataset_id", "position"))
