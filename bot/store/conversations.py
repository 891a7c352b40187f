"""Conversations, their messages and contact details in the store."""

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from bot.casework.bookings import OPEN, Contact
from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import (
    Button,
    Conversation,
    ConversationNotFoundError,
    Danger,
    Draft,
    Holder,
    Kind,
    Message,
    Sender,
    Writer,
)
from bot.store.desk_tables import danger_lowerings, desk_looks, handovers, notes, young_looks
from bot.store.order_tables import orders
from bot.store.orders import forget_taught
from bot.store.review_tables import found_messages
from bot.store.rows import conversation_from, message_from, message_values
from bot.store.tables import (
    audit,
    bookings,
    consents,
    contacts,
    conversations,
    danger_events,
    figure_marks,
    messages,
    nudges,
    on_call_notices,
    plans,
    trackers,
)
from bot.store.vault import Vault

OF_A_CONVERSATION = (
    on_call_notices,
    trackers,
    contacts,
    nudges,
    plans,
    notes,
    consents,
    found_messages,
    orders,
    figure_marks,
    handovers,
    desk_looks,
    young_looks,
    messages,
)
"""What goes with a conversation, row by row; talks, dangers and the audit log lose their way back to it instead."""


class ConversationRows:
    """Everything about conversations that one transaction may ask or change."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def open(self, conversation: str, municipality: str, locale: str, token: str) -> None:
        self._connection.execute(
            insert(conversations).values(
                id=conversation,
                municipality=municipality,
                locale=locale,
                token_digest=self._vault.digest(token),
                holder=Holder.BOT,
                danger_level=0,
                danger_kinds=[],
                last_sequence=0,
                created_at=datetime.now(UTC),
            )
        )

    def get(self, conversation: str) -> Conversation:
        """Raises ConversationNotFoundError."""
        return self._found(select(conversations).where(conversations.c.id == conversation))

    def lock(self, conversation: str) -> Conversation:
        """As `get`, and nobody else changes it until the work is done."""
        return self._found(select(conversations).where(conversations.c.id == conversation).with_for_update())

    def opens(self, conversation: str, token: str) -> bool:
        """Whether this token opens this conversation; False as well when there is none."""
        kept = self._connection.scalar(select(conversations.c.token_digest).where(conversations.c.id == conversation))
        return kept is not None and hmac.compare_digest(kept, self._vault.digest(token))

    def append(self, conversation: Conversation, drafts: Sequence[Draft]) -> list[Message]:
        """Stores messages under the next numbers. Raises ConversationNotFoundError when it was erased meanwhile."""
        counted = self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation.id)
            .values(last_sequence=conversations.c.last_sequence + len(drafts))
            .returning(conversations.c.last_sequence, conversations.c.holder)
        ).first()
        if counted is None:
            raise ConversationNotFoundError
        now, first = datetime.now(UTC), counted.last_sequence - len(drafts) + 1
        added = [
            Message(
                **vars(draft),
                conversation=conversation.id,
                municipality=conversation.municipality,
                sequence=number,
                created_at=now,
                for_human=counted.holder != Holder.BOT,
            )
            for number, draft in enumerate(drafts, first)
        ]
        if added:
            self._connection.execute(insert(messages), [message_values(message) for message in added])
        return added

    def after(self, conversation: str, sequence: int) -> list[Message]:
        """The messages with a higher number, in order."""
        rows = self._connection.execute(
            select(messages)
            .where(messages.c.conversation == conversation, messages.c.sequence > sequence)
            .order_by(messages.c.sequence)
        )
        return [message_from(row) for row in rows.mappings()]

    def said_before(self, conversation: str, sequence: int) -> list[Message]:
        """What others said before the message of this number and after the young person's last one, newest first."""
        own = (messages.c.conversation == conversation, messages.c.sequence < sequence)
        last = select(func.max(messages.c.sequence)).where(*own, messages.c.sender == Sender.YOUNG).scalar_subquery()
        rows = self._connection.execute(
            select(messages)
            .where(*own, messages.c.sequence > func.coalesce(last, 0))
            .order_by(messages.c.sequence.desc())
        )
        return [message_from(row) for row in rows.mappings()]

    def by_client_id(self, conversation: str, client_id: str) -> Message | None:
        row = self._connection.execute(
            select(messages).where(messages.c.conversation == conversation, messages.c.client_id == client_id)
        )
        found = row.mappings().first()
        return message_from(found) if found else None

    def offered(self, conversation: str, payload: str) -> Button | None:
        """The button of this payload, when one was ever shown in this conversation."""
        rows = self._connection.scalars(
            select(messages.c.buttons)
            .where(messages.c.conversation == conversation, messages.c.sender != Sender.YOUNG)
            .order_by(messages.c.sequence.desc())
        )
        buttons = (Button(**button) for row in rows for button in row)
        return next((button for button in buttons if button.payload == payload), None)

    def told_bookings(self, conversation: str) -> Sequence[dict[str, Any]]:
        """The data of every booking message of this conversation."""
        return self._connection.scalars(
            select(messages.c.data).where(messages.c.conversation == conversation, messages.c.kind == Kind.BOOKING)
        ).all()

    def raised_by(self, conversation: Conversation) -> Message | None:
        """The newest message that told of as much danger as the conversation is in."""
        event, told = danger_events.c, messages.c
        row = self._connection.execute(
            select(messages)
            .join(danger_events, (event.conversation == told.conversation) & (event.sequence == told.sequence))
            .where(told.conversation == conversation.id, event.level >= conversation.danger.level)
            .order_by(told.sequence.desc())
            .limit(1)
        )
        found = row.mappings().first()
        return message_from(found) if found else None

    def has_told(self, conversation: str, key: str) -> bool:
        """Whether a message to the young person has this key in its data."""
        return self._has(key, messages.c.conversation == conversation, messages.c.sender != Sender.YOUNG)

    def told(self, conversation: str, key: str) -> list[Any]:
        """What the messages to the young person have under this key in their data."""
        told = self._connection.scalars(
            select(messages.c.data).where(messages.c.conversation == conversation, messages.c.sender != Sender.YOUNG)
        )
        return [data[key] for data in told if key in data]

    def has_private(self, conversation: str) -> bool:
        """Whether the young person wrote anything before a human was asked for, which is theirs to share or not."""
        private = select(messages.c.sequence).where(
            messages.c.conversation == conversation,
            messages.c.sender == Sender.YOUNG,
            messages.c.for_human.is_(False),
        )
        return self._connection.scalar(private.limit(1)) is not None

    def has_for_human(self, conversation: str) -> bool:
        """Whether anything was written to a human, or by one."""
        open_to_all = select(messages.c.sequence).where(
            messages.c.conversation == conversation, messages.c.for_human.is_(True)
        )
        return self._connection.scalar(open_to_all.limit(1)) is not None

    def has_heard(self, conversation: str, key: str) -> bool:
        """Whether a message of the young person has this key in its data."""
        return self._has(key, messages.c.conversation == conversation, messages.c.sender == Sender.YOUNG)

    def _has(self, key: str, *which: ColumnElement[bool]) -> bool:
        there = select(messages.c.sequence).where(*which, messages.c.data[key].as_string().is_not(None))
        return self._connection.scalar(there.limit(1)) is not None

    def raise_danger(self, conversation: Conversation, danger: Danger) -> None:
        """Raises the conversation's level, never lowers it; what was said of being safe before holds no more."""
        raised = conversation.danger.raised_by(danger)
        # What fell once does not fall again for a lesser danger: a level of 2 and more begins anew.
        anew = {"eased_at": None} if danger.level >= OPENING_LEVEL else {}
        self._update(
            conversation.id, danger_level=raised.level, danger_kinds=list(raised.kinds), safe_said_at=None, **anew
        )

    def calm(self, conversation: str, level: int = 0) -> None:
        """Lowers the level; only a human decides that. What was said of being safe before holds no more."""
        kinds: dict[str, Any] = {} if level else {"danger_kinds": []}
        self._update(conversation, danger_level=level, safe_said_at=None, eased_at=None, **kinds)

    def say_safe(self, conversation: Conversation, now: datetime) -> None:
        """Keeps when they first said that they are safe; a danger that comes later takes it away."""
        if conversation.safe_said_at is None:
            self._update(conversation.id, safe_said_at=now)

    def ease(self, conversation: Conversation, now: datetime) -> None:
        """Lowers the level by one step. Its kinds stay, and who waits goes on waiting."""
        self._update(conversation.id, danger_level=conversation.danger.level - 1, eased_at=now)

    def safe_and_not_eased(self) -> list[Conversation]:
        """Conversations in which somebody said that they are safe, and the level has not fallen for it."""
        c = conversations.c
        rows = self._connection.execute(
            select(conversations).where(
                c.safe_said_at.is_not(None), c.eased_at.is_(None), c.danger_level >= OPENING_LEVEL
            )
        )
        return [conversation_from(row) for row in rows.mappings()]

    def keep_form(self, conversation: str, form: str | None) -> None:
        """Keeps what a danger came in the middle of; None when it goes on, or was offered again."""
        self._update(conversation, kept_form=form)

    def in_session(self, conversation: str) -> tuple[Conversation, int]:
        """One that a token opens still, and the number of its last message. Raises ConversationNotFoundError."""
        is_it = (conversations.c.id == conversation, conversations.c.token_digest != "")
        row = self._connection.execute(select(conversations).where(*is_it)).mappings().first()
        if row is None:
            raise ConversationNotFoundError
        return conversation_from(row), row["last_sequence"]

    def has_session(self, conversation: str) -> bool:
        """Whether a token opens it still; False as well when there is none."""
        return bool(
            self._connection.scalar(select(conversations.c.token_digest).where(conversations.c.id == conversation))
        )

    def end_session(self, conversation: str) -> None:
        """From now on no token opens it; what was written stays."""
        self._update(conversation, token_digest="")

    def set_asks(self, conversation: str, asks: str | None) -> None:
        self._update(conversation, asks=asks)

    def set_writer(self, conversation: str, writer: Writer) -> None:
        self._update(conversation, writer=writer)

    def set_locale(self, conversation: str, locale: str) -> None:
        self._update(conversation, locale=locale)

    def keep_contact(self, conversation: Conversation, contact: Contact) -> None:
        """Adds to what was given before; encrypted."""
        merged = self.contact(conversation.id).filled() | contact.filled()
        self._connection.execute(delete(contacts).where(contacts.c.conversation == conversation.id))
        self._connection.execute(
            insert(contacts).values(
                conversation=conversation.id,
                municipality=conversation.municipality,
                sealed=self._vault.encrypt(merged),
            )
        )

    def forget_contact(self, conversation: str) -> None:
        """Forgets what was given; a talk that was booked keeps its own."""
        self._connection.execute(delete(contacts).where(contacts.c.conversation == conversation))

    def forget_meeting_place(self, conversation: str) -> None:
        """Forgets where to meet: that belongs to one talk, which keeps its own."""
        contact = self.contact(conversation)
        if contact.meeting_place:
            kept = replace(contact, meeting_place=None)
            sealed = self._vault.encrypt(kept.filled())
            self._connection.execute(
                update(contacts).where(contacts.c.conversation == conversation).values(sealed=sealed)
            )

    def contact(self, conversation: str) -> Contact:
        sealed = self._connection.scalar(select(contacts.c.sealed).where(contacts.c.conversation == conversation))
        return Contact(**self._vault.decrypt(sealed)) if sealed else Contact()

    def erase(self, conversation: str, now: datetime | None = None) -> None:
        """Takes everything of the conversation away, its plan and Rasa's tracker too.

        A talk that is still to come `now` stays, and what the desk did, without a way back to the conversation.
        """
        own = bookings.c.conversation == conversation
        over = (bookings.c.status.not_in(OPEN)) | (bookings.c.ends_at <= (now or datetime.now(UTC)))
        self._connection.execute(delete(bookings).where(own, over))
        for table in (bookings, danger_events):
            self._connection.execute(
                update(table).where(table.c.conversation == conversation).values(conversation=None)
            )
        lowered = danger_lowerings.c.conversation == conversation
        self._connection.execute(update(danger_lowerings).where(lowered).values(conversation=None, sealed=None))
        self._connection.execute(update(audit).where(audit.c.subject == conversation).values(subject=None))
        forget_taught(self._connection, conversation)
        for table in OF_A_CONVERSATION:
            self._connection.execute(delete(table).where(table.c.conversation == conversation))
        self._connection.execute(delete(conversations).where(conversations.c.id == conversation))

    def _found(self, statement: Select[Any]) -> Conversation:
        row = self._connection.execute(statement).mappings().first()
        if row is None:
            raise ConversationNotFoundError
        return conversation_from(row)

    def _update(self, conversation: str, **values: Any) -> None:
        self._connection.execute(update(conversations).where(conversations.c.id == conversation).values(**values))
