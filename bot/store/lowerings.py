"""When and why humans lowered a danger: a part of the danger log, its words sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from bot.casework.conversations import Conversation
from bot.casework.lowering import Decision, Lowering, Why
from bot.store.desk_tables import danger_lowerings
from bot.store.tables import desk_users
from bot.store.vault import Vault


class LoweringRows:
    """Every time a danger was lowered by a human, over one transaction. None is ever changed but by an erasure."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(self, conversation: Conversation, decision: Decision, by: int, now: datetime) -> None:
        """`conversation`: as it was before."""
        self._connection.execute(
            insert(danger_lowerings).values(
                municipality=conversation.municipality,
                conversation=conversation.id,
                level_before=conversation.danger.level,
                level_after=decision.level,
                why=decision.why,
                sealed=self._vault.encrypt({"words": decision.words}) if decision.words else None,
                lowered_by=by,
                at=now,
            )
        )

    def of(self, conversation: str) -> Sequence[Lowering]:
        """All of this conversation, oldest first."""
        return self._found(_lowerings().where(danger_lowerings.c.conversation == conversation))

    def since(self, moment: datetime, municipality: str | None = None) -> Sequence[Lowering]:
        """What was lowered since then, oldest first; of one municipality, or of all."""
        statement = _lowerings().where(danger_lowerings.c.at >= moment)
        if municipality:
            statement = statement.where(danger_lowerings.c.municipality == municipality)
        return self._found(statement)

    def _found(self, statement: Select[Any]) -> list[Lowering]:
        return [
            Lowering(
                municipality=row["municipality"],
                conversation=row["conversation"],
                before=row["level_before"],
                after=row["level_after"],
                why=Why(row["why"]),
                words=self._vault.words(row["sealed"], "words") if row["sealed"] else "",
                by_name=row["shown_name"],
                at=row["at"],
            )
            for row in self._connection.execute(statement.order_by(danger_lowerings.c.id)).mappings()
        ]


def _lowerings() -> Select[Any]:
    own = danger_lowerings.c.lowered_by == desk_users.c.id
    return select(danger_lowerings, desk_users.c.shown_name).join(desk_users, own)
