"""Who of two who write with each other types, and what each has seen, while a human has the conversation."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, insert, or_, select, update

from bot.casework.conversations import Conversation, Holder, Sender
from bot.casework.signs import NO_SIGNS, TYPING_FOR, Signs, Told
from bot.store.desk_tables import desk_looks, young_looks
from bot.store.tables import conversations, desk_users, messages


class SignRows:
    """The signs, over one transaction. Each that changes something is to be called with the conversation locked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, conversation: Conversation, told: Told, now: datetime) -> None:
        """Keeps what the young person's page tells; no number that no message has."""
        changed: dict[str, Any] = {}
        if told.typing is not None and not self._is_late(conversation, Sender.YOUNG, told.after):
            changed["typing_until"] = now + TYPING_FOR if told.typing else None
        if told.seen is not None:
            changed["sequence"] = self._seen(conversation, told.seen)
        own = young_looks.c.conversation == conversation.id
        if changed and not self._connection.execute(update(young_looks).where(own).values(changed)).rowcount:
            row = {"conversation": conversation.id, "municipality": conversation.municipality, "sequence": 0}
            self._connection.execute(insert(young_looks).values(row | changed))

    def _seen(self, conversation: Conversation, told: int) -> int:
        """Pages that are open twice may tell an older one after a newer."""
        last = select(conversations.c.last_sequence).where(conversations.c.id == conversation.id)
        kept = select(young_looks.c.sequence).where(young_looks.c.conversation == conversation.id)
        return max(self._connection.scalar(kept) or 0, min(told, self._connection.scalar(last) or 0))

    def human_types(self, conversation: Conversation, now: datetime, after: int | None = None) -> None:
        """Keeps that its holder types, and typed when their page had the message `after` as its newest."""
        if self._is_late(conversation, Sender.CASEWORKER, after):
            return
        own = _of_holder(conversation)
        until = {"typing_until": now + TYPING_FOR}
        if not self._connection.execute(update(desk_looks).where(own).values(until)).rowcount:
            row = {"conversation": conversation.id, "desk_user": conversation.held_by, "sequence": 0, **until}
            self._connection.execute(insert(desk_looks).values(municipality=conversation.municipality, **row))

    def _is_late(self, conversation: Conversation, sender: Sender, after: int | None) -> bool:
        """Whether what was typed then has been sent by now, on a faster way than the sign."""
        if after is None:
            return False
        written = (messages.c.conversation == conversation.id, messages.c.sender == sender)
        later = select(messages.c.sequence).where(*written, messages.c.sequence > after)
        return self._connection.scalar(later.limit(1)) is not None

    def sent(self, conversation: Conversation, sender: Sender) -> None:
        """What was typed is written: the sign ends with it."""
        table = desk_looks if sender is Sender.CASEWORKER else young_looks
        typing = (table.c.conversation == conversation.id, table.c.typing_until.is_not(None))
        self._connection.execute(update(table).where(*typing).values(typing_until=None))

    def of_human(self, conversation: Conversation, now: datetime) -> Signs:
        """What the young person is told of who has the conversation. Seen is what was written to a human alone."""
        if conversation.holder is not Holder.HUMAN:
            return NO_SIGNS
        written = (messages.c.conversation == conversation.id, messages.c.sender == Sender.YOUNG, messages.c.for_human)
        shown = select(func.max(messages.c.sequence)).where(*written, messages.c.sequence <= desk_looks.c.sequence)
        found = self._connection.execute(
            select(desk_users.c.shown_name, desk_looks.c.typing_until, shown.scalar_subquery().label("seen"))
            .join(desk_users, desk_users.c.id == desk_looks.c.desk_user)
            .where(_of_holder(conversation))
        ).first()
        return _signs(found.shown_name, found.typing_until, found.seen, now) if found else NO_SIGNS

    def of_young(self, conversation: Conversation, now: datetime) -> Signs:
        """What who has the conversation is told of the young person."""
        if conversation.holder is not Holder.HUMAN:
            return NO_SIGNS
        own = young_looks.c.conversation == conversation.id
        found = self._connection.execute(select(young_looks).where(own)).first()
        return _signs(Sender.YOUNG.value, found.typing_until, found.sequence or None, now) if found else NO_SIGNS

    def any_over(self, now: datetime) -> bool:
        """Whether a sign of typing is kept that holds no more."""
        over = or_(*(exists().where(_over(table, now)) for table in (desk_looks, young_looks)))
        return bool(self._connection.scalar(select(over)))

    def forget_over(self, now: datetime) -> None:
        """Takes those away."""
        for table in (desk_looks, young_looks):
            self._connection.execute(update(table).where(_over(table, now)).values(typing_until=None))


def _of_holder(conversation: Conversation) -> ColumnElement[bool]:
    return and_(desk_looks.c.conversation == conversation.id, desk_looks.c.desk_user == conversation.held_by)


def _over(table: Any, now: datetime) -> ColumnElement[bool]:
    over: ColumnElement[bool] = table.c.typing_until <= now
    return over


def _signs(name: str, until: datetime | None, seen: int | None, now: datetime) -> Signs:
    return Signs(name, until, seen) if until and until > now else Signs(seen=seen)
