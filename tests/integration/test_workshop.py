"""The workshop carries out what was ordered, each order in a process of its own, and tells how it ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import psutil
import pytest

from bot.casework.orders import STOPPED, OrderKind, OrderState
from bot.casework.rights import Role
from bot.settings import ROOT
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from bot.supervisor.errands import WORKSHOP, Errands
from bot.upkeep.workshop import shop as shop_module
from bot.upkeep.workshop.shop import BROKE, KILLED, NOT_ANY_MORE, Workshop
from tests.support.models import put
from tests.support.orders import DONE, hand, order, ordered
from tests.support.promotions import in_service
from tests.support.reviewing import maintainer
from tests.support.the_tests import THE_TESTS

SLEEPS = "tell({'line': str(__import__('os').getpid())}); time.sleep(600)"
ENDS = f"tell({{'end': {DONE!r}}})"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """What differs between the databases is tested at the orders themselves."""
    return f"sqlite:///{tmp_path / 'hjemad.sqlite'}"


def until(true: Callable[[], object]) -> None:
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < 20
        time.sleep(0.05)


@contextmanager
def working(shop: Workshop, *, keep_on: bool = False) -> Iterator[Thread]:
    """The workshop at work in another thread."""
    thread = Thread(target=shop.run, kwargs={"keep_on": keep_on})
    thread.start()
    try:
        yield thread
    finally:
        shop.stop()
        thread.join(20)
    assert not thread.is_alive()


def test_one_order_after_the_other_is_carried_out_and_then_it_ends(store: Store) -> None:
    vera = maintainer(store, "vera")
    numbers = [ordered(store, vera, OrderKind.TRAIN), ordered(store, vera, OrderKind.PROMOTE, model="en-model")]
    code = (
        "tell({'step': 'Learning', 'done': 0, 'of': 0}); tell({'line': job['given'].get('model', job['kind'])});" + ENDS
    )
    Workshop(store, hand(code)).run()
    first, second = (order(store, number) for number in numbers)
    assert first.state is second.state is OrderState.DONE
    assert first.told == ("train", "Lærer. Det tager et par minutter: færdig.", "Det er gjort.")
    assert second.told[0] == "en-model"
    assert first.shown == {"model": "en-model"}
    assert first.ended_at
    assert second.begun_at
    assert first.ended_at <= second.begun_at
    with store.read(THE_TESTS) as work:
        assert work.orders.page(numbers[0]) == "<h1>Siden</h1>"


def test_how_far_it_is_is_told_while_it_runs(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop_module, "TELL_SECONDS", 0.05)
    number = ordered(store, maintainer(store, "vera"), OrderKind.TRAIN)
    steps = "[(tell({'step': 'Running the test stories', 'done': n, 'of': 9}), time.sleep(0.2)) for n in range(99)]"
    with working(Workshop(store, hand(steps))):
        until(lambda: "Prøver hele samtaler: 2 af 9" in order(store, number).told)
        assert order(store, number).state is OrderState.RUNNING


def test_what_breaks_is_told_plainly_and_the_next_is_carried_out(store: Store) -> None:
    vera = maintainer(store, "vera")
    numbers = [ordered(store, vera, kind) for kind in (OrderKind.TRAIN, OrderKind.ROLLBACK, OrderKind.LOOK)]
    broken = "job['kind'] == 'train' and 1 / 0"
    killed = "job['kind'] == 'rollback' and __import__('os').kill(__import__('os').getpid(), 9)"
    Workshop(store, hand(f"{broken}\n{killed}\n{ENDS}")).run()
    failed, died, done = (order(store, number) for number in numbers)
    assert (failed.state, failed.told) == (OrderState.FAILED, (BROKE,))
    assert (died.state, died.told) == (OrderState.FAILED, (KILLED,))
    assert done.state is OrderState.DONE


def test_a_hand_that_cannot_even_be_started_is_told(store: Store) -> None:
    number = ordered(store, maintainer(store, "vera"), OrderKind.TRAIN)
    Workshop(store, ["/no/such/program"]).run()
    assert (order(store, number).state, order(store, number).told) == (OrderState.FAILED, (BROKE,))


def test_a_stopped_workshop_leaves_nothing_running_and_tells_it(store: Store) -> None:
    number = ordered(store, maintainer(store, "vera"), OrderKind.TRAIN)
    shop = Workshop(store, hand(SLEEPS))
    with working(shop):
        until(lambda: order(store, number).told)
        [pid] = map(int, order(store, number).told)
        assert psutil.pid_exists(pid)
    assert not psutil.pid_exists(pid)
    assert (order(store, number).state, order(store, number).told) == (OrderState.FAILED, (str(pid), STOPPED))


def test_one_that_was_given_up_meanwhile_is_ended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that slept: somebody may have ordered the same again."""
    monkeypatch.setattr(shop_module, "LIVES_SECONDS", 0.1)
    number = ordered(store, maintainer(store, "vera"), OrderKind.TRAIN)
    with working(Workshop(store, hand(SLEEPS)), keep_on=True):
        until(lambda: order(store, number).told)
        [pid] = map(int, order(store, number).told)
        with store.write(THE_TESTS) as work:
            work.orders.give_up(order(store, number).asked_at + timedelta(hours=1))
        until(lambda: not psutil.pid_exists(pid))
    assert order(store, number).state is OrderState.FAILED


