"""How long the desk's queue takes, and how that grows with how many wait."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from statistics import median

import httpx
from rich.console import Console

from bot.benchmark.databases import databases
from bot.benchmark.product import running
from bot.benchmark.promises import TooSlowError
from bot.casework.conversations import Conversation, Danger, Draft, Sender
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.store.people import DeskUser
from bot.store.store import Store, Work
from bot.store.whose import Town

SIZES = (100, 1_000, 10_000)
COLLEAGUES, HELD_BY_EACH = 20, 10
MESSAGES_EACH = 4
# Of each hundred one is in acute danger, five are in clear danger, ten are asked how they are.
LEVELS = [3, *[2] * 5, *[1] * 10, *[0] * 84]
LONGEST = timedelta(hours=12)
RUNS = 50
PROMISED_SECONDS = 0.150

KEY, PASSWORD, TOKEN = "a key of the measurement", "a password", "a token"
TOWN = "eksempel"
LOOKS = {"page": "/desk/", "list": "/desk/queue", "count": "/desk/needing"}
PAGE, PLACE = "page", "place"


@dataclass(frozen=True)
class _Filled:
    """A store with people in it, and one of those who wait."""

    database: str
    waits: str


def measure_queue(console: Console) -> None:
    """Prints the medians of RUNS for each of SIZES; on PostgreSQL too where it is at hand.

    Of the page of the queue, of the list in it that is sent when something changes, of the count that all other pages
    ask for, and of what a young person who waits asks for. Takes some minutes. Raises TooSlowError, when all is
    measured, where the page at the last size takes PROMISED_SECONDS or more; ProductError.
    """
    slow = []
    with databases(console) as kinds:
        for kind, new in kinds.items():
            for size in SIZES:
                found = _measured(_filled(new(), size))
                told = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in found.items())
                console.print(f"{kind}, {size} wait: {told}")
                if size == SIZES[-1] and found[PAGE] >= PROMISED_SECONDS:
                    slow.append(kind)
    if slow:
        promised = f"under {PROMISED_SECONDS * 1000:.0f} ms while {SIZES[-1]} wait"
        raise TooSlowError(f"Slower than promised on {' and '.join(slow)}: the median of a page must be {promised}.")


def _measured(filled: _Filled) -> Mapping[str, float]:
    """The median seconds of each look, as `hjemad web` answers it."""
    settings = {"HJEMAD_DATABASE_URL": filled.database, "HJEMAD_SECRET_KEY": KEY, "HJEMAD_PRODUCTION": "false"}
    with running("web", "/healthz", settings) as product, httpx.Client(base_url=product.address, timeout=60) as client:
        client.post("/desk/sign-in", json={"user": "demo", "password": PASSWORD}).raise_for_status()
        place = f"/api/conversations/{filled.waits}/messages?after={MESSAGES_EACH}"
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        return {name: median(_seconds(client, path)) for name, path in (LOOKS | {PLACE: place}).items()}


def _seconds(client: httpx.Client, path: str) -> Iterator[float]:
    client.get(path)
    for _ in range(RUNS):
        began = time.perf_counter()
        client.get(path).raise_for_status()
        yield time.perf_counter() - began


def _filled(database: str, size: int) -> _Filled:
    store, now = Store(database, KEY), datetime.now(UTC)
    store.migrate()
    seed_demo(store, load_municipalities()[TOWN], PASSWORD)
    with store.write(Town(TOWN)) as work:
        last = ""
        for number, level in zip(range(size), cycle(LEVELS), strict=False):
            last = _waits(work, f"waits-{number}", level, now - LONGEST * number / size).id
        for name in range(COLLEAGUES):
            _has_several(work, _colleague(work, f"colleague-{name}", now), now)
    store.close()
    return _Filled(database, last)


def _waits(work: Work, number: str, level: int, since: datetime) -> Conversation:
    work.conversations.open(number, TOWN, "da", TOKEN)
    found = work.conversations.get(number)
    work.queue.enqueue(number, since)
    work.conversations.append(found, [Draft(Sender.YOUNG, "er der nogen?") for _ in range(MESSAGES_EACH)])
    work.conversations.raise_danger(found, Danger(level, ("violence",) if level else ()))
    return found


def _colleague(work: Work, name: str, now: datetime) -> DeskUser:
    """Somebody who is signed in, for what nobody holds any more goes back into the queue."""
    user = work.people.add_user(TOWN, name, name, "", "boligagent")
    work.people.set_roles(user, [Role.CASEWORKER])
    work.people.start_session(user, name, name, now + timedelta(hours=12))
    return user


def _has_several(work: Work, user: DeskUser, now: datetime) -> None:
    for number in range(HELD_BY_EACH):
        work.queue.claim(_waits(work, f"{user.name}-{number}", 0, now).id, user.id)
