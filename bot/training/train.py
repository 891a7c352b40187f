"""From data to a model with its report, whole or not at all."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.language.encoder import sentence_encoder
from bot.nlu.misspelling import misspelt
from bot.nlu.vector_cache import encode_cached, vector_cache_file
from bot.settings import ROOT
from bot.training.data import DOMAIN, NLU, RULES, STORIES, check_all, utterances
from bot.training.evaluate import Evaluation, as_markdown, evaluate
from bot.training.files import DataError, read_yaml
from bot.training.held_out import held_out, held_out_digest
from bot.training.models.fits import code_digest, data_digest
from bot.training.models.trained import ARCHIVE, TrainedModel, sha256_of, write_sidecar
from bot.training.progress import Progress
from bot.training.quiet import keep_rasa_quiet
from bot.training.understanding import Understanding


class TrainingError(Exception):
    """Rasa did not finish the training; nothing was left behind."""


def train_model(folder: Path, progress: Progress, root: Path = ROOT) -> tuple[TrainedModel, Evaluation]:
    """Checks the data of the checkout `root`, trains, evaluates; writes archive, sidecar and report into `folder`.

    Raises DataError, TrainingError; then nothing is left behind.
    """
    progress("Checking the data")
    check_all(root)
    code, data, began = code_digest(), data_digest(root), time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".training-") as workshop:
        _encode(root, progress)
        progress("Learning")
        fresh = _rasa_train(Path(workshop), root)
        seconds = time.monotonic() - began
        evaluation = evaluate(Understanding(fresh), held_out(root), progress)
        stamp = datetime.now(UTC)
        archive = folder / f"{stamp:%Y%m%d-%H%M%S}-{data[:6]}{ARCHIVE}"
        model = TrainedModel(
            archive,
            sha256_of(fresh),
            code,
            data,
            held_out_digest(root),
            stamp.isoformat(timespec="seconds"),
            round(seconds, 1),
            evaluation.figures,
        )
        shutil.move(fresh, archive)
    archive.with_name(f"{model.name}.md").write_text(as_markdown(model.name, evaluation), encoding="utf-8")
    write_sidecar(model)
    return model, evaluation


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
