"""Training and models as a maintainer sees them: what is under way, what came of it, and what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.casework.orders import OF_ALL, Order, OrderKind, OrderState
from bot.casework.shelf import Judged, Model, Shelf
from bot.store.people import DeskUser
from bot.store.store import Work
from bot.web.desk.gate_words import GateView, gate_views, verdict_words
from bot.web.desk.ordering import WANTED, asker
from bot.web.desk.words import moment

NO_WORKSHOP_AFTER = timedelta(seconds=20)
KINDS = OF_ALL | {OrderKind.TEACH}
LOOKED_AT = 40
ENDED = {
    (OrderKind.LOOK, OrderState.DONE): "Listen over modeller er opdateret.",
    (OrderKind.TEACH, OrderState.DONE): "Det er skrevet ind.",
    (OrderKind.TRAIN, OrderState.DONE): "Der er lavet en ny model.",
    (OrderKind.PROMOTE, OrderState.DONE): "Modellen er taget i brug. Robotten svarer med den inden for et minut.",
    (OrderKind.ROLLBACK, OrderState.DONE): "Modellen før er i brug igen. Robotten svarer med den inden for et minut.",
    (OrderKind.PROMOTE, OrderState.REFUSED): "Modellen blev ikke taget i brug.",
    (OrderKind.ROLLBACK, OrderState.REFUSED): "Der blev ikke gået tilbage.",
    (OrderKind.TEACH, OrderState.REFUSED): "Der blev ikke skrevet noget ind.",
    (OrderKind.TRAIN, OrderState.REFUSED): "Der blev ikke lavet nogen model.",
}


@dataclass(frozen=True)
class OrderView:
    """An order in words: who asked for what and when, and the lines that came of it; `why` where it did not go well."""

    id: int
    asked: str
    ended: str
    why: str
    lines: Sequence[str]
    is_open: bool
    waits_long: bool
    faults: Sequence[str]


@dataclass(frozen=True)
class ModelView:
    """A model in words, and whether it can be put into service."""

    name: str
    title: str
    in_service: bool
    can_serve: bool
    figures: Sequence[tuple[str, str]]
    other_code: bool


@dataclass(frozen=True)
class JudgedView:
    """What the gates say of one model. With `asks_why` it goes into service with a reason, with `never` not at all."""

    name: str
    title: str
    words: str
    gates: Sequence[GateView]
    asks_why: bool
    never: bool
    report: int | None


@dataclass(frozen=True)
class TaughtView:
    """What the last teaching has written, as a diff for each file; None of it where it was erased meanwhile."""

    diffs: Sequence[str]
    near: Sequence[str]
    faults: Sequence[str]
    nothing_new: bool
    forgotten: bool

    @property
    def has_words(self) -> bool:
        """Whether words of young people are among it."""
        return bool(self.diffs or self.near or self.faults)


@dataclass(frozen=True)
class Desk:
    """All that the page shows."""

    open: Sequence[OrderView]
    last: OrderView | None
    models: Sequence[ModelView]
    serving: ModelView | None
    before: str
    judged: JudgedView | None
    taught: TaughtView | None
    doubts: Sequence[str]
    seen: str


def orders_for(work: Work, user: DeskUser) -> list[Order]:
    """The last orders that this user may see: what concerns all, and of the words of messages only their own town's."""
    found = [*work.orders.newest(OF_ALL, most=LOOKED_AT)]
    found += work.orders.newest({OrderKind.TEACH}, user.municipality, LOOKED_AT)
    return sorted(found, key=lambda one: -one.id)


def shelf_in(orders: Sequence[Order]) -> tuple[Shelf | None, datetime | None]:
    """The models as they were seen last, and when."""
    seen = [one for one in orders if "shelf" in one.shown]
    last = max(seen, key=lambda one: one.ended_at or one.asked_at, default=None)
    return (Shelf.of(last.shown["shelf"]), last.ended_at) if last else (None, None)


def judged_in(orders: Sequence[Order], model: str) -> Judged | None:
    """What the gates said last of this model."""
    said = (Judged.of(one.shown["judged"]) for one in orders if "judged" in one.shown)
    return next((judged for judged in said if judged.model == model and judged.gates), None)


