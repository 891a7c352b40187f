"""A booking by its three words: seen, moved, cancelled. The words travel in forms, never in an address."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import (
    AgentNotOfferedError,
    Booking,
    BookingNotFoundError,
    TimeNotOfferedError,
    TimeTakenError,
)
from bot.casework.choosing import name_of_chosen
from bot.casework.codes import WORDS_IN_CODE, words_of
from bot.conversation.sentences import UNREMINDED
from bot.conversation.talks import Talks
from bot.web.booking_form import refusal
from bot.web.limits import code_try
from bot.web.plain.booking_view import view_of
from bot.web.plain.page import Endpoint, page, plain_page, read_form, towns
from bot.web.plain.reminder_view import reminder_view
from bot.web.plain.times import days, read_time
from bot.web.plain.whom import NOBODY, read_agent, whom_view
from bot.web.problems import PROBLEMS

NOT_THREE_WORDS = "Skriv de tre ord, du fik."
NO_TIME = "Vælg en ny tid."
MOVED = "Din tid er flyttet."
CANCELLED = "Din tid er aflyst."
CALENDAR_AGAIN = "Har du lagt tiden i din kalender, så læg den nye ind."


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
async def move(request: Request, booking: Booking, given: Mapping[str, str]) -> Response:
    """POST /booking/flyt: first offers the free times, of one agent or of all, then moves to the one chosen."""
    if not view_of(booking).open:
        return await show_booking(request, booking)
    chosen = _whom(request, booking, given)
    if "valgt" not in given:
        return await _offer(request, booking, chosen)
    wanted = read_time(given.get("tid", ""))
    if wanted is None:
        return await _offer(request, booking, chosen, {"tid": NO_TIME}, 422)
    try:
        moved = await _talks(request).move(booking.code, wanted, chosen)
    except (TimeTakenError, TimeNotOfferedError) as error:
        return await _offer(request, booking, chosen, *refusal(error), wanted)
    unreminded = [UNREMINDED.danish] if moved.unreminded else []
    return await show_booking(request, moved.booking, MOVED, notes=[*unreminded, CALENDAR_AGAIN])


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
        done=done,
        **{"to": "", "along": booking.along, "language": ""} | dict(given or {}),
    )


def _ask(request: Request, words: str = "", error: str = "", status: int = 200) -> Response:
    errors = {"ord": error} if error else {}
    return page(request, "booking_ask.html", status=status, words=words, errors=errors)


async def _offer(
    request: Request,
    booking: Booking,
    chosen: int | None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    wanted: datetime | None = None,
) -> Response:
    talks = _talks(request)
    choice = await talks.offer(booking.municipality, booking.way, chosen, booking)
    may_choose = towns(request)[booking.municipality].choose_agent
    whom = whom_view(choice, may_choose=may_choose)
    shown = view_of(booking, name_of_chosen(booking, choice.names) if may_choose else "")
    view = {"booking": shown, "days": days(choice.free, wanted), "whom": whom, "errors": errors or {}}
    return page(request, "booking_move.html", status=status, **view)


def _whom(request: Request, booking: Booking, given: Mapping[str, str]) -> int | None:
    """Whom the form says, or else the one chosen before. In a town without a choice nobody else can be said."""
    try:
        return _talks(request).may_be_with(booking, read_agent(given["hos"]) if "hos" in given else booking.chosen)
    except AgentNotOfferedError:
        return NOBODY


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks
