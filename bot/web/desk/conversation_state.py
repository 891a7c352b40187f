"""What stands beside the messages of a conversation: who answers, the danger, and how to reach the young person."""

from dataclasses import dataclass
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.bookings import Contact
from bot.casework.conversations import Conversation, Holder
from bot.casework.plans import TITLES, Plan
from bot.language.danish import spoken_time
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.web.desk.words import (
    ABOUT,
    WAYS,
    WRITERS,
    danger_words,
    holder_words,
    known_beforehand,
    safe_words,
    short_name,
    why_raised,
)


@dataclass(frozen=True)
class SharedPlan:
    """A young person's plan that they said yes to: titles and their own words, and since when it may be read."""

    parts: tuple[tuple[str, str], ...]
    at: str


@dataclass(frozen=True)
class ConversationState:
    """`contact` is None unless the one who looks holds the conversation; `talk` is the next talk booked in it.

    `talk_about` says whose it is. `writer` is what the one who writes is called, `known` what else is known of them.
    `why` tells what raised it, and `safe` that they say they are safe. `plan` is None without the young person's yes.
    """

    id: str
    name: str
    danger_level: int
    danger: str
    why: str
    safe: str
    holder: str
    holder_words: str
    writer: str
    known: tuple[str, ...]
    mine: bool
    contact: Contact | None
    talk: str
    talk_about: str
    plan: SharedPlan | None = None


async def look_at_state(store: Store, user: DeskUser, conversation: Conversation) -> ConversationState:
    """The state as this user may see it."""
    return await run_sync(_look, store, user, conversation)


def _look(store: Store, user: DeskUser, conversation: Conversation) -> ConversationState:
    now = datetime.now(UTC)
    mine = conversation.holder is Holder.HUMAN and conversation.held_by == user.id
    with store.read() as work:
        contact = work.conversations.contact(conversation.id) if mine else None
        booking = work.bookings.active_of(conversation.id, now)
        raised = work.conversations.raised_by(conversation) if conversation.danger.level else None
        # Without a yes it is not even opened.
        plan = work.plans.of(conversation.id) if work.plans.shared_among([conversation.id]) else Plan()
    return ConversationState(
        id=conversation.id,
        name=short_name(conversation.id),
        danger_level=conversation.danger.level,
        danger=danger_words(conversation.danger),
        why=why_raised(raised) if raised else "",
        safe=safe_words(conversation, now),
        holder=conversation.holder.value,
        holder_words=holder_words(conversation, user.id, now),
        writer=WRITERS[conversation.writer],
        known=known_beforehand(conversation),
        mine=mine,
        contact=contact,
        talk=f"{spoken_time(booking.starts_at)}. {WAYS[booking.way]}." if booking else "",
        talk_about=ABOUT[booking.about] if booking else "",
        plan=_shared(plan),
    )


def _shared(plan: Plan) -> SharedPlan | None:
    if plan.shared_at is None:
        return None
    return SharedPlan(tuple((TITLES[part], text) for part, text in plan.said), spoken_time(plan.shared_at))
