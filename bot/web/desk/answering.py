"""The answer of somebody whose talk we called off, told on the phone: another time, or none."""

from collections.abc import Mapping
from datetime import datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.casework.bookings import Booking, BookingStatus, TimeNotOfferedError, TimeTakenError
from bot.conversation.along_words import in_words
from bot.conversation.desk_talks import DeskTalks
from bot.conversation.talks import Talks
from bot.language.danish import spoken_time
from bot.store.people import DeskSession
from bot.web.booking_form import NO_TIME
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import page_wanted
from bot.web.desk.words import ABOUT, WAYS
from bot.web.plain.times import days, read_time
from bot.web.problems import PROBLEMS


async def show_new_time(request: Request, session: DeskSession) -> Response:
    """GET /desk/bookings/{id}/move: the free times for a talk of that way."""
    return await _offer(request, session, await _called_off(request, session), {}, 200)


async def set_new_time(request: Request, session: DeskSession) -> Response:
    """POST /desk/bookings/{id}/move {"tid"}: the talk is moved, and its person told in their chat."""
    talks, number = _desk_talks(request), request.path_params["id"]
    wanted = read_time((await read_fields(request)).get("tid", ""))
    if wanted is None:
        return await _offer(request, session, await _called_off(request, session), {"tid": NO_TIME}, 422)
    try:
        await talks.move(session.user, number, wanted)
    except (TimeTakenError, TimeNotOfferedError) as error:
        problem = PROBLEMS[type(error)]
        found = await _called_off(request, session)
        return await _offer(request, session, found, {"tid": problem.title}, problem.status, wanted)
    return _done(request, BookingStatus.ACTIVE)


async def give_up(request: Request, session: DeskSession) -> Response:
    """POST /desk/bookings/{id}/cancel: they want no other time."""
    await _desk_talks(request).give_up(session.user, request.path_params["id"])
    return _done(request, BookingStatus.CANCELLED)


async def _called_off(request: Request, session: DeskSession) -> Booking:
    return await run_sync(_desk_talks(request).called_off, session.user, request.path_params["id"])


async def _offer(
    request: Request,
    session: DeskSession,
    booking: Booking,
    errors: Mapping[str, str],
    status: int,
    wanted: datetime | None = None,
) -> Response:
    talks: Talks = request.app.state.talks
    return await desk_page(
        request,
        session,
        "new_time.html",
        status=status,
        id=booking.id,
        time=spoken_time(booking.starts_at),
        about=ABOUT[booking.about],
        way=WAYS[booking.way],
        reach=booking.contact.reach,
        where=booking.where,
        along=in_words(booking.along),
        days=days(await talks.free(booking.municipality, booking.way), wanted),
        errors=errors,
    )


def _done(request: Request, status: BookingStatus) -> Response:
    if page_wanted(request):
        return RedirectResponse("/desk/bookings", 303)
    return JSONResponse({"id": request.path_params["id"], "status": status.value})


def _desk_talks(request: Request) -> DeskTalks:
    talks: DeskTalks = request.app.state.desk_talks
    return talks
