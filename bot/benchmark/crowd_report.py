"""What a crowd met with, as a table, as a picture of how it grows, and held against what is promised."""

import asyncio
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import httpx
from matplotlib.figure import Figure
from rich.console import Console
from rich.table import Table

from bot.benchmark.chatting import percentile_95, utterances
from bot.benchmark.crowd import Heard, Pace, door_to, let_chat, watched
from bot.benchmark.product import Product, ProductError, running_product
from bot.benchmark.promises import TooSlowError
from bot.settings import ROOT

GROWTH = (10, 50, 100)
GROWTH_SECONDS = 120.0
MEMORY_SECONDS = 10.0
PROMISED_ANSWER, PROMISED_DANGER = 0.5, 1.0
PROMISED_MEMORY = 1.1
"""How much more the last fifth of the time may need than the second one. The first fills what is kept for later."""

Memory = Mapping[str, float]


@dataclass(frozen=True)
class Met:
    """One crowd: what it heard, and the memory of the processes in MiB every MEMORY_SECONDS."""

    people: int
    heard: Heard
    memory: Sequence[Memory]

    @property
    def late(self) -> float:
        """95th percentile of the seconds until an answer."""
        return percentile_95([answer.seconds for answer in self.heard.answers])

    @property
    def late_danger(self) -> float:
        """95th percentile of the seconds until a danger message."""
        return percentile_95([answer.seconds for answer in self.heard.dangers])

    @property
    def memory_grew(self) -> float:
        """The last fifth of the time to the second one; 1 where it was too short to tell."""
        total, part = [sum(one.values()) for one in self.memory], len(self.memory) // 5
        return statistics.mean(total[-part:]) / statistics.mean(total[part : 2 * part]) if part else 1.0


def measure_crowd(console: Console, people: int, seconds: float, streams: int, picture: Path) -> None:
    """Lets ever larger crowds chat, the last one `people` for so many seconds, while `streams` are open in all.

    Prints what each met with and draws it. Raises ProductError; and, when all is shown, TooSlowError where the last
    crowd met with a fault or with more than is promised.
    """
    paces = [Pace(fewer, min(GROWTH_SECONDS, seconds)) for fewer in GROWTH if fewer < people]
    with running_product() as product:
        try:
            met = asyncio.run(_measured(product, [*paces, Pace(people, seconds)], streams))
        except httpx.HTTPError as error:
            raise ProductError(f"the crowd could not come in: {type(error).__name__} {error}") from error
    console.print(_table(met))
    draw(met, picture)
    console.print(f"drawn in {picture}", soft_wrap=True)
    hold_to_promises(met[-1])


async def _measured(product: Product, paces: Sequence[Pace], streams: int) -> list[Met]:
    said, met = utterances(ROOT / "data" / "nlu"), list[Met]()
    door = door_to(product.address)
    for pace in paces:
        async with watched(door, max(0, streams - pace.people)) as watching:
            with sampled(product.memory) as memory:
                heard = await let_chat(door, pace, said)
        heard.faults.extend(watching.faults)
        met.append(Met(pace.people, heard, memory))
    return met


@contextmanager
def sampled(look: Callable[[], Memory], every: float = MEMORY_SECONDS) -> Iterator[list[Memory]]:
    """What `look` finds again and again, in a list that grows until the block ends."""
    found, over = list[Memory](), Event()

    def run() -> None:
        while not over.wait(every):
            found.append(look())

    looking = Thread(target=run, daemon=True)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()


def hold_to_promises(met: Met) -> None:
    """Raises TooSlowError, which names all that was not as it is promised (issue 8, "It must show" 2)."""
    broken, faults = [], met.heard.faults
    if faults:
        broken.append(f"{len(faults)} faults ({', '.join(sorted(set(faults)))})")
    for name, seconds, promised in (
        ("an answer", met.late, PROMISED_ANSWER),
        ("a danger message", met.late_danger, PROMISED_DANGER),
    ):
        if seconds > promised:
            broken.append(f"{name} took {seconds * 1000:.0f} ms for 95 %, which may be {promised * 1000:.0f} ms")
    if met.memory_grew > PROMISED_MEMORY:
        broken.append(f"memory grew to {met.memory_grew:.2f} of what it was, which may be {PROMISED_MEMORY}")
    if broken:
        raise TooSlowError(f"{met.people} people met with less than is promised: {'; '.join(broken)}.")


def _table(met: Sequence[Met]) -> Table:
    table = Table("people", "messages", "median", "95 %", "longest", "danger, 95 %", "faults", "MiB", "grew")
    for one in met:
        seconds = [answer.seconds for answer in one.heard.answers] or [0.0]
        table.add_row(
            str(one.people),
            str(len(one.heard.answers) + len(one.heard.dangers)),
            *(f"{second * 1000:.0f} ms" for second in (statistics.median(seconds), one.late, max(seconds))),
            f"{one.late_danger * 1000:.0f} ms",
            str(len(one.heard.faults)),
            f"{sum(one.memory[-1].values()):.0f}" if one.memory else "-",
            f"{one.memory_grew:.2f}",
        )
    return table


def draw(met: Sequence[Met], file: Path) -> None:
    """How the seconds of a reply grow with the people who chat, as an SVG file."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    for name, taken in (("an answer", "late"), ("a danger message", "late_danger")):
        milliseconds = [getattr(one, taken) * 1000 for one in met]
        axes.plot([one.people for one in met], milliseconds, marker="o", label=f"{name}, 95th percentile")
    axes.set(xlabel="people who chat", ylabel="milliseconds", ylim=(0, None))
    axes.legend()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)
