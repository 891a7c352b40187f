"""Talks that are held in the chat, as the desk sees them when their time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework.bookings import Booking
from bot.casework.conversations import Conversation
from bot.store.store import Work


@dataclass(frozen=True)
class ChatTalk:
    """A talk whose conversation the bot still answers in; `agent` is the name of who holds it."""

    talk: Booking
    conversation: Conversation
    agent: str


def chat_talks(work: Work, municipality: str, now: datetime) -> Sequence[ChatTalk]:
    """Those that can be begun now, soonest first; a human who is there already needs no telling."""
    talks = work.bookings.chat_talks(municipality, now)
    if not talks:
        return []
    with_bot = {one.id: one for one in work.queue.with_bot([talk.conversation for talk in talks if talk.conversation])}
    names = work.agents.names(municipality) if with_bot else {}
    return [
        ChatTalk(talk, with_bot[talk.conversation], names.get(talk.agent, ""))
        for talk in talks
        if talk.conversation in with_bot
    ]
