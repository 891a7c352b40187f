"""What is new in a conversation, as pieces of its page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sse_starlette import ServerSentEvent

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.readers import FOLLOW, READ
from bot.conversation.desk import DeskConversations
from bot.conversation.disclosure import Disclosed
from bot.conversation.notices import Notices
from bot.store.people import DeskSession
from bot.web.desk.conversation_state import ConversationState, state_of
from bot.web.desk.message_view import MessageView, message_views
from bot.web.desk.rendering import piece
from bot.web.desk.streams import OVER

# Another web process may have something new without our hearing of it.
POLL_SECONDS = 1.0
ERASED = ServerSentEvent("erased", event=OVER)


@dataclass(frozen=True)
class Watch:
    """Somebody with a conversation before them. `shared` is what could be read when the page was made."""

    desk: DeskConversations
    notices: Notices
    session: DeskSession
    conversation: str
    shared: str | None = None

    async def note(self, seen: Disclosed) -> None:
        """Notes in the audit log what is read by following this; a chat is followed."""
        actions = [FOLLOW if action == READ else action for action in seen.reads()]
        await self.desk.note(self.session.user, self.conversation, actions)

    async def newer(self, after: int) -> Disclosed:
        """Raises ConversationNotFoundError."""
        return await self.desk.newer(self.session.user, self.conversation, after)

    async def whole(self) -> tuple[str, Disclosed]:
        """All messages anew, for a page that shows others than may be read now; noted as read."""
        seen = await self.desk.read(self.session.user, self.conversation)
        return piece("message_list_news.html", state=self.state(seen), messages=_views(seen)), seen

    def state(self, seen: Disclosed) -> ConversationState:
        return state_of(self.session.user, seen)

    def state_piece(self, state: ConversationState) -> str:
        return piece("conversation_state_news.html", state=state, session=self.session)


async def conversation_events(
    watch: Watch, after: int, *, noted: bool = False
) -> AsyncIterator[ServerSentEvent | None]:
    """A message an event, numbered by its sequence; beside them the state when it changes.

    All messages come anew when others may be read than before. `holder` events tell whether the reader has the
    conversation, `writer` what the one who writes is called, `over` that it was erased. None: nothing new. `noted`: the
    audit log tells already that the messages are read.
    """
    shown: ConversationState | None = None
    shared = watch.shared
    async for _ in watch.notices.changes(watch.conversation, poll=POLL_SECONDS):
        try:
            seen = await watch.newer(after)
            state = watch.state(seen)
            if shared is not None and state.shared != shared:
                listed, seen = await watch.whole()
                yield ServerSentEvent(listed)
                state, after = watch.state(seen), max([after, *(each.sequence for each in seen.messages)])
            else:
                if seen.messages and not noted:
                    await watch.note(seen)
                    noted = True
                for view in _views(seen):
                    after = view.sequence
                    yield ServerSentEvent(piece("message.html", message=view), id=str(view.sequence))
        except ConversationNotFoundError:
            yield ERASED
            return
        shared = state.shared
        if state != shown:
            if shown and _reads_more(state, shown):
                await watch.note(seen)
            async for event in _state_events(watch, state):
                yield event
            shown = state
        yield None


async def _state_events(watch: Watch, state: ConversationState) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(watch.state_piece(state))
    yield ServerSentEvent("mine" if state.mine else "not-mine", event="holder")
    # Often it is told only by the first messages, which are on the page by then.
    yield ServerSentEvent(state.writer, event="writer")


def _reads_more(state: ConversationState, shown: ConversationState) -> bool:
    return bool(state.contact and not shown.contact)


async def news(watch: Watch, after: int) -> str:
    """The messages newer than `after` and the state, as one piece of the page; all when others may be read by now."""
    seen = await watch.newer(after)
    state = watch.state(seen)
    if watch.shared is not None and state.shared != watch.shared:
        listed, seen = await watch.whole()
        return "\n".join([listed, watch.state_piece(watch.state(seen))])
    if seen.messages:
        await watch.note(seen)
    written = [piece("message.html", message=view) for view in _views(seen)]
    return "\n".join([*written, watch.state_piece(state)])


def _views(seen: Disclosed) -> list[MessageView]:
    return message_views(seen.messages, seen.conversation.writer, datetime.now(UTC))
