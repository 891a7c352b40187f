"""Server-sent events of the desk: they end with the session they were opened in."""

from collections.abc import AsyncIterator, Callable
from time import monotonic

from anyio.to_thread import run_sync
from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.store.people import DeskSession

# A page that hears nothing for longer than this asks by itself; see static/desk/live.js.
PING_SECONDS = 15
SESSION_LOOK_SECONDS = 15
# After it the page stops listening; the data says why.
OVER = "over"
SIGNED_OUT = ServerSentEvent("signed-out", event=OVER)

FindSession = Callable[[], DeskSession | None]


async def while_signed_in(
    events: AsyncIterator[ServerSentEvent | None], find_session: FindSession, look_every: float = SESSION_LOOK_SECONDS
) -> AsyncIterator[ServerSentEvent]:
    """Passes events on until the session is gone, and then says so. None means: nothing new, but still there."""
    looked = monotonic()
    async for event in events:
        if monotonic() - looked >= look_every:
            if await run_sync(find_session) is None:
                yield SIGNED_OUT
                return
            looked = monotonic()
        if event is not None:
            yield event


def stream(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """The response; pings are named events, so that the page hears them too."""
    return EventSourceResponse(
        events, ping=PING_SECONDS, ping_message_factory=lambda: ServerSentEvent(event="ping", data="")
    )
