"""Signing in and out."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.municipality.demo import DEMO_USER
from bot.store.people import DeskSession, DeskUser
from bot.web.desk.entering import check_code, enter
from bot.web.desk.fields import is_json, read_fields
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.inside import inside
from bot.web.desk.oidc.routes import way_out
from bot.web.desk.passwords import user_with
from bot.web.desk.rendering import page_wanted
from bot.web.desk.second_factor import Missing, missing
from bot.web.desk.sessions import delete_cookie, end_session, set_cookie, token_of
from bot.web.desk.sign_in_page import NOT_HERE, sign_in_page
from bot.web.desk.sign_in_steps import lead_on
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem, without_trace
from bot.web.same_origin import refuse_other_sites
from bot.web.security import address_of

WRONG = Problem(401, "wrong_sign_in", "Brugernavn og adgangskode passer ikke sammen. Prøv igen.")
CODE_NEEDED = Problem(401, "code_needed", "Skriv også koden fra din app.")
SET_UP_FIRST = Problem(401, "second_factor_missing", "Log ind på /desk/ i en browser først, og sæt totrinslogin op.")


async def show_sign_in(request: Request) -> Response:
    """The form; somewhere inside the desk to go back to may stand in `next`."""
    return sign_in_page(request, back=inside(request.query_params.get("next", "")))


async def sign_in(request: Request) -> Response:
    """JSON `{"user", "password", "code"?}` answers `{"csrf"}`, the form goes on to the desk; both set the cookie.

    Where a code is missing, the form leads to the page for it, and JSON is asked for it.
    """
    refuse_other_sites(request)
    fields = await read_fields(request)
    back = inside(fields.get("next", ""))
    try:
        user = await _user(request, fields.get("user", ""), fields.get("password", ""))
        what = await run_sync(missing, request.app.state.store, request.app.state.municipalities, user)
        if what is not Missing.NOTHING:
            if not is_json(request):
                return await lead_on(request, user, what, back)
            await _check_at_once(request, user, what, fields.get("code", ""))
    except Problem as problem:
        if is_json(request):
            raise
        return sign_in_page(request, without_trace(problem), fields.get("user", ""), back)
    session = await enter(request, user)
    response: Response = JSONResponse({"csrf": session.csrf}) if is_json(request) else RedirectResponse(back, 303)
    set_cookie(response, session.token, request.app.state.settings)
    return response


async def sign_out(request: Request, session: DeskSession) -> Response:
    """Ends the session on the server as well, and leads whoever came by the municipality's own sign-in on to there."""
    await run_sync(end_session, request.app.state.store, token_of(request) or "", session.user)
    response: Response = Response(status_code=204)
    if page_wanted(request):
        response = await way_out(request, session.user) or RedirectResponse(SIGN_IN, 303)
    delete_cookie(response)
    return response


async def _user(request: Request, name: str, password: str) -> DeskUser:
    state, address = request.app.state, address_of(request)
    if not state.settings.local_sign_in:
        raise NOT_HERE
    tries: SignInTries = state.sign_in_tries
    async with state.limits.one_at_a_time(address):
        tries.check(address, name)
        user = await run_sync(user_with, state.store, name, password)
        if user is None or (state.settings.production and user.name == DEMO_USER):
            tries.wrong(address, name)
            raise WRONG
    return user


async def _check_at_once(request: Request, user: DeskUser, what: Missing, code: str) -> None:
    if what is Missing.SETTING_UP:
        raise SET_UP_FIRST
    if not code:
        raise CODE_NEEDED
    await check_code(request, user, code)
