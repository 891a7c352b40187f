"""The page on which a maintainer lets the robot learn, trains it, and puts models into and out of service.

Nothing of it is done here: each button places an order, which a workshop carries out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.casework.orders import Order, OrderKind, OrderNotFoundError, OrderState, is_given_up
from bot.review.untaught import untaught
from bot.store.people import DeskSession, DeskUser
from bot.store.store import Store
from bot.store.whose import Across, Town
from bot.web.desk.conversation import id_of
from bot.web.desk.fields import read_fields
from bot.web.desk.models_view import desk_of, judged_in, orders_for, shelf_in
from bot.web.desk.ordering import place
from bot.web.desk.queue import desk_page
from bot.web.desk.rendering import piece
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem

PAGE = "/desk/models"
LONGEST_WHY = 300
OF_ALL_TOWNS = Across("one model serves every municipality, and what is done with it concerns all who train it")
UNKNOWN_MODEL = Problem(409, "unknown_model", "Den model kan ikke tages i brug længere. Hent siden igen.")
NOTHING_BEFORE = Problem(409, "nothing_before", "Der er ingen model at gå tilbage til. Hent siden igen.")
LEARNS_NOT = Problem(409, "learns_not", "Jeres kommune lærer ikke af samtaler, så der er ikke noget at skrive ind.")
NEVER = Problem(409, "danger_lost", "Den overhører fare, som den skal høre. Derfor kan den ikke tages i brug.")
WHY_MISSING = "Skriv, hvorfor modellen skal tages i brug, selv om den er dårligere til noget."
WHY_TOO_LONG = f"Skriv grunden med højst {LONGEST_WHY} tegn."
REPORT_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The report brings its own style, and may fetch, send, frame and run nothing."""


@dataclass(frozen=True)
class Looked:
    """The orders that a user may see, and how much is decided since the last teaching."""

    orders: Sequence[Order]
    untaught: int


async def show_models(request: Request, session: DeskSession) -> Response:
    """GET /desk/models."""
    return await _page(request, session, {}, {})


async def show_models_news(request: Request, session: DeskSession) -> Response:
    """GET /desk/models/news: what is new, for a page on which something is under way; all of it when that is over."""
    view = await _view(request, session, {}, {})
    if not view["desk"].open:
        await _noted(request, session, view)
    return HTMLResponse(piece("models_news.html", session=session, **view))


async def order_look(request: Request, session: DeskSession) -> Response:
    """POST: which models are there now? Raises Problem, as all that order."""
    return await _ordered(request, session, OrderKind.LOOK)


async def order_teach(request: Request, session: DeskSession) -> Response:
    """POST: what is decided in this municipality is to be written into the data."""
    if not _learns(request, session):
        raise LEARNS_NOT
    return await _ordered(request, session, OrderKind.TEACH)


async def order_train(request: Request, session: DeskSession) -> Response:
    """POST."""
    return await _ordered(request, session, OrderKind.TRAIN)


async def order_promote(request: Request, session: DeskSession) -> Response:
    """POST {"model", "why"}: `why` where a gate says no that a reason may open. The workshop asks the gates anew."""
    fields = await read_fields(request)
    looked = await _look(request, session)
    name, why = fields.get("model", ""), fields.get("why", "").strip()
    shelf, _ = shelf_in(looked.orders)
    model = shelf.model(name) if shelf else None
    if model is None or not model.fits or model.in_service:
        raise UNKNOWN_MODEL
    judged = judged_in(looked.orders, name)
    if judged and not judged.openable:
        raise NEVER
    if judged and judged.closed and not 0 < len(why) <= LONGEST_WHY:
        return await _page(request, session, fields, {"why": WHY_TOO_LONG if why else WHY_MISSING})
    needed = {"why": why} if judged and judged.closed else {}
    return await _ordered(request, session, OrderKind.PROMOTE, {"model": name} | needed, name)


async def order_rollback(request: Request, session: DeskSession) -> Response:
    """POST {"from"}: from the model that was in service when the page was made."""
    fields = await read_fields(request)
    shelf, _ = shelf_in((await _look(request, session)).orders)
    serving = shelf.serving if shelf else None
    if shelf is None or serving is None or serving.name != fields.get("from") or shelf.before is None:
        raise NOTHING_BEFORE
    return await _ordered(request, session, OrderKind.ROLLBACK, {"from": serving.name}, serving.name)


async def show_model_report(request: Request, _session: DeskSession) -> Response:
    """GET /desk/models/reports/{id}: the report that a training wrote. Raises OrderNotFoundError."""
    asked = id_of(request)
    page = await run_sync(_report, request.app.state.store, int(asked) if NUMBER.fullmatch(asked) else 0)
    return HTMLResponse(page, headers={"Content-Security-Policy": REPORT_POLICY})


def _report(store: Store, number: int) -> str:
    with store.read(OF_ALL_TOWNS) as work:
        page = work.orders.page(number) if work.orders.one(number).kind is OrderKind.TRAIN else ""
    if not page:
        raise OrderNotFoundError
    return page


async def _ordered(
    request: Request, session: DeskSession, kind: OrderKind, given: Mapping[str, str] | None = None, subject: str = ""
) -> Response:
    await run_sync(place, request.app.state.store, session.user, kind, given or {}, subject)
    return RedirectResponse(PAGE, 303)


async def _page(
    request: Request, session: DeskSession, given: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    view = await _view(request, session, given, errors)
    await _noted(request, session, view)
    return await desk_page(request, session, "models.html", status=422 if errors else 200, **view)


async def _noted(request: Request, session: DeskSession, view: Mapping[str, Any]) -> None:
    """That words of young people are read, where some are shown."""
    if view["desk"].taught and view["desk"].taught.has_words:
        await run_sync(_note, request.app.state.store, session.user)


async def _view(
    request: Request, session: DeskSession, given: Mapping[str, str], errors: Mapping[str, str]
) -> dict[str, Any]:
    looked, learns = await _look(request, session), _learns(request, session)
    return {
        "desk": desk_of(looked.orders, session.user, datetime.now(UTC), learns=learns),
        "untaught": looked.untaught if learns else 0,
        "learns": learns,
        "given": given,
        "errors": errors,
        "longest_why": LONGEST_WHY,
    }


async def _look(request: Request, session: DeskSession) -> Looked:
    return await run_sync(_looked, request.app.state.store, session.user)


def _looked(store: Store, user: DeskUser) -> Looked:
    with store.read(OF_ALL_TOWNS) as work:
        given_up = any(is_given_up(one, datetime.now(UTC)) for one in orders_for(work, user))
    if given_up:
        # Whoever looks must not wait for a workshop that died.
        with store.write(OF_ALL_TOWNS) as work:
            work.orders.give_up(datetime.now(UTC))
    with store.read(OF_ALL_TOWNS) as work:
        orders = orders_for(work, user)
    last = next((one for one in orders if one.kind is OrderKind.TEACH and not one.is_open), None)
    in_vain = last is not None and last.state is not OrderState.DONE
    with store.read(Town(user.municipality)) as work:
        return Looked(orders, untaught(work, user.municipality, anew=in_vain))


def _note(store: Store, user: DeskUser) -> None:
    with store.write(Town(user.municipality)) as work:
        work.people.note(user, "read_found")


def _learns(request: Request, session: DeskSession) -> bool:
    return bool(request.app.state.municipalities[session.user.municipality].learns)
