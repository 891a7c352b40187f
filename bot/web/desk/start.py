"""Where whoever signs in begins."""

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.rights import Right
from bot.store.people import DeskSession
from bot.web.desk.queue import desk_page, show_queue


async def show_start(request: Request, session: DeskSession) -> Response:
    """The queue, or for those who have no part in it a page that says what there is for them."""
    if session.user.access.may(Right.QUEUE):
        return await show_queue(request, session)
    return await desk_page(request, session, "start.html")
