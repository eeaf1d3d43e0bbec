"""Validity of boundaries, revisions of datasets, aliases, crosswalks, events, and geometry for GIS staff.

What the first tables hold stays where it is: columns are only added, since SQLite could change a table
no other way than by making it anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = {
    "incident": ("severity", "known_by", "measure", "unit", "qualifier"),
    "camera": ("camera_type", "owner_kind", "placement"),
}
NUMBERS = {"camera": ("n_connected", "direction_deg", "angle_deg", "range_m")}


def upgrade() -> None:
    _add_validity()
    _add_revisions()
    _add_fact_columns()
    _create_aliases()
    _create_crosswalks()
    _create_events()
    if op.get_context().dialect.name == "postgresql":
        _turn_to_postgis()


def _add_validity() -> None:
    op.add_column("boundary_set", sa.Column("valid_from", sa.Date()))
    op.add_column("boundary_set", sa.Column("valid_to", sa.Date()))
    op.add_column("boundary_set", sa.Column("basis", sa.Text(), nullable=False, server_default=""))


def _add_revisions() -> None:
    op.add_column("dataset", sa.Column("added_by", sa.Text(), nullable=False, server_default=""))
    op.add_column("dataset", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    earlier = sa.ForeignKey("dataset.id", name="fk_dataset_supersedes_dataset")
    op.add_column("dataset", sa.Column("supersedes", sa.Integer(), earlier), inline_references=True)
    settled: sa.Column[bool] = sa.Column(
        "is_settled", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("dataset", settled)
    op.create_index("ix_dataset_supersedes", "dataset", ["supersedes"], unique=True)


def _add_fact_columns() -> None:
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text()))
    for table, names in NUMBERS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Float()))
    op.add_column("camera", sa.Column("checked_on", sa.Date()))


def _create_aliases() -> None:
    op.create_table(
        "alias",
        sa.Column("boundary_set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("ward_code", sa.Text()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("boundary_set_id", "key", "parent", name="pk_alias"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id", "ward_code"],
            ["ward.boundary_set_id", "ward.ward_code"],
            name="fk_alias_boundary_set_id_ward_code_ward",
        ),
    )


def _create_crosswalks() -> None:
    op.create_table(
        "crosswalk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("old_set_id", sa.Integer(), nullable=False),
        sa.Column("new_set_id", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("frame_columns", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crosswalk"),
        sa.ForeignKeyConstraint(
            ["old_set_id"], ["boundary_set.id"], name="fk_crosswalk_old_set_id_boundary_set"
        ),
        sa.ForeignKeyConstraint(
            ["new_set_id"], ["boundary_set.id"], name="fk_crosswalk_new_set_id_boundary_set"
        ),
    )
    op.create_table(
        "crosswalk_part",
        sa.Column("crosswalk_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("old_code", sa.Text(), nullable=False),
        sa.Column("new_code", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("weight_population", sa.Float()),
        sa.Column("weight_area", sa.Float()),
        sa.PrimaryKeyConstraint("crosswalk_id", "position", name="pk_crosswalk_part"),
        sa.ForeignKeyConstraint(
            ["crosswalk_id"], ["crosswalk.id"], name="fk_crosswalk_part_crosswalk_id_crosswalk"
        ),
    )


def _create_events() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Integer()),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )


def _turn_to_postgis() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute(
        "ALTER TABLE ward ALTER COLUMN geometry TYPE geometry(Geometry, 4326)"
        " USING ST_GeomFromWKB(geometry, 4326)"
    )
    op.execute("CREATE INDEX ix_ward_geometry ON ward USING gist (geometry)")
    for table in ("incident", "camera"):
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN place geometry(Point, 4326)"
            " GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED"
        )
        op.execute(f"CREATE INDEX ix_{table}_place ON {table} USING gist (place)")
    for table in ("incident", "camera", "population", "ward_status"):
        op.alter_column(table, "row_in_file", type_=sa.BigInteger())
