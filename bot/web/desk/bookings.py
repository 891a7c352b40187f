"""Booked talks: today's and those of the weeks to come. The code is the young person's and is never here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.casework.after_booking import OUTCOMES
from bot.casework.bookings import GIVEN_UP, About, Booking
from bot.casework.consent import Shared
from bot.casework.free_times import danish_day, danish_midnight
from bot.casework.reminders import ReminderState
from bot.conversation.desk import DeskConversations
from bot.conversation.desk_talks import DeskTalks, own_talks
from bot.language.danish import clock, spoken_time
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import page_wanted
from bot.web.desk.words import ABOUT, REMINDERS, STATUSES, WAYS, day_heading, short_name, wishes
from bot.web.problems import Problem

DAYS_SHOWN = 15  # today and two weeks
DAYS_FOR_PROGRAMS = 90
NO_OUTCOME = Problem(422, "invalid_outcome", "Vælg, om I mødtes, eller om den unge ikke kom.")


@dataclass(frozen=True)
class Talk:
    """One row of the table. `reach` is what was given to be reached: first name, phone, e-mail; `along` what was
    asked for with it.

    `has_plan` says that the young person sent their plan along, `reminder` what became of one they asked for, `begun`
    that it can be noted whether they met, and `to_come` that it can be moved and cancelled for who calls. `begins`:
    that it is held in the chat and can be begun there now.
    """

    id: str
    time: str
    about: str
    helper: bool
    way: str
    place: str
    along: str
    agent: str
    agent_number: int
    reach: Sequence[str]
    status: str
    cancelled: bool
    conversation: str | None
    conversation_name: str
    has_plan: bool
    reminder: str
    begun: bool
    to_come: bool
    begins: bool


@dataclass(frozen=True)
class Day:
    """The talks of one day."""

    heading: str
    talks: Sequence[Talk]


@dataclass(frozen=True)
class _Look:
    """What belongs to the bookings of one look: names of agents, whose plan is shared, what became of reminders.

    `begins` are the ids of those that can be begun in the chat.
    """

    agents: Mapping[int, str]
    shared: Collection[str]
    reminders: Mapping[str, ReminderState]
    begins: Collection[str]
    now: datetime


async def show_bookings(request: Request, session: DeskSession) -> Response:
    """Today's talks and those of the next two weeks."""
    now = datetime.now(UTC)
    bookings, agents = await run_sync(_look, request.app.state.store, session.user, now, DAYS_SHOWN)
    today = danish_day(now)
    desk_talks: DeskTalks = request.app.state.desk_talks
    unanswered = await run_sync(desk_talks.unanswered, session.user)
    unnoted = await run_sync(desk_talks.unnoted, session.user)
    outside = await run_sync(desk_talks.outside, session.user)
    sendable_by = request.app.state.settings.reminds_by
    reminders = await run_sync(desk_talks.reminders, session.user, [*bookings, *unanswered, *unnoted], sendable_by)
    shared = await run_sync(_shared_plans, request.app.state.store, session.user, bookings)
    desk: DeskConversations = request.app.state.desk
    begins = [one.talk.id for one in await desk.chat_talks(session.user)]
    look = _Look(agents, shared, reminders, begins, now)
    days = [
        Day(day_heading(day, today), [_talk(booking, look) for booking in group])
        for day, group in groupby(bookings, key=lambda booking: danish_day(booking.starts_at))
    ]
    heading = day_heading(today, today)
    return await desk_page(
        request,
        session,
        "bookings.html",
        days=days,
        today=heading,
        has_today=any(day.heading == heading for day in days),
        outside=[(spoken_time(booking.starts_at), _talk(booking, look)) for booking in outside],
        unanswered=[(spoken_time(booking.starts_at), _talk(booking, look)) for booking in unanswered],
        unnoted=[(spoken_time(booking.starts_at), _talk(booking, look)) for booking in unnoted],
    )


async def note_outcome(request: Request, session: DeskSession) -> Response:
    """POST /desk/bookings/{id}/outcome {"outcome": "met" | "missed"}: what became of a talk that has begun."""
    desk_talks: DeskTalks = request.app.state.desk_talks
    talk = await run_sync(desk_talks.talk, session.user, request.path_params["id"])
    fields = await read_fields(request)
    outcome = next((one for one in OUTCOMES if one == fields.get("outcome")), None)
    if outcome is None:
        raise NO_OUTCOME
    await desk_talks.note(session.user, talk.id, outcome)
    if page_wanted(request):
        return RedirectResponse("/desk/bookings", 303)
    return JSONResponse({"id": talk.id, "status": outcome.value})


async def bookings_as_json(request: Request, session: DeskSession) -> Response:
    """The talks from today on, for programs."""
    bookings, _ = await run_sync(_look, request.app.state.store, session.user, datetime.now(UTC), DAYS_FOR_PROGRAMS)
    return JSONResponse({"bookings": [_as_json(booking) for booking in bookings]})


def _look(store: Store, user: DeskUser, now: datetime, days: int) -> tuple[Sequence[Booking], Mapping[int, str]]:
    today = danish_day(now)
    first, last = (danish_midnight(today + timedelta(days=ahead)) for ahead in (0, days))
    with store.write(Town(user.municipality)) as work:
        work.people.note(user, "read_bookings")
        talks = own_talks(user, work.bookings.between(user.municipality, first, last))
        return talks, work.agents.names(user.municipality)


def _shared_plans(store: Store, user: DeskUser, bookings: Sequence[Booking]) -> Collection[str]:
    with store.read(Town(user.municipality)) as work:
        talked = (booking.conversation for booking in bookings if booking.conversation)
        return work.consents.sharing(Shared.PLAN, talked)


def _talk(booking: Booking, look: _Look) -> Talk:
    return Talk(
        id=booking.id,
        time=f"{clock(booking.starts_at)}–{clock(booking.ends_at)}",
        about=ABOUT[booking.about],
        helper=booking.about is not About.YOUNG,
        way=WAYS[booking.way],
        place=booking.where,
        along=wishes(booking, look.agents),
        agent=look.agents.get(booking.agent, ""),
        agent_number=booking.agent,
        reach=booking.contact.reach,
        status=STATUSES[booking.status],
        cancelled=booking.status in GIVEN_UP,
        conversation=booking.conversation,
        conversation_name=short_name(booking.conversation) if booking.conversation else "",
        has_plan=booking.conversation in look.shared,
        reminder=REMINDERS[state] if (state := look.reminders.get(booking.id)) else "",
        begun=booking.starts_at <= look.now and booking.status not in GIVEN_UP,
        to_come=booking.is_to_come(look.now),
        begins=booking.id in look.begins,
    )


def _as_json(booking: Booking) -> dict[str, object]:
    return {
        "id": booking.id,
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "way": booking.way.value,
        "status": booking.status.value,
        "about": booking.about.value,
        "conversation_id": booking.conversation,
    }
