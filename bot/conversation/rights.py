"""What a young person asks and decides about their conversation: who read it, what is shared, all of it, its end."""

from collections.abc import Mapping
from datetime import UTC, datetime

from anyio.to_thread import run_sync

from bot.casework.consent import Shared
from bot.casework.conversations import Holder
from bot.casework.readers import Reading, readings
from bot.conversation.desk_work import notice
from bot.conversation.export import Export, export
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import GONE
from bot.conversation.sharing import Part, parts, share, unshare
from bot.conversation.tally import count_left
from bot.store.store import Store
from bot.store.whose import of_conversation


class Rights:
    """Every method raises ConversationNotFoundError. Lives as long as the web process."""

    def __init__(self, store: Store, notices: Notices) -> None:
        self._store = store
        self._notices = notices

    async def readers(self, conversation: str) -> list[Reading]:
        """Who at the desk has read it, the newest first."""
        return await run_sync(self._readers, conversation)

    async def consent(self, conversation: str) -> dict[Shared, Part]:
        """What is shared."""
        return await run_sync(self._consent, conversation)

    async def decide(self, conversation: str, changes: Mapping[Shared, bool]) -> dict[Shared, Part]:
        """Shares parts or takes them back, all or none, and tells what is shared then. Raises NothingToShareError."""
        decided = await run_sync(self._decide, conversation, changes)
        self._notices.tell(conversation)
        return decided

    async def export(self, conversation: str) -> Export:
        """All that is stored."""
        return await run_sync(self._export, conversation)

    async def leave(self, conversation: str) -> None:
        """Ends the young person's session: no token opens the conversation any more, and the desk is told."""
        municipality = await run_sync(self._leave, conversation)
        self._notices.tell(conversation, queue_topic(municipality))

    def _readers(self, conversation: str) -> list[Reading]:
        with self._store.read(of_conversation(conversation)) as work:
            return readings(work.readers.of(conversation))

    def _consent(self, conversation: str) -> dict[Shared, Part]:
        with self._store.read(of_conversation(conversation)) as work:
            return parts(work, work.conversations.get(conversation))

    def _decide(self, conversation: str, changes: Mapping[Shared, bool]) -> dict[Shared, Part]:
        with self._store.write(of_conversation(conversation)) as work:
            found, now = work.conversations.lock(conversation), datetime.now(UTC)
            for part, given in changes.items():
                (share if given else unshare)(work, found, part, now)
            return parts(work, found)

    def _export(self, conversation: str) -> Export:
        with self._store.read(of_conversation(conversation)) as work:
            return export(work, work.conversations.get(conversation))

    def _leave(self, conversation: str) -> str:
        with self._store.write(of_conversation(conversation)) as work:
            found = work.conversations.lock(conversation)
            work.conversations.end_session(conversation)
            # Nobody can come back to an answer here.
            work.nudges.forget(conversation)
            count_left(work, found, datetime.now(UTC))
            if found.holder is not Holder.BOT:
                notice(work, found, GONE)
            return found.municipality
