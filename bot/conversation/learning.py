"""Whether the robot may learn from a conversation: who is asked, their yes, and taking it back.

It is asked on the page of one's own things and nowhere else, so that nobody in need is asked for something.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, Message, Sender, Writer
from bot.casework.free_times import danish_day
from bot.casework.learning import LearningNotOfferedError, given_since, set_learning
from bot.conversation.too_young import says_too_young
from bot.municipality.towns import Municipality
from bot.store.store import Store, Work
from bot.store.whose import of_conversation


@dataclass(frozen=True)
class LearningConsent:
    """How it stands. `offered`: a yes can be given; `since`: when it was, None without one."""

    offered: bool
    since: datetime | None


class Learning:
    """Every method raises ConversationNotFoundError. Lives as long as the web process."""

    def __init__(self, store: Store, municipalities: Mapping[str, Municipality]) -> None:
        self._store = store
        self._municipalities = municipalities

    async def consent(self, conversation: str) -> LearningConsent:
        """How it stands."""
        return await run_sync(self._consent, conversation)

    async def decide(self, conversation: str, *, given: bool) -> LearningConsent:
        """Says yes, or takes it back, which always can be done. Raises LearningNotOfferedError."""
        return await run_sync(self._decide, conversation, given)

    def _consent(self, conversation: str) -> LearningConsent:
        with self._store.read(of_conversation(conversation)) as work:
            return self._stands(work, work.conversations.get(conversation))

    def _decide(self, conversation: str, given: bool) -> LearningConsent:  # noqa: FBT001 -- run_sync passes by place
        with self._store.write(of_conversation(conversation)) as work:
            found = work.conversations.lock(conversation)
            if given and not self._stands(work, found).offered:
                raise LearningNotOfferedError
            set_learning(work.learning, found, given=given, now=datetime.now(UTC))
            if not given:
                work.found.forget(conversation)
            return self._stands(work, found)

    def _stands(self, work: Work, conversation: Conversation) -> LearningConsent:
        learns = self._municipalities[conversation.municipality].learns
        offered = learns and may_say_yes(conversation, work.conversations.after(conversation.id, 0))
        return LearningConsent(offered, given_since(work.learning.history(conversation.id)))


def may_say_yes(conversation: Conversation, messages: Iterable[Message]) -> bool:
    """Whether none of them says, or makes likely, that the writer is too young. A helper mostly writes of others."""
    is_helper = conversation.writer is Writer.HELPER
    return not any(
        says_too_young(one, danish_day(one.created_at), is_helper=is_helper)
        for one in messages
        if one.sender is Sender.YOUNG
    )
