"""That a caseworker types, told to the young person whose conversation they hold: never what."""

from starlette.requests import Request
from starlette.responses import Response

from bot.conversation.signs import SignsBetween
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.limits import count_sign


async def types(request: Request, session: DeskSession) -> Response:
    """POST, without a word of it. Raises ConversationNotFoundError, NotHolderError, Problem 429."""
    count_sign(request, f"desk:{session.user.id}:{id_of(request)}")
    signs: SignsBetween = request.app.state.signs
    await signs.types(session.user, id_of(request))
    return Response(status_code=204)
