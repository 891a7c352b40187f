"""How often who said what kind of thing in conversations; the texts are never looked at."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, func, or_, select

from bot.casework.conversations import Kind, Sender
from bot.casework.summary import Spoken
from bot.store.tables import messages


class SummaryRows:
    """What is counted of messages for the desk, over one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, conversations: Collection[str], whole: Collection[str] = ()) -> Mapping[str, Sequence[Spoken]]:
        """Of each what was written to a human, and of those that are open as a `whole` all of it."""
        own = messages.c
        rows = self._connection.execute(
            select(
                own.conversation,
                own.sender,
                own.kind,
                own.about,
                own.final,
                func.count(),
                func.max(own.sequence),
                func.max(own.created_at),
            )
            .where(own.conversation.in_(conversations))
            .where(or_(own.for_human.is_(True), own.conversation.in_(whole)))
            .group_by(own.conversation, own.sender, own.kind, own.about, own.final)
        )
        found: dict[str, list[Spoken]] = defaultdict(list)
        for conversation, sender, kind, *rest in rows:
            found[conversation].append(Spoken(Sender(sender), Kind(kind), *rest))
        return found
