"""Which models came into service and when, kept in a file that only grows. Imports no Rasa."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bot.served import IN_SERVICE, How, ModelError, Step, standing, steps
from bot.training.models.writing import as_json, ready

__all__ = ["How", "Step", "add", "adding", "alone", "standing", "steps"]

LOCK = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Waits until nobody else changes which model is in service, and keeps others waiting meanwhile.

    Raises ModelError where nothing can be changed at all.
    """
    with ExitStack() as opened:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = opened.enter_context((folder / LOCK).open("a"))
            # The system lets go of it when the file is closed, also when the process is killed.
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError as error:
            raise ModelError(f"nothing in {folder} can be changed: {error}") from error
        yield


def add(folder: Path, model: str, how: How, reason: str | None = None) -> None:
    """From now on this one is in service. Only for whoever is alone. Raises ModelError."""
    with adding(folder, model, how, reason):
        pass


@contextmanager
def adding(folder: Path, model: str, how: How, reason: str | None = None) -> Iterator[None]:
    """The same when what is done meanwhile succeeds; what can fail of the writing has been done before that."""
    now = Step(model, datetime.now(UTC).isoformat(timespec="seconds"), how, reason)
    kept = [{name: value for name, value in asdict(step).items() if value} for step in (*steps(folder), now)]
    with ready(folder / IN_SERVICE, as_json({"history": kept})):
        yield
