"""Which models came into service and when, kept in a file that only grows. Imports no Rasa."""

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.training.models.errors import ModelError
from bot.training.models.trained import IN_SERVICE
from bot.training.models.writing import as_json, ready

LOCK = ".lock"


class How(StrEnum):
    """By what a model came into service; by the bars alone where it was worse than one that this code cannot load."""

    PROMOTED = "promoted"
    BY_BARS_ALONE = "promoted by the bars alone"
    ROLLED_BACK = "rolled back"


@dataclass(frozen=True)
class Step:
    """One model coming into service; `at` is unknown for what older versions kept, `reason` is that of an override."""

    model: str
    at: str | None = None
    how: How = How.PROMOTED
    reason: str | None = None


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


def steps(folder: Path) -> list[Step]:
    """All that came into service, the first one first. Raises ModelError when that cannot be read."""
    file = folder / IN_SERVICE
    try:
        return [_step(entry) for entry in json.loads(file.read_text(encoding="utf-8"))["history"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{file} cannot be read ({error}). It holds for good why models were taken: mend it, or move it aside and "
            "promote a model, which is then held against no other"
        ) from error


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


def standing(taken: Sequence[Step]) -> list[Step]:
    """Without those that were rolled back from: the last one is in service, and a rollback goes to one before it."""
    stood: list[Step] = []
    for step in taken:
        if step.how is How.ROLLED_BACK:
            # The same model may stand there twice: the last one before the one in service is meant.
            back = [at for at, one in enumerate(stood[:-1]) if one.model == step.model]
            del stood[back[-1] + 1 if back else len(stood) :]
        else:
            stood.append(step)
    return stood


def _step(entry: str | dict[str, Any]) -> Step:
    if isinstance(entry, str):
        return Step(entry)
    return Step(**entry | {"how": How(entry["how"])})
