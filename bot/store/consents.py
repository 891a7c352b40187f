"""What young people shared, and took back: a line for each, so that it can be shown when and to what."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.casework.consent import ConsentChange, Shared
from bot.casework.conversations import Conversation
from bot.store.tables import consents


class ConsentRows:
    """The consents, over one transaction. Fits casework's `Consents`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: Conversation, change: ConsentChange) -> None:
        self._connection.execute(
            insert(consents).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                part=change.part,
                given=change.given,
                at=change.at,
            )
        )

    def of(self, conversation: str) -> dict[Shared, datetime]:
        """The parts that are shared now, and since when."""
        last = {change.part: change for change in self.history(conversation)}
        return {part: change.at for part, change in last.items() if change.given}

    def history(self, conversation: str) -> list[ConsentChange]:
        """Each yes and each that was taken back, oldest first."""
        rows = self._connection.execute(
            select(consents.c.part, consents.c.given, consents.c.at)
            .where(consents.c.conversation == conversation, consents.c.part.in_(list(Shared)))
            .order_by(consents.c.id)
        )
        return [ConsentChange(Shared(part), given, at) for part, given, at in rows]

    def sharing(self, part: Shared, conversations: Iterable[str]) -> set[str]:
        """Those of these conversations in which this part is shared now."""
        rows = self._connection.execute(
            select(consents.c.conversation, consents.c.given)
            .where(consents.c.part == part, consents.c.conversation.in_(list(conversations)))
            .order_by(consents.c.id)
        )
        return {conversation for conversation, given in dict(tuple(row) for row in rows).items() if given}
