"""Where somebody is signed in, and who else is: each sign-in can be ended by whose it is, and by a lead."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.rights import Right
from bot.store.people import DeskSession, DeskUser
from bot.store.sign_ins import SignIn
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.fields import read_fields
from bot.web.desk.guard import SIGN_IN
from bot.web.desk.oidc.routes import way_out
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import page_wanted
from bot.web.desk.sessions import delete_cookie
from bot.web.desk.words import moment, told_apart
from bot.web.problems import NOT_FOUND, Problem

OWN, OTHERS = "/desk/sign-ins", "/desk/people"
NOT_SAID = Problem(422, "not_said", "Vælg, om du vil logges ud alle steder eller kun alle andre steder.")


async def show_sign_ins(request: Request, session: DeskSession) -> Response:
    """Where the reader is signed in."""
    found, codes_left = await run_sync(_own, request.app.state.store, session.user)
    words = partial(moment, now=datetime.now(UTC))
    view = {"sign_ins": found, "codes_left": codes_left, "here_now": session.id, "moment": words}
    return await desk_page(request, session, "sign_ins.html", **view)


async def show_people(request: Request, session: DeskSession) -> Response:
    """Who is signed in at the desks of the municipality, and where; the reader is on a page of their own."""
    found, with_codes, names = await run_sync(_all, request.app.state.store, session.user)
    others = (one for one in found if one.user != session.user.id)
    people = [(names[name], list(those)) for name, those in groupby(others, key=lambda one: one.name)]
    view = {
        "people": people,
        "with_codes": with_codes,
        "names": names,
        "moment": partial(moment, now=datetime.now(UTC)),
    }
    return await desk_page(request, session, "people.html", **view)


async def end_sign_in(request: Request, session: DeskSession) -> Response:
    """POST /desk/sign-ins/{id}/end: one of one's own, or of a colleague by who may; again is 404.

    Raises NotAllowedError for a colleague's.
    """
    ended = await run_sync(_end_one, request.app.state.store, session.user, request.path_params["id"])
    return await _ended(request, session, [ended], OWN if ended.user == session.user.id else OTHERS)


async def end_sign_ins(request: Request, session: DeskSession) -> Response:
    """POST /desk/sign-ins/end {"which": "others" | "all"}: one's own everywhere else, or everywhere."""
    which = (await read_fields(request)).get("which")
    if which not in ("others", "all"):
        raise NOT_SAID
    spared = session.id if which == "others" else None
    ended = await run_sync(_end_own, request.app.state.store, session.user, spared)
    return await _ended(request, session, ended, OWN)


async def _ended(request: Request, session: DeskSession, ended: Collection[SignIn], back: str) -> Response:
    here = any(one.id == session.id for one in ended)
    response: Response = Response(status_code=204)
    if page_wanted(request):
        led_out = await way_out(request, session.user) if here else None
        response = led_out or RedirectResponse(SIGN_IN if here else back, 303)
    if here:
        delete_cookie(response)
    return response


def _own(store: Store, user: DeskUser) -> tuple[list[SignIn], int | None]:
    """With how many codes for an emergency are left, None for who has no second factor."""
    with store.read(Town(user.municipality)) as work:
        left = work.second_factors.recovery_codes_left(user) if work.second_factors.has(user) else None
        return work.sign_ins.of_user(user.id), left


def _all(store: Store, user: DeskUser) -> tuple[list[SignIn], list[DeskUser], Mapping[str, str]]:
    """With the others who have a second factor, and what all are called."""
    with store.read(Town(user.municipality)) as work:
        having = work.second_factors.of_municipality(user.municipality) - {user.id}
        everybody = work.people.users(user.municipality)
        colleagues = [one for one in everybody if one.id in having]
        names = told_apart((one.name, one.shown_name) for one in everybody)
        return work.sign_ins.of_municipality(user.municipality), colleagues, names


def _end_one(store: Store, user: DeskUser, id_: str) -> SignIn:
    with store.write(Town(user.municipality)) as work:
        found = next((one for one in work.sign_ins.of_municipality(user.municipality) if one.id == id_), None)
        if found is None:
            raise NOT_FOUND
        if found.user != user.id:
            user.access.check(Right.PEOPLE)
        work.sign_ins.end([found.id])
        work.people.note(user, "end_sign_in", found.name)
        return found


def _end_own(store: Store, user: DeskUser, spared: str | None) -> list[SignIn]:
    with store.write(Town(user.municipality)) as work:
        found = [one for one in work.sign_ins.of_user(user.id) if one.id != spared]
        work.sign_ins.end([one.id for one in found])
        work.people.note(user, "end_sign_ins", user.name)
        return found
