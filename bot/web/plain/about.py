"""What is kept and who can read it, and for whom the pages work."""

from starlette.requests import Request
from starlette.responses import Response

from bot.language.danish import spoken_days
from bot.web.plain.page import chosen_town, page, plain_page, towns


@plain_page
async def privacy(request: Request) -> Response:
    """GET /privatliv?kommune=…: how long what is kept stands in each municipality's own file."""
    town = chosen_town(request, request.query_params.get("kommune", ""))
    return page(request, "privacy.html", town=town, towns=towns(request), spoken_days=spoken_days)


@plain_page
async def accessibility(request: Request) -> Response:
    """GET /tilgaengelighed?kommune=…: whom to tell stands in each municipality's own file."""
    town = chosen_town(request, request.query_params.get("kommune", ""))
    return page(request, "accessibility.html", town=town, towns=towns(request))
