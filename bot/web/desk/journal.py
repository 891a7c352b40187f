"""The page on which a caseworker ticks what goes into the journal, and the text or file they get."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.free_times import danish_day
from bot.casework.journal import Chosen, ChosenGoneError, NothingChosenError
from bot.conversation.desk_journal import DeskJournal
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.desk.conversation_state import state_of
from bot.web.desk.fields import read_fields
from bot.web.desk.journal_text import journal_text
from bot.web.desk.message_view import message_views
from bot.web.desk.queue import desk_page

NOTHING_CHOSEN = "Sæt mindst ét kryds."
GONE = "Noget af det, du valgte, må du ikke læse mere. Se, hvad der står nu, og vælg igen."
AS_FILE = "fil"
# "m12" is the message of that number, "n3" the note.
_TICKED = re.compile(r"([mn])([0-9]{1,9})")


async def show_journal(request: Request, session: DeskSession) -> Response:
    """GET: all that may be read, each with a box that is not ticked. Raises ConversationNotFoundError."""
    return await _form(request, session, {}, "", 200)


async def take_journal(request: Request, session: DeskSession) -> Response:
    """POST {"m12": "ja", "n3": "ja", "plan": "ja", "alle": "ja", "som": "fil"}: what was ticked, as text or as a file.

    Raises ConversationNotFoundError.
    """
    fields, user = await read_fields(request), session.user
    try:
        taken = await desk_journal(request).take(user, id_of(request), _chosen(fields))
    except (NothingChosenError, ChosenGoneError) as error:
        told = NOTHING_CHOSEN if isinstance(error, NothingChosenError) else GONE
        return await _form(request, session, fields, told, 422)
    town, now = request.app.state.municipalities[user.municipality], datetime.now(UTC)
    text = journal_text(taken, town.name, user.shown_name, now)
    if fields.get("som") == AS_FILE:
        name = f"samtale-{taken.conversation.id[:4]}-{danish_day(now)}.txt"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text, media_type="text/plain", headers=headers)
    return await desk_page(
        request, session, "journal_text.html", text=text, id=id_of(request), count=len(taken.messages)
    )


def desk_journal(request: Request) -> DeskJournal:
    """What the application has of it."""
    journal: DeskJournal = request.app.state.desk_journal
    return journal


async def _form(request: Request, session: DeskSession, ticked: Mapping[str, str], error: str, status: int) -> Response:
    seen = await request.app.state.desk.read(session.user, id_of(request))
    return await desk_page(
        request,
        session,
        "journal.html",
        status=status,
        state=state_of(session.user, seen),
        messages=message_views(seen.messages, seen.conversation.writer, datetime.now(UTC)),
        ticked=ticked,
        error=error,
    )


def _chosen(fields: Mapping[str, str]) -> Chosen:
    found = [match.groups() for name in fields if (match := _TICKED.fullmatch(name))]
    numbers = {kind: frozenset(int(number) for each, number in found if each == kind) for kind in "mn"}
    return Chosen(numbers["m"], numbers["n"], plan="plan" in fields, every="alle" in fields)
