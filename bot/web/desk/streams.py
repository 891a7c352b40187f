"""Server-sent events of the desk: they end with the session they were opened in, and when its rights change."""

from collections.abc import AsyncIterator, Callable
from time import monotonic

from anyio.to_thread import run_sync
from sse_starlette import EventSourceResponse, ServerSentEvent

from bot.store.people import DeskSession

# A page that hears nothing for longer than this asks by itself; see static/desk/live.js.
PING_SECONDS = 15
# Whoever is signed out elsewhere, by whichever process, sees nothing more from the next look on.
SESSION_LOOK_SECONDS = 1
# After it the page stops listening; the data says why.
OVER = "over"
SIGNED_OUT = ServerSentEvent("signed-out", event=OVER)
OTHER_RIGHTS = ServerSentEvent("other-rights", event=OVER)

FindSession = Callable[[], DeskSession | None]


async def while_signed_in(
    events: AsyncIterator[ServerSentEvent | None],
    session: DeskSession,
    find_session: FindSession,
    look_every: float = SESSION_LOOK_SECONDS,
) -> AsyncIterator[ServerSentEvent]:
    """Passes events on until the session is gone or may do other things than when they began, and then says so.

    None means: nothing new, but still there.
    """
    looked = monotonic()
    async for event in events:
        if monotonic() - looked >= look_every:
            if over := _over(session, await run_sync(find_session)):
                yield over
                return
            looked = monotonic()
        if event is not None:
            yield event


def _over(session: DeskSession, now: DeskSession | None) -> ServerSentEvent | None:
    if now is None:
        return SIGNED_OUT
    # What it shows, and what can be pressed in it, was made for the rights it began with.
    return None if now.user.access == session.user.access else OTHER_RIGHTS


def stream(events: AsyncIterator[ServerSentEvent]) -> EventSourceResponse:
    """The response; pings are named events, so that the page hears them too."""
    return EventSourceResponse(
        events, ping=PING_SECONDS, ping_message_factory=lambda: ServerSentEvent(event="ping", data="")
    )
