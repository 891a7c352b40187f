"""Somebody says after a danger that they are safe: it is heard and told to the desk, and the human still comes."""

from datetime import UTC, datetime
from typing import Any

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, ConversationNotFoundError, Message, Writer
from bot.casework.easing import falls
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sweeping import sweep
from bot.safety.levels import DangerLevel
from bot.safety.says_safe import SafeWords
from bot.safety.screen import Assessment
from bot.store.store import Store, Work
from bot.store.whose import Across, of_conversation

SAYS_SAFE = "says_safe"
"""The key in the `data` of a message of the young person that says they are safe."""
LOOK_SECONDS = 10.0


def safe_data(words: SafeWords, text: str | None, assessment: Assessment, conversation: Conversation) -> dict[str, Any]:
    """What a message's `data` says of it; nothing unless it comes after a danger and tells of none itself.

    Once it has lowered the level it may be said again, and is heard as before.
    """
    in_danger = conversation.danger.level >= DangerLevel.CLEAR or conversation.eased_at is not None
    if not text or assessment.level or not in_danger:
        return {}
    helper = conversation.writer is Writer.HELPER
    return {SAYS_SAFE: True} if words.hears(text, conversation.danger.kinds, helper=helper) else {}


def ease_after(work: Work, message: Message) -> None:
    """Lowers the level where this message shows that nothing new has come; after a time without one, the sweep does."""
    found = work.conversations.get(message.conversation)
    after = found.safe_said_at is not None and message.created_at > found.safe_said_at
    if falls(found, datetime.now(UTC), calm_message=after and "danger" not in message.data):
        work.conversations.ease(found, datetime.now(UTC))


class Easing:
    """Lowers levels once it has been quiet for long enough. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "those who say that they are safe")

    async def look(self) -> None:
        """Lowers what has been quiet, and tells the desk. Raises StoreUnreachableError."""
        for conversation in await run_sync(self._ease):
            self._notices.tell(conversation.id, queue_topic(conversation.municipality))

    def _ease(self) -> list[Conversation]:
        with self._store.read(Across("whoever is safe is looked for in every municipality")) as work:
            safe = work.conversations.safe_and_not_eased()
        now = datetime.now(UTC)
        quiet = [one for one in safe if falls(one, now, calm_message=False)]
        return [found for one in quiet if (found := self._eased(one.id))]

    def _eased(self, conversation: str) -> Conversation | None:
        with self._store.write(of_conversation(conversation)) as work:
            try:
                found = work.conversations.lock(conversation)
            except ConversationNotFoundError:
                return None
            if not falls(found, datetime.now(UTC), calm_message=False):
                return None  # another danger came, a human calmed it, or another process was here
            work.conversations.ease(found, datetime.now(UTC))
            return found
