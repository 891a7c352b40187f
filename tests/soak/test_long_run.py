"""People chat and book for minutes while processes are killed: nothing is lost, doubled or given twice."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations, cycle
from pathlib import Path
from threading import Event
from typing import TypeVar
from uuid import uuid4

import httpx
import pytest

from bot.casework.bookings import BookingStatus
from bot.store.store import Store
from tests.support.running import System
from tests.support.the_tests import THE_TESTS
from tests.support.young import Young

pytestmark = pytest.mark.soak

PEOPLE = 20
SECONDS = 240
BETWEEN_KILLS = 12
FEWEST_KILLS = 3
PATIENCE = 120.0
THINKING = (0.5, 3.0)
Result = TypeVar("Result")
SAID = ("hvad er boligstøtte", "jeg sover hos venner", "hvad er et indskud", "kan jeg få su", "min mor drikker")


@dataclass
class Tally:
    """What one person went through."""

    messages: int = 0
    bookings: int = 0
    slowest: float = 0.0


def test_nothing_is_lost_while_processes_are_killed(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = System(tmp_path / "soak", database_url, {"HJEMAD_SECRET_KEY": "a key for the soak"}).start()
    until = time.monotonic() + SECONDS
    try:
        with killing(system) as kills, ThreadPoolExecutor(PEOPLE) as crowd:
            tallies = list(crowd.map(lambda seed: live(system.address, seed, until), range(PEOPLE)))
        assert len(kills) >= FEWEST_KILLS
        assert no_two_overlap(database_url) > 0
    finally:
        system.stop()
    with capsys.disabled():
        messages, booked = sum(t.messages for t in tallies), sum(t.bookings for t in tallies)
        slowest = max(t.slowest for t in tallies)
        kind = database_url.partition(":")[0]
        print(f"\n{kind}: {messages} messages, {booked} bookings, {len(kills)} kills, slowest answer {slowest:.1f} s")


def live(address: str, seed: int, until: float) -> Tally:
    """Chats, and books when the dialogue is there for it; checks each answer as it comes."""
    chance, tally = random.Random(seed), Tally()
    young = insisting(lambda: Young(address))
    while time.monotonic() < until:
        began = time.monotonic()
        answered(young, text=chance.choice(SAID))
        tally.messages += 1
        tally.slowest = max(tally.slowest, time.monotonic() - began)
        if chance.random() < 0.2:
            tally.bookings += try_to_book(young, chance)
        time.sleep(chance.uniform(*THINKING))
    numbers = [message["sequence"] for message in young.messages]
    finals = [message["reply_to"] for message in young.messages if message["final"]]
    own = [message["sequence"] for message in young.messages if message["sender"] == "young"]
    assert numbers == list(range(1, len(numbers) + 1)), "no message lost or out of order"
    assert sorted(finals) == own, "each message answered once"
    return tally


def try_to_book(young: Young, chance: random.Random) -> bool:
    """Whether a booking came of it; it need not while processes die."""
    with suppress(AssertionError):
        answered(young, text="jeg vil gerne booke en tid")
        answered(young, payload=chance.choice(young.free_times())["payload"])
        answered(young, payload=young.button("Ja")["payload"])
        return young.messages[-1]["kind"] == "booking"
    return False


def answered(young: Young, **body: str) -> None:
    """Sends with one id until it is taken, and reads until it is answered."""
    same = str(uuid4())
    sent = insisting(lambda: young.post(same, **body).raise_for_status())
    sequence = sent.json()["sequence"]
    began = time.monotonic()
    while not any(message["final"] and message["reply_to"] == sequence for message in young.messages):
        assert time.monotonic() - began < PATIENCE, f"no answer to {sequence} within {PATIENCE} s"
        insisting(lambda: young.read(wait=2))


def insisting(attempt: Callable[[], Result]) -> Result:
    """Tries again while the web process is away, as the widget does."""
    began = time.monotonic()
    while True:
        try:
            return attempt()
        except httpx.HTTPError:
            if time.monotonic() - began > PATIENCE:
                raise
            time.sleep(0.5)


@contextmanager
def killing(system: System) -> Iterator[list[str]]:
    """Kills one process after the other until the block ends; waits each time until all is ready again."""
    over, killed = Event(), list[str]()

    def run() -> None:
        for name in cycle(("dialogue", "web", "actions")):
            if over.wait(BETWEEN_KILLS):
                return
            system.kill(name)
            killed.append(name)
            time.sleep(1)
            system.wait_until_ready(PATIENCE)

    with ThreadPoolExecutor(1) as killer:
        killing_goes_on = killer.submit(run)
        try:
            yield killed
        finally:
            over.set()
            killing_goes_on.result()


def no_two_overlap(database_url: str) -> int:
    """How many active bookings there are, of which no two of one agent overlap."""
    store, now = Store(database_url, "a key for the soak"), datetime.now(UTC)
    with store.read(THE_TESTS) as work:
        every = work.bookings.between("eksempel", now, now + timedelta(days=60))
    store.close()
    active = [booking.span for booking in every if booking.status is BookingStatus.ACTIVE]
    assert not any(one.overlaps(other) for one, other in combinations(active, 2))
    return len(active)
