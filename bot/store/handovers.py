"""Conversations that were given to somebody who has not taken note of it yet: by whom, and their note, sealed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.casework.conversations import Conversation
from bot.casework.handovers import Handover
from bot.store.desk_tables import handovers
from bot.store.tables import desk_users
from bot.store.vault import Vault


class HandoverRows:
    """The handovers, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, conversation: Conversation, by: int, note: str, now: datetime) -> None:
        self._connection.execute(
            insert(handovers).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                given_by=by,
                sealed=self._vault.encrypt({"note": note}),
                at=now,
            )
        )

    def of(self, conversations: Collection[str]) -> Mapping[str, Sequence[Handover]]:
        """Those of these conversations that nobody has taken note of, the oldest first."""
        found: defaultdict[str, list[Handover]] = defaultdict(list)
        rows = self._connection.execute(
            select(handovers.c.id, handovers.c.conversation, desk_users.c.shown_name, handovers.c.sealed)
            .join(desk_users, desk_users.c.id == handovers.c.given_by)
            .where(handovers.c.conversation.in_(conversations))
            .order_by(handovers.c.id)
        )
        for id_, conversation, by, sealed in rows:
            found[conversation].append(Handover(id_, conversation, by, self._vault.words(sealed, "note")))
        return found

    def waiting(self, conversations: Collection[str]) -> set[str]:
        """In which of them somebody has not taken note of one."""
        own = select(handovers.c.conversation).where(handovers.c.conversation.in_(conversations))
        return set(self._connection.scalars(own))

    def forget(self, conversation: str, until: int | None = None) -> bool:
        """Takes them away, up to the one of that number; False where there was none."""
        own = handovers.c.conversation == conversation
        which = own if until is None else own & (handovers.c.id <= until)
        return self._connection.execute(delete(handovers).where(which)).rowcount > 0
