"""The tables of what somebody signs in by, beside a password. Belong to the same metadata as all others."""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.store.columns import Moment, municipality_column
from bot.store.tables import metadata


def _whose(*, primary_key: bool = False, index: bool | None = None) -> tuple[Column[Any], Column[Any]]:
    user = ForeignKey("desk_users.id", ondelete="CASCADE")
    return (
        Column("desk_user", Integer, user, primary_key=primary_key, nullable=False, index=index),
        municipality_column(),
    )


# What codes of one time are made from, the half minute of the last one that was used, for none works twice, and how
# many were wrong since the last right one.
second_factors = Table(
    "second_factors",
    metadata,
    *_whose(primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("last_step", Integer, nullable=False),
    Column("wrong_codes", Integer, nullable=False, server_default="0"),
)

# For who has lost the phone: each is taken away when it is used.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    *_whose(index=True),
)

# Whose password was right and who still has to show a code; `sealed` is the key that they are just setting up.
half_sign_ins = Table(
    "half_sign_ins",
    metadata,
    Column("digest", String(64), primary_key=True),
    *_whose(),
    Column("sealed", LargeBinary),
    Column("expires_at", Moment, nullable=False),
)

# Who comes by the municipality's own sign-in: a digest of who that says they are, and the user they are here. `agent`
# is the number of the boligagent they were said to be, kept while they have no role.
desk_identities = Table(
    "desk_identities",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("municipality", String(64), ForeignKey("municipalities.slug"), primary_key=True),
    Column("desk_user", Integer, ForeignKey("desk_users.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("agent", Integer),
)
