"""Everything stored about a conversation as one page that needs nothing else: to read, to print, to keep as a file."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.plans import TITLES
from bot.conversation.export import Export
from bot.conversation.sentences import tongue_in
from bot.language.danish import spoken_time
from bot.web import words
from bot.web.desk.words import ABOUT, STATUSES, WAYS
from bot.web.security import POLICY
from bot.web.templating import STATIC, templates


@cache
def _style() -> str:
    return (STATIC / "export.css").read_text(encoding="utf-8")


def _policy() -> str:
    # The page must keep its looks as a file, so its one style stands in it, named by its digest.
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return POLICY.format(ancestors="'none'").replace("style-src 'self'", f"style-src 'sha256-{digest}'")


def export_page(request: Request, export: Export) -> Response:
    """The page, in Danish, which is what the municipality would say; no copy of it is kept on its way."""
    view = {
        "export": export,
        "town": request.app.state.municipalities[export.conversation.municipality].name,
        "language": words.LANGUAGES[tongue_in(export.conversation)],
        "style": _style(),
        "spoken": spoken_time,
        "words": words,
        "titles": TITLES,
        "ways": WAYS,
        "statuses": STATUSES,
        "about": ABOUT,
    }
    page = templates.TemplateResponse(request, "export.html", view)
    page.headers["Content-Security-Policy"] = _policy()
    return page
