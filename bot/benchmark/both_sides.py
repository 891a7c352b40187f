"""How long a message is on its way between a young person and the human who has their conversation, both ways."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from statistics import median

import httpx
from rich.console import Console

from bot.benchmark.chatting import percentile_95
from bot.benchmark.databases import databases
from bot.benchmark.product import running
from bot.benchmark.promises import TooSlowError
from bot.benchmark.sides import Said, Side, at_the_chat, at_the_desk
from bot.casework.rights import Role
from bot.municipality.demo import seed_demo
from bot.municipality.towns import load_municipalities
from bot.store.store import Store
from bot.store.whose import Town
from bot.web.desk.sessions import NewSession, start_session

CONVERSATIONS, COLLEAGUES = 20, 4
MESSAGES_EACH_WAY = 15
# The first ones find a process that has only just begun.
WARM_UP = 3
THINKING = (0.5, 2.5)
PATIENCE = 30.0
SHIFT_SECONDS = 3_600
PROMISED_SECONDS = 0.300

KEY, PASSWORD, TOKEN, TOWN = "a key of the measurement", "a password", "a token", "eksempel"
TO_THE_DESK, TO_THE_CHAT = "to the desk", "to the chat"
# Of SQLite there is one.
WEB_PROCESSES = {"SQLite": (1,), "PostgreSQL": (1, 2)}

Heard = asyncio.Queue[tuple[str, float]]
"""What came to one side, and when."""
Seconds = Mapping[str, Sequence[float]]
"""From the POST of each message until it was in the other side's stream, for each way."""


@dataclass(frozen=True)
class _Filled:
    """A store in which people wait, and those who are signed in at the desk."""

    database: str
    waiting: Sequence[str]
    sessions: Sequence[NewSession]


def measure_both_sides(console: Console) -> None:
    """Prints medians of CONVERSATIONS at once, both ways; on PostgreSQL too where it is at hand, with one and two
    web processes.

    Raises TooSlowError, when all is measured, where a median is PROMISED_SECONDS or more; ProductError.
    """
    slow = []
    with databases(console) as kinds:
        for kind, new in kinds.items():
            for processes in WEB_PROCESSES[kind]:
                for way, seconds in _measured(_filled(new()), processes).items():
                    name = f"{kind}, {processes} web process{'es' if processes > 1 else ''}, {way}"
                    console.print(f"{name}: {_told(seconds)}")
                    if median(seconds) >= PROMISED_SECONDS:
                        slow.append(name)
    if slow:
        promised = f"under {PROMISED_SECONDS * 1000:.0f} ms"
        raise TooSlowError(f"Slower than promised: {'; '.join(slow)}. The median must be {promised}.")


def _told(seconds: Sequence[float]) -> str:
    late = percentile_95(seconds)
    longest = max(seconds) * 1000
    return (
        f"{median(seconds) * 1000:.0f} ms at the median, {late * 1000:.0f} ms for 95 %, {longest:.0f} ms at the longest"
    )


def _measured(filled: _Filled, processes: int) -> Seconds:
    settings = {
        "HJEMAD_DATABASE_URL": filled.database,
        "HJEMAD_SECRET_KEY": KEY,
        "HJEMAD_PRODUCTION": "false",
        "HJEMAD_WORKERS": str(processes),
    }
    with running("web", "/healthz", settings) as product:
        return asyncio.run(_all_talk(product.address, filled))


async def _all_talk(address: str, filled: _Filled) -> Seconds:
    """All of them at once, each a message at a time and now this side, now that."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        each = zip(filled.waiting, cycle(filled.sessions), strict=False)
        desks = [await at_the_desk(client, one, session) for one, session in each]
        chats = [at_the_chat(client, one, TOKEN) for one in filled.waiting]
        talks = await asyncio.gather(*(_talk(chat, *desk) for chat, desk in zip(chats, desks, strict=True)))
    return {way: [seconds for talk in talks for seconds in talk[way]] for way in (TO_THE_DESK, TO_THE_CHAT)}


async def _talk(chat: Side, desk: Side, shown: Sequence[Said]) -> Seconds:
    at_desk, at_chat = Heard(), Heard()
    async with asyncio.TaskGroup() as ears, desk.listen(shown[-1].sequence) as to_desk, chat.listen(0) as to_chat:
        listening = [ears.create_task(_listen(to_desk, at_desk)), ears.create_task(_listen(to_chat, at_chat))]
        chance = random.Random(chat.stream)  # noqa: S311 - an order, not a secret
        found = await _by_turns({TO_THE_DESK: (chat, at_desk), TO_THE_CHAT: (desk, at_chat)}, chance)
        for ear in listening:
            ear.cancel()
    return found


async def _by_turns(ways: Mapping[str, tuple[Side, Heard]], chance: random.Random) -> Seconds:
    """Each way has whoever writes, and what is heard at its end."""
    found: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(WARM_UP + MESSAGES_EACH_WAY):
        for way, (writer, heard) in ways.items():
            await asyncio.sleep(chance.uniform(*THINKING))
            seconds = await _sent(writer, f"{way}, nr. {number}", heard)
            if number >= WARM_UP:
                found[way].append(seconds)
    return found


async def _listen(coming: AsyncIterator[Said], heard: Heard) -> None:
    async for said in coming:
        heard.put_nowait((said.text, time.perf_counter()))


async def _sent(writer: Side, text: str, heard: Heard) -> float:
    """The seconds until the other side had it."""
    began = time.perf_counter()
    sent = asyncio.create_task(writer.write(text))
    async with asyncio.timeout(PATIENCE):
        while True:
            come, moment = await heard.get()
            if come == text:
                break
    (await sent).raise_for_status()
    return moment - began


def _filled(database: str) -> _Filled:
    store = Store(database, KEY)
    store.migrate()
    seed_demo(store, load_municipalities()[TOWN], PASSWORD)
    waiting = [f"waits-{number}" for number in range(CONVERSATIONS)]
    with store.write(Town(TOWN)) as work:
        for one in waiting:
            work.conversations.open(one, TOWN, "da", TOKEN)
            work.queue.enqueue(one, datetime.now(UTC))
        users = [work.people.add_user(TOWN, f"colleague-{name}", "Bo", "", "boligagent") for name in range(COLLEAGUES)]
        for user in users:
            work.people.set_roles(user, [Role.CASEWORKER])
    sessions = [start_session(store, user, SHIFT_SECONDS) for user in users]
    store.close()
    return _Filled(database, waiting, sessions)
