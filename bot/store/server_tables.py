"""The tables of what the processes tell of themselves; nothing of anybody who writes."""

from sqlalchemy import Boolean, Column, String, Table

from bot.store.columns import Moment
from bot.store.tables import metadata

# An address on loopback is of that machine alone: it is asked from there. `seen_at`: when the server last said that it
# serves. `leaves`: it ends what it has begun and takes nothing more.
dialogue_servers = Table(
    "dialogue_servers",
    metadata,
    Column("machine", String(255), primary_key=True),
    Column("address", String(200), primary_key=True),
    Column("model", String(120), nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("leaves", Boolean, nullable=False),
)
