"""What one side does in an interpreter of its own: `python -m bot.benchmark.stock.worker TASK FOLDER ROOT`."""

import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import psutil

from bot.benchmark.chatting import percentile_95
from bot.benchmark.product import MEBIBYTE
from bot.training.data import NLU
from bot.training.evaluate import evaluate
from bot.training.held_out import held_out
from bot.training.quiet import keep_rasa_quiet
from bot.training.understanding import Understanding

CONFIG = "config.yml"
MODEL = "model"
WARM_UP = 20
MESSAGES = 300


def train(folder: Path, root: Path) -> dict[str, Any]:
    """Trains the components of the folder's config on the utterances of `root`; no seconds of imports are counted.

    Processor seconds tell the work even where something else ran beside it.
    """
    _bring_rasa()
    from rasa.model_training import train_nlu  # noqa: PLC0415 - brought in quietly

    began, worked = time.perf_counter(), time.process_time()
    train_nlu(str(folder / CONFIG), str(root / NLU), str(folder), fixed_model_name=MODEL)
    return {"train_seconds": time.perf_counter() - began, "train_work": time.process_time() - worked}


def measure(folder: Path, root: Path) -> dict[str, Any]:
    """Loads the folder's model, lets it answer one message after another, and then all that are held out."""
    messages = held_out(root)
    texts = cycle([example.text for example in messages.examples])
    began = time.perf_counter()
    _bring_rasa()
    imported = time.perf_counter()
    understanding = Understanding(folder / f"{MODEL}.tar.gz")
    # Only now is everything there: some is built or read for the first message.
    understanding.read_alone(next(texts))
    ready = time.perf_counter()
    memory = psutil.Process().memory_info().rss / MEBIBYTE
    for text in islice(texts, WARM_UP):
        understanding.read_alone(text)
    seconds = [_seconds(understanding, text) for text in islice(texts, MESSAGES)]
    return {
        "import_seconds": imported - began,
        "load_seconds": ready - imported,
        "memory": memory,
        "median": statistics.median(seconds) * 1000,
        "percentile_95": percentile_95(seconds) * 1000,
        **asdict(evaluate(understanding, messages).figures),
    }


def _bring_rasa() -> None:
    """Imports it and with it TensorFlow, some ten seconds; whatever is timed afterwards need not wait for that."""
    keep_rasa_quiet()
    importlib.import_module("rasa.core.agent")
    importlib.import_module("rasa.model_training")


def _seconds(understanding: Understanding, text: str) -> float:
    began = time.perf_counter()
    understanding.read_alone(text)
    return time.perf_counter() - began


TASKS: dict[str, Callable[[Path, Path], dict[str, Any]]] = {"train": train, "measure": measure}


def main() -> None:
    """Writes what was found into the folder, as `<task>.json`."""
    task, folder, root = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    found = TASKS[task](folder, root)
    (folder / f"{task}.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