def test_whoever_may_no_more_orders_nothing_any_more(store: Store) -> None:
    vera = maintainer(store, "vera")
    number = ordered(store, vera, OrderKind.PROMOTE, model="en-model")
    with store.write(THE_TESTS) as work:
        work.people.set_roles(vera, [Role.CASEWORKER])
    Workshop(store, hand(ENDS)).run()
    assert (order(store, number).state, order(store, number).told) == (OrderState.REFUSED, (NOT_ANY_MORE,))


def test_it_looks_again_until_it_is_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop_module, "LOOK_SECONDS", 0.05)
    with working(Workshop(store, hand(ENDS)), keep_on=True):
        number = ordered(store, maintainer(store, "vera"), OrderKind.TRAIN)
        until(lambda: order(store, number).state is OrderState.DONE)


def test_the_supervisor_is_told_of_a_workshop_only_while_an_order_waits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    errands = Errands(store)
    assert errands() is None
    ordered(store, maintainer(store, "vera"), OrderKind.LOOK)
    assert errands() is WORKSHOP
    with monkeypatch.context() as away:
        for error in (StoreUnreachableError("away"), RuntimeError("no such table")):
            away.setattr(store, "read", Mock(side_effect=error))
            assert errands() is None
    Workshop(store, hand(ENDS)).run()
    assert errands() is None


def test_the_command_carries_out_real_orders_and_stops_cleanly(tmp_path: Path) -> None:
    """The real hand: it looks at models, and takes one back."""
    models = tmp_path / "models"
    models.mkdir()
    in_service(models, "1")
    in_service(models, "2")
    put(models, "3")
    store = Store(f"sqlite:///{tmp_path / 'hjemad.sqlite'}", "a key for tests, of 32 letters and more")
    store.migrate()
    vera = maintainer(store, "vera")
    looks, back = ordered(store, vera, OrderKind.LOOK), ordered(store, vera, OrderKind.ROLLBACK, **{"from": "2"})
    here = {
        "HJEMAD_VAR": str(tmp_path),
        "HJEMAD_MODELS": str(models),
        "HJEMAD_SECRET_KEY": "a key for tests, of 32 letters and more",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "workshop", "--keep-on"], env=os.environ | here, cwd=ROOT
    )
    until(lambda: order(store, back).state is not OrderState.WAITING and not order(store, back).is_open)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    shelf = order(store, looks).shown["shelf"]
    assert [(one["name"], one["in_service"]) for one in shelf["models"]] == [("3", False), ("2", True), ("1", False)]
    assert shelf["before"] == "1"
    assert (order(store, back).state, order(store, back).shown["model"]) == (OrderState.DONE, "1")
    store.close()
