"""Which cameras are watched and store long enough; harm weights, wards with many visitors, roads.

Columns and tables are only added: what was kept before stays as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("n_live", "n_stored", "stored_days"):
        op.add_column("camera", sa.Column(name, sa.Float()))
    _create_harm_weights()
    _create_visitor_wards()
    _create_roads()
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE road ALTER COLUMN geometry TYPE geometry(Geometry, 4326)"
            " USING ST_GeomFromWKB(geometry, 4326)"
        )
        op.alter_column("road", "row_in_file", type_=sa.BigInteger())
        op.execute("CREATE INDEX ix_road_geometry ON road USING gist (geometry)")


def _create_harm_weights() -> None:
    op.create_table(
        "harm_weights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("boundary_set_id", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_harm_weights"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["boundary_set.id"], name="fk_harm_weights_boundary_set_id_boundary_set"
        ),
    )
    op.create_table(
        "harm_weight",
        sa.Column("harm_weights_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("harm_weights_id", "position", name="pk_harm_weight"),
        sa.ForeignKeyConstraint(
            ["harm_weights_id"], ["harm_weights.id"], name="fk_harm_weight_harm_weights_id_harm_weights"
        ),
    )


def _create_visitor_wards() -> None:
    op.create_table(
        "visitor_ward",
        sa.Column("boundary_set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("boundary_set_id", "ward_code", name="pk_visitor_ward"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id", "ward_code"],
            ["ward.boundary_set_id", "ward.ward_code"],
            name="fk_visitor_ward_boundary_set_id_ward_code_ward",
        ),
    )


def _create_roads() -> None:
    op.create_table(
        "road_layer",
        sa.Column("boundary_set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("n_lines", sa.Integer(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("boundary_set_id", name="pk_road_layer"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["boundary_set.id"], name="fk_road_layer_boundary_set_id_boundary_set"
        ),
    )
    op.create_table(
        "road",
        sa.Column("boundary_set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_in_file", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("boundary_set_id", "position", name="pk_road"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["road_layer.boundary_set_id"], name="fk_road_boundary_set_id_road_layer"
        ),
    )
