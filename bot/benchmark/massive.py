"""Measures our understanding on somebody else's data: MASSIVE 1.0 in Danish (FitzGerald et al. 2022, CC BY 4.0)."""

import csv
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bot.training.components import Components

FEW = 20
DRAWS = 3

Rows = Sequence[tuple[str, str]]


class MassiveError(Exception):
    """The file is not there or is not MASSIVE; the message says what was expected."""


@dataclass(frozen=True)
class Found:
    """The share of test messages read right, and the seconds that the training took."""

    accuracy: float
    seconds: float


def measure_massive(console: Console, file: Path) -> None:
    """Prints the accuracy with all training messages and with 20 an intent. Raises MassiveError."""
    train, test = _partition(file, "train"), _partition(file, "test")
    few = [_one_run(_few_of_each(train, draw), test) for draw in range(DRAWS)]
    table = Table("trained on", "messages", "accuracy on the test messages", "seconds to train")
    for draw, found in enumerate(few):
        table.add_row(f"{FEW} an intent, draw {draw + 1}", "", f"{found.accuracy:.1%}", f"{found.seconds:.0f}")
    table.add_row(f"{FEW} an intent, mean", "", f"{mean(found.accuracy for found in few):.1%}", "")
    all_of_them = _one_run(train, test)
    table.add_row("all", str(len(train)), f"{all_of_them.accuracy:.1%}", f"{all_of_them.seconds:.0f}")
    console.print(table)


def _partition(file: Path, name: str) -> Rows:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = [(text, intent) for part, intent, text in csv.reader(opened, delimiter="\t") if part == name]
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise MassiveError(f"{file}: expected lines of partition, intent and text: {error}") from error
    if not rows:
        raise MassiveError(f"{file}: no line of the partition {name!r}")
    return rows


def _few_of_each(rows: Rows, draw: int) -> Rows:
    by_intent: defaultdict[str, list[str]] = defaultdict(list)
    for text, intent in rows:
        by_intent[intent].append(text)
    chance = random.Random(draw)  # noqa: S311 - a draw, not a secret
    return [
        (text, intent)
        for intent, texts in sorted(by_intent.items())
        for text in chance.sample(texts, min(FEW, len(texts)))
    ]


def _one_run(train: Rows, test: Rows) -> Found:
    with TemporaryDirectory() as folder:
        components = Components(Path(folder))
        began = time.perf_counter()
        components.train([text for text, _ in train], [intent for _, intent in train])
        seconds = time.perf_counter() - began
        read = components.read([text for text, _ in test])
    return Found(mean(one == intent for one, (_, intent) in zip(read, test, strict=True)), seconds)
