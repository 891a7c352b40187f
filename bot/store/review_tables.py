"""The tables of what may have been misread, and what maintainers say of it. The words stand in `messages` alone."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
)

from bot.store.columns import Moment, conversation_column, municipality_column
from bot.store.tables import metadata

# `settled_at` is when a group was decided; its verdict is that of the newest opinion. `stays`: a maintainer has parted
# it or opened it again, so no night puts it elsewhere. `given_as` is what it was given out to mean, and is kept when
# that is undone. `undo_by` has no key: nobody who worked here is taken out of the table.
found_messages = Table(
    "found_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    conversation_column(),
    Column("sequence", Integer, nullable=False),
    municipality_column(),
    Column("group", String(36), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("read_as", String(64)),
    Column("confidence", Float, nullable=False),
    Column("level", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("settled_at", Moment),
    Column("stays", Boolean, nullable=False, server_default=false()),
    Column("said_danger", Boolean, nullable=False, server_default=false()),
    Column("undo_by", Integer),
    Column("given_at", Moment),
    Column("given_as", JSON),
    UniqueConstraint("conversation", "sequence"),
    Index("ix_found_messages_group", "municipality", "group"),
)

# One a person for each message. It goes with that and has no key to the conversation, so that whoever decides waits for
# nobody who writes. Nobody's words: names of meanings, also of new ones, are names that a file can have.
found_opinions = Table(
    "found_opinions",
    metadata,
    Column("found", Integer, ForeignKey("found_messages.id", ondelete="CASCADE"), primary_key=True),
    Column("desk_user", Integer, ForeignKey("desk_users.id"), primary_key=True),
    municipality_column(),
    Column("verdict", String(10), nullable=False),
    Column("labels", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)
