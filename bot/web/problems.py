"""Errors as people and programs read them: `application/problem+json` (RFC 9457) with a Danish title and a code."""

import logging
import traceback
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

from bot.casework.after_booking import TalkBegunError, TalkNotBegunError
from bot.casework.bookings import (
    AgentBusyError,
    AgentNotFoundError,
    AgentNotOfferedError,
    AnsweredError,
    BookingNotFoundError,
    PhoneMissingError,
    PlaceMissingError,
    TimeNotOfferedError,
    TimeTakenError,
    WayNotOfferedError,
)
from bot.casework.consent import NothingToShareError
from bot.casework.conversations import (
    AlreadyClaimedError,
    ConversationNotFoundError,
    MessageDiffersError,
    NotHeldError,
    NotHolderError,
)
from bot.casework.learning import LearningNotOfferedError
from bot.casework.lowering import LONGEST_WHY, BadLoweringError, DangerRoseError, NotLowerError
from bot.casework.misread import GroupNotFoundError
from bot.casework.notes import (
    LONGEST_NOTE,
    BadNoteError,
    NotAuthorError,
    NoteChangedError,
    NoteNotAllowedError,
    NoteNotFoundError,
)
from bot.casework.nudges import NotWaitingError
from bot.casework.orders import OrderNotFoundError
from bot.casework.plans import LONGEST_TEXT, TextTooLongError
from bot.casework.ready_answers import ReadyAnswerChangedError, ReadyAnswerNotFoundError
from bot.casework.reminders import TooLateToRemindError
from bot.casework.reports import ReportNotAllowedError
from bot.conversation.arrival import PayloadNotOfferedError
from bot.conversation.hearing import ChatClosedError
from bot.conversation.service import UnknownMunicipalityError, WrongTokenError
from bot.metrics import ERRORS
from bot.settings import ROOT
from bot.store.database import StoreUnreachableError
from bot.web.allowed import allowed_methods
from bot.web.templating import templates

log = logging.getLogger(__name__)

OUR_CODE = ROOT / "bot"
FRAMES_TOLD = 3
NOT_ALLOWED = 405


@dataclass
class Problem(Exception):  # noqa: N818 - it is the name of the thing in RFC 9457
    """Something the caller can read and act on; raised anywhere below a route."""

    status: int
    code: str
    title: str
    retry_after: int | None = None
    """Seconds after which it may go."""


NOT_FOUND = Problem(404, "not_found", "Den side findes ikke.")
BROKEN = Problem(500, "internal_error", "Noget gik galt hos os. Prøv igen om lidt. Er det akut, så ring 112.")
STORE_AWAY = Problem(
    503, "store_unreachable", "Vi kan ikke gemme noget lige nu. Prøv igen om lidt. Er det akut, så ring 112."
)
CHAT_CLOSED = Problem(
    503,
    "chat_closed",
    "Chatten virker ikke lige nu. Er du i fare, så ring 112. Du kan stadig se, hvor du kan sove i nat, og booke tid.",
)
PROBLEMS: dict[type[Exception], Problem] = {
    AgentBusyError: Problem(
        409, "agent_busy", "Boligagenten har stadig aftaler. Giv dem til en kollega, eller aflys dem først."
    ),
    AgentNotFoundError: Problem(404, "agent_not_found", "Den boligagent findes ikke."),
    AgentNotOfferedError: Problem(
        422,
        "agent_not_offered",
        "Hos den boligagent kan man ikke få en tid nu. Vælg en anden, eller lad det være lige meget.",
    ),
    MessageDiffersError: Problem(
        409, "message_differs", "Beskeden er allerede sendt med andre ord. Hent siden igen, og send den nye."
    ),
    AlreadyClaimedError: Problem(409, "already_claimed", "En kollega har allerede taget samtalen."),
    ChatClosedError: CHAT_CLOSED,
    AnsweredError: Problem(409, "answered", "Tiden er ændret imens. Se den under Aftaler."),
    BadLoweringError: Problem(
        422,
        "bad_lowering",
        f"Vælg, hvor langt ned faren skal, og hvorfor. Vælger du Andet, så skriv hvorfor med højst {LONGEST_WHY} tegn.",
    ),
    BadNoteError: Problem(422, "bad_note", f"Skriv en note på højst {LONGEST_NOTE} tegn."),
    BookingNotFoundError: Problem(404, "booking_not_found", "Vi kan ikke finde en tid med de tre ord."),
    ConversationNotFoundError: Problem(404, "conversation_not_found", "Samtalen findes ikke mere."),
    DangerRoseError: Problem(409, "danger_rose", "Der er lige kommet en ny besked om fare. Læs den først."),
    GroupNotFoundError: Problem(
        404, "group_not_found", "De beskeder er her ikke mere. De er delt på en ny måde, eller de er slettet."
    ),
    LearningNotOfferedError: Problem(409, "learning_not_offered", "Det kan man ikke sige ja til i den her chat."),
    NotHeldError: Problem(409, "not_held", "Ingen har samtalen lige nu. Den kan ikke overtages."),
    NotLowerError: Problem(409, "not_lower", "Faren står allerede lavere. Se, hvad der står nu."),
    NotAuthorError: Problem(409, "not_author", "Kun den, der har skrevet noten, kan rette den."),
    NoteChangedError: Problem(409, "note_changed", "Noten er ændret imens. Se, hvad der står nu, og prøv igen."),
    NoteNotAllowedError: Problem(
        409, "note_not_allowed", "Du kan ikke læse noget i samtalen. Så kan du heller ikke skrive noter om den."
    ),
    NoteNotFoundError: Problem(404, "note_not_found", "Noten findes ikke mere."),
    NothingToShareError: Problem(409, "nothing_to_share", "Der er ikke noget at dele endnu."),
    NotHolderError: Problem(409, "not_holder", "Du har ikke samtalen. Tag den først."),
    NotWaitingError: Problem(409, "not_waiting", "Du står ikke i kø lige nu. Skriv, at du vil tale med et menneske."),
    OrderNotFoundError: Problem(404, "order_not_found", "Det er her ikke mere."),
    PayloadNotOfferedError: Problem(422, "payload_not_offered", "Den knap findes ikke i samtalen. Skriv det med ord."),
    PhoneMissingError: Problem(422, "phone_missing", "Skriv dit nummer, så vi kan ringe til dig."),
    PlaceMissingError: Problem(422, "meeting_place_missing", "Skriv, hvor du vil mødes."),
    ReadyAnswerChangedError: Problem(
        409, "ready_answer_changed", "En anden har rettet svaret imens. Hent siden igen, og ret det så."
    ),
    ReadyAnswerNotFoundError: Problem(404, "ready_answer_not_found", "Det svar findes ikke mere."),
    ReportNotAllowedError: Problem(
        409, "report_not_allowed", "Du må ikke læse noget i samtalen. Så er der ikke noget at underrette om her."
    ),
    StoreUnreachableError: STORE_AWAY,
    TextTooLongError: Problem(422, "agreed_too_long", f"Skriv det, I har aftalt, med højst {LONGEST_TEXT} tegn."),
    TimeNotOfferedError: Problem(422, "time_not_offered", "Den tid kan man ikke vælge. Vælg en af de ledige tider."),
    TimeTakenError: Problem(409, "time_taken", "Den tid er lige blevet taget. Vælg en anden."),
    TalkBegunError: Problem(409, "talk_begun", "Aftalen er begyndt. Notér under Aftaler, om I mødtes."),
    TalkNotBegunError: Problem(409, "talk_not_begun", "Aftalen er ikke begyndt endnu."),
    TooLateToRemindError: Problem(
        409, "too_late_to_remind", "Tiden er så snart, at vi ikke kan nå at sende en besked først."
    ),
    UnknownMunicipalityError: Problem(422, "unknown_municipality", "Vi kender ikke den kommune."),
    WayNotOfferedError: Problem(
        422, "way_not_offered", "På den måde kan man ikke tale med boligagenten her. Vælg en anden."
    ),
    WrongTokenError: Problem(401, "wrong_token", "Du har ikke adgang til samtalen. Start en ny."),
}
HTTP_TITLES = {
    401: "Log ind først.",
    403: "Det har du ikke adgang til.",
    404: NOT_FOUND.title,
    405: "Det kan man ikke her.",
    413: "Det er for langt. Del det op i flere beskeder.",
}


