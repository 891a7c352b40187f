"""`hjemad bench`: stock Rasa with our data and Hjemad, set up side by side and measured pair by pair."""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from rich.console import Console

from bot.benchmark.beside import accuracy, measuring
from bot.benchmark.beside.claims import FIRST, LONG, PEOPLE
from bot.benchmark.beside.measuring import Found
from bot.benchmark.beside.page import write_page
from bot.benchmark.beside.servers import BesideError, Server, our_server, stock_server
from bot.benchmark.beside.stock_model import trained_stock
from bot.benchmark.chatting import utterances
from bot.benchmark.product import MEBIBYTE
from bot.benchmark.stock.sides import stock_versions
from bot.settings import ROOT, load_settings
from bot.terminal import QUIET
from bot.training.models.service import current, in_service

PEOPLES = (1, 5, PEOPLE)
ROUNDS = 3
# Beyond this a message of stock Rasa takes seconds; nothing is claimed of it there.
PLACES = {"ours": (FIRST, 50, 200, LONG), "stock": (FIRST, 50, 200)}


@dataclass(frozen=True)
class Size:
    """How much is measured: messages pair by pair, and of each crowd."""

    pairs: int
    crowd: int


WHOLE, QUICK = Size(pairs=200, crowd=200), Size(pairs=30, crowd=40)


def bench(console: Console, epochs: int, size: Size) -> None:
    """Trains stock Rasa where that is due, measures both, writes the page. Raises BesideError, ProductError."""
    machine = this_machine()  # Before the training, or its load would be taken for other work.
    console.print("Stock Rasa is trained, where it is not yet: with 100 epochs that takes an hour or more.")
    archive, training = trained_stock(epochs)
    models = load_settings().models
    ours = Found(training=_seconds_trained(models), accuracy=_accuracy(in_service(models)))
    stock = Found(training=training, accuracy=_accuracy(archive))
    with ExitStack() as stack:
        sides = {"ours": stack.enter_context(our_server()), "stock": stack.enter_context(stock_server(archive))}
        _measure(console, sides, {"ours": ours, "stock": stock}, size)
    folder = load_settings().var / "benchmark"
    found = {"ours": asdict(ours), "stock": asdict(stock)}
    written = {"machine": machine, "epochs": epochs, "quick": size is QUICK} | found
    (folder / "bench.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    held = write_page(folder / "bench.html", machine, epochs, ours, stock, whole=size is WHOLE)
    for line in held:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(f"The page: {folder / 'bench.html'}", soft_wrap=True)


def this_machine() -> Mapping[str, str]:
    """What was measured on, and how busy it was with other work before."""
    load = os.getloadavg()[0]
    busy = " (BUSY: take the figures for no more than a hint)" if load > 1.5 else ""  # noqa: PLR2004
    return {
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "processors": f"{psutil.cpu_count()} ({_processor()})",
        "memory": f"{psutil.virtual_memory().total / MEBIBYTE / 1024:.0f} GiB",
        "system": platform.platform(),
        "load before": f"{load:.1f}{busy}",
        "versions": ", ".join([f"Hjemad {_commit()}", f"Python {platform.python_version()}", stock_versions()]),
    }


def _commit() -> str:
    """Which code it was; nothing tells where it was unpacked without its history."""
    git = shutil.which("git")
    if git is None:
        return "of an unknown commit"
    asked = [git, "-C", str(ROOT), "describe", "--always", "--dirty"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    return told or "of an unknown commit"


def _measure(console: Console, sides: Mapping[str, Server], found: Mapping[str, Found], size: Size) -> None:
    said = utterances(ROOT / "data" / "nlu")
    warm, said = said[: measuring.WARM_UP], said[measuring.WARM_UP :]
    measuring.pair_by_pair(list(sides.values()), warm)
    console.print("One message after another, pair by pair …")
    for name, pairs in measuring.pair_by_pair(list(sides.values()), said[: size.pairs]).items():
        low, middle, high = statistics.quantiles(pairs.seconds, n=4)
        found[name].message, found[name].half = middle, (low, high)
        found[name].answered = statistics.mean(pairs.answered)
    for people in PEOPLES:
        console.print(f"{people} at once, in rounds …")
        measuring.in_rounds(sides, found, people, said[: size.crowd], ROUNDS)
    for name, side in sides.items():
        one = found[name]
        one.start = side.start_seconds
        console.print(f"{name}: a long conversation …")
        one.work = measuring.work_a_message(side, said[: size.pairs])
        one.memory = side.memory()
        one.at_turn = measuring.by_length(side, said, PLACES[name])


def _accuracy(model: Path) -> float:
    command = [sys.executable, "-m", accuracy.__name__, str(model)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | QUIET, capture_output=True, text=True, check=False)  # noqa: S603
    told = [line for line in done.stdout.splitlines() if line.startswith("accuracy ")]
    if done.returncode or not told:
        raise BesideError(f"{model}: cannot be measured: {done.stderr[-1000:]}")
    return float(told[-1].split()[1])


def _seconds_trained(models: Path) -> float:
    model = current(models)
    if model is None:
        raise BesideError("no model of Hjemad is in service; `hjemad train` makes one")
    return model.seconds


def _processor() -> str:
    lines: Sequence[str] = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
