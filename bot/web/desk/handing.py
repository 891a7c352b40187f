"""A conversation goes to a colleague or a team, and who gets it takes note of what was written to them."""

from starlette.requests import Request
from starlette.responses import Response

from bot.casework.conversations import NotHolderError
from bot.casework.handovers import LONGEST_NOTE, ColleagueAwayError, UnknownTeamError
from bot.conversation.handing import Handing
from bot.store.people import DeskSession
from bot.web.desk.conversation import conversation_page, done, id_of
from bot.web.desk.fields import read_fields
from bot.web.desk.giving_view import TEAM, Given
from bot.web.desk.rendering import page_wanted
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem, without_trace

NOT_GIVEN = Problem(
    409, "not_given", "Du har ikke samtalen mere. Den er ikke givet videre herfra, og noten er ikke gemt."
)
NOBODY = Problem(422, "nobody_chosen", "Vælg en kollega eller et hold.")
AWAY = Problem(422, "colleague_away", "Den kollega er ikke ved skrivebordet nu. Vælg en anden.")
NO_TEAM = Problem(422, "unknown_team", "Det hold findes ikke. Vælg et andet.")
TOO_LONG = Problem(422, "note_too_long", f"Noten er for lang. Den må fylde {LONGEST_NOTE} tegn.")
NO_NOTE = Problem(422, "unknown_note", "Den note findes ikke. Hent siden igen.")


async def give(request: Request, session: DeskSession) -> Response:
    """POST /desk/conversations/{id}/give {"to", "note"}: to a colleague by number, or to a team as in "team:bolig".

    Raises NotHolderError as a Problem that says that nothing was given; ConversationNotFoundError.
    """
    await _handing(request).check(session.user, id_of(request))
    fields = await read_fields(request)
    to, note = fields.get("to", ""), fields.get("note", "").strip()
    try:
        await _give(request, session, to, note)
    except NotHolderError:
        raise NOT_GIVEN from None
    except Problem as wrong:
        without_trace(wrong)
        if not page_wanted(request):
            raise
        # What was written stays, to be sent to somebody else.
        return await conversation_page(request, session, Given(to, note, wrong.title), status=wrong.status)
    return done(request, {"id": id_of(request), "given": to})


async def take_note(request: Request, session: DeskSession) -> Response:
    """POST /desk/conversations/{id}/note {"until"}: the notes up to that one were read.

    Raises NotHolderError, ConversationNotFoundError.
    """
    await _handing(request).check(session.user, id_of(request))
    until = (await read_fields(request)).get("until", "")
    if not NUMBER.fullmatch(until):
        raise NO_NOTE
    await _handing(request).take_note(session.user, id_of(request), int(until))
    return done(request, {"id": id_of(request)})


async def _give(request: Request, session: DeskSession, to: str, note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise TOO_LONG
    handing, conversation = _handing(request), id_of(request)
    try:
        if to.startswith(TEAM):
            await handing.give_to_team(session.user, conversation, to.removeprefix(TEAM), note)
        elif NUMBER.fullmatch(to):
            await handing.give(session.user, conversation, int(to), note)
        else:
            raise NOBODY
    except ColleagueAwayError:
        raise AWAY from None
    except UnknownTeamError:
        raise NO_TEAM from None


def _handing(request: Request) -> Handing:
    handing: Handing = request.app.state.handing
    return handing
