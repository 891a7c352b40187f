"""What is kept and who can read it, and for whom the pages work."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.plain.page import page, plain_page


@plain_page
async def privacy(request: Request) -> Response:
    """GET /privatliv."""
    return page(request, "privacy.html")


@plain_page
async def accessibility(request: Request) -> Response:
    """GET /tilgaengelighed."""
    return page(request, "accessibility.html")
