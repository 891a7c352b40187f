"""A booking by its three words: seen and cancelled. The words travel in forms, never in an address."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import Booking, BookingNotFoundError
from bot.casework.codes import WORDS_IN_CODE, words_of
from bot.conversation.talks import Talks
from bot.web.limits import code_try
from bot.web.plain.booking_view import view_of
from bot.web.plain.page import Endpoint, page, plain_page, read_form, towns
from bot.web.plain.reminder_view import reminder_view
from bot.web.problems import PROBLEMS

NOT_THREE_WORDS = "Skriv de tre ord, du fik."
CANCELLED = "Din tid er aflyst."


Action = Callable[[Request, Booking, Mapping[str, str]], Awaitable[Response]]


def with_words(action: Action) -> Endpoint:
    """Makes a route of what is done with a booking: only the three words lead to it."""

    async def found(request: Request) -> Response:
        given = await read_form(request)
        words = given.get("ord", "")
        if len(words_of(words)) != WORDS_IN_CODE:
            # Whoever typed it sees as much, and it can open nothing: no guess.
            return _ask(request, words, NOT_THREE_WORDS, 422)
        try:
            async with code_try(request):
                booking = await _talks(request).find(words)
        except BookingNotFoundError as error:
            problem = PROBLEMS[type(error)]
            return _ask(request, words, problem.title, problem.status)
        return await action(request, booking, given)

    return plain_page(found)


@plain_page
async def ask(request: Request) -> Response:
    """GET: the field for the three words."""
    return _ask(request)


@with_words
async def show(request: Request, booking: Booking, _given: Mapping[str, str]) -> Response:
    """POST /booking."""
    return await show_booking(request, booking)


@with_words
async def cancel(request: Request, booking: Booking, given: Mapping[str, str]) -> Response:
    """POST /booking/aflys: asks once, then cancels."""
    if not view_of(booking).open:
        return await show_booking(request, booking)
    if given.get("sikker") != "ja":
        return page(request, "booking_cancel.html", booking=view_of(booking))
    return await show_booking(request, await _talks(request).cancel(booking.code), CANCELLED)


async def show_booking(
    request: Request,
    booking: Booking,
    done: str = "",
    errors: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    given: Mapping[str, object] | None = None,
) -> Response:
    """The page of a booking with all that can be done with it.

    `notes` are said below what was `done`. `given` is what a form that failed said: "to", "along" and "language".
    """
    return page(
        request,
        "booking_show.html",
        status=422 if errors else 200,
        errors=errors or {},
        notes=notes,
        reminder=await reminder_view(request, booking),
        booking=view_of(booking, (await _talks(request).shown(booking)).name),
        slug=booking.municipality,
        other_ways=towns(request)[booking.municipality].places.keys() - {booking.way},
        done=done,
        **{"to": "", "along": booking.along, "language": ""} | dict(given or {}),
    )


def _ask(request: Request, words: str = "", error: str = "", status: int = 200) -> Response:
    errors = {"ord": error} if error else {}
    return page(request, "booking_ask.html", status=status, words=words, errors=errors)


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks
