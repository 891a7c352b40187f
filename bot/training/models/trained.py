"""The finished models of a folder, each with what is known of it in a file beside it. Imports no Rasa."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.served import IN_SERVICE, ModelError
from bot.training.models.writing import as_json, write_whole

log = logging.getLogger(__name__)

ARCHIVE = ".tar.gz"
SIDECAR = ".json"
SHAPE = 3
"""Counted up when a sidecar holds other things: what is missing in an older one cannot be made up."""
OLDER = "was kept by another version of this code, without what a model is judged by"
_told_of = set[Path]()


@dataclass(frozen=True)
class Figures:
    """How well a model understands the held-out messages; shares from 0 to 1.

    `strict` counts the label alone, all others what a second reader accepts as well. `calibration_error` is how far
    confidence and truth lie apart on average; `elsewhere_refused` the share of messages about something else that are
    not answered as if they were ours.
    """

    accuracy: float
    strict: float
    macro_f1: float
    best_three: float
    calibration_error: float
    sure_share: float
    sure_accuracy: float
    elsewhere_refused: float


@dataclass(frozen=True)
class Stories:
    """How many test stories were run with a model, and the names of those that went otherwise."""

    ran: int
    broken: tuple[str, ...]


@dataclass(frozen=True)
class TrainedModel:
    """A trained model, what it was made from, and what it is judged by.

    `sha256` is its archive's, `predictions` that of the file with what it made of each held-out message. `code`, `data`
    and `held_out` are digests; `packages` tells the versions it was trained with. `pace` is how many times as long as
    `bot.training.pace.yardstick` it takes for a message.
    """

    archive: Path
    sha256: str
    predictions: str
    size: int
    code: str
    packages: Mapping[str, str]
    data: str
    held_out: str
    seed: int
    trained_at: str
    seconds: float
    pace: float
    stories: Stories
    figures: Figures

    @property
    def name(self) -> str:
        return self.archive.name.removesuffix(ARCHIVE)


def beside(archive: Path, suffix: str) -> Path:
    """The file of the same model that ends so, such as its `.json`."""
    return archive.with_name(archive.name.removesuffix(ARCHIVE) + suffix)


def write_sidecar(model: TrainedModel) -> None:
    """Puts what is known of a model beside its archive; from then on it is found. Raises ModelError."""
    content = {"shape": SHAPE} | asdict(model) | {"archive": model.archive.name}
    write_whole(beside(model.archive, SIDECAR), as_json(content))


def models(folder: Path) -> list[TrainedModel]:
    """The finished models, the oldest first; an archive without its sidecar was never finished."""
    return [model for model in remembered(folder) if model.archive.is_file()]


def remembered(folder: Path) -> list[TrainedModel]:
    """The same, with those whose archive is gone: what they made of the held-out messages may still be there."""
    return [model for model in _sidecars(folder).values() if isinstance(model, TrainedModel)]


def unusable(folder: Path) -> dict[str, str]:
    """By name the models about which too little is known to use them, and why."""
    told = {name: why for name, why in _sidecars(folder).items() if isinstance(why, str)}
    return {name: why for name, why in told.items() if (folder / f"{name}{ARCHIVE}").is_file()}


def find(folder: Path, name: str | None) -> TrainedModel:
    """The model of this name, or the one trained last. Raises ModelError."""
    known = models(folder)
    wanted = [model for model in known if name in (None, model.name, model.archive.name, str(model.archive))]
    if not wanted:
        raise ModelError(_not_found(folder, name, [model.name for model in known]))
    return checked(wanted[-1])


def checked(model: TrainedModel) -> TrainedModel:
    """The same, after a look at its file. Raises ModelError where that is not the one that was trained."""
    if sha256_of(model.archive) != model.sha256:
        raise ModelError(
            f"{model.archive} is not the file that was trained: its SHA-256 is another. It may be damaged or "
            "changed: delete it, then `hjemad rollback`, or `hjemad train` and `hjemad promote`"
        )
    return model


def sha256_of(file: Path) -> str:
    """Raises ModelError when it cannot be read."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error}") from error


def _not_found(folder: Path, name: str | None, known: list[str]) -> str:
    asked = Path(name or "").name.removesuffix(ARCHIVE)
    for unread, why in unusable(folder).items():
        if not known or unread == asked:
            return f"{unread} {why}; run `hjemad train`"
    return f"no model {name!r} in {folder}; known: {', '.join(known) or 'none'}"


def _sidecars(folder: Path) -> dict[str, TrainedModel | str]:
    """By name each model, or why it cannot be used."""
    # A name has no dot: `<name>.predictions.json` lies beside.
    files = [file for file in sorted(folder.glob("*.json")) if file.name != IN_SERVICE and "." not in file.stem]
    return {file.stem: _read_sidecar(file) for file in files}


def _read_sidecar(file: Path) -> TrainedModel | str:
    """Why not, for one that is none of ours or of another version: a stray file must not keep the bot from starting."""
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if content.pop("shape", None) != SHAPE:
            return OLDER
        return _model(content, file.parent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        # Whoever watches the folder looks every few seconds. What has just been deleted is nobody's concern.
        if file not in _told_of and not isinstance(error, FileNotFoundError):
            _told_of.add(file)
            log.warning("%s is passed over: %s %s", file, type(error).__name__, error)
        return f"cannot be used: {file} is broken ({type(error).__name__}: {error})"


def _model(content: dict[str, Any], folder: Path) -> TrainedModel:
    told = content["stories"]
    parts = {
        "archive": folder / content["archive"],
        "figures": Figures(**content["figures"]),
        "stories": Stories(told["ran"], tuple(told["broken"])),
    }
    return TrainedModel(**content | parts)
