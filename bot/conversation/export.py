"""All that is stored about one conversation, for the young person to read and keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.casework.bookings import Booking, Contact
from bot.casework.consent import ConsentChange
from bot.casework.conversations import Conversation, Danger, Message
from bot.casework.learning import LearningChange
from bot.casework.misread import FoundMessage
from bot.casework.plans import Plan
from bot.casework.readers import Reading, readings
from bot.conversation.booking_words import with_words
from bot.store.store import Work


@dataclass(frozen=True)
class Export:
    """What the store holds of a conversation when it is asked for, at `at`. With each danger: when it was told of; with
    each level that a human `lowered` one to: when.

    `found` are the messages that maintainers are shown because the robot may have misread them. `agents` are the names,
    by number, of those a booking was asked to be with.
    """

    conversation: Conversation
    messages: list[Message]
    plan: Plan
    contact: Contact
    bookings: list[Booking]
    agents: Mapping[int, str]
    dangers: list[tuple[Danger, datetime]]
    lowered: Sequence[tuple[Danger, datetime]]
    consents: list[ConsentChange]
    learning: list[LearningChange]
    found: list[FoundMessage]
    readers: list[Reading]
    at: datetime


def export(work: Work, conversation: Conversation) -> Export:
    """Everything stored about it, the three words of its bookings too."""
    number, bookings = conversation.id, list(work.bookings.of(conversation.id))
    names, chosen = work.agents.names(conversation.municipality), {one.chosen for one in bookings}
    return Export(
        conversation=conversation,
        messages=with_words(work, work.conversations.after(number, 0)),
        plan=work.plans.of(number),
        contact=work.conversations.contact(number),
        bookings=bookings,
        agents={agent: name for agent, name in names.items() if agent in chosen},
        dangers=work.dangers.of(number),
        lowered=[(Danger(one.after), one.at) for one in work.lowerings.of(number)],
        consents=work.consents.history(number),
        learning=work.learning.history(number),
        found=work.found.of(number),
        readers=readings(work.readers.of(number)),
        at=datetime.now(UTC),
    )
