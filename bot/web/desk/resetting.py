"""Whose phone is lost sets the second factor up anew: a colleague's is reset here, one's own by a colleague."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.agents import read_number
from bot.web.desk.rendering import page_wanted
from bot.web.desk.sign_ins import OTHERS
from bot.web.problems import NOT_FOUND, Problem

ONES_OWN = Problem(409, "own_second_factor", "Dit eget totrinslogin kan kun en kollega nulstille.")
NOTHING_TO_RESET = Problem(409, "no_second_factor", "Der er ikke noget totrinslogin at nulstille mere.")


async def reset_second_factor(request: Request, session: DeskSession) -> Response:
    """POST /desk/people/{id}/second-factor/reset: a colleague sets it up anew when they sign in the next time.

    Where they are signed in they stay so. Raises Problem.
    """
    number = read_number(request.path_params["id"])
    await run_sync(_reset, request.app.state.store, session.user, number)
    return RedirectResponse(OTHERS, 303) if page_wanted(request) else Response(status_code=204)


def _reset(store: Store, user: DeskUser, number: int) -> None:
    with store.write(Town(user.municipality)) as work:
        colleague = next((one for one in work.people.users(user.municipality) if one.id == number), None)
        if colleague is None:
            raise NOT_FOUND
        if colleague.id == user.id:
            raise ONES_OWN
        if not work.second_factors.reset(colleague):
            raise NOTHING_TO_RESET
        work.people.note(user, "reset_second_factor", colleague.name)
