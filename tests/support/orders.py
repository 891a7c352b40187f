"""Orders of a maintainer, and hands that carry them out without a model."""

import sys
from datetime import UTC, datetime

from bot.casework.orders import Order, OrderKind
from bot.store.people import DeskUser
from bot.store.store import Store

DONE = {"state": "done", "told": ["Det er gjort."], "shown": {"model": "en-model"}, "page": "<h1>Siden</h1>"}
_TELLS = "import json, sys, time; job = json.load(sys.stdin); tell = lambda told: print(json.dumps(told), flush=True)"


def hand(code: str) -> tuple[str, ...]:
    """One that has read its `job`, and may `tell` what comes of it."""
    return (sys.executable, "-c", f"{_TELLS}\n{code}")


def ordered(store: Store, user: DeskUser, kind: OrderKind, at: datetime | None = None, **given: str) -> int:
    with store.write() as work:
        return work.orders.add(user, kind, given, at or datetime.now(UTC))


def order(store: Store, number: int) -> Order:
    with store.read() as work:
        return work.orders.one(number)


def taken(store: Store, at: datetime | None = None) -> Order | None:
    with store.write() as work:
        return work.orders.take(at or datetime.now(UTC))
