"""What a maintainer takes back at the desk, and what stays as two have said it."""

from datetime import datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.misread import DecidedMeanwhileError, NotDecidedError
from bot.review.undoing import let_stand, undo
from bot.store.people import DeskSession
from bot.web.desk.conversation import id_of
from bot.web.desk.fields import read_fields
from bot.web.desk.misread import PAGE, meanwhile, must_learn


async def undo_group(request: Request, session: DeskSession) -> Response:
    """POST {"bestemt"}, when that was decided which is undone. Raises GroupNotFoundError, Problem if it is newer."""
    store, user, name = request.app.state.store, session.user, id_of(request)
    must_learn(request, session)
    seen = _moment((await read_fields(request)).get("bestemt", ""))
    try:
        is_open = await run_sync(lambda: undo(store, user, name, seen=seen))
    except NotDecidedError:
        return _back(name, "ikke-bestemt")
    except DecidedMeanwhileError as error:
        raise await meanwhile(store, user, error) from None
    return _back(name, "fortrudt" if is_open else "vil-fortryde")


async def let_group_stand(request: Request, session: DeskSession) -> Response:
    """POST: nobody would undo it any more. Raises GroupNotFoundError."""
    must_learn(request, session)
    try:
        await run_sync(let_stand, request.app.state.store, session.user, id_of(request))
    except NotDecidedError:
        return _back(id_of(request), "ikke-bestemt")
    return _back(id_of(request), "staar")


def _back(name: str, done: str) -> Response:
    return RedirectResponse(f"{PAGE}/{name}?{done}", 303)


def _moment(words: str) -> datetime | None:
    """None where it is none: whoever writes the field themselves undoes what is decided now."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
