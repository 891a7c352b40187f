"""Whose rows a transaction is about: one municipality's, or knowingly those of all. There is no third way."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, select

from bot.casework.codes import CodeError, orders_of, tidy_code
from bot.store.sign_in_tables import half_sign_ins
from bot.store.tables import agents, bookings, conversations, desk_sessions, desk_users
from bot.store.vault import Vault

# No municipality's slug: whoever asks by what is nobody's finds nothing at all, as one who never was here.
NOWHERE = ""


@dataclass(frozen=True)
class Town:
    """The municipality with this slug; its rows are all that the transaction sees, changes and adds."""

    slug: str


@dataclass(frozen=True)
class Across:
    """Every municipality: for what looks after them all. `why` says so in words, to whoever reads the code."""

    why: str


@dataclass(frozen=True)
class Found:
    """The municipality of the one row that has one of these values; none where no row has, or rows of several.

    A secret is kept as a digest and looked for by that.
    """

    column: Column[Any]
    values: tuple[str, ...]
    secret: bool = False

    def towns(self, vault: Vault) -> Select[tuple[str]]:
        """Asks whose rows they are: nothing else of them is read."""
        values = [vault.digest(value) for value in self.values] if self.secret else self.values
        return select(self.column.table.c.municipality).where(self.column.in_(values)).distinct().limit(2)

    @property
    def known_as(self) -> str | None:
        """By what it may be remembered: a conversation never moves to another municipality, and its id comes once."""
        return self.values[0] if self.column is conversations.c.id else None


Whose = Town | Across | Found


def of_conversation(conversation: str) -> Found:
    """The municipality that a conversation is with."""
    return Found(conversations.c.id, (conversation,))


def of_booking_code(code: str) -> Found:
    """The municipality of the talk with these words, in whatever order."""
    try:
        words = tuple(orders_of(tidy_code(code)))
    except CodeError:
        words = ()
    return Found(bookings.c.code_digest, words, secret=True)


def of_sign_in(token: str) -> Found:
    """The municipality of whoever has this cookie."""
    return Found(desk_sessions.c.digest, (token,), secret=True)


def of_half_sign_in(token: str) -> Found:
    """The municipality of whoever has this cookie and still has to show a code."""
    return Found(half_sign_ins.c.digest, (token,), secret=True)


def of_user_named(name: str) -> Found:
    """The municipality in which somebody signs in by this name."""
    return Found(desk_users.c.name, (name,))


def of_calendar(secret: str) -> Found:
    """The municipality of the agent whose calendar is read by this secret."""
    return Found(agents.c.feed_digest, (secret,), secret=True)
