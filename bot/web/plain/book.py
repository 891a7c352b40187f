"""Booking a talk by forms alone."""

from collections.abc import Mapping
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import TimeNotOfferedError, TimeTakenError
from bot.conversation.talks import Talks
from bot.web.booking_form import Wanted, asked_of, checked, refusal, wanted_of, way_of
from bot.web.limits import TOO_MANY
from bot.web.plain.booking_view import ABOUT, WAYS, view_of
from bot.web.plain.page import choose_town, chosen_town, page, plain_page, read_form
from bot.web.plain.reminder_view import reminder_view
from bot.web.plain.times import days
from bot.web.plain.whom import read_agent, whom_view
from bot.web.security import address_of

TITLE = "Book en tid"


@plain_page
async def choose(request: Request) -> Response:
    """GET /book?kommune=…&maade=…&hos=…: asks for what is missing, then offers the times, of one agent or of all."""
    slug = request.query_params.get("kommune", "")
    town = chosen_town(request, slug)
    if town is None:
        return choose_town(request, "/book", TITLE, slug)
    way = way_of(town, request.query_params.get("maade", ""))
    if way is None:
        return page(request, "book_way.html", town=town, ways=WAYS)
    chosen = read_agent(request.query_params.get("hos", "")) if town.choose_agent else None
    return await _form(request, Wanted(town, way, str(uuid4()), chosen=chosen), {}, 200)


@plain_page
async def book(request: Request) -> Response:
    """POST /book: books and shows the three words; what cannot be is said beside its field, and nothing is lost."""
    if not request.app.state.limits.bookings.hit(address_of(request)):
        raise TOO_MANY
    given = await read_form(request)
    slug = given.get("kommune", "")
    town = chosen_town(request, slug)
    if town is None:
        return choose_town(request, "/book", TITLE, slug)
    way = way_of(town, given.get("maade", ""))
    if way is None:
        return page(request, "book_way.html", status=422, town=town, ways=WAYS)
    return await _book(request, wanted_of(town, way, given, may_choose=town.choose_agent))


async def _book(request: Request, wanted: Wanted) -> Response:
    found = checked(wanted)
    if found.errors or wanted.time is None:
        return await _form(request, wanted, found.errors, 422)
    try:
        booking = await _talks(request).book(wanted.town.slug, asked_of(wanted, wanted.time, found.contact))
    except (TimeTakenError, TimeNotOfferedError) as error:
        return await _form(request, wanted, *refusal(error))
    reminder = await reminder_view(request, booking)
    shown = view_of(booking, (await _talks(request).shown(booking)).name)
    return page(request, "booked.html", booking=shown, town=wanted.town, reminder=reminder, errors={}, to="")


async def _form(request: Request, wanted: Wanted, errors: Mapping[str, str], status: int) -> Response:
    choice = await _talks(request).offer(wanted.town.slug, wanted.way, wanted.chosen)
    view = {"wanted": wanted, "errors": errors, "days": days(choice.free, wanted.time), "way_title": WAYS[wanted.way]}
    whom = whom_view(choice, may_choose=wanted.town.choose_agent)
    return page(request, "book.html", status=status, abouts=ABOUT, whom=whom, **view)


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks
