"""What a caseworker's page tells of the conversation they hold: that they type, never what, and how far they read."""

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.signs import NoSuchMessageError
from bot.conversation.signs import SignsBetween
from bot.store.people import DeskSession
from bot.web.bodies import WRONG_FIELDS
from bot.web.desk.conversation import id_of
from bot.web.desk.fields import read_fields
from bot.web.limits import count_sign
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

BAD_SEEN = Problem(422, "invalid_seen", WRONG_FIELDS["seen"])
BAD_AFTER = Problem(422, "invalid_after", WRONG_FIELDS["after"])
NO_NUMBER = -1


async def types(request: Request, session: DeskSession) -> Response:
    """POST {"after"?}, without a word of what is typed; the number of the newest message on the page.

    Raises ConversationNotFoundError, NotHolderError, Problem.
    """
    _count(request, session)
    after = await _number(request, "after")
    try:
        await _signs(request).types(session.user, id_of(request), after)
    except NoSuchMessageError:
        raise BAD_AFTER from None
    return Response(status_code=204)


async def looks(request: Request, session: DeskSession) -> Response:
    """POST {"seen"}: the number of the newest message on a page that is looked at.

    Raises ConversationNotFoundError, NotHolderError, Problem.
    """
    _count(request, session)
    seen = await _number(request, "seen")
    try:
        await _signs(request).looks(session.user, id_of(request), seen or 0)
    except NoSuchMessageError:
        raise BAD_SEEN from None
    return Response(status_code=204)


async def _number(request: Request, field: str) -> int | None:
    """None where it is left out, NO_NUMBER for what is none: that is told to nobody else than the holder."""
    given = (await read_fields(request)).get(field)
    if given is None:
        return None
    return int(given) if NUMBER.fullmatch(given) else NO_NUMBER


def _count(request: Request, session: DeskSession) -> None:
    count_sign(request, f"desk:{session.user.id}:{id_of(request)}")


def _signs(request: Request) -> SignsBetween:
    signs: SignsBetween = request.app.state.signs
    return signs
