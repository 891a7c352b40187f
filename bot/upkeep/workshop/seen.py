"""What the workshop sees of the models, in the shape in which the desk is told."""

from collections.abc import Iterable
from pathlib import Path

from bot.casework.shelf import Gate, Judged, Lost, Model, Reading, Shelf
from bot.training.gates.verdict import Pair, Verdict
from bot.training.models.fits import code_digest
from bot.training.models.predictions import Prediction
from bot.training.models.service import current, one_before
from bot.training.models.trained import TrainedModel, models
from bot.training.promotion import Judgement

MOST_LOST = 60


def shelf(folder: Path) -> Shelf:
    """All models of the folder. Raises ModelError."""
    serving, code = current(folder), code_digest()
    before = one_before(folder)
    known = [_model(one, one.code == code, serving is not None and one.name == serving.name) for one in models(folder)]
    return Shelf(known[::-1], before.name if before else None)


def judged(judgement: Judgement) -> Judged:
    """What the gates said, each gate once though it may have been held against several models."""
    by_name: dict[str, list[Verdict]] = {}
    for verdict in judgement.verdicts:
        by_name.setdefault(verdict.gate, []).append(verdict)
    return Judged(judgement.model.name, [_gate(name, verdicts) for name, verdicts in by_name.items()])


def _model(one: TrainedModel, fits: bool, in_service: bool) -> Model:  # noqa: FBT001 - both stand by their names
    figures = one.figures
    return Model(
        one.name, one.trained_at, figures.accuracy, figures.sure_share, figures.sure_accuracy, fits, in_service
    )


def _gate(name: str, verdicts: Iterable[Verdict]) -> Gate:
    said = list(verdicts)
    lost = {pair.now.text: _lost(pair) for verdict in said for pair in verdict.lost}
    closed = [verdict for verdict in said if not verdict.passed]
    shown = tuple(lost.values())[:MOST_LOST]
    return Gate(name, not closed, all(verdict.overridable for verdict in closed), shown, len(lost) - len(shown))


def _lost(pair: Pair) -> Lost:
    return Lost(pair.now.text, pair.label, _reading(pair.before), _reading(pair.now))


def _reading(one: Prediction) -> Reading:
    return Reading(one.read, one.sure)
