"""A booking by its three words. Always POST, so that codes stay out of logs and histories."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.casework.bookings import Booking, Contact
from bot.conversation.talks import Talks, Target
from bot.conversation.wording import booking_data
from bot.language.danish import spoken_time
from bot.web.bodies import BookingCode, BookingMove, read_body
from bot.web.limits import code_try


async def find_booking(request: Request) -> Response:
    """POST /api/bookings/find."""
    async with code_try(request):
        body = await read_body(request, BookingCode)
        return await _answer(request, await _talks(request).find(body.code))


async def move_booking(request: Request) -> Response:
    """POST /api/bookings/move."""
    async with code_try(request):
        body = await read_body(request, BookingMove)
        booking = await _talks(request).find(body.code)
        if "agent" in body.model_fields_set:
            chosen = _talks(request).may_be_with(booking, body.agent)
        else:
            chosen = await _talks(request).still_chosen(booking)
        contact = Contact(phone=body.phone, meeting_place=body.meeting_place)
        moved = await _talks(request).move(body.code, Target(body.starts_at, chosen, body.way, contact))
        return await _answer(request, moved.booking)


async def cancel_booking(request: Request) -> Response:
    """POST /api/bookings/cancel."""
    async with code_try(request):
        body = await read_body(request, BookingCode)
        return await _answer(request, await _talks(request).cancel(body.code))


async def _answer(request: Request, booking: Booking) -> Response:
    shown = await _talks(request).shown(booking)
    return JSONResponse(booking_json(booking, shown.name, shown.names))


def booking_json(booking: Booking, name: str, names: Mapping[int, str]) -> dict[str, Any]:
    """The booking of the contract, with its time in Danish words beside.

    `name` is what the agent is called who was chosen for it, `names` those who can be; both empty where none is told.
    """
    return (
        {"code": booking.code}
        | booking_data(booking)
        | {"about": booking.about.value, "spoken": spoken_time(booking.starts_at)}
        | {"agent": _agent(booking.agent, name) if name else None, "agents": [_agent(*one) for one in names.items()]}
    )


def _agent(number: int, name: str) -> dict[str, Any]:
    return {"id": number, "name": name}


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks


booking_api_routes: list[BaseRoute] = [
    Route("/api/bookings/find", find_booking, methods=["POST"]),
    Route("/api/bookings/move", move_booking, methods=["POST"]),
    Route("/api/bookings/cancel", cancel_booking, methods=["POST"]),
]
