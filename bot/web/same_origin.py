"""What was asked for from our own pages, and what from elsewhere."""

from urllib.parse import urlsplit

from starlette.requests import Request

from bot.web.problems import Problem

OTHER_SITE = Problem(403, "other_site", "Det kan kun gøres her på siden.")
OUR_PAGES = "same-origin"
OUR_OWN = (OUR_PAGES, "none")


def refuse_other_sites(request: Request) -> None:
    """For every change that a form can make. Raises Problem 403.

    Browsers too old for Sec-Fetch-Site send an Origin, which is "null" from our own pages, because they send no
    referrer: such a form passes.
    """
    said = request.headers.get("Sec-Fetch-Site")
    ours = said in OUR_OWN if said else _host(request) in ("", request.headers.get("Host"))
    if not ours:
        raise OTHER_SITE


def is_asked_from_our_pages(request: Request) -> bool:
    """Whether a page of ours led here; also where the browser is too old to say."""
    return request.headers.get("Sec-Fetch-Site", OUR_PAGES) == OUR_PAGES


def _host(request: Request) -> str:
    """The host of the Origin; empty for "null" and for none. Raises Problem 403 for what is no origin at all."""
    try:
        return urlsplit(request.headers.get("Origin", "null")).netloc
    except ValueError:
        raise OTHER_SITE from None
