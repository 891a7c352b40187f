"""Which classifier of danger serves: the newest of the history that is the file that was learnt and fits this code.

Beside each classifier lies what it must be. None is ever written anew, and the history is changed whole, so nobody
reads half of anything.
"""

import hashlib
import json
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.safety.classifier import ClassifierError, code_fingerprint
from bot.served import ModelError, standing, steps

log = logging.getLogger(__name__)

FOLDER = "danger"
"""Where they lie, below the folder of the dialogue models."""
SIDECAR, CLASSIFIER = ".json", ".npz"


@dataclass(frozen=True)
class Served:
    """A classifier's file by its name and SHA-256; `passed_over` tells why what came into service later is not it."""

    name: str
    sha256: str
    file: Path
    passed_over: tuple[str, ...] = field(default=(), compare=False)


class Watch:
    """What is to serve, asked again and again; an ERROR in the log for what cannot.

    What was answered before stands while nothing newer can be used, whatever was done to its file: who asks has it in
    memory.
    """

    def __init__(self, models: Path) -> None:
        self._models = models
        self._before: Served | None = None

    def __call__(self) -> Served:
        """Raises ClassifierError when there is none."""
        self._before = in_service(self._models, self._before)
        for fault in self._before.passed_over:
            log.error("a classifier of danger is passed over, and %s serves: %s", self._before.name, fault)
        return self._before


def in_service(models: Path, before: Served | None = None) -> Served:
    """The one to serve; `before` is taken as whole, whatever its file is now. Raises ClassifierError when none is."""
    folder = models / FOLDER
    passed_over: list[str] = []
    for name in names_in_service(folder):
        if before and name == before.name:
            return replace(before, passed_over=tuple(passed_over))
        if fault := fault_of(folder, name):
            passed_over.append(fault)
        else:
            file = folder / f"{name}{CLASSIFIER}"
            return Served(name, _sha256(file), file, tuple(passed_over))
    raise ClassifierError("; ".join(passed_over) or f"{folder}: no classifier of danger; `hjemad train` makes one")


def names_in_service(folder: Path) -> list[str]:
    """What serves and, after it, what served before and was not rolled back from. Raises ClassifierError."""
    try:
        return list(dict.fromkeys(step.model for step in reversed(standing(steps(folder)))))
    except ModelError as error:
        raise ClassifierError(str(error)) from error


def fault_of(folder: Path, name: str) -> str | None:
    """Why this one cannot serve; None when it can."""
    file = folder / f"{name}{CLASSIFIER}"
    try:
        told = json.loads((folder / f"{name}{SIDECAR}").read_text(encoding="utf-8"))
        code, sha256 = told["code"], told["sha256"]
        if _sha256(file) != sha256:
            return f"{file} is not the file that was learnt: its SHA-256 is another. Delete it, then `hjemad train`"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{file} cannot be used: {type(error).__name__} {error}"
    return None if code == code_fingerprint() else f"{file} was made by other code; `hjemad train` makes a new one"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
