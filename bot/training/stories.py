"""Runs the test stories of a checkout through a model: each message is understood, each answer predicted, none sent."""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.training.files import read_yaml
from bot.training.models.trained import Stories
from bot.training.progress import Progress, unwatched

FOLDER = Path("tests", "dialogue")
FAILED = "failed_test_stories.yml"


def run_stories(agent: Any, root: Path, progress: Progress = unwatched) -> Stories:
    """How the stories in `test_*.yml` of that checkout go with this Rasa agent. Raises DataError."""
    files = sorted((root / FOLDER).glob("test_*.yml"))
    ran, broken = 0, list[str]()
    for number, file in enumerate(files):
        progress("Running the test stories", number, len(files))
        ran += len(read_yaml(file)["stories"])
        broken += failures(agent, file)
    if files:
        progress("Running the test stories", len(files), len(files))
    return Stories(ran, tuple(broken))


def failures(agent: Any, file: Path) -> dict[str, str]:
    """By name the stories of a file that went otherwise, with what was said and predicted instead."""
    from rasa.core.test import test  # noqa: PLC0415 - after telemetry is off

    with TemporaryDirectory() as report:
        with _unheard():
            asyncio.run(test(str(file), agent, out_directory=report, e2e=True, disable_plotting=True))
        parts = (Path(report) / FAILED).read_text(encoding="utf-8").split("- story: ")[1:]
    return {part.splitlines()[0].rsplit(" (", 1)[0].strip(): part for part in parts}


@contextmanager
def _unheard() -> Iterator[None]:
    """Rasa draws bars of its own across ours."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        yield
