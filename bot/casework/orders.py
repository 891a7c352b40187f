"""What a maintainer orders at the desk and a workshop carries out, for the web process trains and loads no model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

SILENT_AFTER = timedelta(seconds=60)
"""A workshop that has said nothing for so long was killed, or hangs. It says something every few seconds."""
WAITS_AT_MOST = timedelta(days=1)
"""Nobody expects any more that what was ordered before is done now."""
KEPT_DAYS = 30

SILENT = "Værkstedet gik i stå, så arbejdet blev ikke færdigt. Prøv igen."
UNTAKEN = "Der var intet værksted, der tog opgaven inden for et døgn. Bed jeres drift om at starte det, og prøv igen."
STOPPED = "Værkstedet blev stoppet, før arbejdet var færdigt. Prøv igen."


class OrderKind(StrEnum):
    """What is to be done."""

    LOOK = "look"
    """See which models there are."""
    TEACH = "teach"
    TRAIN = "train"
    PROMOTE = "promote"
    ROLLBACK = "rollback"
    STORY_CHECK = "story_check"
    STORY_ADD = "story_add"


class OrderState(StrEnum):
    """How far it is. REFUSED: the gates or the checks said no; FAILED: something broke, or it was stopped."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


OPEN = frozenset({OrderState.WAITING, OrderState.RUNNING})
OF_ALL = frozenset({OrderKind.LOOK, OrderKind.TRAIN, OrderKind.PROMOTE, OrderKind.ROLLBACK})
"""What concerns every municipality alike, because one model serves them all, and tells no word of anybody's."""


@dataclass(frozen=True)
class Order:
    """One order. `given` is what was written or chosen for it, `told` the lines that came of it so far.

    `shown` is what a page makes its own picture of: figures, a diff. `by_name` is who ordered it, `conversation` that
    which it was written of and goes with, if any.
    """

    id: int
    kind: OrderKind
    municipality: str
    by: int
    by_name: str
    state: OrderState
    asked_at: datetime
    begun_at: datetime | None = None
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    given: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[str] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    conversation: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def is_given_up(order: Order, now: datetime) -> bool:
    """Whether nobody works at it any more, or nobody took it in time."""
    if order.state is OrderState.RUNNING:
        return order.seen_at is not None and order.seen_at <= now - SILENT_AFTER
    return order.state is OrderState.WAITING and order.asked_at <= now - WAITS_AT_MOST


@dataclass(frozen=True)
class Outcome:
    """How an order ended: lines that are added to what was told, what is shown, and a page of its own, if any."""

    state: OrderState
    told: Sequence[str] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)
    page: str = ""


class AlreadyOrderedError(Exception):
    """The same is ordered already and not done yet: two at once would write over each other."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.kind.value)
        self.order = order


class OrderNotFoundError(Exception):
    """There is no such order, or it is another municipality's, or it was kept long enough."""
