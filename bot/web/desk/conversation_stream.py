"""What is new in a conversation, as pieces of its page."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sse_starlette import ServerSentEvent

from bot.casework.conversations import ConversationNotFoundError
from bot.casework.notes import LONGEST_NOTE
from bot.casework.presence import Patience
from bot.casework.readers import FOLLOW, READ
from bot.casework.signs import NO_SIGNS, Signs
from bot.conversation.desk import DeskConversations
from bot.conversation.disclosure import Disclosed
from bot.conversation.notices import Notices
from bot.store.people import DeskSession
from bot.web.desk.conversation_state import ConversationState, state_of
from bot.web.desk.message_view import MessageView, message_views
from bot.web.desk.overdue import overdue_words
from bot.web.desk.rendering import piece
from bot.web.desk.streams import OVER

# How long it listens at most: another web process may have something new that is not heard here.
POLL_SECONDS = 1.0
# Stands in no number and in no name of a part.
MARK = "~"
ERASED = ServerSentEvent("erased", event=OVER)


@dataclass
class Watch:
    """Somebody with a conversation before them. `shared` is what could be read when their page was last changed.

    `patience`: how long their answer is waited for.
    """

    desk: DeskConversations
    notices: Notices
    session: DeskSession
    conversation: str
    shared: str | None = None
    patience: timedelta = Patience().unanswered
    _noted: set[str] = field(default_factory=set)

    async def note(self, seen: Disclosed) -> None:
        """Notes in the audit log what is read by following this, each once; a chat is followed."""
        reads = {FOLLOW if action == READ else action for action in seen.reads()}
        if fresh := sorted(reads - self._noted):
            await self.desk.note(self.session.user, self.conversation, fresh)
        self._noted |= reads

    async def newer(self, after: int) -> Disclosed:
        """Raises ConversationNotFoundError."""
        return await self.desk.newer(self.session.user, self.conversation, after)

    async def whole(self) -> tuple[str, Disclosed]:
        """All messages anew, for a page that shows others than may be read now; noted as read."""
        seen = await self.desk.read(self.session.user, self.conversation)
        return piece("message_list_news.html", state=self.state(seen), messages=_views(seen)), seen

    def state(self, seen: Disclosed) -> ConversationState:
        return state_of(self.session.user, seen)

    def state_piece(self, state: ConversationState, seen: Disclosed) -> str:
        """The state with the warning, so that a page that comes back is not left with one that holds no more."""
        beside = {"session": self.session, "longest_note": LONGEST_NOTE, "overdue": self.overdue(seen)}
        return piece("conversation_state_news.html", state=state, **beside)

    def overdue(self, seen: Disclosed) -> str:
        """What is said of an answer that is waited for; empty while there is time."""
        return overdue_words(seen.unanswered_since, self.patience, datetime.now(UTC))

    def overdue_piece(self, seen: Disclosed) -> str:
        return piece("overdue_news.html", overdue=self.overdue(seen))

    def signs_piece(self, state: ConversationState, signs: Signs) -> str:
        return piece("signs_news.html", state=state, signs=signs)


async def conversation_events(watch: Watch, after: int) -> AsyncIterator[ServerSentEvent | None]:
    """A message an event, its id told by `seen_mark`; beside them the state when it changes.

    All messages come anew when others may be read than before. `holder` events tell whether the reader has the
    conversation, `writer` what the one who writes is called, `over` that it was erased. Signs come anew also while
    somebody goes on typing, for a page shows none for long. None: nothing new.
    """
    shown: ConversationState | None = None
    signs, overdue = NO_SIGNS, ""
    async for may_be_new in watch.notices.changes(watch.conversation, poll=POLL_SECONDS):
        if not may_be_new:
            yield None
            continue
        try:
            seen = await watch.newer(after)
            await watch.note(seen)
            state = watch.state(seen)
            if watch.shared not in (None, state.shared):
                listed, seen = await watch.whole()
                state, after = watch.state(seen), max([after, *(each.sequence for each in seen.messages)])
                yield ServerSentEvent(listed, id=seen_mark(after, state.shared))
            else:
                for view in _views(seen):
                    after = view.sequence
                    yield ServerSentEvent(piece("message.html", message=view), id=seen_mark(after, state.shared))
        except ConversationNotFoundError:
            yield ERASED
            return
        watch.shared = state.shared
        if state != shown:
            async for event in _state_events(watch, state, seen):
                yield event
            shown, overdue = state, watch.overdue(seen)
        if seen.signs != signs:
            yield ServerSentEvent(watch.signs_piece(state, seen.signs))
            signs = seen.signs
        if watch.overdue(seen) != overdue:
            yield ServerSentEvent(watch.overdue_piece(seen))
            overdue = watch.overdue(seen)
        yield None


def seen_mark(sequence: int, shared: str) -> str:
    """What a page shows, as the id of an event: a browser that comes back tells the last one it had."""
    return f"{sequence}{MARK}{shared}"


async def _state_events(watch: Watch, state: ConversationState, seen: Disclosed) -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(watch.state_piece(state, seen))
    yield ServerSentEvent("mine" if state.mine else "not-mine", event="holder")
    # Often it is told only by the first messages, which are on the page by then.
    yield ServerSentEvent(state.writer, event="writer")


async def news(watch: Watch, after: int) -> str:
    """The messages newer than `after` and the state, as one piece of the page; all when others may be read by now."""
    seen = await watch.newer(after)
    state = watch.state(seen)
    if watch.shared not in (None, state.shared):
        listed, seen = await watch.whole()
        written, state = [listed], watch.state(seen)
    else:
        await watch.note(seen)
        written = [piece("message.html", message=view) for view in _views(seen)]
    return "\n".join([*written, watch.state_piece(state, seen), watch.signs_piece(state, seen.signs)])


def _views(seen: Disclosed) -> list[MessageView]:
    return message_views(seen.messages, seen.conversation.writer, datetime.now(UTC))
