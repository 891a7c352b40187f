"""Booking a talk by forms alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import About, Contact, TimeNotOfferedError, TimeTakenError
from bot.casework.free_times import Way
from bot.conversation.talks import Talks
from bot.municipality.towns import Municipality
from bot.web.bodies import WRONG_FIELDS, ContactDetails
from bot.web.limits import TOO_MANY
from bot.web.plain.booking_view import ABOUT, WAYS, view_of
from bot.web.plain.page import choose_town, chosen_town, page, plain_page, read_form
from bot.web.plain.reminder_view import reminder_view
from bot.web.plain.times import days, read_time
from bot.web.problems import PROBLEMS
from bot.web.security import address_of

TITLE = "Book en tid"
NO_TIME = "Vælg en tid."
NO_PHONE = "Skriv dit nummer, så vi kan ringe til dig."
ERROR_FIELDS = {"first_name": "fornavn", "phone": "telefon"}


@dataclass(frozen=True)
class Wanted:
    """What was typed so far, right or wrong. `attempt` tells a form sent twice from two wishes."""

    town: Municipality
    way: Way
    attempt: str
    time: datetime | None = None
    first_name: str = ""
    phone: str = ""
    about: About = About.YOUNG


@dataclass(frozen=True)
class Checked:
    """The contact of a form, and what is wrong by the field it stands in."""

    contact: Contact = field(default_factory=Contact)
    errors: Mapping[str, str] = field(default_factory=dict)


@plain_page
async def choose(request: Request) -> Response:
    """GET /book?kommune=…&maade=…: asks for what is missing, then offers the times."""
    slug = request.query_params.get("kommune", "")
    town = chosen_town(request, slug)
    if town is None:
        return choose_town(request, "/book", TITLE, slug)
    way = _way(town, request.query_params.get("maade", ""))
    if way is None:
        return page(request, "book_way.html", town=town, ways=WAYS)
    return await _form(request, Wanted(town, way, str(uuid4())), {}, 200)


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
    way = _way(town, given.get("maade", ""))
    if way is None:
        return page(request, "book_way.html", status=422, town=town, ways=WAYS)
    return await _book(request, _wanted(town, way, given))


async def _book(request: Request, wanted: Wanted) -> Response:
    checked = _check(wanted)
    if checked.errors or wanted.time is None:
        return await _form(request, wanted, checked.errors, 422)
    try:
        booking = await _talks(request).book(
            wanted.town.slug, wanted.way, wanted.time, checked.contact, attempt=wanted.attempt, about=wanted.about
        )
    except (TimeTakenError, TimeNotOfferedError) as error:
        problem = PROBLEMS[type(error)]
        return await _form(request, wanted, {"tid": problem.title}, problem.status)
    reminder = await reminder_view(request, booking)
    return page(request, "booked.html", booking=view_of(booking), town=wanted.town, reminder=reminder, errors={}, to="")


async def _form(request: Request, wanted: Wanted, errors: Mapping[str, str], status: int) -> Response:
    free = await _talks(request).free(wanted.town.slug, wanted.way)
    view = {"wanted": wanted, "errors": errors, "days": days(free, wanted.time), "way_title": WAYS[wanted.way]}
    return page(request, "book.html", status=status, abouts=ABOUT, **view)


def _wanted(town: Municipality, way: Way, given: Mapping[str, str]) -> Wanted:
    return Wanted(
        town=town,
        way=way,
        attempt=_attempt(given.get("forsoeg", "")),
        time=read_time(given.get("tid", "")),
        first_name=given.get("fornavn", ""),
        phone=given.get("telefon", ""),
        about=_about(given.get("hvem", "")),
    )


def _check(wanted: Wanted) -> Checked:
    errors = {} if wanted.time else {"tid": NO_TIME}
    if wanted.way is Way.PHONE and not wanted.phone:
        errors["telefon"] = NO_PHONE
    filled = {"first_name": wanted.first_name, "phone": wanted.phone if wanted.way is Way.PHONE else ""}
    try:
        details = ContactDetails.model_validate({name: value for name, value in filled.items() if value})
    except ValidationError as error:
        wrong = [str(each["loc"][0]) for each in error.errors(include_input=False, include_url=False)]
        return Checked(errors=errors | {ERROR_FIELDS[name]: WRONG_FIELDS[name] for name in wrong})
    return Checked(Contact(details.first_name, details.phone), errors)


def _way(town: Municipality, given: str) -> Way | None:
    return next((way for way in town.places if way == given), None)


def _about(given: str) -> About:
    return next((about for about in About if about == given), About.YOUNG)


def _attempt(given: str) -> str:
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks
