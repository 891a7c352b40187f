"""What a maintainer does with a story: has it checked, and has what was checked put into the data."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.orders import OrderKind
from bot.store.people import DeskSession
from bot.web.desk.fields import read_fields
from bot.web.desk.stories import story_page, talk_of
from bot.web.desk.story_orders import GONE, checked_order, ordered, read_text
from bot.web.problems import Problem, without_trace


async def check_story(request: Request, session: DeskSession) -> Response:
    """POST {"tekst"}: orders its check. Raises Problem; what was typed comes back with what is in the way."""
    return await _order(request, session, OrderKind.STORY_CHECK)


async def add_story(request: Request, session: DeskSession) -> Response:
    """POST {"tekst", "opgave"}: orders that the text which that order found good comes into the data."""
    return await _order(request, session, OrderKind.STORY_ADD)


async def _order(request: Request, session: DeskSession, kind: OrderKind) -> Response:
    talk, fields = await talk_of(request, session), await read_fields(request)
    given = fields.get("tekst", "")
    try:
        text = read_text(given)
        if kind is OrderKind.STORY_ADD:
            await checked_order(request, talk.conversation, fields.get("opgave", ""), text)
        order = await ordered(request, session.user, talk.conversation, kind, text)
    except Problem as problem:
        if problem is GONE:
            raise
        return await story_page(request, session, talk, text=given, error=without_trace(problem))
    return RedirectResponse(f"/desk/stories/{talk.number}?opgave={order}#udfald", 303)
