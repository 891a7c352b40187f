"""A boligagent's own talks, for the calendar they already use."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.conversation.feeds import read_feed
from bot.web.limits import TOO_MANY
from bot.web.plain.around import CALENDAR
from bot.web.problems import NOT_FOUND
from bot.web.security import address_of


async def feed(request: Request) -> Response:
    """GET /kalender/{secret}.ics: whoever has the address reads it, until it is closed at the desk."""
    state, address = request.app.state, address_of(request)
    if not state.limits.wrong_codes.allows(address):
        raise TOO_MANY
    secret = request.path_params["secret"]
    read = await run_sync(read_feed, state.store, state.municipalities, secret, datetime.now(UTC))
    if read is None:
        state.limits.wrong_codes.hit(address)
        raise NOT_FOUND
    return Response(read, media_type=CALENDAR)


feed_routes: list[BaseRoute] = [Route("/kalender/{secret}.ics", feed)]
