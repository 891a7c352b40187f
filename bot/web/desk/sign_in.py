"""Signing in and out."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.municipality.demo import DEMO_USER
from bot.store.people import DeskSession
from bot.web.desk.devices import device_words
from bot.web.desk.fields import is_json, read_fields
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.passwords import user_with
from bot.web.desk.rendering import page, page_wanted
from bot.web.desk.sessions import NewSession, delete_cookie, end_session, set_cookie, start_session, token_of
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem
from bot.web.same_origin import refuse_other_sites
from bot.web.security import address_of

HOME = "/desk/"
# What browsers read as a step up, or as a slash.
WAYS_OUT = ("..", "%2e", "\\")
WRONG = Problem(401, "wrong_sign_in", "Brugernavn og adgangskode passer ikke sammen. Prøv igen.")


async def show_sign_in(request: Request) -> Response:
    """The form; somewhere inside the desk to go back to may stand in `next`."""
    return page(request, "sign_in.html", next=_inside(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    """JSON `{"user", "password"}` answers `{"csrf"}`, the form goes on to the desk; both set the cookie."""
    refuse_other_sites(request)
    fields = await read_fields(request)
    try:
        session = await _session_for(request, fields.get("user", ""), fields.get("password", ""))
    except Problem as problem:
        if is_json(request):
            raise
        view = {"problem": problem, "user": fields.get("user", ""), "next": _inside(fields.get("next", ""))}
        return page(request, "sign_in.html", status=problem.status, **view)
    response: Response = RedirectResponse(_inside(fields.get("next", "")), 303)
    if is_json(request):
        response = JSONResponse({"csrf": session.csrf})
    set_cookie(response, session.token, request.app.state.settings)
    return response


async def sign_out(request: Request, session: DeskSession) -> Response:
    """Ends the session on the server as well."""
    await run_sync(end_session, request.app.state.store, token_of(request) or "", session.user)
    response: Response = RedirectResponse(SIGN_IN, 303) if page_wanted(request) else Response(status_code=204)
    delete_cookie(response)
    return response


async def _session_for(request: Request, name: str, password: str) -> NewSession:
    state, address = request.app.state, address_of(request)
    device = device_words(request.headers.get("User-Agent", ""))
    tries: SignInTries = state.sign_in_tries
    async with state.limits.one_at_a_time(address):
        tries.check(address, name)
        user = await run_sync(user_with, state.store, name, password)
        if user is None or (state.settings.production and user.name == DEMO_USER):
            tries.wrong(address, name)
            raise WRONG
        tries.right(address, name)
    return await run_sync(start_session, state.store, user, state.settings.desk_session, device)


def _inside(path: str) -> str:
    """The path when it leads into the desk and to no other site, else the first page."""
    way_out = any(part in path.lower() for part in WAYS_OUT)
    return path if path.startswith(HOME) and not way_out and not path.startswith(SIGN_IN) else HOME
