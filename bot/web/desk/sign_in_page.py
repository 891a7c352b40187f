"""The first page of the desk, with the ways in that this installation has."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.guard import LOOKING, SENDING, WAS_SIGNED_IN
from bot.web.desk.inside import HOME
from bot.web.desk.rendering import page
from bot.web.problems import Problem

NOT_HERE = Problem(403, "no_local_sign_in", "Her logger du ind med kommunens login.")
OVER = {
    LOOKING: "Du er ikke logget ind mere. Det, du har sendt, er gemt. Log ind igen.",
    SENDING: "Du er ikke logget ind mere. Det sidste, du trykkede på, blev ikke gemt. Det andet er gemt. Log ind igen.",
}


def sign_in_page(request: Request, problem: Problem | None = None, user: str = "", back: str = HOME) -> Response:
    """What went wrong stands above; `user` is the name that was typed, `back` where to go then."""
    state = request.app.state
    return page(
        request,
        "sign_in.html",
        status=problem.status if problem else 200,
        problem=problem,
        user=user,
        next=back,
        over=OVER.get(request.query_params.get(WAS_SIGNED_IN, "")),
        local=state.settings.local_sign_in,
        by_provider=state.provider is not None,
    )
