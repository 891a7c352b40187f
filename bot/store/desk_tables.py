"""The tables of what the desk writes: notes, why a danger was lowered, answers that are ready."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from bot.store.columns import Moment, municipality_column
from bot.store.tables import metadata

# `sealed` is none once a note was struck out.
notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(36), ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    municipality_column(),
    Column("author", Integer, ForeignKey("desk_users.id"), nullable=False),
    Column("sealed", LargeBinary),
    Column("revision", Integer, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("changed_at", Moment),
)

# Like the danger log without a key to the conversation. `sealed` is what was said beside the reason, as long as the
# conversation stands.
danger_lowerings = Table(
    "danger_lowerings",
    metadata,
    Column("id", Integer, primary_key=True),
    municipality_column(),
    Column("conversation", String(36), index=True),
    Column("level_before", Integer, nullable=False),
    Column("level_after", Integer, nullable=False),
    Column("why", String(16), nullable=False),
    Column("sealed", LargeBinary),
    Column("lowered_by", Integer, ForeignKey("desk_users.id"), nullable=False),
    Column("at", Moment, nullable=False),
)

# About nobody: sentences that a municipality says to many.
ready_answers = Table(
    "ready_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    municipality_column(),
    Column("title", String(60), nullable=False),
    Column("text", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("municipality", "title"),
)
