"""The table of what maintainers ordered, which a workshop carries out."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.store.columns import Moment, municipality_column
from bot.store.tables import metadata

# `open_kind` is the kind until the order has ended: only one of each kind is open. `seen_at`: when its workshop last
# said that it works. `conversation`: what was written of one goes with it, and when it may be learnt from no more.
# What is sealed: what was given for it, the lines that came of it, what is shown, its page.
orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    municipality_column(),
    Column("desk_user", Integer, ForeignKey("desk_users.id"), nullable=False),
    Column("conversation", String(36), index=True),
    Column("kind", String(16), nullable=False),
    Column("open_kind", String(16), unique=True),
    Column("state", String(8), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("seen_at", Moment),
    Column("ended_at", Moment),
    Column("given", LargeBinary, nullable=False),
    Column("told", LargeBinary),
    Column("shown", LargeBinary),
    Column("page", LargeBinary),
)
