"""What maintainers ordered, over one transaction: asked by the desk, carried out by one workshop at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.casework.orders import (
    SILENT,
    SILENT_AFTER,
    UNTAKEN,
    WAITS_AT_MOST,
    AlreadyOrderedError,
    Order,
    OrderKind,
    OrderNotFoundError,
    OrderState,
    Outcome,
)
from bot.store.order_tables import orders
from bot.store.people import DeskUser
from bot.store.review_tables import found_messages
from bot.store.tables import desk_users
from bot.store.vault import UNREADABLE, Vault, VaultError

_OWN = ("id", "municipality", "conversation", "asked_at", "begun_at", "seen_at", "ended_at")
_NO_PAGE = tuple(column for column in orders.c if column.name != "page")
_FORGOTTEN = b""
"""What is shown of an order, also one that has not ended yet, when it may be shown no more."""


class OrderRows:
    """The orders. Each is carried out once: a workshop that dies leaves one that has failed."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def add(
        self, user: DeskUser, kind: OrderKind, given: dict[str, str], now: datetime, conversation: str | None = None
    ) -> int:
        """Its number; it goes with a conversation, if any. Raises AlreadyOrderedError while one of its kind is open."""
        self.give_up(now)
        values = {
            "municipality": user.municipality,
            "desk_user": user.id,
            "conversation": conversation,
            "kind": kind,
            "open_kind": kind,
            "state": OrderState.WAITING,
            "asked_at": now,
            "given": self._vault.encrypt(given),
        }
        try:
            with self._connection.begin_nested():
                number: int = self._connection.execute(
                    insert(orders).values(values).returning(orders.c.id)
                ).scalar_one()
        except IntegrityError as error:
            if open_ := self._found(orders.c.open_kind == kind):
                raise AlreadyOrderedError(open_[0]) from error
            raise
        return number

    def newest(self, kinds: Collection[OrderKind], municipality: str | None = None, most: int = 1) -> Sequence[Order]:
        """The last ordered of these kinds first; of all municipalities where none is named."""
        which = orders.c.kind.in_(sorted(kinds))
        return self._found(which if municipality is None else which & (orders.c.municipality == municipality), most)

    def one(self, number: int) -> Order:
        """Raises OrderNotFoundError."""
        if found := self._found(orders.c.id == number):
            return found[0]
        raise OrderNotFoundError

    def page(self, number: int) -> str:
        """Its page; empty where it has none. Raises OrderNotFoundError."""
        row = self._connection.execute(select(orders.c.page).where(orders.c.id == number)).first()
        if row is None:
            raise OrderNotFoundError
        return str(self._opened(row.page).get("page", ""))

    def waits(self, now: datetime) -> bool:
        """Whether one waits and no workshop is at another one."""
        waiting = select(orders.c.id).where(orders.c.state == OrderState.WAITING).limit(1)
        at_work = (orders.c.state == OrderState.RUNNING) & (orders.c.seen_at > now - SILENT_AFTER)
        busy = select(orders.c.id).where(at_work).limit(1)
        return self._connection.scalar(waiting) is not None and self._connection.scalar(busy) is None

    def take(self, now: datetime) -> Order | None:
        """The one that has waited longest, from now on this workshop's; None while none waits or another one is done.

        One after the other, for each may change what the next one works with.
        """
        self.give_up(now)
        open_ = select(orders.c.id, orders.c.state).where(orders.c.open_kind.is_not(None)).order_by(orders.c.id)
        rows = self._connection.execute(open_.with_for_update()).all()
        if not rows or any(row.state == OrderState.RUNNING for row in rows):
            return None
        begun = {"state": OrderState.RUNNING, "begun_at": now, "seen_at": now}
        self._connection.execute(update(orders).where(orders.c.id == rows[0].id).values(begun))
        return self.one(rows[0].id)

    def works(self, number: int, told: Sequence[str], now: datetime) -> bool:
        """Says that its workshop works at it, and what came of it so far; False where it was given up meanwhile."""
        values = {"seen_at": now, "told": self._vault.encrypt({"told": list(told)})}
        return self._connection.execute(update(orders).where(_running(number)).values(values)).rowcount == 1

    def end(self, number: int, outcome: Outcome, now: datetime) -> bool:
        """How it ended, with all that was told; False where it was given up meanwhile."""
        ended = _ended(outcome.state, now) | {
            "told": self._vault.encrypt({"told": list(outcome.told)}),
            "shown": func.coalesce(orders.c.shown, self._vault.encrypt(outcome.shown)),
            "page": self._vault.encrypt({"page": outcome.page}) if outcome.page else None,
        }
        return self._connection.execute(update(orders).where(_running(number)).values(ended)).rowcount == 1

    def give_up(self, now: datetime) -> None:
        """Tells those as failed whose workshop is silent, and those that nobody took."""
        silent = (orders.c.state == OrderState.RUNNING) & (orders.c.seen_at <= now - SILENT_AFTER)
        untaken = (orders.c.state == OrderState.WAITING) & (orders.c.asked_at <= now - WAITS_AT_MOST)
        for which, why in ((silent, SILENT), (untaken, UNTAKEN)):
            for order in self._found(which):
                told = self._vault.encrypt({"told": [*order.told, why]})
                ended = _ended(OrderState.FAILED, now) | {"told": told}
                self._connection.execute(update(orders).where(orders.c.id == order.id, which).values(ended))

    def _found(self, which: ColumnElement[bool], most: int | None = None) -> list[Order]:
        rows = self._connection.execute(
            select(*_NO_PAGE, desk_users.c.shown_name)
            .join(desk_users, desk_users.c.id == orders.c.desk_user)
            .where(which)
            .order_by(orders.c.id.desc())
            .limit(most)
        )
        return [self._order(row) for row in rows.mappings()]

    def _order(self, row: RowMapping) -> Order:
        return Order(
            kind=OrderKind(row["kind"]),
            state=OrderState(row["state"]),
            by=row["desk_user"],
            by_name=row["shown_name"],
            given=self._opened(row["given"]),
            told=tuple(self._opened(row["told"], told=[UNREADABLE]).get("told", ())),
            shown=self._opened(row["shown"]),
            **{name: row[name] for name in _OWN},
        )

    def _opened(self, sealed: bytes | None, **otherwise: Any) -> dict[str, Any]:
        """What was sealed; where it was with another key, `otherwise`."""
        try:
            return self._vault.decrypt(sealed) if sealed else {}
        except VaultError:
            return otherwise


def forget_taught(connection: Connection, conversation: str) -> None:
    """Takes away what is shown of messages that were taught, where one of this conversation may be among them.

    To be called before what was found in it goes.
    """
    # What was decided and taken back may have been taught before that; whatever was taken back stays in its group.
    was_decided = found_messages.c.settled_at.is_not(None) | found_messages.c.stays
    towns = select(found_messages.c.municipality).where(found_messages.c.conversation == conversation, was_decided)
    begun = (orders.c.kind == OrderKind.TEACH) & (orders.c.state != OrderState.WAITING)
    taught = begun & orders.c.municipality.in_(towns)
    connection.execute(update(orders).where(taught).values(shown=_FORGOTTEN))


def _running(number: int) -> ColumnElement[bool]:
    return (orders.c.id == number) & (orders.c.state == OrderState.RUNNING)


def _ended(state: OrderState, now: datetime) -> dict[str, Any]:
    return {"state": state, "open_kind": None, "ended_at": now}
