"""Records of planning with all their revisions, and the steps of target areas.

Tables are only added: what was kept before stays as it is.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("boundary_set_id", sa.Integer()),
        sa.Column("parent_id", sa.Integer()),
        sa.Column("key", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plan_record"),
        sa.UniqueConstraint("kind", "key", name="uq_plan_record_kind_key"),
        sa.ForeignKeyConstraint(
            ["boundary_set_id"], ["boundary_set.id"], name="fk_plan_record_boundary_set_id_boundary_set"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["plan_record.id"], name="fk_plan_record_parent_id_plan_record"
        ),
    )
    op.create_table(
        "plan_revision",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "revision", name="pk_plan_revision"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["plan_record.id"], name="fk_plan_revision_record_id_plan_record"
        ),
    )
    op.create_table(
        "plan_step",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Integer()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "position", name="pk_plan_step"),
        sa.ForeignKeyConstraint(["record_id"], ["plan_record.id"], name="fk_plan_step_record_id_plan_record"),
    )
