"""A booking by its three words. Always POST, so that codes stay out of logs and histories."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.casework.bookings import Booking
from bot.conversation.talks import Talks
from bot.conversation.wording import booking_data
from bot.language.danish import spoken_time
from bot.web.bodies import BookingCode, BookingMove, read_body
from bot.web.limits import code_try


async def find_booking(request: Request) -> Response:
    """POST /api/bookings/find."""
    async with code_try(request):
        body = await read_body(request, BookingCode)
        return JSONResponse(booking_json(await _talks(request).find(body.code)))


async def move_booking(request: Request) -> Response:
    """POST /api/bookings/move."""
    async with code_try(request):
        body = await read_body(request, BookingMove)
        moved = await _talks(request).move(body.code, body.starts_at)
        return JSONResponse(booking_json(moved.booking))


async def cancel_booking(request: Request) -> Response:
    """POST /api/bookings/cancel."""
    async with code_try(request):
        body = await read_body(request, BookingCode)
        return JSONResponse(booking_json(await _talks(request).cancel(body.code)))


def booking_json(booking: Booking) -> dict[str, Any]:
    """The booking of the contract, with its time in Danish words beside."""
    spoken = {"about": booking.about.value, "spoken": spoken_time(booking.starts_at)}
    return {"code": booking.code} | booking_data(booking) | spoken


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks


booking_api_routes: list[BaseRoute] = [
    Route("/api/bookings/find", find_booking, methods=["POST"]),
    Route("/api/bookings/move", move_booking, methods=["POST"]),
    Route("/api/bookings/cancel", cancel_booking, methods=["POST"]),
]
