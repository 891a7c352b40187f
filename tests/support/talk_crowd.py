"""Young people and caseworkers who write to each other in many conversations, over connections that break.

Each side has a screen: what came to it by its stream, or by ordinary requests while that was cut, and when. Whoever
writes sends with one id until it is taken, as the widget and the desk do.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

import httpx

from bot.benchmark.sides import Said, Side, at_the_chat, at_the_desk
from bot.casework.conversations import Message
from bot.store.store import Store
from bot.web.desk.sessions import NewSession, start_session
from tests.support.desk import YoungPerson, add_caseworker
from tests.support.the_tests import THE_TESTS

PATIENCE = 90.0
PAUSE = (0.2, 1.0)
SETTLING = 30.0
# Of three cuts one is followed by a while of asking, as where a stream does not get through.
FALLS_BACK, FELL_BACK_FOR = 1 / 3, 5.0


@dataclass(frozen=True)
class Pace:
    """For how long they write, how often each side does, and how often each stream is cut, in seconds."""

    seconds: float
    each_side: float
    cuts: float


@dataclass
class Screen:
    """What one side has before them, in the order in which it came."""

    side: Side
    chance: random.Random
    said: list[Said] = field(default_factory=list)
    came: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    cuts: int = 0
    lost: int = 0
    _reading: "asyncio.Task[None] | None" = None

    @property
    def last(self) -> int:
        return self.said[-1].sequence if self.said else 0

    def take(self, new: Said) -> None:
        if new.sequence <= self.last:
            self.wrong.append(f"{new} came after number {self.last}")
        self.said.append(new)
        self.came.setdefault(new.text, time.perf_counter())

    def cut(self) -> None:
        """As when a phone loses its network: nothing is said, the socket is gone."""
        if self._reading:
            self._reading.cancel()
            self.cuts += 1

    async def live(self) -> None:
        """Follows the stream, and comes back with the last number seen when it broke. Runs until it is cancelled."""
        while True:
            self._reading = asyncio.create_task(self._follow())
            try:
                await asyncio.wait({self._reading})
            finally:
                self._reading.cancel()
            self._tell_of_faults(self._reading)
            await asyncio.sleep(self.chance.uniform(*PAUSE))
            if self.chance.random() < FALLS_BACK:
                await self._fall_back()

    async def _follow(self) -> None:
        async with self.side.listen(self.last) as coming:
            async for new in coming:
                self.take(new)

    async def _fall_back(self) -> None:
        until = time.monotonic() + FELL_BACK_FOR
        while time.monotonic() < until:
            try:
                for new in await self.side.ask(self.last):
                    self.take(new)
            except httpx.HTTPStatusError as error:
                self._note_refusal(error)
            except httpx.HTTPError:
                pass
            await asyncio.sleep(self.chance.uniform(*PAUSE))

    def _tell_of_faults(self, reading: "asyncio.Task[None]") -> None:
        if reading.cancelled():
            return
        self.lost += 1
        error = reading.exception()
        if isinstance(error, httpx.HTTPStatusError):
            self._note_refusal(error)
        elif error and not isinstance(error, httpx.HTTPError):
            self.wrong.append(repr(error))

    def _note_refusal(self, error: httpx.HTTPStatusError) -> None:
        if error.response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            self.wrong.append(str(error))


@dataclass
class Talk:
    """A conversation with a screen at each end, and the numbers of what was taken from either."""

    id: str
    young: Screen
    desk: Screen
    begins: int
    taken: dict[str, int] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)
    again: int = 0

    @property
    def screens(self) -> tuple[Screen, Screen]:
        return self.young, self.desk

    async def write(self, side: Side, who: str, pace: Pace, chance: random.Random) -> None:
        until, number = time.monotonic() + pace.seconds, 0
        while True:
            await asyncio.sleep(chance.uniform(0.1, 1.9) * pace.each_side)
            if time.monotonic() > until:
                return
            number += 1
            text = f"{who} skriver nr. {number}"
            self.sent[text] = time.perf_counter()
            self.taken[text] = await self._insist(side, text, chance)

    async def _insist(self, side: Side, text: str, chance: random.Random) -> int:
        """Sends it with one id until it is taken; its number."""
        same, until = uuid4(), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = await side.write(text, same)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.is_success:
                number: int = answer.json()["sequence"]
                return number
            assert answer is None or answer.is_server_error, answer.text
            self.again += 1
            await asyncio.sleep(chance.uniform(*PAUSE))
        raise AssertionError(f"{text} was not taken within {PATIENCE} s")

    def has_all(self) -> bool:
        """Whether everything that was taken stands on both screens."""
        numbers = set(self.taken.values())
        return all(numbers <= {one.sequence for one in screen.said} for screen in self.screens)

    def faults(self, stored: Sequence[Message]) -> list[str]:
        """What is not as it must be, beside what the store holds since the caseworker came."""
        due = [Said(one.sequence, one.text) for one in stored if one.sequence > self.begins]
        kept = {one.text: one.sequence for one in stored}
        found = [
            f"{self.id}: taken as {number}, kept as {kept.get(text)}: {text}"
            for text, number in self.taken.items()
            if kept.get(text) != number
        ]
        if len(kept) != len(stored):
            found.append(f"{self.id}: something was stored twice")
        for name, screen in (("young", self.young), ("desk", self.desk)):
            found += [f"{self.id}, {name}: {wrong}" for wrong in screen.wrong]
            shown = [one for one in screen.said if one.sequence > self.begins]
            if shown != due:
                found.append(f"{self.id}, {name}: shown {shown}, due {due}")
        return found

    def delays(self) -> list[float]:
        """From the first try of sending each message until it came to the other side."""
        return [
            screen.came[text] - self.sent[text] for text in self.taken for screen in self.screens if text in screen.came
        ]


@dataclass(frozen=True)
class Waiting:
    """Young people who wait, and the sessions of caseworkers among whom they are shared."""

    people: Sequence[YoungPerson]
    sessions: Sequence[NewSession]

    def each(self) -> Iterator[tuple[YoungPerson, NewSession]]:
        return zip(self.people, cycle(self.sessions))


def who_wait(store: Store, caseworkers: int, conversations: int) -> Waiting:
    """So many who wait in the store, and the sessions of so many caseworkers."""
    sessions = []
    for number in range(caseworkers):
        add_caseworker(store, "eksempel", f"caseworker-{number}")
        with store.read(THE_TESTS) as work:
            user = work.people.user(f"caseworker-{number}")
        assert user
        sessions.append(start_session(store, user, 3600))
    return Waiting([YoungPerson(store).waits() for _ in range(conversations)], sessions)


@dataclass(frozen=True)
class Round:
    """What came of it: `faults` is empty where everything came once and in order on both sides."""

    faults: list[str]
    messages: int
    again: int
    cuts: int
    lost: int
    delays: Sequence[float]

    def __str__(self) -> str:
        middle, late = statistics.median(self.delays), statistics.quantiles(self.delays, n=20)[-1]
        return (
            f"{self.messages} messages, {self.cuts} streams cut and {self.lost} lost, {self.again} sent again;"
            f" on a screen after {middle * 1000:.0f} ms at the median, {late * 1000:.0f} ms for 95 %,"
            f" {max(self.delays):.1f} s at the longest"
        )


async def talk(address: str, store: Store, waiting: Waiting, pace: Pace, disturb: Callable[[], object]) -> Round:
    """Lets all of them write to each other, with streams cut at random and `disturb` called half-way."""
    chance, limits = random.Random(7), httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=30.0, limits=limits) as client, asyncio.TaskGroup() as lives:
        talks = [await _begun(client, chance, young, session) for young, session in waiting.each()]
        screens = [screen for talk in talks for screen in talk.screens]
        living = [lives.create_task(screen.live()) for screen in screens]
        living.append(lives.create_task(_cut_at_random(screens, pace.cuts, chance)))
        async with asyncio.TaskGroup() as writers:
            for number, one in enumerate(talks):
                writers.create_task(one.write(one.young.side, f"ung {number}", pace, chance))
                writers.create_task(one.write(one.desk.side, f"kollega {number}", pace, chance))
            await asyncio.sleep(pace.seconds / 2)
            await asyncio.to_thread(disturb)
        await _settled(talks)
        for life in living:
            life.cancel()
    return _round(store, talks)


async def _begun(client: httpx.AsyncClient, chance: random.Random, young: YoungPerson, session: NewSession) -> Talk:
    desk, shown = await at_the_desk(client, young.id, session)
    chat = at_the_chat(client, young.id, young.token)
    screens = [Screen(side, random.Random(chance.random())) for side in (chat, desk)]
    for screen, first in zip(screens, (await chat.ask(0), shown), strict=True):
        for said in first:
            screen.take(said)
    return Talk(young.id, *screens, begins=max(screen.last for screen in screens))


async def _cut_at_random(screens: Sequence[Screen], each_after: float, chance: random.Random) -> None:
    while True:
        await asyncio.sleep(chance.expovariate(len(screens) / each_after))
        chance.choice(screens).cut()


async def _settled(talks: Sequence[Talk]) -> None:
    """Waits until all is there, or until it has had long enough for that."""
    until = time.monotonic() + SETTLING
    while time.monotonic() < until and not all(talk.has_all() for talk in talks):  # noqa: ASYNC110 - it is told to screens
        await asyncio.sleep(0.2)


def _round(store: Store, talks: Sequence[Talk]) -> Round:
    faults = list[str]()
    for one in talks:
        with store.read(THE_TESTS) as work:
            faults += one.faults(work.conversations.after(one.id, 0))
    return Round(
        faults,
        messages=sum(len(one.taken) for one in talks),
        again=sum(one.again for one in talks),
        cuts=sum(screen.cuts for one in talks for screen in one.screens),
        lost=sum(screen.lost for one in talks for screen in one.screens),
        delays=[delay for one in talks for delay in one.delays()],
    )
