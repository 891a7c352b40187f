"""What a page of the chat tells while a human has the conversation: that somebody types, and what is on the screen."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.casework.signs import Told
from bot.conversation.signs import SignsBetween
from bot.web.bodies import NewSigns, read_body
from bot.web.chat_api import authorized
from bot.web.limits import count_sign


async def post_signs(request: Request) -> Response:
    """POST /api/conversations/{id}/signs."""
    conversation = await authorized(request)
    count_sign(request, conversation)
    body = await read_body(request, NewSigns)
    signs: SignsBetween = request.app.state.signs
    await signs.of_young(conversation, Told(body.typing, body.seen, body.after))
    return Response(status_code=204)


signs_api_routes: list[BaseRoute] = [Route("/api/conversations/{id}/signs", post_signs, methods=["POST"])]
