"""A human who has left: the conversations they held go back into the queue, and the bot answers meanwhile."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.conversations import Conversation, ConversationNotFoundError, Draft, Kind, Sender
from bot.casework.handoffs import leave_alone
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import LEFT, tongue_in
from bot.conversation.sweeping import sweep
from bot.conversation.wording import spoken
from bot.store.store import Store, Work

LOOK_SECONDS = 5.0


class Absences:
    """Looks after conversations whose caseworker is signed in no more. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled."""
        await sweep(self.look, LOOK_SECONDS, "caseworkers who have left")

    async def look(self) -> None:
        """Puts what was left alone back into the queue and says so there. Raises StoreUnreachableError."""
        for conversation in await run_sync(self._requeue):
            self._notices.tell(conversation.id, queue_topic(conversation.municipality))

    def _requeue(self) -> list[Conversation]:
        with self._store.read() as work:
            alone = work.queue.left_alone()
        return [found for one in alone if (found := self._leave(one))]

    def _leave(self, conversation: str) -> Conversation | None:
        with self._store.write() as work:
            try:
                found = work.conversations.lock(conversation)
            except ConversationNotFoundError:
                return None
            return found if _left(work, found) else None


def _left(work: Work, conversation: Conversation) -> bool:
    if conversation.held_by is None:
        return False
    if not leave_alone(work.queue, conversation.id, conversation.held_by, datetime.now(UTC)):
        return False
    tongue = tongue_in(conversation)
    notice = Draft(Sender.SYSTEM, LEFT.said_in(tongue), kind=Kind.NOTICE, data=spoken(tongue))
    work.conversations.append(conversation, [notice])
    return True
