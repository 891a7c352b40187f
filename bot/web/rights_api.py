"""The chat API on who has read, what is shared and learnt from, all that is stored, and the end of a session."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.casework.consent import Shared
from bot.casework.readers import Reading
from bot.conversation.learning import Learning, LearningConsent
from bot.conversation.rights import Rights
from bot.conversation.sharing import Part
from bot.web.bodies import ConsentChoice, LearningChoice, read_body
from bot.web.chat_api import authorized
from bot.web.export_page import export_page
from bot.web.limits import count_writing
from bot.web.words import role_words


async def get_readers(request: Request) -> Response:
    """GET /api/conversations/{id}/readers: by role and time, never by name."""
    conversation = await authorized(request)
    return JSONResponse({"readers": [_reading_json(one) for one in await _rights(request).readers(conversation)]})


async def get_consent(request: Request) -> Response:
    """GET /api/conversations/{id}/consent."""
    conversation = await authorized(request)
    return JSONResponse(_consent_json(await _rights(request).consent(conversation)))


async def put_consent(request: Request) -> Response:
    """PUT /api/conversations/{id}/consent: the parts that are named change, the others stay."""
    conversation = await authorized(request)
    count_writing(request, conversation)
    chosen = await read_body(request, ConsentChoice)
    changes = {part: given for part in Shared if (given := getattr(chosen, part.value)) is not None}
    return JSONResponse(_consent_json(await _rights(request).decide(conversation, changes)))


async def get_learning(request: Request) -> Response:
    """GET /api/conversations/{id}/learning."""
    conversation = await authorized(request)
    return JSONResponse(_learning_json(await _learning(request).consent(conversation)))


async def put_learning(request: Request) -> Response:
    """PUT /api/conversations/{id}/learning: a yes, or taking it back. Raises LearningNotOfferedError."""
    conversation = await authorized(request)
    count_writing(request, conversation)
    chosen = await read_body(request, LearningChoice)
    return JSONResponse(_learning_json(await _learning(request).decide(conversation, given=chosen.given)))


async def get_export(request: Request) -> Response:
    """GET /api/conversations/{id}/export: a page to read, print or keep."""
    conversation = await authorized(request)
    return export_page(request, await _rights(request).export(conversation))


async def end_session(request: Request) -> Response:
    """DELETE /api/conversations/{id}/session: the token opens nothing any more; what was written stays."""
    await _rights(request).leave(await authorized(request))
    return Response(status_code=204)


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {
        "role": reading.role,
        "title": role_words(reading.role),
        "read": list(reading.parts),
        "in_danger": reading.in_danger,
        "first_at": reading.first_at.isoformat(),
        "last_at": reading.last_at.isoformat(),
    }


def _consent_json(consent: dict[Shared, Part]) -> dict[str, Any]:
    return {
        part.value: {
            "exists": stands.exists,
            "shared": stands.since is not None,
            "since": stands.since.isoformat() if stands.since else None,
            "open_in_danger": stands.in_danger,
        }
        for part, stands in consent.items()
    }


def _learning_json(consent: LearningConsent) -> dict[str, Any]:
    since = consent.since.isoformat() if consent.since else None
    return {"offered": consent.offered, "given": since is not None, "since": since}


def _learning(request: Request) -> Learning:
    learning: Learning = request.app.state.learning
    return learning


def _rights(request: Request) -> Rights:
    rights: Rights = request.app.state.rights
    return rights


rights_api_routes: list[BaseRoute] = [
    Route("/api/conversations/{id}/readers", get_readers, methods=["GET"]),
    Route("/api/conversations/{id}/consent", get_consent, methods=["GET"]),
    Route("/api/conversations/{id}/consent", put_consent, methods=["PUT"]),
    Route("/api/conversations/{id}/learning", get_learning, methods=["GET"]),
    Route("/api/conversations/{id}/learning", put_learning, methods=["PUT"]),
    Route("/api/conversations/{id}/export", get_export, methods=["GET"]),
    Route("/api/conversations/{id}/session", end_session, methods=["DELETE"]),
]
