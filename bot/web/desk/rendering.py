"""From a view to a page or a piece of one."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.store.people import DeskSession
from bot.web.problems import Problem
from bot.web.templating import templates


def page_wanted(request: Request) -> bool:
    """Whether a person looks at the answer: a page or a redirect, and not JSON or a piece of a page."""
    return "text/html" in request.headers.get("Accept", "") and "HX-Request" not in request.headers


def page(request: Request, template: str, *, status: int = 200, **view: Any) -> Response:
    """A whole page of the desk; `desk/base.html` shows the signed-in user when there is one."""
    session: DeskSession | None = getattr(request.state, "desk_session", None)
    return templates.TemplateResponse(request, f"desk/{template}", {"session": session, **view}, status_code=status)


def piece(template: str, **view: Any) -> str:
    """A piece of a page, for a stream or for htmx."""
    return templates.get_template(f"desk/{template}").render(view)


def problem_page(request: Request, problem: Problem) -> Response:
    """The page for something that did not go."""
    return page(request, "problem.html", status=problem.status, problem=problem)
