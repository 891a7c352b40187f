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
from typing import Any

from sqlalchemy import create_engine, text

from bot.casework.arranging import free_times
from bot.casework.bookings import Booking, BookingStatus
from bot.casework.conversations import Kind
from bot.casework.free_times import Way
from bot.municipality.towns import Municipality
from bot.store.store import Store
from tests.support.booking_crowd import Race, read_journal
from tests.support.booking_desk import STOP, DeskShift
from tests.support.the_tests import THE_TESTS

SECONDS_TO_START = 4.0
SECONDS_TO_STOP = 60
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
        with store.read(THE_TESTS) as work:
            free = free_times(work, town.slug, Way.OFFICE, town.rules, self.now)
        self.times = [span.starts_at.isoformat() for span in free[:times]]

    def run(
        self,
        crowds: Sequence[Sequence[str]],
        steps: int,
        kills: int,
        seed: int = 0,
        clock_of_last: timedelta = timedelta(),
        *,
        desk: bool = False,
    ) -> Seen:
        """Lets them run, and kills a process so many times at most and starts it anew.

        `clock_of_last`: by how much the clock of the last crowd's machine is wrong. `desk`: it hands talks over and
        calls them off meanwhile.
        """
        people = [person for crowd in crowds for person in crowd]
        with self._store.write(THE_TESTS) as work:
            for person in people:
                work.conversations.open(person, "eksempel", "da", person)
        clocks = [self.now] * (len(crowds) - 1) + [self.now + clock_of_last]
        chance = random.Random(seed)
        running = [self._start(crowd, now, steps, seed) for crowd, now in zip(crowds, clocks, strict=True)]
        at_desk = self._start_desk(seed) if desk else None
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
        if at_desk:
            (self._folder / STOP).touch()
            assert at_desk.wait(SECONDS_TO_STOP) == 0
            assert self.overlaps() == 0
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
        with self._store.read(THE_TESTS) as work:
            own = work.bookings.active_of(person, self.now)
        return own.starts_at.isoformat() if own else None

    def standing(self, people: Sequence[str]) -> list[Booking]:
        """The talks that will be held."""
        with self._store.read(THE_TESTS) as work:
            own = [work.bookings.active_of(person, self.now) for person in people]
        return [talk for talk in own if talk and talk.status is BookingStatus.ACTIVE]

    def called_off(self, people: Sequence[str]) -> int:
        """How often somebody was told in the chat that their talk is called off."""
        return sum(told["status"] == BookingStatus.CALLED_OFF for person in people for told in self._told(person))

    def handed_over(self) -> int:
        """How often the desk gave the talks of one agent to the others."""
        with self._store.read(THE_TESTS) as work:
            return sum(entry.action == "hand_over" for entry in work.people.noted("eksempel"))

    def not_told(self, people: Sequence[str]) -> list[str]:
        """Whose talk is called off, and who has not heard it as the last of it."""
        with self._store.read(THE_TESTS) as work:
            own = [(person, work.bookings.called_off_of(person, self.now)) for person in people]
        off = [(person, talk.id, BookingStatus.CALLED_OFF) for person, talk in own if talk]
        return [who for who, *told in off if told != [self._told(who)[-1][key] for key in ("booking", "status")]]

    def _told(self, person: str) -> Sequence[dict[str, Any]]:
        with self._store.read(THE_TESTS) as work:
            messages = work.conversations.after(person, 0)
        return [message.data for message in messages if message.kind is Kind.BOOKING]

    def cut_off(self, people: Sequence[str]) -> int:
        """How many attempts were killed before they got an answer."""
        journals = [read_journal(self._folder, person) for person in people]
        return sum("tries" in line for lines in journals for line in lines) - sum(
            "told" in line for lines in journals for line in lines
        )

    def busy(self, people: Sequence[str]) -> int:
        """How many attempts the store was too busy for."""
        return sum("busy" in line for person in people for line in read_journal(self._folder, person))

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
        return _started("tests.support.booking_crowd", race)

    def _start_desk(self, seed: int) -> subprocess.Popen[str]:
        return _started(
            "tests.support.booking_desk", DeskShift(self._url, str(self._folder), self.times, self._begin, seed)
        )


def _started(module: str, told: Race | DeskShift) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-m", module], stdin=subprocess.PIPE, text=True)
    assert process.stdin
    process.stdin.write(json.dumps(asdict(told)) + "\n")
    process.stdin.close()
    return process
