"""One conversation: read it, take it, write in it, hand it back."""

from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.casework.conversations import AlreadyClaimedError, Holder
from bot.casework.handovers import LONGEST_NOTE as LONGEST_HANDOVER
from bot.casework.notes import LONGEST_NOTE
from bot.conversation.desk import DeskConversations
from bot.conversation.handing import Handing
from bot.store.people import DeskSession
from bot.web.bodies import without_nul
from bot.web.chat_api import EMPTY, SEEN, TOO_LONG
from bot.web.desk.conversation_state import state_of
from bot.web.desk.conversation_stream import MARK, Watch, conversation_events, news
from bot.web.desk.fields import client_id_in, read_fields
from bot.web.desk.giving_view import Given, giving_view
from bot.web.desk.lowering import wish_from
from bot.web.desk.message_view import message_views
from bot.web.desk.overdue import overdue_words
from bot.web.desk.queue import desk_page
from bot.web.desk.ready_answers import ready_answers_of
from bot.web.desk.rendering import page_wanted
from bot.web.desk.sessions import token_of
from bot.web.desk.streams import stream, while_signed_in
from bot.web.desk.words import why_raised
from bot.web.patience import patience_of
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

NO_WORDS = "Åbn samtalen, og læs den."
NOT_WAITING = Problem(
    409, "not_waiting", "Her svarer robotten nu, og ingen venter på et menneske. Du kan godt læse med."
)


async def show_conversation(request: Request, session: DeskSession) -> Response:
    """The page of one conversation. Raises ConversationNotFoundError."""
    return await conversation_page(request, session, Given())


async def conversation_page(request: Request, session: DeskSession, given: Given, status: int = 200) -> Response:
    """The same with what was filled in of the form that gives it away. Raises ConversationNotFoundError."""
    seen = await _desk(request).read(session.user, id_of(request))
    state = state_of(session.user, seen)
    ready = await ready_answers_of(request).all(session.user) if state.mine else ()
    handing: Handing = request.app.state.handing
    colleagues = await handing.colleagues(session.user) if state.mine else ()
    return await desk_page(
        request,
        session,
        "conversation.html",
        status=status,
        state=state,
        signs=seen.signs,
        overdue=overdue_words(
            seen.unanswered_since, patience_of(request.app.state.settings).unanswered, datetime.now(UTC)
        ),
        ready_answers=ready,
        giving=giving_view(colleagues, handing.teams(session.user), given),
        longest_handover=LONGEST_HANDOVER,
        messages=message_views(seen.messages, seen.conversation.writer, datetime.now(UTC)),
        client_id=uuid4(),
        last=seen.messages[-1].sequence if seen.messages else 0,
        longest=request.app.state.settings.message_length,
        longest_note=LONGEST_NOTE,
    )


async def claim(request: Request, session: DeskSession) -> Response:
    """Takes the conversation. Raises AlreadyClaimedError, ConversationNotFoundError, Problem when nobody waits in it.

    For the page a second click of the one who has it is no error.
    """
    try:
        await _desk(request).claim(session.user, id_of(request))
    except AlreadyClaimedError:
        found = (await _desk(request).newer(session.user, id_of(request), 0)).conversation
        if found.holder is Holder.BOT:
            raise NOT_WAITING from None
        if not page_wanted(request) or found.held_by != session.user.id:
            raise
    return done(request, {"id": id_of(request), "holder": Holder.HUMAN.value})


async def take_over(request: Request, session: DeskSession) -> Response:
    """Takes the conversation from a colleague. Raises NotHeldError, ConversationNotFoundError."""
    await _desk(request).take_over(session.user, id_of(request))
    return done(request, {"id": id_of(request), "holder": Holder.HUMAN.value})


