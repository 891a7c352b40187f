"""Notes of the caseworkers to each other, beside a conversation."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.casework.notes import NoteNotFoundError
from bot.conversation.desk_notes import DeskNotes
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.desk.fields import read_fields
from bot.web.desk.rendering import page_wanted
from bot.web.plain.whom import NUMBER

# Of no note: a form that tells none is too old.
UNKNOWN_REVISION = -1


async def add_note(request: Request, session: DeskSession) -> Response:
    """POST {"text"}. Raises ConversationNotFoundError, NoteNotAllowedError, BadNoteError."""
    conversation = id_of(request)
    await _notes(request).add(session.user, conversation, (await read_fields(request)).get("text", ""))
    return _done(request, conversation)


async def correct_note(request: Request, session: DeskSession) -> Response:
    """POST {"text", "revision"}. Raises NoteNotFoundError, NotAuthorError, NoteChangedError, BadNoteError."""
    fields = await read_fields(request)
    number, seen = _number(request), _revision(fields.get("revision", ""))
    return _done(request, await _notes(request).correct(session.user, number, fields.get("text", ""), seen))


async def strike_note(request: Request, session: DeskSession) -> Response:
    """POST {"revision"}. Raises NoteNotFoundError, NotAuthorError, NoteChangedError."""
    seen = _revision((await read_fields(request)).get("revision", ""))
    return _done(request, await _notes(request).strike(session.user, _number(request), seen))


def _number(request: Request) -> int:
    given = request.path_params["id"]
    if not NUMBER.fullmatch(given):
        raise NoteNotFoundError
    return int(given)


def _revision(given: str) -> int:
    return int(given) if NUMBER.fullmatch(given) else UNKNOWN_REVISION


def _done(request: Request, conversation: str) -> Response:
    if page_wanted(request):
        return RedirectResponse(f"/desk/conversations/{quote(conversation)}#notes", 303)
    return JSONResponse({"id": conversation})


def _notes(request: Request) -> DeskNotes:
    notes: DeskNotes = request.app.state.desk_notes
    return notes
