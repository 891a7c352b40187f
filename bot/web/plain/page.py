"""What the plain pages share: how they are shown, what they read, and what happens when something fails."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.municipality.towns import Municipality
from bot.web.plain.statements import statement
from bot.web.problems import HTTP_TITLES, PROBLEMS, Problem
from bot.web.same_origin import is_asked_from_our_pages, refuse_other_sites
from bot.web.templating import templates

Endpoint = Callable[[Request], Awaitable[Response]]

FAILURES: tuple[type[Exception], ...] = (Problem, HTTPException, *PROBLEMS)
BAD_FORM = Problem(400, "bad_form", "Vi kunne ikke læse det, der blev sendt. Prøv igen.")


def page(request: Request, template: str, *, status: int = 200, **view: Any) -> Response:
    """A whole page; `fact(number)` in a template gives the statement of the fact bank."""
    shown = templates.TemplateResponse(request, f"plain/{template}", {"fact": statement, **view}, status_code=status)
    if is_asked_from_our_pages(request):
        # A chat in a municipality's frame is left together with the page that it opened, for which it stays its opener.
        shown.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return shown


def plain_page(endpoint: Endpoint) -> Endpoint:
    """Makes a route of an endpoint: what fails becomes a page that helps, and other sites cannot send its forms."""

    async def shown(request: Request) -> Response:
        try:
            if request.method == "POST":
                refuse_other_sites(request)
            return await endpoint(request)
        except FAILURES as error:
            problem = _problem(error)
            return page(request, "problem.html", status=problem.status, problem=problem)

    return shown


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form without the space around them; files are left out."""
    return {name: value.strip() for name, value in (await request.form()).items() if isinstance(value, str)}


def towns(request: Request) -> Mapping[str, Municipality]:
    """The municipalities of this installation by their slug."""
    known: Mapping[str, Municipality] = request.app.state.municipalities
    return known


def chosen_town(request: Request, slug: str) -> Municipality | None:
    """The municipality with this slug; without one the only there is. None when there is something to choose."""
    known = towns(request)
    if not slug and len(known) == 1:
        return next(iter(known.values()))
    return known.get(slug)


def choose_town(request: Request, path: str, title: str, slug: str) -> Response:
    """Asks for the municipality, and leads back to `path` with it; 404 when the one given is not known."""
    view = {"path": path, "title": title, "unknown": bool(slug), "towns": towns(request)}
    return page(request, "choose_town.html", status=404 if slug else 200, **view)


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, HTTPException):
        return Problem(error.status_code, BAD_FORM.code, HTTP_TITLES.get(error.status_code, BAD_FORM.title))
    return PROBLEMS[type(error)]
