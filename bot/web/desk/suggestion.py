"""The robot's draft of an answer, put into the field of whoever holds the conversation when they ask for it."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.conversation.suggesting import NoSuggestionError, Suggestions, Why
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.problems import Problem

PROBLEMS: Mapping[Why, Problem] = {
    Why.NOTHING_ASKED: Problem(409, "nothing_asked", "Der er ikke noget nyt at svare på."),
    Why.DANGER: Problem(409, "suggestion_in_danger", "Der kan være fare på færde. Her skriver du selv."),
    Why.NO_FACTS: Problem(409, "no_suggestion", "Robotten har ikke noget svar på det. Her skriver du selv."),
    Why.AWAY: Problem(409, "suggestion_away", "Robotten svarer ikke lige nu. Prøv igen om lidt."),
}


async def suggest(request: Request, session: DeskSession) -> Response:
    """GET: {"text", "sources": [{"title", "url"}]}.

    Raises ConversationNotFoundError, NotHolderError, Problem where there is no draft.
    """
    suggestions: Suggestions = request.app.state.suggestions
    try:
        draft = await suggestions.draft(session.user, id_of(request))
    except NoSuggestionError as error:
        raise PROBLEMS[error.why] from None
    sources = [{"title": source.title, "url": source.url} for source in draft.sources]
    return JSONResponse({"text": draft.text, "sources": sources})
