"""The first tables: boundary sets and their wards, datasets and their facts, the revision counter."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    revisions = op.create_table(
        "store_revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_store_revision"),
    )
    op.bulk_insert(revisions, [{"id": 1, "value": 0}])
    _create_boundaries()
    _create_datasets()
    _create_facts(
        "incident",
        sa.Column("start_date", sa.Date()),
        sa.Column("end_date", sa.Date()),
        sa.Column("category", sa.Text()),
        sa.Column("longitude", sa.Float()),
        sa.Column("latitude", sa.Float()),
    )
    _create_facts(
        "camera",
        sa.Column("n_working", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("latitude", sa.Float()),
        sa.Column("qualifier", sa.Text()),
        sa.Column("source", sa.Text()),
    )
    _create_facts("population")
    _create_facts(
        "ward_status",
        sa.Column("year", sa.Float()),
        sa.Column("status", sa.Text()),
        sa.Column("source", sa.Text()),
    )


def _create_boundaries() -> None:
    op.create_table(
        "boundary_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("crs_read", sa.Text(), nullable=False),
        sa.Column("n_wards", sa.Integer(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("frame_columns", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_boundary_set"),
        sa.UniqueConstraint("key", "sha256", name="uq_boundary_set_key_sha256"),
    )
    op.create_table(
        "ward",
        sa.Column("boundary_set_id", sa.Integer(), nullable=False),
        sa.Column("ward_code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ward_name", sa.Text()),
        sa.Column("parent", sa.Text()),
        sa.Column("population", sa.Float()),
        sa.Column("area_km2", sa.Float()),
        sa.Column("geometry", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("boundary_set_id", "ward_code", name="pk_ward"),
        sa.UniqueConstraint("boundary_set_id", "position", name="uq_ward_boundary_set_id_position"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["boundary_set.id"], name="fk_ward_boundary_set_id_boundary_set"
        ),
    )


def _create_datasets() -> None:
    op.create_table(
        "dataset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("boundary_set_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Text()),
        sa.Column("by_place", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("period_start", sa.Date()),
        sa.Column("period_end", sa.Date()),
        sa.Column("n_rows", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("frame_columns", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dataset"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["boundary_set.id"], name="fk_dataset_boundary_set_id_boundary_set"
        ),
    )
    op.create_index(
        "ix_dataset_boundary_set_id_kind_is_active", "dataset", ["boundary_set_id", "kind", "is_active"]
    )


def _create_facts(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_in_file", sa.Integer(), nullable=False),
        sa.Column("ward_code", sa.Text()),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("distance_m", sa.Float()),
        sa.Column("n", sa.Float()),
        *columns,
        sa.PrimaryKeyConstraint("dataset_id", "position", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=f"fk_{name}_dataset_id_dataset"),
    )
