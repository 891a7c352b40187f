"""What is measured of both sides: the same messages in the same order, pair by pair."""

import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bot.benchmark.beside.servers import Server

WARM_UP = 20
TALK = 10
"""How many messages of one conversation are measured before a new one is begun."""
NEAR = 10
"""Over how many messages the cost at a place in a conversation is taken."""


@dataclass
class Said:
    """Of each message in turn: its seconds, and whether anything was said to it."""

    seconds: list[float] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)


@dataclass
class Found:
    """What was found of one side. Seconds, but where a name says something else."""

    start: float = 0.0
    training: float = 0.0
    memory: float = 0.0
    accuracy: float = 0.0
    message: float = 0.0
    half: tuple[float, float] = (0.0, 0.0)
    """Between what the middle half of the messages stayed."""
    answered: float = 0.0
    """The share of the messages, pair by pair, to which anything was said."""
    work: float = 0.0
    a_second: dict[int, float] = field(default_factory=dict)
    """Messages a second by how many people write at once: the median of the rounds."""
    rounds: dict[int, list[float]] = field(default_factory=dict)
    """The same of each round."""
    at_turn: dict[int, float] = field(default_factory=dict)
    """The median of a message by how many the conversation had before."""


def pair_by_pair(sides: Sequence[Server], said: Sequence[str]) -> Mapping[str, Said]:
    """What each message met on each side; who goes first changes with each message."""
    found = {side.name: Said() for side in sides}
    for number, text in enumerate(said):
        if number % TALK == 0:
            talks = {side.name: side.talk() for side in sides}
        for side in sides if number % 2 else reversed(sides):
            began = time.perf_counter()
            found[side.name].answered.append(talks[side.name].say(text))
            found[side.name].seconds.append(time.perf_counter() - began)
    return found


def work_a_message(side: Server, said: Sequence[str]) -> float:
    """Processor seconds of all its processes for one message: steadier than a clock beside other work."""
    before = side.work()
    for number, text in enumerate(said):
        if number % TALK == 0:
            talk = side.talk()
        talk.say(text)
    return (side.work() - before) / len(said)


def messages_a_second(side: Server, people: int, said: Sequence[str]) -> float:
    """So many people write at once, each as soon as the answer has come."""
    talks = [side.talk() for _ in range(people)]
    share = len(said) // people

    def write(number: int) -> None:
        for text in said[number * share :][:share]:
            talks[number].say(text)

    began = time.perf_counter()
    with ThreadPoolExecutor(people) as crowd:
        list(crowd.map(write, range(people)))
    return share * people / (time.perf_counter() - began)


def in_rounds(
    sides: Mapping[str, Server], found: Mapping[str, Found], people: int, said: Sequence[str], rounds: int
) -> None:
    """One side after the other, again and again: what slows the machine for a while slows both."""
    for _ in range(rounds):
        for name, side in sides.items():
            found[name].rounds.setdefault(people, []).append(messages_a_second(side, people, said))
    for one in found.values():
        one.a_second[people] = statistics.median(one.rounds[people])


def by_length(side: Server, said: Sequence[str], places: Sequence[int]) -> dict[int, float]:
    """The median of a message at these places of one conversation."""
    talk, found = side.talk(), dict[int, float]()
    seconds = list[float]()
    for number in range(max(places) + NEAR):
        began = time.perf_counter()
        talk.say(said[number % len(said)])
        seconds.append(time.perf_counter() - began)
    for place in places:
        found[place] = statistics.median(seconds[place : place + NEAR])
    return found
