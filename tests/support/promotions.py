"""Models put into a folder that were never trained, and what keeps them out of service."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.training.models.predictions import Prediction
from bot.training.models.service import current
from bot.training.promotion import Judgement, RefusedByGatesError, promote
from tests.support.models import INTENTS, misread, put, read_well

Predictions = Sequence[Prediction]
SWAPPED = {"housing_shelter": "housing_rights", "housing_rights": "housing_shelter"}
CRISIS_SWAPPED = {"crisis_suicide": "crisis_violence", "crisis_violence": "crisis_suicide"}


def swapped(turned: dict[str, str]) -> list[Prediction]:
    return [replace(one, read=turned.get(one.read or "", one.read)) for one in read_well()]


def at_random() -> list[Prediction]:
    return [
        replace(one, read=INTENTS[(number * 5) % 7]) if number % 10 in (1, 4, 7) and one.label else one
        for number, one in enumerate(read_well())
    ]


def of(topic: str) -> Callable[[Prediction], bool]:
    return lambda one: (one.label or "").startswith(topic)


def worse_at(topic: str, most: int) -> list[Prediction]:
    return misread(read_well(), of(topic), most, read="chat_hi" if topic != "chat" else "money_su")


def in_service(folder: Path, name: str = "1", predictions: Predictions | None = None, **told: object) -> None:
    put(folder, name, predictions, **told)
    promote(folder, name)


def refused(folder: Path, predictions: Predictions | None = None, **told: object) -> Judgement:
    return refused_as(folder, "2", predictions, **told)


def refused_as(folder: Path, name: str, predictions: Predictions | None = None, **told: object) -> Judgement:
    put(folder, name, predictions, **told)
    with pytest.raises(RefusedByGatesError) as caught:
        promote(folder, name)
    serving = current(folder)
    assert serving is None or serving.name != name
    return caught.value.judgement


def gates(judgement: Judgement) -> set[str]:
    return {verdict.gate for verdict in judgement.refused}
