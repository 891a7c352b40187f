"""What a maintainer orders for a story: that it is checked, and that what was checked comes into the data."""

from datetime import UTC, datetime

from anyio.to_thread import run_sync
from starlette.requests import Request

from bot.casework.orders import AlreadyOrderedError, Order, OrderKind, OrderNotFoundError, OrderState
from bot.store.people import DeskUser
from bot.store.store import Store
from bot.store.whose import of_conversation
from bot.web.desk.ordering import ORDERING, already_words
from bot.web.plain.whom import NUMBER
from bot.web.problems import Problem, without_trace

LONGEST = 20_000
"""Characters of a text: the skeleton of a long conversation has two thousand."""
DEEDS = {OrderKind.STORY_CHECK: "check_story", OrderKind.STORY_ADD: "add_story"}

GONE = Problem(
    404, "talk_gone", "Samtalen er her ikke mere. Den kan være slettet, eller robotten må ikke lære af den mere."
)
ORDER_GONE = Problem(404, "order_gone", "Den tekst er her ikke mere. Begynd forfra fra samtalen.")
EMPTY = Problem(422, "empty_story", "Skriv en historie eller en regel.")
NOT_CHECKED = Problem(
    409, "not_checked", "Teksten er ikke den, der blev tjekket. Tjek den igen, før den kan lægges i data."
)


def read_text(given: str) -> str:
    """The text as it is kept and shown, without empty lines around it. Raises Problem for what cannot be checked."""
    text = given.strip("\n")
    if not text.strip():
        raise EMPTY
    if (over := len(text) - LONGEST) > 0:
        raise Problem(422, "long_story", f"Teksten er {over} tegn for lang. Lav flere korte historier af den.")
    return text


async def asked_order(request: Request, conversation: str) -> Order | None:
    """The order for a conversation that the address asks for; None where it asks for none. Raises Problem."""
    asked = request.query_params.get("opgave")
    return None if asked is None else await run_sync(_order, request.app.state.store, conversation, asked)


async def checked_order(request: Request, conversation: str, asked: str, text: str) -> None:
    """Raises Problem unless that order checked this very text and found nothing wrong with it."""
    try:
        order = await run_sync(_order, request.app.state.store, conversation, asked)
    except Problem as problem:
        without_trace(problem)
        raise NOT_CHECKED from None
    fine = order.kind is OrderKind.STORY_CHECK and order.state is OrderState.DONE
    if not fine or order.given["text"] != text:
        raise NOT_CHECKED


async def ordered(request: Request, user: DeskUser, conversation: str, kind: OrderKind, text: str) -> int:
    """The number of the order, also of one that asks for the same already. Raises Problem while another is open."""
    return await run_sync(_ordered, request.app.state.store, user, conversation, kind, text)


def _order(store: Store, conversation: str, asked: str) -> Order:
    if not NUMBER.fullmatch(asked):
        raise ORDER_GONE
    try:
        with store.read(of_conversation(conversation)) as work:
            order = work.orders.one(int(asked))
    except OrderNotFoundError:
        raise ORDER_GONE from None
    # One that was sealed with another key has nothing given.
    if order.kind not in DEEDS or order.conversation != conversation or "text" not in order.given:
        raise ORDER_GONE
    return order


def _ordered(store: Store, user: DeskUser, conversation: str, kind: OrderKind, text: str) -> int:
    given = {"text": text}
    try:
        with store.write(ORDERING) as work:
            # It may have been erased since the page was made.
            if conversation not in work.found.conversations(user.municipality):
                raise GONE
            number = work.orders.add(user, kind, given, datetime.now(UTC), conversation)
            work.people.note(user, DEEDS[kind], str(number))
            return number
    except AlreadyOrderedError as error:
        other = error.order
        if (other.by, other.conversation, other.given) == (user.id, conversation, given):
            return other.id
        raise Problem(409, "already_ordered", already_words(other, user)) from None
