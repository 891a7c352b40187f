"""The queue: who waits for a human, whom I talk with, and whom my colleagues talk with."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sse_starlette import ServerSentEvent
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.casework.conversations import Conversation, Writer
from bot.casework.rights import Right
from bot.conversation.desk import DeskConversations
from bot.conversation.desk_queue import Needing
from bot.conversation.notices import Notices, queue_topic
from bot.conversation.sentences import tongue_in
from bot.store.people import DeskSession
from bot.web.desk.own_view import own_view
from bot.web.desk.queue_view import dangers_told, queue_view
from bot.web.desk.rendering import page, piece
from bot.web.desk.sessions import token_of
from bot.web.desk.streams import stream, while_signed_in
from bot.web.plain.whom import NUMBER

POLL_SECONDS = 2.0
# At most so often: in a busy hour something is told many times a second, and each open page would look each time.
QUIET_SECONDS = 1.0
# So many of those who wait at first, and so many more at each press; beyond the most a page would be slow to draw.
SHOWN, MOST_SHOWN = 50, 500


async def show_queue(request: Request, session: DeskSession) -> Response:
    """The first page of the desk. `?shown=100` shows more of the list than the first."""
    shown = _shown(request)
    view = await _look(request.app.state.desk, session, shown)
    return page(request, "queue.html", **view, more="" if shown == SHOWN else f"?shown={shown}")


async def desk_page(request: Request, session: DeskSession, template: str, **view: Any) -> Response:
    """Any other page, with the number of those who wait in its title where the reader may know it."""
    if not session.user.access.may(Right.QUEUE):
        return page(request, template, **view)
    here = request.path_params.get("id", "")
    told = _told(await request.app.state.desk.needing(session.user), here, shown=template == "conversation.html")
    return page(request, template, **told, **view)


async def show_needing(request: Request, session: DeskSession) -> Response:
    """How many wait and who is in danger, for the title and the alarm of pages that hear no stream of the queue."""
    told = _told(await request.app.state.desk.needing(session.user), request.query_params.get("here", ""))
    return HTMLResponse(piece("needing_news.html", **told))


async def show_queue_list(request: Request, session: DeskSession) -> Response:
    """The list alone, for pages that hear no stream."""
    return HTMLResponse(_list(await _look(request.app.state.desk, session, _shown(request))))


async def queue_as_json(request: Request, session: DeskSession) -> Response:
    """The queue for programs: those who wait and those who are held; with `shown` so many of each."""
    most = _shown(request) if "shown" in request.query_params else None
    conversations = await request.app.state.desk.queue(session.user, most)
    return JSONResponse({"conversations": [_as_json(one) for one in conversations]})


async def stream_queue(request: Request, session: DeskSession) -> Response:
    """The list anew, each time it looks different."""
    state = request.app.state
    still_there = partial(state.open_pages.session, token_of(request))
    events = queue_events(state.desk, state.notices, session, _shown(request))
    return stream(while_signed_in(events, session, still_there))


async def queue_events(
    desk: DeskConversations, notices: Notices, session: DeskSession, shown: int = SHOWN
) -> AsyncIterator[ServerSentEvent | None]:
    """The list whenever it changed, once a second at most; None when it was looked at and had not."""
    last = ""
    async for _ in notices.changes(queue_topic(session.user.municipality), poll=POLL_SECONDS - QUIET_SECONDS):
        fresh = _list(await _look(desk, session, shown))
        yield ServerSentEvent(data=fresh) if fresh != last else None
        last = fresh
        await asyncio.sleep(QUIET_SECONDS)


async def _look(desk: DeskConversations, session: DeskSession, shown: int) -> dict[str, Any]:
    # One more than is shown, so that it is known who comes next.
    queue = await desk.look(session.user, shown + 1)
    following = min(shown + SHOWN, MOST_SHOWN) if shown < MOST_SHOWN else None
    view = queue_view(queue, shown, following, datetime.now(UTC))
    return {"queue": view, "session": session, **_told(queue.needing)}


def _told(needing: Needing, here: str = "", *, shown: bool = False) -> dict[str, Any]:
    own = own_view(needing, datetime.now(UTC), here, shown=shown)
    return {"waiting_count": needing.count, "dangers": dangers_told(needing), "own": own}


def _list(view: dict[str, Any]) -> str:
    return piece("queue_news.html", **view)


def _shown(request: Request) -> int:
    wanted = request.query_params.get("shown", "")
    number = int(wanted) if NUMBER.fullmatch(wanted) else SHOWN
    return min(max(number, SHOWN), MOST_SHOWN)


def _as_json(conversation: Conversation) -> dict[str, object]:
    since = conversation.waiting_since
    return {
        "id": conversation.id,
        "holder": conversation.holder.value,
        "danger": {"level": conversation.danger.level, "kinds": list(conversation.danger.kinds)},
        "waiting_since": since.isoformat() if since else None,
        "language": tongue_in(conversation).value,
        "writer": (conversation.writer or Writer.YOUNG).value,
        "says_safe": conversation.safe_said_at.isoformat() if conversation.safe_said_at else None,
    }
