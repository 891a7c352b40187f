"""The log of dangers: what is in it is completed, and never changed or taken away."""

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from bot.casework.conversations import Conversation, Danger
from bot.casework.dangers import DangerEvent, Shown
from bot.store.tables import danger_events, desk_users


class DangerRows:
    """Every danger that was told of, over one transaction; never the words that told of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: Conversation, danger: Danger, sequence: int | None = None) -> None:
        """Keeps that the message of this number told of danger."""
        self._connection.execute(
            insert(danger_events).values(
                municipality=conversation.municipality,
                conversation=conversation.id,
                level=danger.level,
                kinds=list(danger.kinds),
                at=datetime.now(UTC),
                sequence=sequence,
            )
        )

    def show(self, conversation: str, sequence: int, shown: Shown) -> None:
        """Completes what was shown to that message; what is known already stands."""
        self._connection.execute(
            update(danger_events)
            .where(danger_events.c.conversation == conversation, danger_events.c.sequence == sequence)
            .where(danger_events.c.shown.is_(None))
            .values(shown=shown.kept())
        )

    def take(self, conversation: str, user: int) -> list[tuple[int, datetime]]:
        """Completes who took what nobody had taken yet in this conversation: its level and when it was told."""
        taken = self._connection.execute(
            update(danger_events)
            .where(_untaken(conversation))
            .values(taken_by=user, taken_at=datetime.now(UTC))
            .returning(danger_events.c.level, danger_events.c.at)
        )
        return [(level, at) for level, at in taken]

    def untaken(self, conversation: str) -> list[tuple[int, datetime]]:
        """What nobody has taken yet in this conversation: the level of each, and when it was told."""
        rows = self._connection.execute(select(danger_events.c.level, danger_events.c.at).where(_untaken(conversation)))
        return [(level, at) for level, at in rows]

    def newest(self, conversation: str) -> int:
        """The number of the last message in it that told of danger, whichever; 0 where none did."""
        own = danger_events.c.conversation == conversation
        return self._connection.scalar(select(func.max(danger_events.c.sequence)).where(own)) or 0

    def of(self, conversation: str) -> list[tuple[Danger, datetime]]:
        """Each danger that was told of in this conversation and when, oldest first."""
        events = danger_events.c
        rows = self._connection.execute(
            select(events.level, events.kinds, events.at).where(events.conversation == conversation).order_by(events.id)
        )
        return [(Danger(level, tuple(kinds)), at) for level, kinds, at in rows]

    def since(self, moment: datetime, municipality: str | None = None) -> list[DangerEvent]:
        """What was told of since then, oldest first; of one municipality, or of all."""
        events = danger_events.c
        statement = (
            select(danger_events, desk_users.c.shown_name)
            .outerjoin(desk_users, desk_users.c.id == events.taken_by)
            .where(events.at >= moment)
            .order_by(events.at, events.id)
        )
        if municipality:
            statement = statement.where(events.municipality == municipality)
        return [
            DangerEvent(
                municipality=row["municipality"],
                conversation=row["conversation"],
                sequence=row["sequence"],
                danger=Danger(row["level"], tuple(row["kinds"])),
                at=row["at"],
                shown=row["shown"] or {},
                taken_by=row["shown_name"],
                taken_at=row["taken_at"],
            )
            for row in self._connection.execute(statement).mappings()
        ]


def _untaken(conversation: str) -> ColumnElement[bool]:
    return and_(danger_events.c.conversation == conversation, danger_events.c.taken_at.is_(None))
