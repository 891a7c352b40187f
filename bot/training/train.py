"""From data to a model with its report, whole or not at all."""

import logging
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import ROOT
from bot.training.data import DOMAIN, HELD_OUT, NLU, DataError, check_all, read_examples
from bot.training.evaluate import Evaluation, as_markdown, evaluate
from bot.training.registry import ARCHIVE, TrainedModel, code_digest, data_digest, write_sidecar
from bot.training.understanding import Understanding

Progress = Callable[[str], None]


class TrainingError(Exception):
    """Rasa did not finish the training; nothing was left behind."""


def train_model(folder: Path, progress: Progress) -> tuple[TrainedModel, Evaluation]:
    """Checks the data, trains, evaluates; writes archive, sidecar and report into `folder`.

    `progress` is told each step as it begins. Raises DataError, TrainingError; then nothing is left behind.
    """
    progress("Checking the data")
    check_all()
    code, data, began = code_digest(), data_digest(), time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".training-") as workshop:
        progress("Training")
        fresh = _rasa_train(Path(workshop))
        seconds = time.monotonic() - began
        progress("Reading the held-out messages")
        evaluation = evaluate(Understanding(fresh), read_examples([HELD_OUT]))
        stamp = datetime.now(UTC)
        archive = folder / f"{stamp:%Y%m%d-%H%M%S}-{data[:6]}{ARCHIVE}"
        model = TrainedModel(
            archive, code, data, stamp.isoformat(timespec="seconds"), round(seconds, 1), evaluation.figures
        )
        shutil.move(fresh, archive)
    archive.with_name(f"{model.name}.md").write_text(as_markdown(model.name, evaluation), encoding="utf-8")
    write_sidecar(model)
    return model, evaluation


def _rasa_train(workshop: Path) -> Path:
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SENTRY_DSN"] = ""
    from rasa.model_training import train  # noqa: PLC0415 - ten seconds of TensorFlow, after the data was found good
    from rasa.shared.exceptions import RasaException  # noqa: PLC0415

    _quiet()
    files = [str(NLU), str(ROOT / "data" / "rules"), str(ROOT / "data" / "stories")]
    try:
        result = train(
            str(DOMAIN), str(ROOT / "config.yml"), files, str(workshop), fixed_model_name="model", force_training=False
        )
    except RasaException as error:
        raise DataError(str(error)) from error
    if result.code != 0 or result.model is None:
        raise TrainingError(f"Rasa ended the training with code {result.code}")
    return Path(result.model)


def _quiet() -> None:
    import structlog  # noqa: PLC0415

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    logging.getLogger("rasa").setLevel(logging.ERROR)
