"""Everything stored about a conversation as one page that needs nothing else: to read, to print, to keep as a file."""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.plans import TITLES
from bot.conversation.along_words import in_words
from bot.conversation.export import Export
from bot.conversation.sentences import tongue_in
from bot.language.danish import spoken_time
from bot.language.lookups import LOOKUPS, words_for
from bot.web import words
from bot.web.desk.words import ABOUT, STATUSES, WAYS
from bot.web.templating import STATIC, templates


@cache
def _style() -> str:
    return (STATIC / "export.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    # The page is read by a script or kept as a file, and neither keeps the headers: what it may do stands in itself.
    # It needs its own style, named by its digest, and nothing else.
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def export_page(request: Request, export: Export) -> Response:
    """The page, in Danish, which is what the municipality would say; no copy of it is kept on its way."""
    view = {
        "export": export,
        "town": request.app.state.municipalities[export.conversation.municipality].name,
        "language": words.LANGUAGES[tongue_in(export.conversation)],
        "style": _style(),
        "policy": _policy(),
        "spoken": spoken_time,
        "words": words,
        "titles": TITLES,
        "ways": WAYS,
        "statuses": STATUSES,
        "about": ABOUT,
        "along_words": in_words,
        "meanings": words_for(LOOKUPS / "intent_titles.yml"),
    }
    return templates.TemplateResponse(request, "export.html", view)
