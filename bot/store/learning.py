"""Who lets the robot learn from their conversation: lines among the consents, as little to be changed as those."""

from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select

from bot.casework.conversations import Conversation, Sender
from bot.casework.learning import LearningChange
from bot.store.tables import consents, messages

LEARNING = "learning"


class LearningRows:
    """The yeses to learning, over one transaction. Fits casework's `LearningConsents`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: Conversation, change: LearningChange) -> None:
        self._connection.execute(
            insert(consents).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                part=LEARNING,
                given=change.given,
                at=change.at,
            )
        )

    def history(self, conversation: str) -> list[LearningChange]:
        """Each yes and each that was taken back, oldest first."""
        rows = self._connection.execute(
            select(consents.c.given, consents.c.at)
            .where(consents.c.conversation == conversation, consents.c.part == LEARNING)
            .order_by(consents.c.id)
        )
        return [LearningChange(*row) for row in rows]

    def allowing(self, municipality: str, since: datetime | None = None) -> list[str]:
        """The conversations of this municipality in which the last word was a yes, in one order.

        Only those in which the young person wrote `since` then, where that is given.
        """
        last = (
            select(func.max(consents.c.id))
            .where(consents.c.part == LEARNING, consents.c.municipality == municipality)
            .group_by(consents.c.conversation)
        )
        rows = select(consents.c.conversation).where(consents.c.id.in_(last), consents.c.given.is_(True))
        if since is not None:
            own = messages.c.conversation == consents.c.conversation
            rows = rows.where(exists().where(own, messages.c.sender == Sender.YOUNG, messages.c.created_at >= since))
        return list(self._connection.scalars(rows.order_by(consents.c.conversation)))
