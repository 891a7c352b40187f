"""A booking by its three words. Always POST, so that codes stay out of logs and histories."""

from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.casework.bookings import Booking
from bot.conversation.talks import Talks
from bot.conversation.wording import booking_data
from bot.language.danish import spoken_time
from bot.web.bodies import BookingCode, BookingMove, read_body
from bot.web.chat_api import TOO_MANY
from bot.web.security import address_of

AnyCode = TypeVar("AnyCode", bound=BookingCode)


async def find_booking(request: Request) -> Response:
    """POST /api/bookings/find."""
    body = await _limited(request, BookingCode)
    return JSONResponse(booking_json(await _talks(request).find(body.code)))


async def move_booking(request: Request) -> Response:
    """POST /api/bookings/move."""
    body = await _limited(request, BookingMove)
    return JSONResponse(booking_json(await _talks(request).move(body.code, body.starts_at)))


async def cancel_booking(request: Request) -> Response:
    """POST /api/bookings/cancel."""
    body = await _limited(request, BookingCode)
    return JSONResponse(booking_json(await _talks(request).cancel(body.code)))


def booking_json(booking: Booking) -> dict[str, Any]:
    """The booking of the contract, with its time in Danish words beside."""
    return booking_data(booking) | {"spoken": spoken_time(booking.starts_at)}


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks


async def _limited(request: Request, kind: type[AnyCode]) -> AnyCode:
    if not request.app.state.limits.codes.hit(address_of(request)):
        raise TOO_MANY
    return await read_body(request, kind)


booking_api_routes: list[BaseRoute] = [
    Route("/api/bookings/find", find_booking, methods=["POST"]),
    Route("/api/bookings/move", move_booking, methods=["POST"]),
    Route("/api/bookings/cancel", cancel_booking, methods=["POST"]),
]
