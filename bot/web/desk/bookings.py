"""Booked talks: today's and those of the weeks to come. The code is the young person's and is never here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.casework.bookings import About, Booking, BookingStatus
from bot.casework.consent import Shared
from bot.casework.free_times import DANISH_TIME, danish_day
from bot.language.danish import clock
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.web.desk.queue import desk_page
from bot.web.desk.words import ABOUT, STATUSES, WAYS, day_heading, short_name

DAYS_SHOWN = 15  # today and two weeks
DAYS_FOR_PROGRAMS = 90


@dataclass(frozen=True)
class Talk:
    """One row of the table. `reach` is what was given to be reached: first name, phone, e-mail.

    `has_plan` says that the young person sent their plan along.
    """

    time: str
    about: str
    helper: bool
    way: str
    place: str
    agent: str
    reach: Sequence[str]
    status: str
    cancelled: bool
    conversation: str | None
    conversation_name: str
    has_plan: bool


@dataclass(frozen=True)
class Day:
    """The talks of one day."""

    heading: str
    talks: Sequence[Talk]


async def show_bookings(request: Request, session: DeskSession) -> Response:
    """Today's talks and those of the next two weeks."""
    now = datetime.now(UTC)
    bookings, agents = await run_sync(_look, request.app.state.store, session.user, now, DAYS_SHOWN)
    today = danish_day(now)
    shared = await run_sync(_shared_plans, request.app.state.store, bookings)
    days = list(_days(bookings, agents, shared, today))
    heading = day_heading(today, today)
    has_today = any(day.heading == heading for day in days)
    return await desk_page(request, session, "bookings.html", days=days, today=heading, has_today=has_today)


async def bookings_as_json(request: Request, session: DeskSession) -> Response:
    """The talks from today on, for programs."""
    bookings, _ = await run_sync(_look, request.app.state.store, session.user, datetime.now(UTC), DAYS_FOR_PROGRAMS)
    return JSONResponse({"bookings": [_as_json(booking) for booking in bookings]})


def _look(store: Store, user: DeskUser, now: datetime, days: int) -> tuple[Sequence[Booking], Mapping[int, str]]:
    today = danish_day(now)
    first, last = (_midnight(today + timedelta(days=ahead)) for ahead in (0, days))
    with store.write() as work:
        work.people.note(user, "read_bookings")
        agents = {agent.id: agent.name for agent in work.agents.of(user.municipality, today)}
        return work.bookings.between(user.municipality, first, last), agents


def _shared_plans(store: Store, bookings: Sequence[Booking]) -> Collection[str]:
    with store.read() as work:
        talked = (booking.conversation for booking in bookings if booking.conversation)
        return work.consents.sharing(Shared.PLAN, talked)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), DANISH_TIME).astimezone(UTC)


def _days(
    bookings: Sequence[Booking], agents: Mapping[int, str], shared: Collection[str], today: date
) -> Iterator[Day]:
    for day, group in groupby(bookings, key=lambda booking: danish_day(booking.starts_at)):
        yield Day(day_heading(day, today), [_talk(booking, agents, shared) for booking in group])


def _talk(booking: Booking, agents: Mapping[int, str], shared: Collection[str]) -> Talk:
    return Talk(
        time=f"{clock(booking.starts_at)}–{clock(booking.ends_at)}",
        about=ABOUT[booking.about],
        helper=booking.about is not About.YOUNG,
        way=WAYS[booking.way],
        place=booking.place,
        agent=agents.get(booking.agent, ""),
        reach=list(booking.contact.filled().values()),
        status=STATUSES[booking.status],
        cancelled=booking.status is BookingStatus.CANCELLED,
        conversation=booking.conversation,
        conversation_name=short_name(booking.conversation) if booking.conversation else "",
        has_plan=booking.conversation in shared,
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
