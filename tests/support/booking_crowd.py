"""One process of the race for times: a crowd of people who book, move and cancel, and write down what they were told.

Run as `python -m tests.support.booking_crowd`, with one line of JSON on its standard input. Each person has a journal,
a line before each attempt and one after it; a process that is killed leaves a last line without an answer.
"""

import json
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import sleep, time
from uuid import uuid4

from bot.casework.arranging import book, cancel, hold, move
from bot.casework.bookings import Booking, TimeNotOfferedError, TimeTakenError, Wish
from bot.casework.free_times import Way, danish_day
from bot.municipality.towns import load_municipalities
from bot.store.database import StoreUnreachableError
from bot.store.store import Store, Work
from tests.support.the_tests import THE_TESTS

KEY = "a key for tests"
BUSY = "the store is busy"
# As many as one process of the product serves at once without anybody waiting for a connection in vain.
MOST_AT_ONCE = 10
TOWN = load_municipalities()["eksempel"]


@dataclass(frozen=True)
class Race:
    """What a crowd is told: who they are, which times there are, and when to begin (seconds since 1970).

    `now` is what the clock of its machine says, all the while.
    """

    url: str
    journals: str
    people: Sequence[str]
    times: Sequence[str]
    now: str
    begin: float
    steps: int
    seed: int


def read_journal(folder: Path, person: str) -> list[dict[str, str | None]]:
    """The lines of one person; the last one may have been cut off by a kill."""
    file = folder / person
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def run(race: Race) -> None:
    store = Store(race.url, KEY)
    with ThreadPoolExecutor(min(len(race.people), MOST_AT_ONCE)) as crowd:
        for done in [crowd.submit(_live, store, race, person) for person in race.people]:
            done.result()


def _live(store: Store, race: Race, person: str) -> None:
    chance = random.Random(f"{race.seed} {person}")
    now = datetime.fromisoformat(race.now)
    sleep(max(0.0, race.begin - time()))
    with (Path(race.journals) / person).open("a", encoding="utf-8", buffering=1) as journal:
        for _ in range(race.steps):
            has = _has(store, person, now)
            wants = _wants(chance, race, has)
            journal.write(json.dumps({"has": has, "tries": wants}) + "\n")
            try:
                got = _try(store, person, wants, now, waits=chance.random() / 50, whom=_whom(chance, store, now))
                told = {"told": got}
            except StoreUnreachableError:
                # Too many at once: whoever is told to try again looks where they stand.
                told = {"told": _has(store, person, now), "busy": BUSY}
            journal.write(json.dumps(told) + "\n")


def _has(store: Store, person: str, now: datetime) -> str | None:
    with store.read(THE_TESTS) as work:
        own = work.bookings.active_of(person, now)
    return own.starts_at.isoformat() if own else None


def _wants(chance: random.Random, race: Race, has: str | None) -> str | None:
    """Another time, or none any more for one of four who have one."""
    if has and chance.random() < 0.25:
        return None
    return chance.choice([moment for moment in race.times if moment != has])


def _whom(chance: random.Random, store: Store, now: datetime) -> int | None:
    """Whoever it is for one of two, else one of those who work there at this moment."""
    with store.read(THE_TESTS) as work:
        agents = [agent.id for agent in work.agents.of(TOWN.slug, danish_day(now))]
    return chance.choice(agents) if agents and chance.random() < 0.5 else None


def _try(store: Store, person: str, wants: str | None, now: datetime, *, waits: float, whom: int | None) -> str | None:
    """What the person is told to have afterwards."""
    own = None
    try:
        with store.write(THE_TESTS) as work:
            own = _own_alone(work, person, now)
            if wants is None:
                cancel(work, own, now) if own else None
                return None
            moment = datetime.fromisoformat(wants)
            wish = Wish(str(uuid4()), TOWN.slug, moment, Way.OFFICE, "Ungehuset", person, chosen=whom)
            hold(work, wish, TOWN.rules, now, own)
        sleep(waits)
        with store.write(THE_TESTS) as work:
            own = _own_alone(work, person, now)
            asked = replace(own, chosen=whom) if own else None
            done = move(work, asked, moment, TOWN.rules, now) if asked else book(work, wish, TOWN.rules, now)
            if whom not in (None, done.agent):
                raise AssertionError("a talk with another than was chosen")
        return done.starts_at.isoformat()
    except (TimeTakenError, TimeNotOfferedError):
        # The second where it is too soon by a clock that is ahead, or the agent is away that day.
        return own.starts_at.isoformat() if own else None


def _own_alone(work: Work, person: str, now: datetime) -> Booking | None:
    """What the person has, while nobody else changes it: as the chat does."""
    work.conversations.lock(person)
    work.agents.lock(TOWN.slug)
    return work.bookings.active_of(person, now)


if __name__ == "__main__":
    run(Race(**json.loads(sys.stdin.readline())))
