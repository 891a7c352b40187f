"""The last step into the desk, whichever way somebody came; and the tries at codes that are counted before it."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request

from bot.store.people import DeskUser
from bot.web.desk.devices import device_words
from bot.web.desk.second_factor import WRONG_CODE, shows
from bot.web.desk.sessions import NewSession, start_session
from bot.web.desk.tries import SignInTries
from bot.web.security import address_of


async def enter(request: Request, user: DeskUser) -> NewSession:
    """Begins a session for somebody who has shown all that is asked of them."""
    state = request.app.state
    tries: SignInTries = state.sign_in_tries
    tries.right(address_of(request), user.name)
    device = device_words(request.headers.get("User-Agent", ""))
    return await run_sync(start_session, state.store, user, state.settings.desk_session, device)


async def check_code(request: Request, user: DeskUser, given: str) -> None:
    """Raises Problem for a code that is not theirs now, or was used, or when too many were wrong."""
    state, address = request.app.state, address_of(request)
    tries: SignInTries = state.sign_in_tries
    async with state.limits.one_at_a_time(user.name):
        tries.check_code(address, user.name)
        if not await run_sync(shows, state.store, user, given, datetime.now(UTC)):
            tries.wrong_code(address, user.name)
            raise WRONG_CODE
