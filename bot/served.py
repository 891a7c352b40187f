"""Which models came into service, as the file beside them tells: for whoever serves one and for whoever trains one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

IN_SERVICE = "in_service.json"
"""Lies beside the models and tells of none."""


class ModelError(Exception):
    """A model that is asked for cannot be used; the message names it and says why."""


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
