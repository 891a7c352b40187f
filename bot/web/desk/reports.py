"""The page from which a caseworker reports a concern in the municipality's own channel, after a confirming step."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.reports import NotConfirmedError, ReportNotAllowedError
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.desk.conversation_state import state_of
from bot.web.desk.fields import read_fields
from bot.web.desk.journal import desk_journal
from bot.web.desk.queue import desk_page

NOT_CONFIRMED = "Sæt et kryds, før du går videre."


async def show_report(request: Request, session: DeskSession) -> Response:
    """GET: what to know first, and the box to tick; after it was noted the way to the channel.

    Raises ConversationNotFoundError, ReportNotAllowedError.
    """
    return await _page(request, session, "", 200)


async def note_report(request: Request, session: DeskSession) -> Response:
    """POST {"sikker": "ja"}. Raises ConversationNotFoundError, ReportNotAllowedError."""
    confirmed = "sikker" in await read_fields(request)
    try:
        await desk_journal(request).report(session.user, id_of(request), confirmed=confirmed)
    except NotConfirmedError:
        return await _page(request, session, NOT_CONFIRMED, 422)
    return RedirectResponse(f"/desk/conversations/{quote(id_of(request))}/report?noteret", 303)


async def _page(request: Request, session: DeskSession, error: str, status: int) -> Response:
    seen = await request.app.state.desk.newer(session.user, id_of(request), 0)
    if seen.notes is None:
        raise ReportNotAllowedError
    return await desk_page(
        request,
        session,
        "report.html",
        status=status,
        state=state_of(session.user, seen),
        channel=request.app.state.municipalities[session.user.municipality].reports_at,
        error=error,
        done="noteret" in request.query_params and bool(seen.reports),
    )
