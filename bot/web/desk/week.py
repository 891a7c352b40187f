"""A week of one boligagent as a table: hours down, days across, for the screen and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.bookings import AgentNotFoundError, Booking
from bot.casework.free_times import Way, danish_day
from bot.conversation.along_words import in_words
from bot.conversation.desk_talks import DAYS, AgentWeek, DeskTalks
from bot.language.danish import clock, short_date, short_day
from bot.store.people import DeskSession
from bot.web.desk.agents import read_number
from bot.web.desk.queue import desk_page
from bot.web.desk.sessions import COOKIE_PATH, is_secure
from bot.web.desk.words import STATUSES, WAYS
from bot.web.plain.times import day_near
from bot.web.plain.whom import NUMBER
from bot.web.problems import NOT_FOUND

WEEKEND = 5
# Whose week was chosen last is shown first, until the browser is closed; before that one's own, if one has talks.
LAST_CHOSEN = "hjemad_week"
CLOSED, AWAY, OUTSIDE = "Lukket", "Væk", "Uden for tiderne"


@dataclass(frozen=True)
class Line:
    """A talk in the words of the table; `change` is its id where it can be moved and cancelled for who calls."""

    words: str
    change: str


@dataclass(frozen=True)
class Cell:
    """What one hour of one day holds: talks, or a free time, or nothing."""

    talks: Sequence[Line]
    free: bool


@dataclass(frozen=True)
class Head:
    """The name of a day, and what is to be known of all of it."""

    name: str
    note: str


@dataclass(frozen=True)
class WeekTable:
    """The days, and each hour with a cell for each of them."""

    days: Sequence[Head]
    rows: Sequence[tuple[str, Sequence[Cell]]]


async def show_week(request: Request, session: DeskSession) -> Response:
    """GET /desk/week?hos=…&fra=…&maade=…: the week of a day, this one without it. Raises AgentNotFoundError."""
    asked = request.query_params
    number = read_number(asked["hos"]) if "hos" in asked else None
    way = next((way for way in Way if way == asked.get("maade")), Way.OFFICE)
    talks: DeskTalks = request.app.state.desk_talks
    preferred = _last_chosen(request) or session.user.access.agent
    try:
        week = await run_sync(talks.week, session.user, number, _day(asked.get("fra")), way, preferred)
    except AgentNotFoundError:
        if number is not None:
            raise
        # There is none yet: they are added there.
        return RedirectResponse("/desk/agents", 303)
    response = await desk_page(
        request,
        session,
        "week.html",
        week=week,
        table=table_of(week, datetime.now(UTC)),
        way=way,
        ways=WAYS,
        title=f"{short_date(week.monday)} til {short_date(week.monday + timedelta(days=DAYS - 1))}",
        before=(week.monday - timedelta(days=DAYS)).isoformat(),
        after=(week.monday + timedelta(days=DAYS)).isoformat(),
    )
    if number is not None:
        secure = is_secure(request.app.state.settings)
        response.set_cookie(LAST_CHOSEN, str(number), path=COOKIE_PATH, httponly=True, samesite="strict", secure=secure)
    return response


def _last_chosen(request: Request) -> int | None:
    given = request.cookies.get(LAST_CHOSEN, "")
    return int(given) if NUMBER.fullmatch(given) else None


def table_of(week: AgentWeek, now: datetime) -> WeekTable:
    """The hours at which something is, and all days but a weekend on which nothing is."""
    talks, free = _by_place(week, now), {(clock(span.starts_at), danish_day(span.starts_at)) for span in week.free}
    places = talks.keys() | free
    days = [week.monday + timedelta(days=ahead) for ahead in range(DAYS)]
    shown = [day for day in days if day.weekday() < WEEKEND or any(day == on for _, on in places)]
    hours = sorted({hour for hour, _ in places})
    rows = [(hour, [Cell(talks.get((hour, day), ()), (hour, day) in free) for day in shown]) for hour in hours]
    return WeekTable([Head(short_day(day).capitalize(), _note(week, day)) for day in shown], rows)


def _note(week: AgentWeek, day: date) -> str:
    """That nobody works that day, or that this agent is away; empty on any other."""
    if day in week.closed:
        return CLOSED
    return "" if week.agent.days.get(day, (day,)) else AWAY


def _by_place(week: AgentWeek, now: datetime) -> Mapping[tuple[str, date], Sequence[Line]]:
    found: dict[tuple[str, date], list[Line]] = {}
    for talk in week.talks:
        place = (clock(talk.starts_at), danish_day(talk.starts_at))
        words = _words(talk, outside=talk.id in week.outside)
        found.setdefault(place, []).append(Line(words, talk.id if talk.is_to_come(now) else ""))
    return found


def _words(talk: Booking, *, outside: bool) -> str:
    """Until when, how, where, who and with what wishes as far as they said, what became of it, whether it fits."""
    name = talk.contact.first_name or ""
    told = (
        f"til {clock(talk.ends_at)}",
        WAYS[talk.way],
        talk.contact.meeting_place or "",
        name,
        in_words(talk.along),
        STATUSES[talk.status],
        OUTSIDE if outside else "",
    )
    return ", ".join(filter(None, told))


def _day(given: str | None) -> date:
    """Raises Problem 404 for what is no day a week can be shown of."""
    today = danish_day(datetime.now(UTC))
    day = day_near(given, today) if given else today
    if day is None:
        raise NOT_FOUND
    return day
