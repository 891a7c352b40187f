"""The desk in the race for times: while the crowds book, it hands talks over, and calls off those of a day.

Run as `python -m tests.support.booking_desk`, with one line of JSON on its standard input, until the file STOP lies in
the folder. Then it leaves the hours as it found them.
"""

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import sleep, time

import anyio

from bot.casework.free_times import danish_day
from bot.conversation.notices import Notices
from bot.conversation.working_hours import OwnDay, WorkingHours
from bot.municipality.demo import DEMO_USER
from bot.store.store import Store
from tests.support.booking_crowd import KEY, TOWN

STOP = "stop"


@dataclass(frozen=True)
class DeskShift:
    """What the desk is told: where everybody is, which times they want, and when to begin (seconds since 1970)."""

    url: str
    folder: str
    times: Sequence[str]
    begin: float
    seed: int


def run(shift: DeskShift) -> None:
    store, chance = Store(shift.url, KEY), random.Random(shift.seed)
    hours = WorkingHours(store, Notices(), {TOWN.slug: TOWN})
    with store.read() as work:
        user = work.people.user(DEMO_USER)
    assert user
    agents = [agent.id for agent in hours.agents(user)]
    days = sorted({danish_day(datetime.fromisoformat(moment)) for moment in shift.times})
    sleep(max(0.0, shift.begin - time()))
    while not (Path(shift.folder) / STOP).exists():
        number = chance.choice(agents)
        if chance.random() < 0.5:
            hours.hand_over(user, number)
        else:
            day = chance.choice(days)
            anyio.run(lambda: hours.set_day(user, number, OwnDay(day, ()), calls_off=True))  # noqa: B023 - runs at once
            anyio.run(lambda: hours.set_day(user, number, OwnDay(day, None)))  # noqa: B023 - runs at once
        sleep(chance.random() / 5)


if __name__ == "__main__":
    run(DeskShift(**json.loads(sys.stdin.readline())))
