"""Rasa's trackers as one document a conversation; what is in them is the dialogue server's business."""

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from bot.store.tables import trackers


class TrackerRows:
    """Rasa's memory of the last turns, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, conversation: str) -> str | None:
        return self._connection.scalar(select(trackers.c.document).where(trackers.c.conversation == conversation))

    def put(self, conversation: str, document: str) -> None:
        self.delete(conversation)
        self._connection.execute(
            insert(trackers).values(conversation=conversation, document=document, changed_at=datetime.now(UTC))
        )

    def delete(self, conversation: str) -> None:
        self._connection.execute(delete(trackers).where(trackers.c.conversation == conversation))
