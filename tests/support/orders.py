"""Orders of a maintainer, and hands that carry them out without a model."""

import sys
from datetime import UTC, datetime

from bot.casework.orders import Order, OrderKind, OrderState, Outcome
from bot.casework.shelf import Gate, Judged, Lost, Model, Reading, Shelf
from bot.store.people import DeskUser
from bot.store.store import Store
from tests.support.the_tests import THE_TESTS

DONE = {"state": "done", "told": ["Det er gjort."], "shown": {"model": "en-model"}, "page": "<h1>Siden</h1>"}
_TELLS = "import json, sys, time; job = json.load(sys.stdin); tell = lambda told: print(json.dumps(told), flush=True)"


def hand(code: str) -> tuple[str, ...]:
    """One that has read its `job`, and may `tell` what comes of it."""
    return (sys.executable, "-c", f"{_TELLS}\n{code}")


def ordered(store: Store, user: DeskUser, kind: OrderKind, at: datetime | None = None, **given: str) -> int:
    with store.write(THE_TESTS) as work:
        return work.orders.add(user, kind, given, at or datetime.now(UTC))


def order(store: Store, number: int) -> Order:
    with store.read(THE_TESTS) as work:
        return work.orders.one(number)


def taken(store: Store, at: datetime | None = None) -> Order | None:
    with store.write(THE_TESTS) as work:
        return work.orders.take(at or datetime.now(UTC))


def carried_out(store: Store, number: int, *, ok: bool = True, page: str = "", **shown: object) -> None:
    """As a workshop that carried this order out would have told it, now."""
    state = OrderState.DONE if ok else OrderState.REFUSED
    assert taken(store)
    with store.write(THE_TESTS) as work:
        assert work.orders.end(number, Outcome(state, [], shown, page), datetime.now(UTC))


def gates(*closed: str, openable: bool = True) -> list[Gate]:
    """All pass but these, each with one message that was understood before."""
    lost = Lost(
        "jeg sover i en trappe",
        "housing_shelter",
        Reading("housing_shelter", sure=True),
        Reading("money_debt", sure=False),
    )
    names = ("danger", "messages", "all topics", "topic housing", "answers", "sure", "stories", "size", "time")
    return [Gate(name, name not in closed, openable, (lost,) if name in closed else ()) for name in names]


def shelf(*names: str, serving: str, before: str | None = None) -> Shelf:
    """Models of these names, the newest first."""
    made = "2026-11-29T12:00:00+00:00"
    models = [Model(one, made, 0.9123, 0.8, 0.95, fits=True, in_service=one == serving) for one in names]
    return Shelf(models, before)


def trained(store: Store, user: DeskUser, *closed: str, openable: bool = True, page: str = "<h1>Report</h1>") -> int:
    """An order by which "ny" was trained, while "gammel" is in service, after "ældst"."""
    number = ordered(store, user, OrderKind.TRAIN)
    seen = shelf("ny", "gammel", "aeldst", serving="gammel", before="aeldst")
    judged = Judged("ny", gates(*closed, openable=openable))
    carried_out(store, number, page=page, shelf=seen.shown, judged=judged.shown, model="ny", doubts=["to ligner"])
    return number
