"""A booking moved by its three words: to another time, to another way of talking, or to both at once."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.bookings import AgentNotOfferedError, Booking, TimeNotOfferedError, TimeTakenError
from bot.casework.choosing import name_of_chosen
from bot.conversation.moving import only_the_way
from bot.conversation.sentences import UNREMINDED
from bot.conversation.talks import Talks, Target
from bot.web.booking_form import Wanted, checked, refusal, way_of
from bot.web.plain.booking_view import WAYS, view_of
from bot.web.plain.own_booking import show_booking, with_words
from bot.web.plain.page import page, towns
from bot.web.plain.times import days, read_time
from bot.web.plain.whom import NOBODY, read_agent, whom_view

NO_TIME = "Vælg en ny tid."
MOVED = "Din tid er flyttet."
CHANGED = "Din tid er ændret."
CALENDAR_AGAIN = "Har du lagt tiden i din kalender, så læg den nye ind."


@with_words
async def move(request: Request, booking: Booking, given: Mapping[str, str]) -> Response:
    """POST /booking/flyt: first offers the free times of a way, of one agent or of all, then moves to one of them."""
    if not view_of(booking).open:
        return await show_booking(request, booking)
    wanted = _wanted(request, booking, given)
    if "valgt" not in given:
        return await _offer(request, booking, wanted)
    found = checked(wanted, booking.contact)
    if found.errors or wanted.time is None:
        errors = {name: NO_TIME if name == "tid" else told for name, told in found.errors.items()}
        return await _offer(request, booking, wanted, errors, 422)
    way = wanted.way if wanted.way is not booking.way else None
    try:
        moved = await _talks(request).move(booking.code, Target(wanted.time, wanted.chosen, way, found.contact))
    except (TimeTakenError, TimeNotOfferedError) as error:
        return await _offer(request, booking, wanted, *refusal(error))
    unreminded = [UNREMINDED.danish] if moved.unreminded else []
    return await _moved(request, booking, moved.booking, unreminded)


async def _moved(request: Request, before: Booking, booking: Booking, notes: Sequence[str]) -> Response:
    done = CHANGED if only_the_way(before, booking) else MOVED
    # In the calendar stands when it is and nothing else.
    calendar = [CALENDAR_AGAIN] if (booking.starts_at, booking.ends_at) != (before.starts_at, before.ends_at) else []
    return await show_booking(request, booking, done, notes=[*notes, *calendar])


async def _offer(
    request: Request, booking: Booking, wanted: Wanted, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    choice = await _talks(request).offer(booking.municipality, wanted.way, wanted.chosen, booking)
    whom = whom_view(choice, may_choose=wanted.town.choose_agent)
    shown = view_of(booking, name_of_chosen(booking, choice.names) if wanted.town.choose_agent else "")
    # Whoever only wants to talk another way finds the time that they have.
    time = wanted.time or (booking.starts_at if wanted.way is not booking.way else None)
    view = {"booking": shown, "days": days(choice.free, time), "whom": whom, "errors": errors or {}, "wanted": wanted}
    ways = {way.value: WAYS[way] for way in wanted.town.places}
    return page(request, "booking_move.html", status=status, ways=ways, known=booking.contact.filled(), **view)


def _wanted(request: Request, booking: Booking, given: Mapping[str, str]) -> Wanted:
    town = towns(request)[booking.municipality]
    return Wanted(
        town,
        way_of(town, given.get("maade", "")) or way_of(town, booking.way) or next(iter(town.places)),
        attempt="",
        time=read_time(given.get("tid", "")),
        phone=given.get("telefon", ""),
        meeting_place=given.get("sted", ""),
        chosen=_whom(request, booking, given),
    )


def _whom(request: Request, booking: Booking, given: Mapping[str, str]) -> int | None:
    """Whom the form says, or else the one chosen before. In a town without a choice nobody else can be said."""
    try:
        return _talks(request).may_be_with(booking, read_agent(given["hos"]) if "hos" in given else booking.chosen)
    except AgentNotOfferedError:
        return NOBODY


def _talks(request: Request) -> Talks:
    talks: Talks = request.app.state.talks
    return talks
