"""A race for times between processes, of which some are killed; and what may not be true at any moment of it."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep, time

from sqlalchemy import create_engine, text

from bot.casework.arranging import free_times
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.booking_crowd import Race, read_journal

SECONDS_TO_START = 4.0
LONGEST_SECONDS = 600
# None of them looks at the clock: a held time that ran out is told apart from one that stands by the crowd's own `now`.
OVERLAPS = text(
    "SELECT count(*) FROM bookings one JOIN bookings other ON one.agent = other.agent AND one.id < other.id "
    "AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at "
    "WHERE one.status IN ('active', 'held') AND other.status IN ('active', 'held')"
)


@dataclass(frozen=True)
class Seen:
    """How often the store was looked at, each time without an overlap, and how many processes were killed."""

    looks: int
    killed: int


class BookingRace:
    """People in several processes who want the same few times."""

    def __init__(self, store: Store, url: str, town: Municipality, folder: Path, times: int) -> None:
        self._store, self._url, self._folder = store, url, folder
        self.now = datetime.now(UTC)
        with store.read() as work:
            free = free_times(work, town.slug, Way.OFFICE, town.rules, self.now)
        self.times = [span.starts_at.isoformat() for span in free[:times]]

    def run(
        self,
        crowds: Sequence[Sequence[str]],
        steps: int,
        kills: int,
        seed: int = 0,
        clock_of_last: timedelta = timedelta(),
    ) -> Seen:
        """Lets them run, and kills a process so many times at most and starts it anew.

        `clock_of_last`: by how much the clock of the last crowd's machine is wrong.
        """
        people = [person for crowd in crowds for person in crowd]
        with self._store.write() as work:
            for person in people:
                work.conversations.open(person, "eksempel", "da", person)
        clocks = [self.now] * (len(crowds) - 1) + [self.now + clock_of_last]
        chance = random.Random(seed)
        running = [self._start(crowd, now, steps, seed) for crowd, now in zip(crowds, clocks, strict=True)]
        looks, killed, ends = 0, 0, time() + LONGEST_SECONDS
        while any(process.poll() is None for process in running):
            assert time() < ends
            assert self.overlaps() == 0
            looks += 1
            if killed < kills and looks % 5 == 0 and time() > self._begin:
                killed += 1
                one = chance.randrange(len(crowds))
                running[one].send_signal(signal.SIGKILL)
                running[one].wait()
                running[one] = self._start(crowds[one], clocks[one], steps, seed + killed)
            sleep(0.05)
        assert [process.returncode for process in running] == [0] * len(running)
        return Seen(looks, killed)

    def overlaps(self) -> int:
        """How many pairs of active or held bookings of one agent overlap."""
        engine = create_engine(self._url.replace("postgresql://", "postgresql+psycopg://"))
        try:
            with engine.connect() as connection:
                return int(connection.execute(OVERLAPS).scalar_one())
        finally:
            engine.dispose()

    def misled(self, people: Sequence[str]) -> list[str]:
        """Who has something else than they were last told, or could have had from an attempt that was cut off."""
        return [person for person in people if self.has(person) not in self._may_have(person)]

    def has(self, person: str) -> str | None:
        with self._store.read() as work:
            own = work.bookings.active_of(person, self.now)
        return own.starts_at.isoformat() if own else None

    def cut_off(self, people: Sequence[str]) -> int:
        """How many attempts were killed before they got an answer."""
        journals = [read_journal(self._folder, person) for person in people]
        return sum("tries" in line for lines in journals for line in lines) - sum(
            "told" in line for lines in journals for line in lines
        )

    def _may_have(self, person: str) -> set[str | None]:
        """By the journal, in which each beginning must fit what was told, or what an attempt cut off may have done."""
        may_have: set[str | None] = {None}
        for line in read_journal(self._folder, person):
            if "told" in line:
                may_have = {line["told"]}
                continue
            assert line["has"] in may_have, (person, line, may_have)
            may_have = {line["has"], line["tries"]}
        return may_have

    def _start(self, people: Sequence[str], now: datetime, steps: int, seed: int) -> subprocess.Popen[str]:
        self._begin = time() + SECONDS_TO_START
        race = Race(self._url, str(self._folder), people, self.times, now.isoformat(), self._begin, steps, seed)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.booking_crowd"], stdin=subprocess.PIPE, text=True
        )
        assert process.stdin
        process.stdin.write(json.dumps(asdict(race)) + "\n")
        process.stdin.close()
        return process
