"""From data to a model with its report, whole or not at all."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bot.language.encoder import sentence_encoder
from bot.nlu.misspelling import misspelt
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.settings import ROOT
from bot.training.data import DOMAIN, NLU, RULES, STORIES, check_all, utterances
from bot.training.evaluate import Evaluation, evaluate
from bot.training.files import DataError, read_yaml
from bot.training.held_out import held_out, held_out_digest
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest, data_digest, packages
from bot.training.models.predictions import predictions_file, write_predictions
from bot.training.models.trained import ARCHIVE, SIDECAR, Stories, TrainedModel, beside, sha256_of, write_sidecar
from bot.training.pace import Timed
from bot.training.progress import Progress
from bot.training.quiet import keep_rasa_quiet
from bot.training.reporting.page import write_page
from bot.training.reporting.real import Real, file_of, measured, write_real
from bot.training.seed import SEED, sow
from bot.training.stories import run_stories
from bot.training.told_contradictions import check_plots
from bot.training.written_report import as_markdown

WORKSHOP = ".training-"


class TrainingError(Exception):
    """The training did not come to its end; nothing was left behind."""


@dataclass(frozen=True)
class Examined:
    """All that a fresh model is judged by."""

    evaluation: Evaluation
    stories: Stories
    pace: float
    real: Real | None


def train_model(folder: Path, progress: Progress, root: Path = ROOT) -> tuple[TrainedModel, Evaluation]:
    """Checks the data of the checkout `root`, trains, evaluates; writes a model and all about it to `folder`.

    Raises DataError, TrainingError; then nothing is left behind.
    """
    progress("Checking the data")
    check_all(root)
    progress("Holding stories and rules against each other")
    check_plots(root)
    # As they are now: who edits a file meanwhile has edited what the next training learns.
    code, data, began = code_digest(), data_digest(root), time.monotonic()
    with workshop_in(folder) as workshop:
        _encode(root, progress)
        progress("Learning")
        fresh = _rasa_train(workshop, root)
        seconds = time.monotonic() - began
        examined = _examine(fresh, root, progress)
        stamp = datetime.now(UTC)
        model = TrainedModel(
            archive=folder / f"{stamp:%Y%m%d-%H%M%S}-{data[:6]}{ARCHIVE}",
            sha256=sha256_of(fresh),
            predictions="",
            size=fresh.stat().st_size,
            code=code,
            packages=packages(),
            data=data,
            held_out=held_out_digest(root),
            seed=SEED,
            trained_at=stamp.isoformat(timespec="seconds"),
            seconds=round(seconds, 1),
            pace=round(examined.pace, 2),
            stories=examined.stories,
            figures=examined.evaluation.figures,
        )
        return _kept(model, fresh, examined), examined.evaluation


@contextmanager
def workshop_in(folder: Path) -> Iterator[Path]:
    """A place for what is not finished, gone afterwards; of trainings that were killed, too. Raises TrainingError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{WORKSHOP}*"):
            number = left.name.removeprefix(WORKSHOP).partition("-")[0]
            if not (number.isdigit() and psutil.pid_exists(int(number))):
                shutil.rmtree(left, ignore_errors=True)
        with TemporaryDirectory(dir=folder, prefix=f"{WORKSHOP}{os.getpid()}-") as workshop:
            yield Path(workshop)
    except (OSError, ModelError) as error:
        raise TrainingError(f"the model could not be written: {error}. Nothing of it was left behind") from error


def _examine(fresh: Path, root: Path, progress: Progress) -> Examined:
    understanding = Timed(fresh)
    evaluation = evaluate(understanding, held_out(root), progress)
    # Before the other messages are read, which are not in the yardstick of models before.
    pace = understanding.pace
    return Examined(evaluation, run_stories(understanding.agent, root, progress), pace, measured(understanding, root))


def _kept(model: TrainedModel, fresh: Path, examined: Examined) -> TrainedModel:
    """Puts everything in place, the sidecar last: without it nobody finds the rest."""
    evaluation, real, report = examined.evaluation, examined.real, beside(model.archive, ".md")
    try:
        shutil.move(fresh, model.archive)
        kept = replace(model, predictions=write_predictions(model.archive, evaluation.predictions))
        report.write_text(as_markdown(kept, evaluation, real), encoding="utf-8")
        if real:
            write_real(model.archive, real)
        write_sidecar(kept)
    except BaseException:
        written = predictions_file(model.archive), report, file_of(model.archive)
        for file in (beside(model.archive, SIDECAR), model.archive, *written):
            with suppress(OSError):
                file.unlink(missing_ok=True)
        raise
    # For people: it can be written anew at any time.
    with suppress(OSError, ModelError):
        write_page(kept)
    return kept


def _encode(root: Path, progress: Progress) -> None:
    """Fills the cache that the pipeline reads: encoding takes longest the first time, and can tell how far it is."""
    encode_cached(
        _learnt_from(root),
        sentence_encoder(),
        vector_cache_file(),
        lambda done, of: progress("Encoding what is new", done, of),
    )


def _learnt_from(root: Path) -> list[str]:
    """The utterances and their misspelt copies, as many as `config.yml` says."""
    texts = [example.text for example in utterances(root)]
    copies = sum(component.get("copies", 0) for component in read_yaml(root / "config.yml")["pipeline"])
    return [*texts, *(misspelt(text, number) for number in range(copies) for text in texts)]


def _rasa_train(workshop: Path, root: Path) -> Path:
    keep_rasa_quiet()
    sow()
    from rasa.model_training import train  # noqa: PLC0415 - ten seconds of TensorFlow, after the data was found good
    from rasa.shared.exceptions import RasaException  # noqa: PLC0415

    files = [str(root / folder) for folder in (NLU, RULES, STORIES)]
    try:
        result = train(str(root / DOMAIN), str(root / "config.yml"), files, str(workshop), fixed_model_name="model")
    except RasaException as error:
        raise DataError(str(error)) from error
    except SystemExit as error:
        # Rasa ends the process where rules or stories set a slot that the domain lacks; it has printed which.
        raise TrainingError("Rasa refused the rules or stories; its message stands above") from error
    if result.code != 0 or result.model is None:
        raise TrainingError(f"Rasa ended the training with code {result.code}")
    return Path(result.model)
