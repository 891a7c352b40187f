"""Two web, two dialogue and two actions, each on a machine of its own: each is killed, hangs and is cut off in turn.

And all are replaced one by one, with a migration before and another model. Meanwhile people chat and book. No message
is lost, answered twice or out of order, and no time is given twice.
"""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from threading import Event

import httpx
import psycopg
import pytest

from bot.settings import ROOT
from bot.store.migrate import MIGRATION_LOCK
from tests.soak.test_another_model import FIRST, SECOND, hjemad
from tests.soak.test_long_run import SAID, insisting, no_two_overlap
from tests.support.machines import NET, Machine, database, network
from tests.support.model import copies_of_the_model
from tests.support.young import Young

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

PEOPLE = 12
THINKING = (0.5, 3.0)
AWAY_SECONDS, CALM_SECONDS = 12.0, 12.0
PATIENCE = 120.0
SLOW_SECONDS = 3.0
KEY = "a key for the soak"
ROLES = {2: "web", 3: "web", 4: "dialogue", 5: "dialogue", 6: "actions", 7: "actions"}
PORTS = {"web": 8000, "dialogue": 5005, "actions": 5055}
READY = {"web": "/readyz", "dialogue": "/webhooks/hjemad/health", "actions": "/health"}


class EitherWeb(httpx.BaseTransport):
    """Goes to one web machine, and to the other when that does not answer: as a load balancer, or a browser, does."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses
        self._http = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host, _, port = self._addresses[0].partition(":")
        request.url = request.url.copy_with(host=host, port=int(port))
        try:
            return self._http.handle_request(request)
        except httpx.TransportError:
            self._addresses.append(self._addresses.pop(0))
            raise


@dataclass
class Crowd:
    """People who write until they are told to stop; what each of their messages waited for."""

    webs: list[str]
    stop: Event = field(default_factory=Event)
    waited: list[tuple[float, float]] = field(default_factory=list)
    bookings: int = 0

    def live(self, seed: int) -> None:
        chance = random.Random(seed)
        webs = chance.sample(self.webs, 2)
        young = insisting(lambda: Young("http://web", transport=EitherWeb(webs), timeout=8.0))
        while not self.stop.is_set():
            self._say(young, text=chance.choice(SAID))
            if chance.random() < 0.15:
                self._book(young, chance)
            self.stop.wait(chance.uniform(*THINKING))
        in_order_and_once(young)

    def _say(self, young: Young, **said: str) -> None:
        began, same = time.monotonic(), f"{random.getrandbits(128):032x}"
        sent = insisting(lambda: young.post(same, **said).raise_for_status()).json()["sequence"]
        while not any(message["final"] and message["reply_to"] == sent for message in young.messages):
            assert time.monotonic() - began < PATIENCE, f"no answer to {sent} within {PATIENCE} s"
            insisting(lambda: young.read(wait=2))
        self.waited.append((began, time.monotonic()))

    def _book(self, young: Young, chance: random.Random) -> None:
        # While processes die it may come to nothing, which is said; it is never half a booking.
        with suppress(AssertionError):
            self._say(young, text="jeg vil gerne booke en tid")
            self._say(young, payload=chance.choice(young.free_times())["payload"])
            self._say(young, payload=young.button("Ja")["payload"])
            self.bookings += young.messages[-1]["kind"] == "booking"


def in_order_and_once(young: Young) -> None:
    insisting(young.read)
    numbers = [message["sequence"] for message in young.messages]
    written = [message["sequence"] for message in young.messages if message["sender"] == "young"]
    finals = [message["reply_to"] for message in young.messages if message["final"]]
    assert numbers == list(range(1, len(numbers) + 1)), "a message is lost or out of order"
    assert sorted(finals) == written, "a message is not answered once"


@pytest.fixture
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with network(), database(tmp_path_factory.mktemp("postgres")) as address:
        yield address


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return copies_of_the_model(tmp_path / "models", FIRST, SECOND)


@pytest.fixture
def machines(url: str, models: Path, tmp_path: Path) -> Iterator[list[Machine]]:
    common = {
        "HJEMAD_MODELS": str(models),
        "HJEMAD_DATABASE_URL": url,
        "HJEMAD_SECRET_KEY": KEY,
        "HJEMAD_DEMO_PASSWORD": "et-langt-demo-kodeord",
        "HJEMAD_HOST": "0.0.0.0",
        "HJEMAD_DIALOGUE_HOST": "0.0.0.0",
        "HJEMAD_ACTIONS_HOST": "0.0.0.0",
        "HJEMAD_ACTIONS_SERVERS": f"http://{NET}.6:5055,http://{NET}.7:5055",
        **{f"HJEMAD_{limit}_A_MINUTE": "1000000" for limit in ("CONVERSATIONS", "MESSAGES")},
        "HJEMAD_MESSAGES_IN_CONVERSATION_A_MINUTE": "1000000",
    }
    seed = [sys.executable, "-m", "bot.cli", "seed-demo"]
    var = {"HJEMAD_VAR": str(tmp_path / "seed"), "HJEMAD_DIALOGUE_NAME": "nobody"}
    subprocess.run(seed, cwd=ROOT, env=os.environ | common | var, check=True, capture_output=True)
    every = [
        Machine(
            number,
            role,
            tmp_path,
            {**common, "HJEMAD_VAR": str(tmp_path / str(number)), "HJEMAD_DIALOGUE_NAME": f"{NET}.{number}"},
        )
        for number, role in ROLES.items()
    ]
    for machine in every:
        machine.start()
    until_ready(every)
    yield every
    for machine in every:
        machine.go_on()
        machine.kill()


def until_ready(machines: list[Machine], seconds: float = 240.0) -> None:
    began = time.monotonic()
    for machine in machines:
        address = f"http://{machine.address}:{PORTS[machine.role]}{READY[machine.role]}"
        while not is_success(address):
            assert machine.is_running(), machine.said()[-3000:]
            assert time.monotonic() - began < seconds, machine.said()[-3000:]
            time.sleep(0.3)


def is_success(address: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(address, timeout=3).is_success
    return False


def killed(machine: Machine) -> None:
    machine.kill()
    time.sleep(AWAY_SECONDS / 4)
    machine.start()


def hanging(machine: Machine) -> None:
    machine.hang()
    time.sleep(AWAY_SECONDS)
    machine.go_on()


def cut_off(machine: Machine) -> None:
    machine.cut_off()
    time.sleep(AWAY_SECONDS)
    machine.mend()


FAULTS: tuple[Callable[[Machine], None], ...] = (killed, hanging, cut_off)


def test_whatever_happens_to_one_of_two_nobody_loses_a_word(
    machines: list[Machine], url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    webs = [f"{machine.address}:8000" for machine in machines if machine.role == "web"]
    crowd, told = Crowd(webs), list[str]()
    with ThreadPoolExecutor(PEOPLE) as together:
        living = [together.submit(crowd.live, seed) for seed in range(PEOPLE)]
        try:
            time.sleep(CALM_SECONDS)
            for fault, machine in product(FAULTS, machines):
                began = time.monotonic()
                fault(machine)
                until_ready(machines)
                time.sleep(CALM_SECONDS)
                told.append(f"{machine.role} {machine.number} {fault.__name__}: {recovered(crowd, began)}")
        finally:
            crowd.stop.set()
        for one in living:
            one.result()
    with capsys.disabled():
        print("\n" + "\n".join(told))
        print(f"{len(crowd.waited)} messages of {PEOPLE} people, {crowd.bookings} bookings, nothing lost or doubled")
    assert no_two_overlap(url) >= crowd.bookings > 0


def test_all_are_replaced_one_by_one_after_a_migration_and_with_another_model(
    machines: list[Machine], models: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    webs = [f"{machine.address}:8000" for machine in machines if machine.role == "web"]
    crowd = Crowd(webs)
    with ThreadPoolExecutor(PEOPLE) as together:
        living = [together.submit(crowd.live, seed) for seed in range(PEOPLE)]
        try:
            time.sleep(CALM_SECONDS)
            before = max(answered - sent for sent, answered in crowd.waited)
            migrate_as_a_newer_version(url)
            hjemad(models, "promote", SECOND)
            # Those that are asked come first, so that each is asked by what is older or as new.
            for machine in sorted(machines, key=lambda one: ("actions", "dialogue", "web").index(one.role)):
                machine.stop()
                machine.start()
                until_ready(machines)
            time.sleep(CALM_SECONDS)
        finally:
            crowd.stop.set()
        for one in living:
            one.result()
    serving = [models_of(machine) for machine in machines if machine.role == "dialogue"]
    with capsys.disabled():
        slowest = max(answered - sent for sent, answered in crowd.waited)
        print(
            f"\n{len(crowd.waited)} messages, {crowd.bookings} bookings; slowest {slowest:.1f} s, before {before:.1f} s"
        )
    assert serving == [f"{SECOND}.tar.gz"] * 2
    assert no_two_overlap(url) >= crowd.bookings > 0


def migrate_as_a_newer_version(url: str) -> None:
    """A table more, and a revision that this code does not know and that serves it."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
        connection.execute("CREATE TABLE of_a_newer_version (id INTEGER PRIMARY KEY)")
        connection.execute("ALTER TABLE conversations ADD COLUMN of_a_newer_version INTEGER")
        connection.execute("UPDATE alembic_version SET version_num = '9999_serves_0035'")


def models_of(machine: Machine) -> str:
    answer = httpx.get(f"http://{machine.address}:5005/webhooks/hjemad/health", timeout=5).json()
    return str(answer["model"])


def recovered(crowd: Crowd, began: float) -> str:
    """How long after the fault began the last one was answered who waited longer than usual, and the longest wait."""
    since = [(sent, answered) for sent, answered in list(crowd.waited) if answered > began]
    slow = [answered - began for sent, answered in since if answered - sent > SLOW_SECONDS]
    longest = max((answered - sent for sent, answered in since), default=0.0)
    return f"usual again after {max(slow, default=0.0):.1f} s, longest wait {longest:.1f} s"
