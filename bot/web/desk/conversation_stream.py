"""What is new in a conversation, as pieces of its page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio.to_thread import run_sync
from sse_starlette import ServerSentEvent

from bot.casework.conversations import Conversation, ConversationNotFoundError, Message
from bot.conversation.desk import DeskConversations
from bot.conversation.notices import Notices
from bot.store.people import DeskSession
from bot.store.store import Store
from bot.web.desk.conversation_state import ConversationState, look_at_state
from bot.web.desk.message_view import message_views
from bot.web.desk.rendering import piece
from bot.web.desk.streams import OVER

# Another web process may have something new without our hearing of it.
POLL_SECONDS = 1.0
ERASED = ServerSentEvent("erased", event=OVER)


@dataclass(frozen=True)
class Watch:
    """Somebody with a conversation before them."""

    desk: DeskConversations
    store: Store
    notices: Notices
    session: DeskSession
    conversation: str

    async def note(self, action: str = "follow") -> None:
        """Notes in the audit log that somebody follows the conversation, or reads its plan."""
        await run_sync(self._note, action)

    async def newer(self, after: int) -> tuple[Conversation, list[Message]]:
        """Raises ConversationNotFoundError."""
        return await self.desk.newer(self.session.user, self.conversation, after)

    async def state(self, found: Conversation) -> ConversationState:
        return await look_at_state(self.store, self.session.user, found)

    def _note(self, action: str) -> None:
        with self.store.write() as work:
            work.people.note(self.session.user, action, self.conversation)

    def state_piece(self, state: ConversationState) -> str:
        return piece("conversation_state_news.html", state=state, session=self.session)


async def conversation_events(watch: Watch, after: int) -> AsyncIterator[ServerSentEvent | None]:
    """A message an event, numbered by its sequence; beside them the state when it changes.

    `holder` events tell whether the reader has the conversation, `writer` what the one who writes is called, `over`
    that it was erased. None: nothing new.
    """
    shown: ConversationState | None = None
    async for _ in watch.notices.changes(watch.conversation, poll=POLL_SECONDS):
        try:
            found, messages = await watch.newer(after)
            views = message_views(messages, found.writer, datetime.now(UTC))
        except ConversationNotFoundError:
            yield ERASED
            return
        for view in views:
            after = view.sequence
            yield ServerSentEvent(piece("message.html", message=view), id=str(view.sequence))
        state = await watch.state(found)
        if state != shown:
            if state.plan and not (shown and shown.plan):
                await watch.note("read_plan")
            yield ServerSentEvent(watch.state_piece(state))
            yield ServerSentEvent("mine" if state.mine else "not-mine", event="holder")
            # Often it is told only by the first messages, which are on the page by then.
            yield ServerSentEvent(state.writer, event="writer")
            shown = state
        yield None


async def news(watch: Watch, after: int) -> str:
    """The messages newer than `after` and the state, as one piece of the page."""
    found, messages = await watch.newer(after)
    if messages:
        await watch.note()
    state = await watch.state(found)
    if messages and state.plan:
        await watch.note("read_plan")
    written = [piece("message.html", message=view) for view in message_views(messages, found.writer, datetime.now(UTC))]
    return "\n".join([*written, watch.state_piece(state)])
