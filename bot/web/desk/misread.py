"""The pages on which a maintainer says what misread messages mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.casework.free_times import danish_day
from bot.casework.misread import (
    BadDecisionError,
    DecidedMeanwhileError,
    GroupNotFoundError,
    NothingToSplitError,
    UnknownLabelError,
    Verdict,
)
from bot.review.decisions import LONGEST_NAME
from bot.review.reviewing import Group, decide, decided_groups, group, groups, names_of, split
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.conversation import id_of
from bot.web.desk.fields import read_fields
from bot.web.desk.misread_view import GroupView, choices, decision_words, group_view
from bot.web.desk.queue import desk_page
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

PAGE = "/desk/retraining"
SHOWN = 30
UNKNOWN_LABEL = "Den betydning findes ikke. Vælg en fra listen."
MISSING = {
    Verdict.CONFIRM: "Robotten læste ikke beskederne som noget. Vælg, hvad de betyder.",
    Verdict.CORRECT: "Vælg, hvad beskederne betyder.",
    Verdict.SEVERAL: "Vælg to forskellige betydninger.",
    Verdict.NEW: "Skriv et nyt navn med små bogstaver og _, for eksempel housing_pets.",
}
NO_VERDICT = "Vælg, hvad du vil sige om beskederne."
NOTHING_TO_SPLIT = "Sæt kryds ved nogle af beskederne, men ikke ved dem alle."
DONE = {
    "gemt": "Det er gemt.",
    "mangler": "Det er gemt. Det handler om fare, så en anden skal sige det samme, før det gælder.",
    "delt": "De valgte beskeder er nu en gruppe for sig.",
    "fortrudt": "Det er fortrudt. Nu skal det bestemmes igen.",
    "vil-fortryde": "Det er gemt. To har sagt det, så en anden skal også fortryde det. Imens bliver det ikke givet ud.",
    "staar": "Det bliver ved det, der er bestemt.",
    "ikke-bestemt": "Det er ikke bestemt. Måske er det lige blevet fortrudt.",
}
DECIDED = "bestemt"
"""What the list is asked for to show what is decided."""


@dataclass(frozen=True)
class Listed:
    """One page of the list: the groups on it, which page it is, of how many, and how many groups there are."""

    groups: Sequence[GroupView]
    page: int
    pages: int
    count: int


NOTHING = Listed([], 1, 1, 0)


async def show_groups(request: Request, session: DeskSession) -> Response:
    """GET /desk/retraining?side=…&vis=bestemt: what is to be decided, what weighs most first; or what is decided."""
    asked = request.query_params.get("side", "")
    wanted = int(asked) if NUMBER.fullmatch(asked) else 1
    decided = request.query_params.get("vis") == DECIDED
    store, user, learns = request.app.state.store, session.user, _learns(request, session)
    listed = await run_sync(_look, store, user, wanted, decided) if learns else NOTHING
    return await desk_page(
        request, session, "misread.html", listed=listed, learns=learns, decided=decided, done=_done(request)
    )


async def show_group(request: Request, session: DeskSession) -> Response:
    """GET /desk/retraining/{id}. Raises GroupNotFoundError, also where the municipality learns no more."""
    return await _group_page(request, session, {}, {})


async def decide_group(request: Request, session: DeskSession) -> Response:
    """POST {"dom", "betydning", "og", "navn"}. Raises GroupNotFoundError, and Problem when it is decided."""
    store, user, name = request.app.state.store, session.user, id_of(request)
    must_learn(request, session)
    fields = await read_fields(request)
    if fields.get("dom") not in set(Verdict):
        return await _group_page(request, session, fields, {"dom": NO_VERDICT})
    verdict = Verdict(fields["dom"])
    try:
        settled = await run_sync(decide, store, user, name, verdict, _given(verdict, fields))
    except UnknownLabelError:
        return await _group_page(request, session, fields, {"betydning": UNKNOWN_LABEL})
    except BadDecisionError:
        field = "navn" if verdict is Verdict.NEW else "betydning"
        return await _group_page(request, session, fields, {field: MISSING[verdict]})
    except DecidedMeanwhileError as error:
        raise await meanwhile(store, user, error) from None
    return RedirectResponse(f"{PAGE}?{'gemt' if settled else 'mangler'}", 303)


async def split_group(request: Request, session: DeskSession) -> Response:
    """POST {"m12": "ja", …}: a group of their own of these. Raises GroupNotFoundError; Problem when it is decided."""
    store, user, name = request.app.state.store, session.user, id_of(request)
    must_learn(request, session)
    fields = await read_fields(request)
    ticked = [int(field[1:]) for field in fields if field[:1] == "m" and NUMBER.fullmatch(field[1:])]
    try:
        own = await run_sync(split, store, user, name, ticked)
    except NothingToSplitError:
        return await _group_page(request, session, {}, {"dele": NOTHING_TO_SPLIT})
    except DecidedMeanwhileError as error:
        raise await meanwhile(store, user, error) from None
    return RedirectResponse(f"{PAGE}/{own}?delt", 303)


def _given(verdict: Verdict, fields: Mapping[str, str]) -> list[str]:
    """What was chosen beside the verdict; what another verdict would need is left alone."""
    named = {Verdict.CORRECT: ("betydning",), Verdict.SEVERAL: ("betydning", "og"), Verdict.NEW: ("navn",)}
    return [fields.get(field, "") for field in named.get(verdict, ())]


def _learns(request: Request, session: DeskSession) -> bool:
    """Whether the municipality learns. What was found before it stopped is shown no more; the next night forgets it."""
    return bool(request.app.state.municipalities[session.user.municipality].learns)


def _look(store: Store, user: DeskUser, wanted: int, decided: bool) -> Listed:  # noqa: FBT001 - by run_sync
    _note(store, user)
    with store.read(Town(user.municipality)) as work:
        found = (decided_groups if decided else groups)(work, user.municipality, danish_day(datetime.now(UTC)))
        names = names_of(work, user.municipality)
    pages = max(1, -(-len(found) // SHOWN))
    page = min(max(1, wanted), pages)
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    return Listed([group_view(one, user.id, names) for one in shown], page, pages, len(found))


def _note(store: Store, user: DeskUser) -> None:
    with store.write(Town(user.municipality)) as work:
        work.people.note(user, "read_found")


def _one(store: Store, user: DeskUser, name: str) -> tuple[Group, Mapping[int, str]]:
    with store.read(Town(user.municipality)) as work:
        found = group(work, user.municipality, name, danish_day(datetime.now(UTC)))
        return found, names_of(work, user.municipality)


def must_learn(request: Request, session: DeskSession) -> None:
    """Raises GroupNotFoundError where the municipality learns no more."""
    if not _learns(request, session):
        raise GroupNotFoundError


async def _view(request: Request, session: DeskSession) -> GroupView:
    must_learn(request, session)
    found, names = await run_sync(_one, request.app.state.store, session.user, id_of(request))
    return group_view(found, session.user.id, names)


async def _group_page(
    request: Request, session: DeskSession, given: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    view = await _view(request, session)
    await run_sync(_note, request.app.state.store, session.user)
    return await desk_page(
        request,
        session,
        "misread_group.html",
        status=422 if errors else 200,
        group=view,
        choices=choices(),
        given=given,
        errors=errors,
        done=_done(request),
        longest_name=LONGEST_NAME,
    )


async def meanwhile(store: Store, user: DeskUser, error: DecidedMeanwhileError) -> Problem:
    """Who decided it meanwhile, and how."""

    def who() -> str:
        with store.read(Town(user.municipality)) as work:
            return names_of(work, user.municipality).get(error.by, "En kollega")

    told = f"{await run_sync(who)} har bestemt det imens: {decision_words(error.decision)}."
    return Problem(409, "decided_meanwhile", told)


def _done(request: Request) -> str:
    return next((words for name, words in DONE.items() if name in request.query_params), "")
