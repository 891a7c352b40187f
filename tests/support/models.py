"""Models without Rasa: an archive of a few bytes, with what is told of it made up."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.training.models.fits import code_digest
from bot.training.models.predictions import Prediction, write_predictions
from bot.training.models.trained import TrainedModel, sha256_of, write_sidecar
from tests.support.predictions import MODEL

INTENTS = (
    "crisis_suicide",
    "crisis_violence",
    "housing_shelter",
    "housing_rights",
    "money_debt",
    "money_su",
    "chat_hi",
)
OF_EACH = 35
NOT_OURS = 40


def read_well() -> list[Prediction]:
    """What a good model makes of 245 messages of ours, of which it reads one in twelve wrong, and of 40 others."""
    return [
        *(_one(intent, number) for intent in INTENTS for number in range(OF_EACH)),
        *(Prediction(f"noget andet {n}", None, (), "chat_hi", 0.2, sure=n % 10 == 0) for n in range(NOT_OURS)),
    ]


def _one(intent: str, number: int) -> Prediction:
    other = INTENTS[(INTENTS.index(intent) + 2) % len(INTENTS)]
    read = other if number % 12 == 5 else intent
    return Prediction(f"{intent} {number}", intent, (intent,), read, 0.9, sure=True)


def misread(
    predictions: Sequence[Prediction], which: Callable[[Prediction], bool], most: int, **changed: Any
) -> list[Prediction]:
    """The same with so many of those that are right and of which `which` is true read otherwise."""
    left = iter(range(most))
    return [
        replace(one, **changed) if one.read == one.label and which(one) and next(left, None) is not None else one
        for one in predictions
    ]


def put(folder: Path, name: str, predictions: Sequence[Prediction] | None = None, **told: Any) -> TrainedModel:
    """A finished model of this code; `told` is what its sidecar says otherwise than usual."""
    archive = folder / f"{name}.tar.gz"
    archive.write_bytes(f"the model {name}".encode())
    usual = {"code": code_digest(), "pace": 10.0}
    kept = write_predictions(archive, read_well() if predictions is None else predictions)
    model = replace(MODEL, archive=archive, sha256=sha256_of(archive), predictions=kept, **usual | told)
    write_sidecar(model)
    return model