def desk_of(orders: Sequence[Order], user: DeskUser, now: datetime, *, learns: bool) -> Desk:
    """The page of these orders, newest first."""
    shelf, seen = shelf_in(orders)
    models = [_model(one, now) for one in shelf.models] if shelf else []
    newest = shelf.models[0] if shelf and shelf.models else None
    ended = [one for one in orders if not one.is_open]
    is_at_work = any(one.state is OrderState.RUNNING for one in orders)
    return Desk(
        open=[_order(one, user, now, is_at_work=is_at_work) for one in orders if one.is_open],
        last=_order(ended[0], user, now) if ended else None,
        models=models,
        serving=next((one for one in models if one.in_service), None),
        before=(shelf.before or "") if shelf else "",
        judged=_judged(orders, newest, now) if newest and not newest.in_service and newest.fits else None,
        taught=_taught(orders) if learns else None,
        doubts=next((one.shown["doubts"] for one in orders if "doubts" in one.shown), ()),
        seen=moment(seen, now) if seen else "",
    )


def _order(order: Order, user: DeskUser, now: datetime, *, is_at_work: bool = False) -> OrderView:
    asked = f"{asker(order, user)} bad om {WANTED[order.kind]} {moment(order.asked_at, now)}."
    waits_long = order.state is OrderState.WAITING and now - order.asked_at > NO_WORKSHOP_AFTER and not is_at_work
    ended = "" if order.is_open else ENDED.get((order.kind, order.state), "Det lykkedes ikke.")
    # Of what was taught the words stand where the diff does, and go with it.
    faults = [] if order.kind is OrderKind.TEACH else order.shown.get("faults", ())
    why = order.told[-1] if order.told and order.state in (OrderState.REFUSED, OrderState.FAILED) else ""
    return OrderView(order.id, asked, ended, why, order.told, order.is_open, waits_long, faults)


def _model(model: Model, now: datetime) -> ModelView:
    figures = (
        ("Forstår", f"{_hundred(model.right)} af 100 beskeder"),
        ("Svarer uden at spørge først", f"på {_hundred(model.answers)} af 100"),
        ("Svarer rigtigt, når den svarer", f"på {_hundred(model.right_answers)} af 100"),
    )
    return ModelView(
        model.name,
        title(model, now),
        model.in_service,
        model.fits and not model.in_service,
        figures,
        not model.fits,
    )


def title(model: Model, now: datetime) -> str:
    """What a model is called: by when it was made, for its name says little."""
    return f"Modellen fra {moment(datetime.fromisoformat(model.trained_at), now)}"


def _hundred(share: float) -> str:
    return f"{100 * share:.1f}".replace(".", ",")


def _judged(orders: Sequence[Order], model: Model, now: datetime) -> JudgedView:
    found = judged_in(orders, model.name)
    report = next((one.id for one in orders if _has_report(one, model.name)), None)
    if found is None:
        return JudgedView(model.name, title(model, now), "", (), asks_why=False, never=False, report=report)
    closed = bool(found.closed)
    return JudgedView(
        model.name,
        title(model, now),
        verdict_words(found),
        gate_views(found),
        asks_why=closed and found.openable,
        never=closed and not found.openable,
        report=report,
    )


def _has_report(order: Order, model: str) -> bool:
    return order.kind is OrderKind.TRAIN and order.shown.get("model") == model and "judged" in order.shown


def _taught(orders: Sequence[Order]) -> TaughtView | None:
    last = next((one for one in orders if one.kind is OrderKind.TEACH and not one.is_open), None)
    if last is None:
        return None
    shown: Mapping[str, Sequence[str]] = last.shown
    diffs, near, faults = (shown.get(name, ()) for name in ("diffs", "near", "faults"))
    done = last.state is OrderState.DONE
    nothing_new = done and "diffs" in shown and not diffs
    return TaughtView(diffs, near, faults, nothing_new, forgotten=done and "diffs" not in shown)
