"""The pages on which a lead writes the answers that caseworkers have ready."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.ready_answers import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST,
    BadReadyAnswerError,
    ReadyAnswerNotFoundError,
    TooManyReadyAnswersError,
    Wording,
    Wrong,
)
from bot.conversation.ready_answers import ReadyAnswers
from bot.language.readability import lix
from bot.store.people import DeskSession
from bot.web.desk.fields import read_fields
from bot.web.desk.queue import desk_page
from bot.web.plain.whom import NUMBER

EASY_LIX = 30
"""Up to here a young person who reads little can follow."""
FULL = f"I har {MOST} faste svar. Fjern et, før du tilføjer et nyt."
TOLD = {
    Wrong.TITLE: ("titel", f"Skriv en titel på højst {LONGEST_TITLE} tegn."),
    Wrong.TEXT: ("svar", f"Skriv et svar på højst {LONGEST_TEXT} tegn."),
    Wrong.TAKEN: ("titel", "I har allerede et svar med den titel."),
}
LISTED, ONE = "ready_answers.html", "ready_answer.html"
NEW = Wording("", "")


async def show_ready_answers(request: Request, session: DeskSession) -> Response:
    """GET /desk/ready-answers: all of them, and the form for one more."""
    return await _list(request, session, NEW, {}, 200)


async def add_ready_answer(request: Request, session: DeskSession) -> Response:
    """POST {"titel", "svar"}."""
    wording = _wording(await read_fields(request))
    try:
        await ready_answers_of(request).add(session.user, wording)
    except BadReadyAnswerError as error:
        return await _list(request, session, wording, _told(error), 422)
    except TooManyReadyAnswersError:
        return await _list(request, session, wording, {"titel": FULL}, 409)
    return RedirectResponse("/desk/ready-answers?gemt", 303)


async def show_ready_answer(request: Request, session: DeskSession) -> Response:
    """GET /desk/ready-answers/{id}. Raises ReadyAnswerNotFoundError."""
    found = await ready_answers_of(request).get(session.user, _number(request))
    return await _one(request, session, found, found.revision, {})


async def change_ready_answer(request: Request, session: DeskSession) -> Response:
    """POST {"titel", "svar", "udgave"}. Raises ReadyAnswerNotFoundError, ReadyAnswerChangedError."""
    fields, number = await read_fields(request), _number(request)
    given, wording = fields.get("udgave", ""), _wording(fields)
    seen = int(given) if NUMBER.fullmatch(given) else -1
    try:
        await ready_answers_of(request).change(session.user, number, wording, seen)
    except BadReadyAnswerError as error:
        return await _one(request, session, wording, seen, _told(error))
    return RedirectResponse("/desk/ready-answers?gemt", 303)


async def remove_ready_answer(request: Request, session: DeskSession) -> Response:
    """POST. Raises ReadyAnswerNotFoundError."""
    await ready_answers_of(request).remove(session.user, _number(request))
    return RedirectResponse("/desk/ready-answers?fjernet", 303)


def ready_answers_of(request: Request) -> ReadyAnswers:
    """What the application has of them."""
    answers: ReadyAnswers = request.app.state.ready_answers
    return answers


async def _list(
    request: Request, session: DeskSession, new: Wording, errors: Mapping[str, str], status: int
) -> Response:
    answers = await ready_answers_of(request).all(session.user)
    shown = [(answer, round(lix(answer.text))) for answer in answers]
    done = next((name for name in ("gemt", "fjernet") if name in request.query_params), "")
    return await desk_page(
        request, session, LISTED, status=status, answers=shown, wording=new, errors=errors, done=done, **_limits(new)
    )


async def _one(
    request: Request, session: DeskSession, wording: Wording, seen: int, errors: Mapping[str, str]
) -> Response:
    view = {"id": _number(request), "wording": wording, "seen": seen, "errors": errors, **_limits(wording)}
    return await desk_page(request, session, ONE, status=422 if errors else 200, **view)


def _limits(wording: Wording) -> dict[str, int]:
    counted = {"lix": round(lix(wording.text)), "easy": EASY_LIX}
    return counted | {"longest_title": LONGEST_TITLE, "longest_text": LONGEST_TEXT}


def _told(error: BadReadyAnswerError) -> dict[str, str]:
    return dict(TOLD[wrong] for wrong in error.wrong)


def _wording(fields: Mapping[str, str]) -> Wording:
    return Wording(fields.get("titel", ""), fields.get("svar", ""))


def _number(request: Request) -> int:
    given = request.path_params["id"]
    if not NUMBER.fullmatch(given):
        raise ReadyAnswerNotFoundError
    return int(given)
