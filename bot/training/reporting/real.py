"""How well a model understands what people really wrote: figures alone, beside the model and apart from the others."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import sqrt
from pathlib import Path

from bot.settings import ROOT
from bot.training.evaluate import evaluate
from bot.training.gathered import gathered, gathered_held_out
from bot.training.models.errors import ModelError
from bot.training.models.fits import code_digest
from bot.training.models.trained import Figures, TrainedModel, beside, checked
from bot.training.models.writing import as_json, write_whole
from bot.training.understanding import Understanding

SUFFIX = ".real.json"
FEW = 200
"""With fewer messages a share can lie seven points and more beside what it would be over many."""
_LIKELY = 1.96


@dataclass(frozen=True)
class Real:
    """The figures over the messages out of conversations, as they were in this version, which is of that day."""

    version: int
    changed: str
    messages: int
    figures: Figures

    @property
    def between(self) -> tuple[float, float]:
        """Where the accuracy over many such messages would lie, with 95 % confidence (Wilson 1927)."""
        count, square = self.messages, _LIKELY**2
        middle = (self.figures.accuracy + square / (2 * count)) / (1 + square / count)
        share = self.figures.accuracy
        wide = _LIKELY * sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
        return max(0.0, middle - wide), min(1.0, middle + wide)

    @property
    def words(self) -> str:
        """How far it can be relied on, for people."""
        low, high = self.between
        few = "That is few" if self.messages < FEW else "That is enough to go by"
        return f"{few}: over many more the share would lie between {low:.0%} and {high:.0%}, if they were like these."


def measured(understanding: Understanding, root: Path = ROOT) -> Real | None:
    """What this model makes of them; None where there are none. Raises DataError."""
    known = gathered(root)
    if not known.examples:
        return None
    evaluation = evaluate(understanding, gathered_held_out(root=root))
    return Real(known.version, str(known.changed), evaluation.messages, evaluation.figures)


def file_of(archive: Path) -> Path:
    """Where the figures lie."""
    return beside(archive, SUFFIX)


def write_real(archive: Path, real: Real) -> None:
    """Keeps them beside the model. Raises ModelError."""
    write_whole(file_of(archive), as_json(asdict(real)))


def real_of(model: TrainedModel) -> Real | None:
    """What was kept; None where it was never measured on such messages. Raises ModelError where it cannot be read."""
    file = file_of(model.archive)
    try:
        entry = json.loads(file.read_text(encoding="utf-8"))
        return Real(**entry | {"figures": Figures(**entry["figures"])})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{file} cannot be read; take it away, and `hjemad report` measures again") from error


def measure_anew(model: TrainedModel, load: Callable[[Path], Understanding] = Understanding, root: Path = ROOT) -> None:
    """Measures a model on all there is where something has come since it last was, if it fits this code.

    Raises ModelError, DataError.
    """
    known, kept = gathered(root), real_of(model)
    is_new = bool(known.examples) and (kept is None or kept.version < known.version)
    if is_new and model.code == code_digest() and (real := measured(load(checked(model).archive), root)):
        write_real(model.archive, real)
