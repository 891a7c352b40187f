"""The commands that measure; each prints figures of this machine and ratios that hold on others."""

from pathlib import Path
from typing import Annotated

import typer

from bot.terminal import console, told_plainly

benchmarks = typer.Typer()


@benchmarks.command()
def benchmark() -> None:
    """Measure waiting with 1 and 10 people, danger told by 20 at once, the screen, the memory; fails when too slow."""
    from bot.benchmark.product import ProductError
    from bot.benchmark.promises import TooSlowError
    from bot.benchmark.report import measure
    from bot.safety.classifier import ClassifierError

    with told_plainly(ProductError, ClassifierError, TooSlowError):
        measure(console)


@benchmarks.command()
def bench(
    epochs: Annotated[int, typer.Option(min=1, help="How long stock Rasa's components learn; theirs is 100.")] = 100,
    *,
    quick: Annotated[bool, typer.Option(help="Few messages, to try it out.")] = False,
) -> None:
    """Set up stock Rasa with our data and Hjemad side by side, measure both, and write a page with the ratios."""
    from bot.benchmark.beside.bench import QUICK, WHOLE
    from bot.benchmark.beside.bench import bench as run
    from bot.benchmark.beside.servers import BesideError
    from bot.benchmark.product import ProductError
    from bot.training.models.errors import ModelError

    with told_plainly(BesideError, ProductError, ModelError):
        run(console, epochs, QUICK if quick else WHOLE)


@benchmarks.command("benchmark-massive")
def benchmark_massive(
    file: Annotated[Path, typer.Argument(help="MASSIVE 1.0 da-DK: partition, intent, text.")],
) -> None:
    """Measure the components of config.yml on an outside data set."""
    from bot.benchmark.massive import MassiveError, measure_massive
    from bot.training.quiet import keep_rasa_quiet

    keep_rasa_quiet()
    with told_plainly(MassiveError):
        measure_massive(console, file)


@benchmarks.command("benchmark-stock")
def benchmark_stock(
    epochs: Annotated[int, typer.Option(min=1, help="How long Rasa's own components learn; theirs is 100.")] = 100,
) -> None:
    """Measure Rasa's default components beside ours on the same utterances; the first time takes an hour or more."""
    from bot.benchmark.stock.comparison import compare_with_stock
    from bot.benchmark.stock.measured import SideError
    from bot.training.files import DataError

    with told_plainly(SideError, DataError):
        compare_with_stock(console, epochs)


@benchmarks.command("benchmark-times")
def benchmark_times() -> None:
    """Measure the free times of a municipality with 20 agents, from 100 to 100,000 bookings; fails when too slow."""
    from bot.benchmark.free_times import measure_free_times
    from bot.benchmark.promises import TooSlowError

    with told_plainly(TooSlowError):
        measure_free_times(console)


@benchmarks.command("benchmark-queue")
def benchmark_queue() -> None:
    """Measure the desk's queue while 100 to 10,000 young people wait; fails when a page of it is too slow."""
    from bot.benchmark.product import ProductError
    from bot.benchmark.promises import TooSlowError
    from bot.benchmark.queue import measure_queue

    with told_plainly(TooSlowError, ProductError):
        measure_queue(console)


@benchmarks.command("benchmark-both-sides")
def benchmark_both_sides() -> None:
    """Measure how long messages between young people and caseworkers are on their way; fails when too slow."""
    from bot.benchmark.both_sides import measure_both_sides
    from bot.benchmark.product import ProductError
    from bot.benchmark.promises import TooSlowError

    with told_plainly(TooSlowError, ProductError):
        measure_both_sides(console)


@benchmarks.command("benchmark-crowd")
def benchmark_crowd(
    people: Annotated[int, typer.Option(min=1, help="How many chat at once in the largest crowd.")] = 200,
    minutes: Annotated[float, typer.Option(min=0.1, help="How long the largest crowd chats.")] = 10.0,
    streams: Annotated[int, typer.Option(min=0, help="How many keep the chat open, those who write included.")] = 1000,
) -> None:
    """Measure what ever larger crowds wait for, a message every half minute each; fails when it is too long."""
    from bot.benchmark.crowd_report import measure_crowd
    from bot.benchmark.product import ProductError
    from bot.benchmark.promises import TooSlowError
    from bot.settings import load_settings

    with told_plainly(TooSlowError, ProductError):
        picture = load_settings().var / "benchmark" / "crowd.svg"
        measure_crowd(console, people, minutes * 60, streams, picture)
