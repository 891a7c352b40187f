"""Young people's own plans in the store: their words sealed, and which messages they came from."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select, update

from bot.casework.conversations import Conversation, Message, Sender
from bot.casework.plans import Part, Plan
from bot.store.rows import message_from
from bot.store.tables import messages, plans
from bot.store.vault import Vault

PLAN_PART = "plan_part"
"""The key in a message's `data` that names the part of the plan it was written for."""
SAID_AGREED = "agreed"
"""The key of the words in a message that says what a human and they agreed on."""


class PlanRows:
    """The plans, over one transaction."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def of(self, conversation: str) -> Plan:
        """The plan made in this conversation, an empty one when there is none."""
        sealed = self._connection.scalar(select(plans.c.sealed).where(plans.c.conversation == conversation))
        if sealed is None:
            return Plan()
        return Plan({Part(part): text for part, text in self._vault.decrypt(sealed).items()})

    def put(self, conversation: Conversation, plan: Plan) -> None:
        """Keeps the plan in place of the one before."""
        self._connection.execute(delete(plans).where(plans.c.conversation == conversation.id))
        self._connection.execute(
            insert(plans).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                sealed=self._vault.encrypt({part.value: text for part, text in plan.texts.items()}),
            )
        )

    def answer(self, conversation: str, sequence: int) -> Message | None:
        """The message of this number, out of which a part may be made."""
        rows = self._connection.execute(
            select(messages).where(messages.c.conversation == conversation, messages.c.sequence == sequence)
        )
        row = rows.mappings().first()
        return message_from(row) if row else None

    def agreed_in(self, conversation: str) -> Sequence[Message]:
        """The messages that said what was agreed on, oldest first, whatever the plan holds of it by now."""
        said = messages.c.data[SAID_AGREED].as_string().is_not(None)
        rows = self._connection.execute(
            select(messages)
            .where(messages.c.conversation == conversation, messages.c.sender == Sender.BOT, said)
            .order_by(messages.c.sequence)
        )
        return [message_from(row) for row in rows.mappings()]

    def mark(self, message: Message, part: Part | None) -> None:
        """Remembers that a message was written for the plan, whatever becomes of that part later; None: unknown."""
        self._connection.execute(
            update(messages)
            .where(messages.c.conversation == message.conversation, messages.c.sequence == message.sequence)
            .values(data=message.data | {PLAN_PART: part.value if part else None})
        )
