"""To the municipality's own sign-in and back."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.store.people import DeskUser
from bot.store.whose import Town
from bot.web.desk.entering import enter
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.inside import inside
from bot.web.desk.oidc.arriving import arrive
from bot.web.desk.oidc.attempt import ATTEMPT_SECONDS, new_attempt, opened, sealed
from bot.web.desk.oidc.errors import (
    AWAY,
    NO_ROLE,
    NOT_DONE,
    NOT_PROVEN,
    CodeRefusedError,
    NotProvenError,
    ProviderAwayError,
)
from bot.web.desk.oidc.provider import Provider
from bot.web.desk.rendering import page
from bot.web.desk.sessions import is_secure, set_cookie
from bot.web.desk.sign_in_page import sign_in_page
from bot.web.desk.tries import SignInTries
from bot.web.problems import Problem, without_trace
from bot.web.security import address_of

COOKIE = "hjemad_desk_oidc"
COOKIE_PATH = f"{SIGN_IN}/oidc"
LONGEST_CODE = 4000
OF_THE_PERSON = ("access_denied", "login_required", "consent_required", "interaction_required")

log = logging.getLogger(__name__)


async def to_provider(request: Request) -> Response:
    """GET /desk/sign-in/oidc: on to the municipality's own sign-in."""
    return await _at_provider(request, _to_provider)


async def from_provider(request: Request) -> Response:
    """GET /desk/sign-in/oidc/back: into the desk, for whoever it says has a role here."""
    response = await _at_provider(request, _from_provider)
    # Lax, for another site leads here; used once, whatever became of it.
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="lax")
    return response


async def way_out(request: Request, user: DeskUser) -> Response | None:
    """For whoever came by the municipality's own sign-in: a page that leads on to signing out there, too.

    A page and no redirect, for our policy lets no form lead to another site.
    """
    provider: Provider | None = request.app.state.provider
    if provider is None or not await run_sync(_came_by_it, request, user):
        return None
    address = await provider.way_out()
    if address is None:
        return None
    # The page is drawn for nobody.
    request.state.desk_session = None
    return page(request, "signed_out.html", address=address)


def _came_by_it(request: Request, user: DeskUser) -> bool:
    with request.app.state.store.read(Town(user.municipality)) as work:
        came: bool = work.identities.has(user)
        return came


async def _at_provider(request: Request, step: Callable[[Request, Provider], Awaitable[Response]]) -> Response:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        return RedirectResponse(SIGN_IN, 303)
    tries: SignInTries = request.app.state.sign_in_tries
    address = address_of(request)
    try:
        tries.check_address(address)
        tries.ask_provider(address)
        return await step(request, provider)
    except ProviderAwayError as error:
        log.warning("the municipality's sign-in: %s", error)
        return sign_in_page(request, AWAY)
    except NotProvenError as error:
        log.warning("a sign-in that was not proven: %s", error)
        # All else can be sent by anybody's link, or is the provider's own trouble.
        if isinstance(error, CodeRefusedError):
            tries.wrong_address(address)
        return sign_in_page(request, NOT_PROVEN)
    except Problem as problem:
        return sign_in_page(request, without_trace(problem))


async def _to_provider(request: Request, provider: Provider) -> Response:
    attempt = new_attempt(inside(request.query_params.get("next", "")))
    response = RedirectResponse(await provider.way_in(attempt), 303)
    response.set_cookie(
        COOKIE,
        sealed(attempt, provider.vault, datetime.now(UTC)),
        max_age=ATTEMPT_SECONDS,
        path=COOKIE_PATH,
        httponly=True,
        samesite="lax",
        secure=is_secure(request.app.state.settings),
    )
    return response


def _refuse_errors(error: str | None) -> None:
    """What it says in place of a code (OpenID Connect Core, 3.1.2.6): somebody is not let in, or its own trouble."""
    if error in OF_THE_PERSON:
        raise NOT_DONE
    if error is not None:
        raise ProviderAwayError("it sends an error back")


async def _from_provider(request: Request, provider: Provider) -> Response:
    asked = request.query_params
    cookie, state = request.cookies.get(COOKIE, ""), asked.get("state", "")
    attempt = opened(cookie, state, provider.vault, datetime.now(UTC))
    _refuse_errors(asked.get("error"))
    code = asked.get("code", "")
    if not 0 < len(code) <= LONGEST_CODE:
        raise NotProvenError("no code")
    claims = await provider.claims(code, attempt)
    user = await run_sync(arrive, request.app.state.store, provider.map, provider.issuer, claims)
    if user is None:
        raise NO_ROLE
    session = await enter(request, user)
    # A page that leads on by itself: where another site led to, the browser does not send the session's strict cookie.
    response = page(request, "signed_in.html", next=attempt.back)
    set_cookie(response, session.token, request.app.state.settings)
    return response