def without_trace(problem: Problem) -> Problem:
    """The same, for whoever catches it, with nothing of the request that it was raised in.

    Ours are constants: each raise would add its frames to them, with the passwords and codes therein, for good.
    """
    problem.__traceback__ = problem.__context__ = problem.__cause__ = None
    return problem


def problem_response(problem: Problem) -> Response:
    """The answer to a call that cannot be carried out."""
    body = {"type": "about:blank", "status": problem.status, "code": problem.code, "title": problem.title}
    wait = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    return JSONResponse(body, problem.status, media_type="application/problem+json", headers=wait)


def problem_page(request: Request, problem: Problem) -> Response:
    """The same as a page for whoever opened an address in a browser; programs and scripts read the other."""
    path, accepted = request.url.path, request.headers.get("Accept", "")
    if path.startswith("/api/") or "text/html" not in accepted or "HX-Request" in request.headers:
        return problem_response(problem)
    template = "desk/problem.html" if path.startswith("/desk/") else "plain/problem.html"
    wait = {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}
    return templates.TemplateResponse(request, template, {"problem": problem}, problem.status, wait)


async def _problem(request: Request, error: Exception) -> Response:
    return problem_page(request, without_trace(error) if isinstance(error, Problem) else PROBLEMS[type(error)])


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == NOT_FOUND.status and "text/html" in request.headers.get("Accept", ""):
        return templates.TemplateResponse(request, "not_found.html", status_code=status)
    response = problem_response(Problem(status, f"http_{status}", HTTP_TITLES.get(status, "Det gik ikke.")))
    if status == NOT_ALLOWED:
        response.headers["Allow"] = allowed_methods(request)
    return response


def problem_handlers() -> dict[int | type[Exception], ExceptionHandler]:
    """Starlette's exception handlers for every error that has words."""
    known: dict[int | type[Exception], ExceptionHandler] = dict.fromkeys(PROBLEMS, _problem)
    return known | {Problem: _problem, HTTPException: _http}


class UnforeseenErrors:
    """Answers what no handler foresaw, and logs its kind and place.

    Its text is told to nobody, because it may carry what somebody wrote. Starlette's own last resort raises the error
    again, for the server to log in full, and stands outside the middleware that adds our headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noticing_send(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noticing_send)
        except Exception as error:  # noqa: BLE001 - the last resort
            log.error("unforeseen %s at %s", type(error).__name__, place_of(error))  # noqa: TRY400 - not its text
            ERRORS.labels(type(error).__name__).inc()
            # An answer that has begun is cut short by the server, so that nobody takes it for whole.
            if not started:
                await problem_page(Request(scope), BROKEN)(scope, receive, send)


def place_of(error: BaseException) -> str:
    """The last lines of our own code that led to the error, the innermost first; of a group, to its first error."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = [each for each in traceback.extract_tb(error.__traceback__) if OUR_CODE in Path(each.filename).parents]
    told = [f"{Path(each.filename).relative_to(ROOT)}:{each.lineno} {each.name}" for each in reversed(frames)]
    return " < ".join(told[:FRAMES_TOLD]) or "no line of ours"
