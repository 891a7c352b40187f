"""What somebody tells on the phone who wants another time, or none: of a talk that stands, or that we called off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.casework.bookings import Booking, BookingStatus, TimeNotOfferedError, TimeTakenError
from bot.conversation.desk_talks import DeskTalks
from bot.conversation.talks import Talks
from bot.language.danish import spoken_time
from bot.store.people import DeskSession
from bot.web.booking_form import NO_TIME, refusal
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import page_wanted
from bot.web.desk.words import ABOUT, WAYS, wishes
from bot.web.plain.times import days, read_time
from bot.web.plain.whom import NUMBER, read_agent, whom_view


@dataclass(frozen=True)
class _Wanted:
    """Whom they want to talk with, and when."""

    chosen: int | None
    time: datetime | None = None


async def show_new_time(request: Request, session: DeskSession) -> Response:
    """GET /desk/bookings/{id}/move?hos=…: the free times for a talk of that way, of who was chosen or of all."""
    found, asked = await _talk(request, session), request.query_params
    chosen = read_agent(asked["hos"]) if "hos" in asked else found.chosen
    return await _offer(request, session, found, _Wanted(chosen), {}, 200)


async def set_new_time(request: Request, session: DeskSession) -> Response:
    """POST /desk/bookings/{id}/move {"tid", "hos", "udgave"}: the talk is moved, and its person told in their chat."""
    fields, number = await read_fields(request), request.path_params["id"]
    wanted = _Wanted(read_agent(fields.get("hos", "")), read_time(fields.get("tid", "")))
    if wanted.time is None:
        return await _offer(request, session, await _talk(request, session), wanted, {"tid": NO_TIME}, 422)
    try:
        await _desk_talks(request).move(session.user, number, wanted.time, wanted.chosen, _seen(fields))
    except (TimeTakenError, TimeNotOfferedError) as error:
        return await _offer(request, session, await _talk(request, session), wanted, *refusal(error))
    return _done(request, BookingStatus.ACTIVE)


async def give_up(request: Request, session: DeskSession) -> Response:
    """POST /desk/bookings/{id}/cancel {"udgave"}: they want no time, or no other."""
    seen = _seen(await read_fields(request))
    await _desk_talks(request).give_up(session.user, request.path_params["id"], seen)
    return _done(request, BookingStatus.CANCELLED)


async def _talk(request: Request, session: DeskSession) -> Booking:
    return await run_sync(_desk_talks(request).open_talk, session.user, request.path_params["id"])


def _seen(fields: Mapping[str, str]) -> int | None:
    """The revision of the talk that the form was made for."""
    given = fields.get("udgave", "")
    return int(given) if NUMBER.fullmatch(given) else None


async def _offer(
    request: Request,
    session: DeskSession,
    booking: Booking,
    wanted: _Wanted,
    errors: Mapping[str, str],
    status: int,
) -> Response:
    talks: Talks = request.app.state.talks
    choice = await talks.offer(booking.municipality, booking.way, wanted.chosen, booking)
    return await desk_page(
        request,
        session,
        "new_time.html",
        status=status,
        id=booking.id,
        seen=booking.revision,
        called_off=booking.status is BookingStatus.CALLED_OFF,
        agent=booking.agent,
        time=spoken_time(booking.starts_at),
        about=ABOUT[booking.about],
        way=WAYS[booking.way],
        reach=booking.contact.reach,
        has_phone=bool(booking.contact.phone),
        where=booking.where,
        in_chat=bool(booking.conversation),
        along=wishes(booking, await run_sync(_desk_talks(request).names, session.user)),
        days=days(choice.free, wanted.time),
        whom=whom_view(choice, may_choose=True, whole_names=True),
        errors=errors,
    )


def _done(request: Request, status: BookingStatus) -> Response:
    if page_wanted(request):
        return RedirectResponse("/desk/bookings", 303)
    return JSONResponse({"id": request.path_params["id"], "status": status.value})


def _desk_talks(request: Request) -> DeskTalks:
    talks: DeskTalks = request.app.state.desk_talks
    return talks
