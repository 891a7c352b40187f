"""Forms are answered that were sent from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request

from bot.web.problems import Problem

OTHER_SITE = Problem(403, "other_site", "Det kan kun gøres her på siden.")
OUR_OWN = ("same-origin", "none")


def refuse_other_sites(request: Request) -> None:
    """For every change that a form can make. Raises Problem 403.

    Browsers too old for Sec-Fetch-Site send an Origin, which is "null" from our own pages, because they send no
    referrer: such a form passes.
    """
    said = request.headers.get("Sec-Fetch-Site")
    ours = said in OUR_OWN if said else _host(request) in ("", request.headers.get("Host"))
    if not ours:
        raise OTHER_SITE


def _host(request: Request) -> str:
    """The host of the Origin; empty for "null" and for none. Raises Problem 403 for what is no origin at all."""
    try:
        return urlsplit(request.headers.get("Origin", "null")).netloc
    except ValueError:
        raise OTHER_SITE from None
