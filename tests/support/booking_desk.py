"""The desk in the race for times: while the crowds book, it hands talks over, and calls off those of a day.

Run as `python -m tests.support.booking_desk`, with one line of JSON on its standard input, until the file STOP lies in
the folder. Then it leaves the hours as it found them.
"""

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import sleep, time

import anyio

from bot.casework.free_times import danish_day
from bot.conversation.notices import Notices
from bot.conversation.working_hours import OwnDay, WorkingHours
from bot.municipality.demo import DEMO_USER
from bot.store.database import StoreUnreachableError
from bot.store.store import Store
from tests.support.booking_crowd import KEY, TOWN
from tests.support.the_tests import THE_TESTS

STOP = "stop"
TRIES = 5


@dataclass(frozen=True)
class DeskShift:
    """What the desk is told: where everybody is, which times they want, and when to begin (seconds since 1970)."""

    url: str
    folder: str
    times: Sequence[str]
    begin: float
    seed: int


def persistently(act: Callable[[], object]) -> None:
    """Does it as somebody at the desk would, who is told that the store is busy: again, a few times."""
    for _ in range(TRIES - 1):
        try:
            act()
        except StoreUnreachableError:
            continue
        return
    act()


def run(shift: DeskShift) -> None:
    store, chance = Store(shift.url, KEY), random.Random(shift.seed)
    hours = WorkingHours(store, Notices(), {TOWN.slug: TOWN})
    with store.read(THE_TESTS) as work:
        user = work.people.user(DEMO_USER)
    assert user
    agents = [agent.id for agent in hours.agents(user)]
    days = sorted({danish_day(datetime.fromisoformat(moment)) for moment in shift.times})
    sleep(max(0.0, shift.begin - time()))
    while not (Path(shift.folder) / STOP).exists():
        number = chance.choice(agents)
        if chance.random() < 0.5:
            persistently(partial(anyio.run, hours.hand_over, user, number))
        else:
            day = chance.choice(days)
            for own, calls_off in ((OwnDay(day, ()), True), (OwnDay(day, None), False)):
                setting = partial(hours.set_day, user, number, own, calls_off=calls_off)
                persistently(partial(anyio.run, setting))
        sleep(chance.random() / 5)


if __name__ == "__main__":
    run(DeskShift(**json.loads(sys.stdin.readline())))
