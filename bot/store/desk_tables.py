"""The tables of what the desk writes and sees: notes, lowered dangers, ready answers, what was handed on."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from bot.store.columns import Moment, conversation_column, municipality_column
from bot.store.tables import metadata

# `sealed` is none once a note was struck out.
notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    conversation_column(index=True),
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

# A conversation given to somebody who has not taken note of it yet; `sealed` is the giver's note.
handovers = Table(
    "handovers",
    metadata,
    Column("id", Integer, primary_key=True),
    conversation_column(index=True),
    municipality_column(),
    Column("given_by", Integer, ForeignKey("desk_users.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

# How far somebody has read a conversation that they hold: the number of the last message that they were shown; and
# until when they count as typing in it, for some seconds.
desk_looks = Table(
    "desk_looks",
    metadata,
    conversation_column(primary_key=True),
    Column("desk_user", Integer, ForeignKey("desk_users.id", ondelete="CASCADE"), primary_key=True),
    municipality_column(),
    Column("sequence", Integer, nullable=False),
    Column("typing_until", Moment),
)

# The same of the young person, while a human has the conversation.
young_looks = Table(
    "young_looks",
    metadata,
    conversation_column(primary_key=True),
    municipality_column(),
    Column("sequence", Integer, nullable=False),
    Column("typing_until", Moment),
)
