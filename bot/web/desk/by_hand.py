"""A talk that a caseworker books for somebody who called."""

from collections.abc import Mapping
from dataclasses import replace

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import TimeNotOfferedError, TimeTakenError
from bot.conversation.desk_talks import DeskTalks
from bot.conversation.talks import Talks
from bot.store.people import DeskSession
from bot.web.booking_form import NO_PHONE, NO_PLACE, Wanted, asked_of, checked, refusal, wanted_of, way_of
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page
from bot.web.desk.words import WAYS
from bot.web.plain.booking_view import ABOUT, view_of
from bot.web.plain.times import days
from bot.web.plain.whom import whom_view

# Whoever reads it does not ask for their own number or place.
OF_SOMEBODY = {NO_PHONE: "Skriv det nummer, I skal ringe til.", NO_PLACE: "Skriv, hvor I skal mødes."}


async def show_by_hand(request: Request, session: DeskSession) -> Response:
    """GET /desk/bookings/new?maade=…&hos=…: the free times of that way, of one agent or of all, and the fields."""
    return await _form(request, session, _wanted(request, session, request.query_params), {}, 200)


async def book_by_hand(request: Request, session: DeskSession) -> Response:
    """Books, and shows the three words this once, to be read aloud: they belong to whoever called."""
    given = {name: value.strip() for name, value in (await read_fields(request)).items()}
    wanted = _wanted(request, session, given)
    found = checked(wanted)
    if found.errors or wanted.time is None:
        errors = {name: OF_SOMEBODY.get(told, told) for name, told in found.errors.items()}
        return await _form(request, session, wanted, errors, 422)
    try:
        # Nobody else's attempt is answered with somebody's words.
        own = replace(wanted, attempt=f"{session.user.id} {wanted.attempt}")
        booking = await _talks(request).book(wanted.town.slug, asked_of(own, wanted.time, found.contact))
    except (TimeTakenError, TimeNotOfferedError) as error:
        return await _form(request, session, wanted, *refusal(error))
    await run_sync(_desk_talks(request).note_made, session.user, booking)
    return await desk_page(request, session, "booked_by_hand.html", booking=view_of(booking))


async def _form(
    request: Request, session: DeskSession, wanted: Wanted, errors: Mapping[str, str], status: int
) -> Response:
    choice = await _talks(request).offer(wanted.town.slug, wanted.way, wanted.chosen)
    offered, whom = days(choice.free, wanted.time), whom_view(choice, may_choose=True, whole_names=True)
    view = {"wanted": wanted, "errors": errors, "days": offered, "ways": WAYS, "abouts": ABOUT, "whom": whom}
    return await desk_page(request, session, "book_by_hand.html", status=status, **view)


def _wanted(request: Request, session: DeskSession, given: Mapping[str, str]) -> Wanted:
    town = request.app.state.municipalities[session.user.municipality]
    way = way_of(town, given.get("maade", "")) or next(iter(town.places))
    # Caseworkers know each other, whatever young people are shown.
    return wanted_of(town, way, given, may_choose=True)


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks


def _desk_talks(request: Request) -> DeskTalks:
    talks: DeskTalks = request.app.state.desk_talks
    return talks
