"""Orders as the desk places them: with a line in the audit log, and a kind word where the same is ordered already."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.casework.orders import AlreadyOrderedError, Order, OrderKind, OrderState
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import Across
from bot.web.problems import Problem

WANTED = {
    OrderKind.LOOK: "at se, hvilke modeller der er",
    OrderKind.TEACH: "at få det nye skrevet ind",
    OrderKind.TRAIN: "en ny model",
    OrderKind.PROMOTE: "at få en model taget i brug",
    OrderKind.ROLLBACK: "at gå tilbage til modellen før",
    OrderKind.STORY_CHECK: "at få en samtale set efter",
    OrderKind.STORY_ADD: "at få en samtale skrevet ind",
}
"""What somebody asks for by an order, after "har bedt om"."""
ORDERING = Across("one order of a kind is open at a time in all, for one model serves every municipality")
ELSEWHERE = "En kollega i en anden kommune"


def place(store: Store, user: DeskUser, kind: OrderKind, given: Mapping[str, str], subject: str = "") -> int:
    """Orders it, and notes who did with the `subject`, or its number. Raises Problem where it is open already."""
    try:
        with store.write(ORDERING) as work:
            number = work.orders.add(user, kind, dict(given), datetime.now(UTC))
            work.people.note(user, f"order_{kind}", subject or str(number))
            return number
    except AlreadyOrderedError as error:
        raise Problem(409, "already_ordered", already_words(error.order, user)) from None


def already_words(order: Order, user: DeskUser) -> str:
    """That it is ordered already, by whom, and what to do."""
    state = "Det er i gang" if order.state is OrderState.RUNNING else "Det begynder snart"
    return f"{asker(order, user)} har allerede bedt om {WANTED[order.kind]}. {state}. Vent, til det er færdigt."


def asker(order: Order, user: DeskUser) -> str:
    """Who ordered it, for this user; colleagues of other municipalities are not named."""
    if order.by == user.id:
        return "Du"
    return order.by_name if order.municipality == user.municipality else ELSEWHERE
