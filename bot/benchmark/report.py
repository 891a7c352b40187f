"""Prints what a measurement found, as figures of this machine and as ratios that hold on others."""

import asyncio
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.benchmark.chatting import Waiting, chat, utterances
from bot.benchmark.product import running_product
from bot.settings import ROOT

MESSAGES_EACH = 40
WARM_UP = 10


def measure(console: Console, crowds: Sequence[int] = (1, 10)) -> None:
    """Starts the product, lets crowds of these sizes chat, prints waiting times and memory. Raises ProductError."""
    said = utterances(ROOT / "data" / "nlu")
    with running_product() as product:
        asyncio.run(chat(product.address, 1, WARM_UP, said))
        found = [asyncio.run(chat(product.address, people, MESSAGES_EACH, said)) for people in crowds]
        memory = product.memory()
    console.print(f"ready after {product.start_seconds:.1f} s")
    console.print(_waiting_table(found))
    console.print(_memory_table(memory))


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


def _memory_table(memory: dict[str, float]) -> Table:
    table = Table("process", "resident memory", "share")
    for role, size in memory.items():
        table.add_row(role, f"{size:.0f} MiB", f"{size / sum(memory.values()):.0%}")
    return table
