"""The one door of the desk: nobody passes who is not signed in or has no right to what they try, and nothing is changed
by another site's form.
"""

import hmac
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.rights import NotAllowedError, Right
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.fields import read_fields
from bot.web.desk.rendering import page_wanted, problem_page
from bot.web.desk.sessions import come_in, token_of
from bot.web.problems import PROBLEMS, Problem, without_trace
from bot.web.same_origin import refuse_other_sites

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
SIGN_IN = "/desk/sign-in"
READING = ("GET", "HEAD")
# Beside the address of the sign-in, for whoever does not know that they are signed in no more; what it says is whether
# they looked at something or sent it.
WAS_SIGNED_IN, LOOKING, SENDING = "slut", "set", "sendt"

NOT_SIGNED_IN = Problem(401, "not_signed_in", "Du er ikke logget ind mere. Log ind igen.")
NOT_ALLOWED = Problem(
    403, "not_allowed", "Det har du ikke adgang til. Skal du bruge det i dit arbejde, så sig det til din leder."
)
WRONG_CSRF = Problem(403, "csrf", "Siden er for gammel. Hent den igen, og prøv så en gang til.")

WITH_WORDS: tuple[type[Exception], ...] = (Problem, *PROBLEMS)

Endpoint = Callable[[Request, DeskSession], Awaitable[Response]]


def signed_in(endpoint: Endpoint, right: Right, *, by_itself: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """Makes a route of an endpoint that needs somebody signed in who has this right.

    Such an endpoint takes the session as its second argument, so without this door it cannot be reached at all. Whoever
    lacks the right, or one that shows only further in, is told so, and that they tried is noted in the audit log. What
    a page asks `by_itself` is no use of the session by anybody.
    """

    async def guarded(request: Request) -> Response:
        come = partial(come_in, by_itself=by_itself)
        session = await run_sync(come, request.app.state.store, token_of(request))
        if session is None:
            return _to_sign_in(request)
        request.state.desk_session = session
        return await _with_problems_as_pages(request, lambda: _checked(request, session))

    async def _checked(request: Request, session: DeskSession) -> Response:
        if request.method not in READING:
            refuse_other_sites(request)
            if not await _carries_csrf(request, session):
                raise WRONG_CSRF
        try:
            session.user.access.check(right)
            return await endpoint(request, session)
        except NotAllowedError as refused:
            await run_sync(_note_refusal, request.app.state.store, session.user, refused.right)
            raise NOT_ALLOWED from None

    return guarded


def _note_refusal(store: Store, user: DeskUser, right: Right) -> None:
    with store.write(Town(user.municipality)) as work:
        work.people.note(user, "refused", right)


async def _carries_csrf(request: Request, session: DeskSession) -> bool:
    given = request.headers.get(CSRF_HEADER) or (await read_fields(request)).get(CSRF_FIELD, "")
    return hmac.compare_digest(given.encode(), session.csrf.encode())


def _to_sign_in(request: Request) -> Response:
    if not page_wanted(request):
        raise NOT_SIGNED_IN
    back = {"next": request.url.path} if request.method in READING else {}
    if token_of(request):
        back[WAS_SIGNED_IN] = LOOKING if request.method in READING else SENDING
    return RedirectResponse(f"{SIGN_IN}?{urlencode(back)}" if back else SIGN_IN, 303)


async def _with_problems_as_pages(request: Request, answer: Callable[[], Awaitable[Response]]) -> Response:
    try:
        return await answer()
    except WITH_WORDS as error:
        if not page_wanted(request):
            raise
        return problem_page(request, without_trace(error) if isinstance(error, Problem) else PROBLEMS[type(error)])
