"""A message as the desk shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.casework.bookings import BookingStatus
from bot.casework.conversations import Danger, Kind, Message, Sender, Writer
from bot.casework.free_times import Way
from bot.conversation.hidden import hidden_words
from bot.language.danish import spoken_time
from bot.web.desk.words import SENDERS, STATUSES, WAYS, WRITERS, danger_words, moment, why_raised


@dataclass(frozen=True)
class MessageView:
    """One message, in Danish words."""

    sequence: int
    sender: str
    sender_words: str
    kind: str
    at: str
    at_iso: str
    text: str
    danger_level: int
    danger: str
    why: str
    hidden: str
    booking: str
    choices: Sequence[str]


def message_views(messages: Sequence[Message], writer: Writer | None, now: datetime) -> list[MessageView]:
    """The messages in their order; `writer` is who writes in their conversation."""
    return [_view(message, writer, now) for message in messages]


def _view(message: Message, writer: Writer | None, now: datetime) -> MessageView:
    danger = _danger(message)
    return MessageView(
        sequence=message.sequence,
        sender=message.sender.value,
        sender_words=WRITERS[writer] if message.sender is Sender.YOUNG else SENDERS[message.sender],
        kind=message.kind.value,
        at=moment(message.created_at, now),
        at_iso=message.created_at.isoformat(),
        text=message.text,
        danger_level=danger.level,
        danger=danger_words(danger),
        why=why_raised(message) if message.sender is Sender.YOUNG else "",
        hidden=_hidden(message) if message.sender is Sender.CASEWORKER else "",
        booking=_booking(message.data) if message.kind is Kind.BOOKING else "",
        choices=[button.title for button in message.buttons],
    )


def _danger(message: Message) -> Danger:
    found = message.data if message.kind is Kind.DANGER else message.data.get("danger", {})
    return Danger(found.get("level", 0), tuple(found.get("kinds", ())))


def _hidden(message: Message) -> str:
    words = hidden_words(message)
    return f"Vi har skjult {words}. Det skal ikke ligge i chatten." if words else ""


def _booking(data: dict[str, Any]) -> str:
    status = STATUSES[BookingStatus(data["status"])]
    return f"{status}: {spoken_time(datetime.fromisoformat(data['starts_at']))}. {WAYS[Way(data['way'])]}."
