"""How far caseworkers have read the conversations that they hold, and what has come since."""

from collections.abc import Mapping

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from bot.casework.conversations import Conversation, Holder
from bot.store.desk_tables import desk_looks, young_looks
from bot.store.tables import conversations, messages
from bot.store.waiting import to_a_human


class LookRows:
    """The looks, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, conversation: Conversation, user: int, sequence: int) -> None:
        """That this user was shown the message of that number; one who was shown a later one stays there.

        A number that no message has yet counts as the last one's. To be called with the conversation locked.
        """
        last = select(conversations.c.last_sequence).where(conversations.c.id == conversation.id)
        sequence = min(sequence, self._connection.scalar(last) or 0)
        own = (desk_looks.c.conversation == conversation.id, desk_looks.c.desk_user == user)
        seen = self._connection.scalar(select(desk_looks.c.sequence).where(*own))
        if seen is None:
            town = conversation.municipality
            values = {"conversation": conversation.id, "desk_user": user, "municipality": town, "sequence": sequence}
            self._connection.execute(insert(desk_looks).values(values))
        elif seen < sequence:
            self._connection.execute(update(desk_looks).where(*own).values(sequence=sequence))

    def news(self, user: int) -> Mapping[str, int]:
        """How many messages have come in each conversation that this user holds since they last looked; only those with
        any.
        """
        own = and_(desk_looks.c.conversation == conversations.c.id, desk_looks.c.desk_user == user)
        rows = self._connection.execute(
            select(conversations.c.id, func.count())
            .join(messages, messages.c.conversation == conversations.c.id)
            .outerjoin(desk_looks, own)
            .where(conversations.c.held_by == user, conversations.c.holder == Holder.HUMAN)
            .where(messages.c.sequence > func.coalesce(desk_looks.c.sequence, 0), to_a_human())
            .group_by(conversations.c.id)
        )
        return dict(rows.tuples().all())

    def forget(self, conversation: str) -> None:
        """Nobody holds it any more: what either side has seen of the other goes as well."""
        for table in (desk_looks, young_looks):
            self._connection.execute(delete(table).where(table.c.conversation == conversation))
