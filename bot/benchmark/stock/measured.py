"""What was measured of a side; its model is trained once and kept."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.benchmark.stock import worker
from bot.benchmark.stock.sides import Side
from bot.settings import load_settings
from bot.terminal import QUIET

TRAINED = "train.json"


class SideError(Exception):
    """One side could not be trained or measured; the message names it. What it said stands above."""


def measured(side: Side, root: Path) -> dict[str, float]:
    """The figures of a side trained on the utterances of `root`, by the names of `worker.py`. Raises SideError."""
    folder = load_settings().var / "benchmark" / f"{side.name}-{side.digest(root)}"
    if not (folder / TRAINED).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / worker.CONFIG).write_text(yaml.safe_dump(side.config, sort_keys=False), encoding="utf-8")
        _run("train", side.name, folder, root)
    training: dict[str, float] = json.loads((folder / TRAINED).read_text(encoding="utf-8"))
    return training | _run("measure", side.name, folder, root)


def _run(task: str, name: str, folder: Path, root: Path) -> dict[str, Any]:
    """What a task of the worker found, in an interpreter of its own that finds nothing of an earlier training."""
    with TemporaryDirectory() as empty:
        fresh = {"HJEMAD_VAR": empty, "RASA_CACHE_DIRECTORY": f"{empty}/rasa", **QUIET}
        command = [sys.executable, "-m", worker.__name__, task, str(folder), str(root)]
        # Rasa prints to standard output, where only the comparison belongs.
        done = subprocess.run(command, env=os.environ | fresh, stdout=sys.stderr, check=False)  # noqa: S603
    if done.returncode:
        raise SideError(f"{name}: {task} ended with code {done.returncode}")
    found: dict[str, Any] = json.loads((folder / f"{task}.json").read_text(encoding="utf-8"))
    return found
