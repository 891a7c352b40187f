"""The boligagenter and their hours: each change shows the talks it would leave outside before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.bookings import Booking
from bot.casework.feeds import Shows
from bot.casework.free_times import Agent
from bot.conversation.working_hours import OwnDay, WorkingHours
from bot.language.danish import spoken_date, spoken_time
from bot.municipality.week import WEEKDAYS
from bot.store.people import DeskSession
from bot.web.desk.fields import read_fields
from bot.web.desk.hours_form import (
    DAY_FIELDS,
    FieldError,
    HoursForm,
    beside,
    form_of,
    read_day,
    read_week,
    week_fields,
)
from bot.web.desk.hours_text import write_hours
from bot.web.desk.queue import desk_page
from bot.web.desk.words import WAYS
from bot.web.plain.whom import NUMBER
from bot.web.problems import NOT_FOUND


@dataclass(frozen=True)
class Effect:
    """A change that is not made yet: what it is, the talks outside it, and the fields that make it.

    `beyond` are the days with more talks than the new limit.
    """

    what: str
    talks: Sequence[str]
    action: str
    fields: Mapping[str, str]
    can_call_off: bool
    beyond: Sequence[str] = ()


async def show_agents(request: Request, session: DeskSession) -> Response:
    """All boligagenter of the municipality."""
    agents = await run_sync(hours_of(request).agents, session.user)
    return await desk_page(request, session, "agents.html", agents=agents)


async def show_agent(request: Request, session: DeskSession) -> Response:
    """The hours of one. Raises AgentNotFoundError."""
    agent = await _agent(request, session)
    return await _page(request, session, agent, form_of(agent))


async def set_week(request: Request, session: DeskSession) -> Response:
    """First shows what new weekly hours would do, then keeps them."""
    fields, agent = await read_fields(request), await _agent(request, session)
    week = [fields.get(f"day_{weekday}", "").strip() for weekday in range(len(WEEKDAYS))]
    form = HoursForm(week, fields.get("most", "").strip())
    try:
        with beside():
            new = read_week(form)
            outside = await run_sync(hours_of(request).effect_of_week, session.user, agent.id, new)
            full = await run_sync(hours_of(request).days_beyond, session.user, agent.id, new)
    except FieldError as error:
        return await _wrong(request, session, agent, form, error)
    if "confirmed" in fields:
        await run_sync(hours_of(request).set_week, session.user, agent.id, new)
        return _saved(agent)
    beyond = [_crowded(*day) for day in full.items()]
    effect = Effect(
        "De nye ugentlige tider", told(outside), "week", week_fields(form), can_call_off=False, beyond=beyond
    )
    return await desk_page(request, session, "agent_effect.html", agent=agent, effect=effect)


async def set_day(request: Request, session: DeskSession) -> Response:
    """First shows what other hours on one date would do, then keeps them, and calls its talks off if that is wanted."""
    fields, agent = await read_fields(request), await _agent(request, session)
    day, kind, hours = (fields.get(name, "").strip() for name in DAY_FIELDS)
    form = replace(form_of(agent), day=day, kind=kind, hours=hours)
    try:
        with beside("hours"):
            own = read_day(form)
            outside = await run_sync(hours_of(request).effect_of_day, session.user, agent.id, own)
    except FieldError as error:
        return await _wrong(request, session, agent, form, error)
    if "confirmed" in fields:
        calls_off = fields["confirmed"] == "call_off"
        await hours_of(request).set_day(session.user, agent.id, own, calls_off=calls_off)
        return RedirectResponse("/desk/bookings", 303) if calls_off and outside else _saved(agent)
    asked = dict(zip(DAY_FIELDS, (day, kind, hours), strict=True))
    effect = Effect(_what(own), told(outside), "day", asked, can_call_off=bool(outside))
    return await desk_page(request, session, "agent_effect.html", agent=agent, effect=effect)


async def open_feed(request: Request, session: DeskSession) -> Response:
    """Makes a new secret address for the agent's calendar, and shows it this once."""
    fields, agent = await read_fields(request), await _agent(request, session)
    shows = Shows.WAY if fields.get("shows") == Shows.WAY else Shows.TIME
    secret = await run_sync(hours_of(request).open_feed, session.user, agent.id, shows)
    address = f"{request.app.state.settings.address}/kalender/{secret}.ics"
    return await _page(request, session, agent, form_of(agent), feed_address=address)


async def close_feed(request: Request, session: DeskSession) -> Response:
    """Nobody reads the agent's calendar from outside any more."""
    agent = await _agent(request, session)
    await run_sync(hours_of(request).close_feed, session.user, agent.id)
    return _saved(agent)


async def _page(
    request: Request,
    session: DeskSession,
    agent: Agent,
    form: HoursForm,
    *,
    status: int = 200,
    feed_address: str = "",
) -> Response:
    to_come = await run_sync(hours_of(request).to_come, session.user, agent.id)
    return await desk_page(
        request,
        session,
        "agent.html",
        status=status,
        agent=agent,
        form=form,
        weekdays=WEEKDAYS,
        own_days=[(day.isoformat(), _what(OwnDay(day, hours))) for day, hours in sorted(agent.days.items())],
        shown=await run_sync(hours_of(request).feed_of, session.user, agent.id),
        feed_address=feed_address,
        to_come=told(to_come),
        done="gemt" in request.query_params,
    )


async def _wrong(request: Request, session: DeskSession, agent: Agent, form: HoursForm, error: FieldError) -> Response:
    return await _page(request, session, agent, replace(form, errors={error.name: str(error)}), status=422)


def _crowded(day: date, talks: int) -> str:
    return f"{spoken_date(day)}: {talks} aftaler"


def _saved(agent: Agent) -> Response:
    return RedirectResponse(f"/desk/agents/{agent.id}?gemt", 303)


async def _agent(request: Request, session: DeskSession) -> Agent:
    return await run_sync(hours_of(request).agent, session.user, read_number(request.path_params["id"]))


def read_number(given: str) -> int:
    """The number of an agent. Raises Problem 404 for what is none."""
    if not NUMBER.fullmatch(given):
        raise NOT_FOUND
    return int(given)


def told(talks: Sequence[Booking]) -> list[str]:
    """Each as its time and how it is held."""
    return [f"{spoken_time(talk.starts_at)}, {WAYS[talk.way].lower()}" for talk in talks]


def _what(own: OwnDay) -> str:
    if own.hours is None:
        return f"{spoken_date(own.day)}: som i andre uger"
    return f"{spoken_date(own.day)}: {write_hours(own.hours) or 'væk hele dagen'}"


def hours_of(request: Request) -> WorkingHours:
    """Those of this installation."""
    hours: WorkingHours = request.app.state.working_hours
    return hours
