"""The tables of planning: records that are only ever added to.

A record (a scenario, a programme, a target area, a model, a catalogue, a list of proposals) is its revisions;
the newest is what holds, every earlier one stays. Its two-part key decides between two people who go on from
the same revision. The steps of a target area are rows of their own, numbered from 0, never changed. There is
no column for a person in the data: `added_by` names the user of the program, `actor` an office or a post.
"""

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from store.column_types import Moment
from store.schema import metadata

plan_record = Table(
    "plan_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    # As of the newest revision. NULL: of no boundaries, of no other record, without a name of its own.
    Column("boundary_set_id", ForeignKey("boundary_set.id")),
    Column("parent_id", ForeignKey("plan_record.id")),
    Column("key", Text),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("kind", "key"),
)

plan_revision = Table(
    "plan_revision",
    metadata,
    Column("record_id", ForeignKey("plan_record.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("content", JSON, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

plan_step = Table(
    "plan_step",
    metadata,
    Column("record_id", ForeignKey("plan_record.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("to_state", Text, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("grade", Text, nullable=False),
    Column("document", JSON, nullable=False),
    Column("actor", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("corrects", Integer),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)
