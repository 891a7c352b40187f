"""Boligagenter who begin, and who stop once nobody waits for them."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.store.people import DeskSession
from bot.web.desk.agents import hours_of, read_number
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page

LONGEST_NAME = 120
NO_NAME = "Skriv et navn på højst 120 tegn."


async def add_agent(request: Request, session: DeskSession) -> Response:
    """POST /desk/agents {"name"}: a new one, whose hours are filled in next."""
    name = (await read_fields(request)).get("name", "").strip()
    if not 0 < len(name) <= LONGEST_NAME:
        agents = await run_sync(hours_of(request).agents, session.user)
        view = {"agents": agents, "name": name, "errors": {"name": NO_NAME}}
        return await desk_page(request, session, "agents.html", status=422, **view)
    number = await run_sync(hours_of(request).add_agent, session.user, name)
    return RedirectResponse(f"/desk/agents/{number}?gemt", 303)


async def hand_over(request: Request, session: DeskSession) -> Response:
    """POST /desk/agents/{id}/hand-over: each talk to a colleague who has that time free; the page shows the rest."""
    number = read_number(request.path_params["id"])
    await hours_of(request).hand_over(session.user, number)
    return RedirectResponse(f"/desk/agents/{number}?gemt", 303)


async def remove(request: Request, session: DeskSession) -> Response:
    """POST /desk/agents/{id}/remove. Raises AgentBusyError while there are talks to come."""
    await run_sync(hours_of(request).remove, session.user, read_number(request.path_params["id"]))
    return RedirectResponse("/desk/agents", 303)
