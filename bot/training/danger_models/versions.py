"""The classifiers of danger of a folder, each with all that it is judged by in a file beside it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.safety.in_service import CLASSIFIER, SIDECAR, fault_of
from bot.served import IN_SERVICE, ModelError
from bot.training.danger_models.heard import Heard
from bot.training.models.writing import as_json, write_whole

log = logging.getLogger(__name__)

SHAPE = 1
"""Counted up when a sidecar holds other things."""
NO_KIND = "-"


@dataclass(frozen=True)
class DangerModel:
    """A classifier of danger, what it was made from, and what it is judged by.

    `code` and `data` are the fingerprints that it was made with and from, `layers` a digest of the encoder's tuned
    layers. `heard` is what the screen of that day made of the held-out messages with it, `read_with` a digest of those
    messages and of what else decides it. `pace` is how many times as long as the yardstick a message takes.
    `seconds` is how long it learnt, None where that was elsewhere.
    """

    folder: Path
    name: str
    sha256: str
    size: int
    code: str
    data: str
    layers: str
    packages: Mapping[str, str]
    seed: int
    trained_at: str
    seconds: float | None
    read_with: str
    pace: float
    heard: tuple[Heard, ...]

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}{CLASSIFIER}"


def keep(model: DangerModel, learnt: Path) -> None:
    """Puts the file in place, which lies on the same disk, and after it what is known of it: else nobody finds it.

    Raises ModelError, OSError; then nothing of it is left.
    """
    learnt.replace(model.file)
    try:
        write_sidecar(model, model.folder / f"{model.name}{SIDECAR}")
    except BaseException:
        model.file.unlink(missing_ok=True)
        raise


def write_sidecar(model: DangerModel, file: Path) -> None:
    """Whole or not at all. Raises ModelError."""
    told = {"shape": SHAPE} | asdict(model) | {"heard": [_row(one) for one in model.heard]}
    del told["folder"]
    write_whole(file, as_json(told))


def read_sidecar(file: Path, folder: Path) -> DangerModel:
    """What stands there of a classifier that lies in `folder`. Raises ModelError."""
    try:
        told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if told.pop("shape") != SHAPE:
            raise ModelError(f"{file} was written by another version of this code")
        return DangerModel(**told | {"folder": folder, "heard": tuple(map(_heard, told["heard"]))})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{file} cannot be read: {type(error).__name__} {error}") from error


def remembered(folder: Path) -> list[DangerModel]:
    """Whatever is known of, the oldest first, also where the classifier itself is gone or of other code."""
    found = []
    for file in folder.glob(f"*{SIDECAR}"):
        if file.name != IN_SERVICE and not file.name.startswith("."):
            try:
                found.append(read_sidecar(file, folder))
            except ModelError as error:
                log.warning("%s; it is passed over", error)
    return sorted(found, key=lambda one: (one.trained_at, one.name))


def usable(folder: Path) -> list[DangerModel]:
    """Those that can serve: whole, and made by this code."""
    return [one for one in remembered(folder) if not fault_of(folder, one.name)]


def find(folder: Path, name: str | None) -> DangerModel:
    """The one of this name, or the one learnt last. Raises ModelError, also for one that cannot serve."""
    known = [one for one in remembered(folder) if name in (None, one.name, one.file.name, str(one.file))]
    if not known:
        names = ", ".join(one.name for one in remembered(folder))
        raise ModelError(f"no classifier of danger {name!r} in {folder}; known: {names or 'none'}")
    if fault := fault_of(folder, known[-1].name):
        raise ModelError(fault)
    return known[-1]


def _row(one: Heard) -> str:
    kinds = ",".join(one.kinds) or NO_KIND
    return f"{one.message} {one.level} {kinds} {one.found} {one.kind or NO_KIND} {one.slips}"


def _heard(row: str) -> Heard:
    message, level, kinds, found, kind, slips = row.split(" ")
    return Heard(
        message,
        int(level),
        () if kinds == NO_KIND else tuple(kinds.split(",")),
        int(found),
        None if kind == NO_KIND else kind,
        int(slips),
    )
