"""The first page of the desk, with the ways in that this installation has."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.inside import HOME
from bot.web.desk.rendering import page
from bot.web.problems import Problem


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
        local=state.settings.local_sign_in,
        by_provider=state.provider is not None,
    )
