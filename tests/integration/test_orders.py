"""Orders in the store: each is taken once, only one of a kind is open, and what is silent has failed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.casework.orders import (
    KEPT_DAYS,
    SILENT,
    SILENT_AFTER,
    UNTAKEN,
    WAITS_AT_MOST,
    AlreadyOrderedError,
    OrderKind,
    OrderNotFoundError,
    OrderState,
    Outcome,
)
from bot.conversation.retention import erase_due
from bot.municipality.towns import load_municipalities
from bot.review.undoing import undo
from bot.store.order_tables import orders
from bot.store.store import Store
from bot.store.vault import UNREADABLE
from bot.upkeep.workshop import shop
from tests.support.desk import YoungPerson
from tests.support.orders import order, ordered, taken
from tests.support.review import asks, group_of, lets_learn, night
from tests.support.reviewing import corrects, maintainer
from tests.support.the_tests import THE_TESTS

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_an_order_goes_from_waiting_to_done_with_all_that_was_told(store: Store) -> None:
    vera = maintainer(store, "vera")
    number = ordered(store, vera, OrderKind.PROMOTE, NOW, model="en-model", why="fordi")
    waiting = order(store, number)
    assert (waiting.state, waiting.by_name, waiting.given) == (
        OrderState.WAITING, "Vera", {"model": "en-model", "why": "fordi"},
    )  # fmt: skip
    running = taken(store, NOW + SECOND)
    assert running
    assert (running.id, running.state, running.begun_at) == (number, OrderState.RUNNING, NOW + SECOND)
    with store.write(THE_TESTS) as work:
        assert work.orders.works(number, ["Lærer"], NOW + 2 * SECOND)
    assert (order(store, number).told, order(store, number).seen_at) == (("Lærer",), NOW + 2 * SECOND)
    with store.write(THE_TESTS) as work:
        assert work.orders.end(number, Outcome(OrderState.DONE, ["a", "b"], {"c": [1]}, "<p>"), NOW + 3 * SECOND)
        assert not work.orders.works(number, ["mere"], NOW + 4 * SECOND)
        assert work.orders.page(number) == "<p>"
    done = order(store, number)
    assert (done.state, done.told, done.shown, done.ended_at) == (
        OrderState.DONE, ("a", "b"), {"c": [1]}, NOW + 3 * SECOND,
    )  # fmt: skip
    assert taken(store) is None


def test_the_same_is_not_ordered_twice_while_it_is_open_and_who_asked_is_told(store: Store) -> None:
    vera, nora = maintainer(store, "vera"), maintainer(store, "nora")
    number = ordered(store, vera, OrderKind.TRAIN)
    for _ in range(2):
        with pytest.raises(AlreadyOrderedError) as caught:
            ordered(store, nora, OrderKind.TRAIN)
        assert (caught.value.order.id, caught.value.order.by_name) == (number, "Vera")
        taken(store)
    ordered(store, nora, OrderKind.LOOK)
    with store.write(THE_TESTS) as work:
        work.orders.end(number, Outcome(OrderState.REFUSED), datetime.now(UTC))
    assert ordered(store, nora, OrderKind.TRAIN) > number


def test_of_two_who_order_the_same_at_once_one_is_told_of_the_other(store: Store) -> None:
    users = [maintainer(store, "vera"), maintainer(store, "nora")]
    together = Barrier(2)

    def one(number: int) -> str:
        together.wait(10)
        try:
            ordered(store, users[number], OrderKind.TRAIN)
        except AlreadyOrderedError as error:
            return error.order.by_name
        return "ordered"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(one, range(2)))
    assert sorted(told) in (["Nora", "ordered"], ["Vera", "ordered"])


def test_two_workshops_at_once_take_one_order_and_then_none(store: Store) -> None:
    vera = maintainer(store, "vera")
    first, second = (ordered(store, vera, kind) for kind in (OrderKind.TEACH, OrderKind.TRAIN))
    together = Barrier(4)

    def one(_: int) -> int | None:
        together.wait(10)
        found = taken(store)
        return found.id if found else None

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4)), key=str) == [first, None, None, None]
    with store.write(THE_TESTS) as work:
        work.orders.end(first, Outcome(OrderState.DONE), datetime.now(UTC))
    found = taken(store)
    assert found
    assert found.id == second, "one after the other, in their order"


def test_an_order_whose_workshop_is_silent_has_failed_and_is_not_begun_again(store: Store) -> None:
    vera = maintainer(store, "vera")
    number = ordered(store, vera, OrderKind.TRAIN, NOW)
    taken(store, NOW)
    with store.write(THE_TESTS) as work:
        work.orders.works(number, ["Lærer"], NOW + SECOND)
        work.orders.give_up(NOW + SILENT_AFTER)
    assert order(store, number).state is OrderState.RUNNING
    assert taken(store, NOW + SILENT_AFTER + SECOND) is None
    failed = order(store, number)
    assert (failed.state, failed.told) == (OrderState.FAILED, ("Lærer", SILENT))
    with store.write(THE_TESTS) as work:
        assert not work.orders.works(number, [], NOW + SILENT_AFTER + 2 * SECOND), "and its workshop hears of it"
        assert not work.orders.end(number, Outcome(OrderState.DONE), NOW + SILENT_AFTER + 2 * SECOND)
    assert ordered(store, vera, OrderKind.TRAIN, NOW + SILENT_AFTER + 3 * SECOND) > number
    assert 2 * timedelta(seconds=shop.LIVES_SECONDS) < SILENT_AFTER


def test_an_order_that_nobody_took_is_not_done_days_later(store: Store) -> None:
    vera = maintainer(store, "vera")
    number = ordered(store, vera, OrderKind.PROMOTE, NOW, model="en-model")
    assert taken(store, NOW + WAITS_AT_MOST) is None
    assert (order(store, number).state, order(store, number).told) == (OrderState.FAILED, (UNTAKEN,))


def test_newest_first_and_of_one_municipality_where_that_is_asked(store: Store) -> None:
    vera, other = maintainer(store, "vera"), maintainer(store, "otto", "nabo")
    numbers = [ordered(store, vera, OrderKind.TEACH), ordered(store, other, OrderKind.TRAIN)]
    with store.read(THE_TESTS) as work:
        both = {OrderKind.TEACH, OrderKind.TRAIN}
        assert [one.id for one in work.orders.newest(both, most=5)] == numbers[::-1]
        assert [one.id for one in work.orders.newest(both, "eksempel", most=5)] == numbers[:1]
        assert work.orders.newest({OrderKind.LOOK}) == []
        with pytest.raises(OrderNotFoundError):
            work.orders.one(numbers[-1] + 1)
        with pytest.raises(OrderNotFoundError):
            work.orders.page(numbers[-1] + 1)


def test_what_is_given_and_told_is_sealed(store: Store) -> None:
    number = ordered(store, maintainer(store, "vera"), OrderKind.STORY_CHECK, text="en hemmelig historie")
    taken(store)
    with store.write(THE_TESTS) as work:
        work.orders.end(number, Outcome(OrderState.DONE, ["en hemmelig linje"], {"a": "hemmelig"}, "hemmelig"), NOW)
        [row] = work._connection.execute(select(orders)).all()
    assert "hemmelig" not in repr(row)


def test_an_order_sealed_with_another_key_is_told_as_unreadable(store: Store, database_url: str) -> None:
    number = ordered(store, maintainer(store, "vera"), OrderKind.PROMOTE, model="en-model")
    taken(store)
    with store.write(THE_TESTS) as work:
        work.orders.works(number, ["en linje"], datetime.now(UTC))
    other = Store(database_url, "another key for tests")
    assert (order(other, number).given, order(other, number).told) == ({}, (UNREADABLE,))
    other.close()


def test_old_orders_go(store: Store) -> None:
    vera, now = maintainer(store, "vera"), datetime.now(UTC)
    old = ordered(store, vera, OrderKind.TRAIN, now - timedelta(days=KEPT_DAYS, minutes=1))
    young = ordered(store, vera, OrderKind.LOOK, now - timedelta(days=KEPT_DAYS - 1))
    assert erase_due(store, load_municipalities(), now)["eksempel", "orders"] == 1
    assert order(store, young)
    with pytest.raises(OrderNotFoundError):
        order(store, old)


def taught(store: Store, young: YoungPerson, *, ends: bool = True) -> int:
    """The number of an order by which the one message of this talk was taught: a diff with its words is shown."""
    night(store, [young])
    vera = maintainer(store, "vera")
    assert corrects(store, vera, group_of(store, "gæld hos alle"))
    number = ordered(store, vera, OrderKind.TEACH)
    taken(store)
    if ends:
        _ends(store, number)
    return number


def _ends(store: Store, number: int) -> None:
    with store.write(THE_TESTS) as work:
        work.orders.end(number, Outcome(OrderState.DONE, ["Det er gjort."], {"diffs": ["+ gæld"]}), datetime.now(UTC))


@pytest.mark.parametrize("ends", [True, False])
def test_what_was_taught_is_shown_no_more_when_its_conversation_is_erased(store: Store, ends: bool) -> None:  # noqa: FBT001
    young, other = (lets_learn(asks(YoungPerson(store), text)) for text in ("gæld hos alle", "tak for det"))
    number = taught(store, young, ends=ends)
    other.erases()
    assert order(store, number).shown == ({"diffs": ["+ gæld"]} if ends else {})
    young.erases()
    if not ends:
        _ends(store, number)
    assert (order(store, number).shown, order(store, number).state) == ({}, OrderState.DONE)


def test_what_was_taught_and_undone_is_shown_no_more_when_its_conversation_is_erased(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "gæld hos alle"))
    number = taught(store, young)
    with store.read(THE_TESTS) as work:
        vera, [message] = work.people.user("vera"), work.found.settled("eksempel")
    assert vera
    assert undo(store, vera, message.found.group)
    young.erases()
    assert order(store, number).shown == {}


def test_one_that_waits_wants_no_workshop_while_another_is_at_work(store: Store) -> None:
    now, vera = datetime.now(UTC), maintainer(store, "vera")
    ordered(store, vera, OrderKind.TRAIN)
    taken(store)
    ordered(store, vera, OrderKind.LOOK)
    with store.read(THE_TESTS) as work:
        assert not work.orders.waits(now)
        assert work.orders.waits(datetime.now(UTC) + SILENT_AFTER), "that one has died"


def test_what_was_taught_is_shown_no_more_when_the_yes_is_taken_back(store: Store) -> None:
    young = lets_learn(asks(YoungPerson(store), "gæld hos alle"))
    number = taught(store, young)
    with store.write(THE_TESTS) as work:
        work.found.forget(young.id)
    assert order(store, number).shown == {}
