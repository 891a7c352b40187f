"""A boligagent's own talks, for the calendar they already use."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.conversation.feeds import read_feed
from bot.web.plain.around import CALENDAR
from bot.web.problems import NOT_FOUND


async def feed(request: Request) -> Response:
    """GET /kalender/{secret}.ics: whoever has the address reads it, until it is closed at the desk."""
    state, secret = request.app.state, request.path_params["secret"]
    read = await run_sync(read_feed, state.store, state.municipalities, secret, datetime.now(UTC))
    if read is None:
        # Not counted: nobody guesses 32 bytes, and a calendar goes on asking for an address that was closed.
        raise NOT_FOUND
    return Response(read, media_type=CALENDAR)


feed_routes: list[BaseRoute] = [Route("/kalender/{secret}.ics", feed)]