async def calm(request: Request, session: DeskSession) -> Response:
    """POST {"level", "why", "words"?, "seen"?}: lowers the danger of a conversation one holds.

    Raises ConversationNotFoundError, NotHolderError, BadLoweringError, NotLowerError, DangerRoseError.
    """
    wish = wish_from(await read_fields(request))
    left = await _desk(request).calm(session.user, id_of(request), wish)
    return done(request, {"id": id_of(request), "danger": {"level": left.level, "kinds": list(left.kinds)}})


async def release(request: Request, session: DeskSession) -> Response:
    """Hands the conversation back to the bot. POST {"agreed"?}: what the bot says and keeps in the plan.

    Raises NotHolderError, ConversationNotFoundError, TextTooLongError.
    """
    await _desk(request).release(session.user, id_of(request), await _agreed(request))
    return done(request, {"id": id_of(request), "holder": Holder.BOT.value})


async def close(request: Request, session: DeskSession) -> Response:
    """Says goodbye and ends it for the desk. POST {"agreed"?} and raises as to hand it back."""
    await _desk(request).close(session.user, id_of(request), await _agreed(request))
    return done(request, {"id": id_of(request), "holder": Holder.BOT.value})


async def say(request: Request, session: DeskSession) -> Response:
    """Writes to the young person; the answer tells as `hidden` the kinds of what was hidden in it.

    POST {"text", "client_id"?}: the same `client_id` again gives the same answer and nothing twice.
    Raises NotHolderError, ConversationNotFoundError, MessageDiffersError, Problem.
    """
    fields = await read_fields(request)
    text, client_id = fields.get("text", "").strip(), client_id_in(fields)
    if not SEEN.search(text):
        raise EMPTY
    if len(text) > request.app.state.settings.message_length:
        raise TOO_LONG
    message = await _desk(request).say(session.user, id_of(request), text, client_id)
    return done(request, {"sequence": message.sequence} | message.data)


async def stream_conversation(request: Request, session: DeskSession) -> Response:
    """What is newer than `after`, or than the last event the browser saw. Raises ConversationNotFoundError."""
    watch = _watch(request, session)
    await watch.note(await watch.newer(0))
    still_there = partial(request.app.state.open_pages.session, token_of(request))
    return stream(while_signed_in(conversation_events(watch, _after(request)), session, still_there))


async def show_news(request: Request, session: DeskSession) -> Response:
    """The same for a page whose stream does not come through."""
    return HTMLResponse(await news(_watch(request, session), _after(request)))


async def show_reasons(request: Request, session: DeskSession) -> Response:
    """Why a conversation was raised, in the words of whoever wrote. Raises ConversationNotFoundError."""
    message = await _desk(request).raised_by(session.user, id_of(request))
    return PlainTextResponse((why_raised(message) if message else "") or NO_WORDS)


def done(request: Request, answer: dict[str, object]) -> Response:
    """Back to its page for a person, the answer for a program."""
    if page_wanted(request):
        return RedirectResponse(f"/desk/conversations/{quote(id_of(request))}", 303)
    return JSONResponse(answer)


def _watch(request: Request, session: DeskSession) -> Watch:
    state = request.app.state
    _, marked, shared = request.headers.get("Last-Event-ID", "").partition(MARK)
    shown = shared if marked else request.query_params.get("shared")
    return Watch(
        state.desk, state.notices, session, id_of(request), shown, patience_of(request.app.state.settings).unanswered
    )


def _desk(request: Request) -> DeskConversations:
    desk: DeskConversations = request.app.state.desk
    return desk


def id_of(request: Request) -> str:
    """The conversation that the address names."""
    return without_nul(request.path_params["id"])


async def _agreed(request: Request) -> str:
    words = (await read_fields(request)).get("agreed", "")
    return words if SEEN.search(words) else ""


def _after(request: Request) -> int:
    last = request.headers.get("Last-Event-ID") or request.query_params.get("after", "0")
    seen, _, _ = last.partition(MARK)
    return int(seen) if NUMBER.fullmatch(seen) else 0
