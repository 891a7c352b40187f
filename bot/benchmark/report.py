"""Prints what a measurement found, as figures of this machine and as ratios that hold on others."""

import asyncio
import statistics
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.benchmark.chatting import DANGERS, Answer, Waiting, chat, percentile_95, utterances
from bot.benchmark.product import ProductError, running_product
from bot.benchmark.promises import hold_to_promises
from bot.benchmark.screening import Screening, time_screen
from bot.benchmark.streaming import told_in_streams
from bot.settings import ROOT

MESSAGES_EACH = 40
WARM_UP = 10
IN_DANGER_AT_ONCE = 20


def measure(console: Console, crowds: Sequence[int] = (1, 10)) -> None:
    """Starts the product, lets crowds of these sizes chat, prints waiting times and memory.

    Raises ProductError, also when somebody who told of danger got another answer; ClassifierError; and, when all is
    printed, TooSlowError where danger or the screen took longer than is promised.
    """
    said = utterances(ROOT / "data" / "nlu")
    screening = time_screen(said)
    with running_product() as product:
        asyncio.run(chat(product.address, 1, WARM_UP, said))
        found = [asyncio.run(chat(product.address, people, MESSAGES_EACH, said)) for people in crowds]
        alarmed = asyncio.run(told_in_streams(product.address, DANGERS * (IN_DANGER_AT_ONCE // len(DANGERS))))
        memory = product.memory()
    if any(answer.kind != "danger" for answer in alarmed):
        raise ProductError(f"danger was answered by {sorted({answer.kind for answer in alarmed})}")
    console.print(f"ready after {product.start_seconds:.1f} s")
    console.print(_waiting_table(found))
    console.print(_danger_table(alarmed, screening))
    console.print(_memory_table(memory))
    hold_to_promises(alarmed, screening)


def _waiting_table(found: Sequence[Waiting]) -> Table:
    table = Table("people", "messages", "median", "95th percentile", "messages a second", "median, ratio to the first")
    for waiting in found:
        table.add_row(
            str(waiting.people),
            str(len(waiting.seconds)),
            f"{waiting.median * 1000:.0f} ms",
            f"{waiting.percentile_95 * 1000:.0f} ms",
            f"{waiting.messages_a_second:.1f}",
            f"{waiting.median / found[0].median:.2f}",
        )
    return table


def _danger_table(alarmed: Sequence[Answer], screening: Screening) -> Table:
    table = Table("danger", "median", "95th percentile", "longest")
    seconds = {
        f"message to danger in the stream, {len(alarmed)} people at once": [one.seconds for one in alarmed],
        "one encoding": screening.encoding,
        "the screen after it": screening.screen,
    }
    for name, taken in seconds.items():
        middle, late = statistics.median(taken), percentile_95(taken)
        table.add_row(name, *(f"{second * 1000:.1f} ms" for second in (middle, late, max(taken))))
    return table


def _memory_table(memory: dict[str, float]) -> Table:
    table = Table("process", "resident memory", "share")
    for role, size in memory.items():
        table.add_row(role, f"{size:.0f} MiB", f"{size / sum(memory.values()):.0%}")
    return table
