"""Between the password and the desk: the page for a code, and the one on which codes are set up."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.store.half_sign_ins import HalfSignIn
from bot.store.people import DeskUser
from bot.web.desk.entering import check_code, enter
from bot.web.desk.fields import is_json, read_fields
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.inside import inside
from bot.web.desk.one_time_codes import in_fours, picture_for
from bot.web.desk.rendering import page
from bot.web.desk.second_factor import (
    HALF_SECONDS,
    OVER,
    SET_UP_ELSEWHERE,
    WRONG_CODE,
    Missing,
    begin,
    end_half,
    find_half,
    set_up,
)
from bot.web.desk.sessions import is_secure, set_cookie
from bot.web.desk.sign_in_page import NOT_HERE, sign_in_page
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem, without_trace
from bot.web.same_origin import refuse_other_sites
from bot.web.security import address_of

HALF_COOKIE = "hjemad_desk_half"
CODE, SET_UP = f"{SIGN_IN}/code", f"{SIGN_IN}/set-up"
ANEW = (OVER, SET_UP_ELSEWHERE)


async def lead_on(request: Request, user: DeskUser, what: Missing, back: str) -> Response:
    """From the right password to the page for what is missing, and from there to `back`."""
    token = await run_sync(begin, request.app.state.store, user, what)
    where = CODE if what is Missing.CODE else SET_UP
    response = RedirectResponse(f"{where}?{urlencode({'next': back})}", 303)
    response.set_cookie(
        HALF_COOKIE,
        token,
        max_age=HALF_SECONDS,
        path=SIGN_IN,
        httponly=True,
        samesite="strict",
        secure=is_secure(request.app.state.settings),
    )
    return response


async def show_code(request: Request) -> Response:
    """GET /desk/sign-in/code: the field for it."""
    return await _shown(request, needs_key=False)


async def show_set_up(request: Request) -> Response:
    """GET /desk/sign-in/set-up: the key as a picture and as text, and the field for the first code."""
    return await _shown(request, needs_key=True)


async def give_code(request: Request) -> Response:
    """POST /desk/sign-in/code {"code"}: on to the desk."""
    return await _answered(request, _entered)


async def set_up_codes(request: Request) -> Response:
    """POST /desk/sign-in/set-up {"code"}: the codes for an emergency, shown this once, and the way to the desk."""
    return await _answered(request, _set_up)


Given = dict[str, str]
Step = Callable[[Request, DeskUser, HalfSignIn, Given], Awaitable[Response]]


async def _shown(request: Request, *, needs_key: bool) -> Response:
    back = inside(request.query_params.get("next", ""))
    try:
        user, half = await _half(request)
    except Problem as problem:
        without_trace(problem)
        return RedirectResponse(SIGN_IN, 303)
    if (half.key is not None) != needs_key:
        return RedirectResponse(CODE if needs_key else SET_UP, 303)
    return _page(request, user, half, back)


async def _answered(request: Request, step: Step) -> Response:
    refuse_other_sites(request)
    fields = await read_fields(request)
    back = inside(fields.get("next", ""))
    found = None
    try:
        found = await _half(request)
        response = await step(request, *found, fields | {"next": back})
    except Problem as problem:
        if is_json(request):
            raise
        without_trace(problem)
        if found is None or problem in ANEW:
            return sign_in_page(request, problem, back=back)
        return _page(request, *found, back, problem)
    response.delete_cookie(HALF_COOKIE, path=SIGN_IN, httponly=True, samesite="strict")
    return response


async def _entered(request: Request, user: DeskUser, half: HalfSignIn, given: Given) -> Response:
    if half.key is not None:
        raise OVER
    await check_code(request, user, given.get("code", ""))
    await run_sync(end_half, request.app.state.store, _token(request))
    return await _with_session(request, user, RedirectResponse(given["next"], 303))


async def _set_up(request: Request, user: DeskUser, half: HalfSignIn, given: Given) -> Response:
    if half.key is None:
        raise OVER
    tries: SignInTries = request.app.state.sign_in_tries
    address, store = address_of(request), request.app.state.store
    tries.check_code(address, user.name)
    codes = await run_sync(set_up, store, _token(request), user, half.key, given.get("code", ""))
    if codes is None:
        tries.wrong_code(address, user.name)
        raise WRONG_CODE
    shown = page(request, "recovery_codes.html", codes=map(in_fours, codes), next=given["next"])
    return await _with_session(request, user, shown)


async def _with_session(request: Request, user: DeskUser, response: Response) -> Response:
    session = await enter(request, user)
    set_cookie(response, session.token, request.app.state.settings)
    return response


def _token(request: Request) -> str:
    return request.cookies.get(HALF_COOKIE, "")


async def _half(request: Request) -> tuple[DeskUser, HalfSignIn]:
    # Whoever showed a password just before that way was closed does not come in by it.
    if not request.app.state.settings.local_sign_in:
        raise NOT_HERE
    return await run_sync(find_half, request.app.state.store, _token(request))


def _page(request: Request, user: DeskUser, half: HalfSignIn, back: str, problem: Problem | None = None) -> Response:
    status = problem.status if problem else 200
    if half.key is None:
        return page(request, "sign_in_code.html", status=status, problem=problem, next=back)
    shown = {"picture": picture_for(half.key, user.name), "key": in_fours(half.key)}
    return page(request, "set_up_code.html", status=status, problem=problem, next=back, **shown)
