"""Who is at the desk now, and which conversations are held by somebody who is not, or who is silent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select, update

from bot.casework.conversations import Holder
from bot.casework.presence import PRESENT_FOR, SEEN_EVERY, Colleague, Patience
from bot.casework.rights import RIGHTS, Right
from bot.store.tables import conversations, desk_roles, desk_sessions, desk_users, messages
from bot.store.waiting import answered_until, to_a_human

ANSWERING = [role for role, rights in RIGHTS.items() if Right.ANSWER in rights]
_C = conversations.c
# A sign-in of a process that knows of no signs of life has used the desk at the least.
_SEEN = func.coalesce(desk_sessions.c.seen_at, desk_sessions.c.used_at)


class PresenceRows:
    """Signs of life of those who are signed in, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def see(self, session: str, now: datetime) -> None:
        """Keeps that this sign-in is there now, unless another of its pages has told so just before."""
        lately = desk_sessions.c.seen_at > now - SEEN_EVERY
        own = (desk_sessions.c.id == session, or_(desk_sessions.c.seen_at.is_(None), ~lately))
        self._connection.execute(update(desk_sessions).where(*own).values(seen_at=now))

    def colleagues(self, municipality: str, now: datetime) -> list[Colleague]:
        """All who are signed in there and may answer: those who are present first, each by name."""
        rows = self._connection.execute(
            select(desk_users.c.id, desk_users.c.shown_name, func.max(_SEEN, type_=desk_sessions.c.seen_at.type))
            .join(desk_sessions, desk_sessions.c.desk_user == desk_users.c.id)
            .where(desk_users.c.municipality == municipality, desk_users.c.id.in_(_signed_in(now)))
            .where(desk_sessions.c.expires_at > now)
            .group_by(desk_users.c.id, desk_users.c.shown_name)
        )
        found = [Colleague(id_, name, seen > now - PRESENT_FOR) for id_, name, seen in rows]
        return sorted(found, key=lambda one: (not one.present, one.shown_name.casefold(), one.id))

    def left(self, now: datetime, patience: Patience | None, among: Sequence[str] | None = None) -> Sequence[str]:
        """Conversations, of all or among these, whose holder is signed in nowhere any more, or may not answer any more.

        With `patience` also where they are silent, counted from when they took it: no sign of life for `absent`, or
        there and a message without an answer for `unanswered`.
        """
        left = [_C.held_by.not_in(_signed_in(now)), *(_silent(now, patience) if patience else ())]
        chosen = select(_C.id).where(_C.holder == Holder.HUMAN, or_(*left))
        return self._connection.scalars(chosen if among is None else chosen.where(_C.id.in_(among))).all()

    def unanswered_since(self, of: Collection[str]) -> Mapping[str, datetime]:
        """Since when a message has waited in these for who holds them, counted from when they took it at the earliest.

        Only of those with one, and where it was noted when they were taken: the same as is looked for in `left`.
        """
        rows = self._connection.execute(
            select(_C.id, _C.held_since, func.min(messages.c.created_at, type_=messages.c.created_at.type))
            .join(messages, messages.c.conversation == _C.id)
            .where(_C.id.in_(of), _C.held_since.is_not(None))
            .where(messages.c.sequence > answered_until(), to_a_human())
            .group_by(_C.id, _C.held_since)
        )
        return {id_: max(held_since, oldest) for id_, held_since, oldest in rows}


def _signed_in(now: datetime, seen_after: datetime | None = None) -> Select[tuple[int]]:
    """Who is signed in and may answer; with `seen_after`, who has shown a sign of life since then."""
    found = (
        select(desk_sessions.c.desk_user)
        .join(desk_users, desk_users.c.id == desk_sessions.c.desk_user)
        .join(desk_roles, desk_roles.c.desk_user == desk_users.c.id)
        .where(desk_roles.c.role.in_(ANSWERING))
        .where(desk_sessions.c.expires_at > now, desk_users.c.removed_at.is_(None))
    )
    return found if seen_after is None else found.where(seen_after < _SEEN)


def _silent(now: datetime, patience: Patience) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    absent, unanswered = now - patience.absent, now - patience.unanswered
    return (
        and_(_held_before(absent), _C.held_by.not_in(_signed_in(now, absent))),
        and_(_held_before(unanswered), _waits_for_answer(unanswered)),
    )


def _held_before(moment: datetime) -> ColumnElement[bool]:
    # What was taken by a process that does not note when may have been taken at any time: it is not called silent.
    return _C.held_since <= moment


def _waits_for_answer(before: datetime) -> ColumnElement[bool]:
    return exists().where(
        messages.c.conversation == _C.id,
        messages.c.created_at <= before,
        messages.c.sequence > answered_until(),
        to_a_human(),
    )
