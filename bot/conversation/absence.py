"""A human who has left or is silent: what they held goes back into the queue, and the bot answers meanwhile."""

from collections.abc import Mapping
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.consent import OPENING_LEVEL
from bot.casework.conversations import Conversation, ConversationNotFoundError
from bot.casework.handoffs import leave_alone, release
from bot.casework.presence import PRESENT_FOR, Patience
from bot.conversation.danger import call_who_is_on_call
from bot.conversation.desk_work import notice
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import LEFT
from bot.conversation.sweeping import sweep
from bot.conversation.tally import count_left_alone
from bot.municipality.towns import Municipality
from bot.store.database import StoreUnreachableError
from bot.store.store import Store, Work
from bot.store.whose import Across, of_conversation

LOOK_SECONDS = 5.0


class Absences:
    """Looks after conversations whose caseworker is there no more. Lives as long as the web process."""

    def __init__(
        self,
        store: Store,
        notices: Notices,
        towns: Mapping[str, Municipality],
        patience: Patience | None = None,
    ) -> None:
        """Without `patience` only those count who are signed in no more, or may not answer any more."""
        self._store = store
        self._notices = notices
        self._towns = towns
        self._patience = patience
        self._blind_until = datetime.min.replace(tzinfo=UTC)

    async def sweep(self) -> None:
        """Looks again and again; runs until it is cancelled.

        After a start, and after the store was away, open pages get the time to show a sign of life.
        """
        self._cannot_see_yet()
        await sweep(self.look, LOOK_SECONDS, "caseworkers who have left")

    async def look(self) -> None:
        """Puts what was left alone back into the queue and says so there. Raises StoreUnreachableError."""
        try:
            left = await run_sync(self.requeue)
        except StoreUnreachableError:
            self._cannot_see_yet()
            raise
        for conversation in left:
            self._notices.tell(conversation.id, queue_topic(conversation.municipality))

    def requeue(self) -> list[Conversation]:
        """The same, without telling who listens here; they are returned."""
        with self._store.read(Across("whoever has left is looked for in every municipality")) as work:
            alone = work.presence.left(datetime.now(UTC), self._patience_now())
        return [found for one in alone if (found := self._leave(one))]

    def _cannot_see_yet(self) -> None:
        self._blind_until = datetime.now(UTC) + PRESENT_FOR

    def _patience_now(self) -> Patience | None:
        return self._patience if datetime.now(UTC) >= self._blind_until else None

    def _leave(self, conversation: str) -> Conversation | None:
        with self._store.write(of_conversation(conversation)) as work:
            try:
                found = work.conversations.lock(conversation)
            except ConversationNotFoundError:
                return None
            # Somebody may have answered, come back or taken it over since they were looked for.
            left = work.presence.left(datetime.now(UTC), self._patience_now(), [conversation])
            return found if left and self._left(work, found) else None

    def _left(self, work: Work, conversation: Conversation) -> bool:
        now, town, holder = datetime.now(UTC), self._towns.get(conversation.municipality), conversation.held_by
        if holder is None:
            return False
        work.looks.forget(conversation.id)
        work.people.note_by_operator(conversation.municipality, "went_back", conversation.id)
        if conversation.danger.level < OPENING_LEVEL and not work.conversations.has_session(conversation.id):
            # Its one has left for good: nobody could read an answer.
            release(work.queue, conversation.id, holder)
            work.handovers.forget(conversation.id)
            return True
        leave_alone(work.queue, conversation.id, holder, now)
        count_left_alone(work, conversation)
        notice(work, conversation, LEFT)
        if town and conversation.danger.level >= OPENING_LEVEL:
            call_who_is_on_call(work, conversation, conversation.danger.level, town, now)
        return True
